"""A mail server for the tests: a real one, on a free port, that keeps what it took and refuses what it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask

from tracker.config import MailSettings

BASE_URL = "https://tracker.council.example"


@dataclass
class Postbox:
    """What arrived; `refused` holds the beginnings of addresses to refuse, `closes_after` so many mails it takes."""

    app: Flask
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    closes_after: int | None = None

    async def take_address(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Take or refuse an address."""
        if any(address.startswith(start) for start in self.refused):
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take_mail(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep a mail."""
        if self.closes_after is not None and len(self.mails) >= self.closes_after:
            return "421 closing down"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 taken"

    def serve(self, **otherwise: Any) -> None:
        """Have the application send its mails here, or as settings say otherwise."""
        mail = MailSettings(
            base_url=BASE_URL,
            host="127.0.0.1",
            port=self.port,
            security="none",
            sender="Improvement Tracker <tracker@council.example>",
        )
        self.app.config["SETTINGS"] = replace(self.app.config["SETTINGS"], mail=replace(mail, **otherwise))

    @property
    def addresses(self) -> list[str]:
        """To whom mails came, in order."""
        return [str(mail["To"].addresses[0].addr_spec) for mail in self.mails]


@contextmanager
def listening(app: Flask) -> Iterator[Postbox]:
    """Run a mail server for the block."""
    box = Postbox(app)
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    asked = SimpleNamespace(handle_RCPT=box.take_address, handle_DATA=box.take_mail)
    controller = Controller(asked, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def texts(mail: EmailMessage) -> tuple[str, str]:
    """Return a mail's text part and its HTML."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return str(plain.get_content()), str(html.get_content())
