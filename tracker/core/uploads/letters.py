"""E-mails as files: that they are letters and carry nothing that runs or hides; their words are not read."""

import re
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from tracker.core.uploads.budget import Budget
from tracker.core.uploads.compound import attachments_of
from tracker.core.uploads.packages import check_hidden
from tracker.core.uploads.refusals import DAMAGED, PROTECTED, RefusedFileError

_HEADER = re.compile(rb"([!-9;-~]{1,70}):")
_USUAL = frozenset({b"from", b"to", b"date", b"subject", b"received", b"mime-version", b"message-id", b"return-path"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})


def is_letter(data: bytes) -> bool:
    """Whether a file begins as e-mails do: with headers, three usual ones among them, and no NUL anywhere."""
    head = data[: 64 * 1024].lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if not line.startswith((b" ", b"\t"))]
    found = [_HEADER.match(line) for line in lines]
    names = {match[1].lower() for match in found if match is not None}
    return b"\x00" not in data and None not in found and len(names & _USUAL) >= 3


def check_letter(data: bytes, budget: Budget) -> None:
    """Look into everything attached to a letter; raises `RefusedFileError`."""
    try:
        for part in message_from_bytes(data, policy=compat32).walk():
            budget.begin_part()
            _check_part(part, budget)
    except (RecursionError, LookupError, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error


def check_message(data: bytes, budget: Budget) -> None:
    """Look into everything attached to an Outlook message; raises `RefusedFileError`."""
    for attached in attachments_of(data):
        budget.begin_part()
        budget.spend(len(attached))
        check_hidden(attached, budget)


def _check_part(part: Message, budget: Budget) -> None:
    if part.get_content_type() in _SEALED and part.get_param("smime-type") != "signed-data":
        raise RefusedFileError(PROTECTED)
    if part.is_multipart():
        return
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        budget.spend(len(content))
        check_hidden(content, budget)
