"""The application served to a real browser: in a thread, on a free port, over a database of its own."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from tests.support import houses
from tests.support.houses import House
from tracker.core import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass
class LiveServer:
    """Where the application answers; set `moment` to hold its clock, which a test's own clock does not reach."""

    house: House
    moment: datetime
    url: str = field(default="", init=False)
    app: Flask = field(init=False)
    _server: BaseWSGIServer = field(init=False, repr=False)
    _thread: threading.Thread = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.app = self.house.app

    def start(self) -> None:
        """Serve, at the same address as before."""
        port = urlsplit(self.url).port or 0
        self._server = make_server("127.0.0.1", port, self, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __call__(self, environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request at the held moment."""
        with clock.at(self.moment):
            return self.app(environment, start)


@contextmanager
def served(house: House, moment: datetime) -> Iterator[LiveServer]:
    """Serve a house for the block."""
    live = LiveServer(house, moment)
    live.start()
    try:
        yield live
    finally:
        live.stop()


@contextmanager
def gone(live: LiveServer) -> Iterator[None]:
    """Stop serving for the block, then start again at the same address with an application that remembers nothing."""
    live.stop()
    try:
        yield
    finally:
        address = live.house.engine.url.render_as_string(hide_password=False)
        live.app = houses.application(address, Path(live.app.instance_path))
        live.start()
