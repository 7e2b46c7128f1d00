"""Writes letters as mails: the templates and addresses come with the desk, so that no feature knows the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tracker.notices.rules.letters import Letter
from tracker.notices.rules.occasions import Entry, Link

LARGEST_MAIL = 60_000
# A mail of more entries than this would be too long to read; the page has them all.
_MOST_ENTRIES = 40


@dataclass(frozen=True)
class Desk:
    """What mails are written with: a renderer of templates, whole addresses of pages, and who sends."""

    render: Callable[..., str]
    address: Callable[[str, dict[str, str | int]], str]
    organisation: str
    is_bare: bool = False


class Mail(NamedTuple):
    """The words of one mail."""

    subject: str
    text: str
    html: str


def written(letter: Letter, desk: Desk) -> Mail:
    """Return a letter as a mail with a complete text part beside the HTML."""
    facts: dict[str, Any] = {
        "letter": letter,
        "sections": [
            {
                "heading": section.heading,
                "lede": section.lede,
                "entries": [_entry(entry, desk) for entry in section.entries[:_MOST_ENTRIES]],
                "more": max(len(section.entries) - _MOST_ENTRIES, 0),
            }
            for section in letter.sections
        ],
        "organisation": desk.organisation,
        "home_url": desk.address("home.home", {}),
        "settings_url": desk.address("people.notice_settings", {}),
    }
    return Mail(letter.subject, desk.render("mail/letter.txt", **facts), desk.render("mail/letter.html", **facts))


def _entry(entry: Entry, desk: Desk) -> dict[str, Any]:
    return {
        "heading": entry.heading,
        "facts": entry.facts,
        "lines": entry.lines,
        "quote": entry.quote,
        "links": [(link.label, _address(link, desk)) for link in entry.links],
    }


def _address(link: Link, desk: Desk) -> str:
    return desk.address(link.endpoint, dict(link.values))
