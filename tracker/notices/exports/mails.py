"""Writes letters as mails: the templates and addresses come with the desk, so that no feature knows the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.notices.rules.letters import Letter, Mail, Section
from tracker.notices.rules.occasions import Entry

# A mail of more entries than this would be too long to read; the page has them all.
_MOST_ENTRIES = 40


@dataclass(frozen=True)
class Desk:
    """What mails are written with: a renderer of templates, whole addresses of pages, and who sends."""

    render: Callable[..., str]
    address: Callable[[str, dict[str, str | int]], str]
    organisation: str
    is_bare: bool = False

    def written(self, letter: Letter) -> Mail:
        """Return a letter as a mail with a complete text part beside the HTML."""
        facts: dict[str, Any] = {
            "letter": letter,
            "sections": [self._section(section) for section in letter.sections],
            "organisation": self.organisation,
            "home_url": self.address("home.home", {}),
            "settings_url": self.address("people.notice_settings", {}),
        }
        return Mail(letter.subject, self.render("mail/letter.txt", **facts), self.render("mail/letter.html", **facts))

    def _section(self, section: Section) -> dict[str, Any]:
        return {
            "heading": section.heading,
            "lede": section.lede,
            "entries": [self._entry(entry) for entry in section.entries[:_MOST_ENTRIES]],
            "more": max(len(section.entries) - _MOST_ENTRIES, 0),
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {
            "heading": entry.heading,
            "facts": entry.facts,
            "lines": entry.lines,
            "quote": entry.quote,
            "links": [(link.label, self.address(link.endpoint, dict(link.values))) for link in entry.links],
        }
