"""How a letter is put together from occasions: subject, sections and their order; how it looks is the templates'."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple, Protocol

from tracker.core.text import counted, one_line, shortened
from tracker.notices.rules.occasions import Entry, Occasion, OccasionKind

_LONGEST_SUBJECT = 150
# A longer name would push what is said of it off the end of the subject.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    entries: tuple[Entry, ...]
    lede: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter to one person; bare ones hold numbers and links and no words of the plan."""

    subject: str
    first_name: str
    sections: tuple[Section, ...]
    after: tuple[str, ...] = ()
    is_bare: bool = False


class Mail(NamedTuple):
    """The words of one mail."""

    subject: str
    text: str
    html: str


class Writer(Protocol):
    """Whoever writes letters as mails; `is_bare` says that all of them go without words of the plan."""

    @property
    def is_bare(self) -> bool:
        """Whether nobody's mail may hold words of the plan."""

    def written(self, letter: Letter) -> Mail:
        """Return a letter as a mail."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How a kind is called: as a heading, and as a subject for one thing and for several."""

    heading: str
    one: str
    many: str


_DUE = _Words("{how_many} due by {closes}", "{name}: your update is due by {closes}", "{n} updates are due by {closes}")
_WORDS = {
    OccasionKind.CONCERN: _Words(
        "Not acknowledged yet",
        "Immediate action needed on a case file: {name}",
        "Immediate action needed: {n} concerns",
    ),
    OccasionKind.REMEDIAL_LATE: _Words(
        "To put right, and late",
        "Late: something to put right on a case file: {name}",
        "Late: {n} things to put right on case files",
    ),
    OccasionKind.REMEDIAL_GIVEN: _Words(
        "To put right",
        "Something to put right on a case file: {name}",
        "{n} things to put right on case files",
    ),
    OccasionKind.CONCERN_WAITS: _Words(
        "Concerns that wait", "A concern waits: {name}", "{n} concerns wait to be acted on or closed"
    ),
    OccasionKind.ANSWER_DUE: _Words(
        "To answer soon",
        "Your answer to an audit is awaited: {name}",
        "Your answers to {n} audits are awaited",
    ),
    OccasionKind.ANSWER_ASKED: _Words(
        "Audits of your work",
        "An audit of your work to read and answer: {name}",
        "{n} audits of your work to read and answer",
    ),
    OccasionKind.AUDIT_RETURNED: _Words(
        "Audits returned to you", "1 audit was returned to you", "{n} audits were returned to you"
    ),
    OccasionKind.RETURNED: _Words("Sent back to you", "Sent back to you: {name}", "{n} updates were sent back"),
    OccasionKind.DECIDED: _Words("Decided", "Decided what you asked for: {name}", "{n} decisions on what you asked"),
    OccasionKind.LAST_DAY: _DUE,
    OccasionKind.DAYS_LEFT: _DUE,
    OccasionKind.OPENS: _DUE,
    OccasionKind.TURNED_RED: _Words("Turned red", "Turned red: {name}", "{n} of your actions turned red"),
    OccasionKind.OVERDUE: _Words("Overdue", "Overdue milestone: {name}", "{n} of your milestones are overdue"),
    OccasionKind.DEPENDENCY: _Words(
        "Waiting for something that is red", "Waits for something red: {name}", "{n} of your actions wait for a red one"
    ),
    OccasionKind.MILESTONE: _Words("Due soon", "Milestone due soon: {name}", "{n} milestones are due soon"),
    OccasionKind.GIVEN: _Words("New to you", "You now lead {name}", "{n} actions are new to you"),
    OccasionKind.AUDIT_LATE: _Words("Late", "1 case file audit is late", "{n} case file audits are late"),
    OccasionKind.AUDIT_DUE: _Words("Due soon", "1 case file audit is due soon", "{n} case file audits are due soon"),
    OccasionKind.ALLOCATED: _Words("New for you", "1 case file to audit", "{n} case files to audit"),
    OccasionKind.REMEDIAL_DUE: _Words(
        "To put right soon", "Due soon, to put right on a case file: {name}", "{n} things to put right are due soon"
    ),
    OccasionKind.MODERATED: _Words("Moderated", "1 of your audits was moderated", "{n} of your audits were moderated"),
    OccasionKind.MORE_TIME: _Words(
        "More time", "More time for 1 audit was decided on", "More time for {n} audits was decided on"
    ),
    OccasionKind.MODERATION_LATE: _Words("Late in moderation", "Late: {name} to be moderated", "Audits wait too long"),
    OccasionKind.MODERATION_WAITS: _Words("To be moderated", "{name} in moderation", "Audits and disputes wait"),
    OccasionKind.MORE_TIME_ASKED: _Words(
        "Asked for more time", "More time is asked for {name}", "More time is asked for audits"
    ),
    OccasionKind.REMEDIAL_CHECK: _Words(
        "Said to be put right, to be checked", "To be checked on a case file: {name}", "{n} case files to be checked"
    ),
    OccasionKind.RE_AUDIT_DUE: _Words("To be audited again", "Re-audit due: {name}", "{n} re-audits are due"),
    OccasionKind.NOT_GIVEN: _Words("No update was given", "No update was given: {name}", "{n} plans lack updates"),
    OccasionKind.STILL_MISSING: _Words("Updates are missing", "{name}", "Updates are missing"),
    OccasionKind.LEAD_LEFT: _Words("A lead has left", "A lead has left: {name}", "{n} leads have left"),
    OccasionKind.UNDATED: _Words(
        "Without a date for too long", "Still without a date: {name}", "{n} actions still have no date"
    ),
    OccasionKind.DOUBTS: _Words(
        "To check after an import", "To check after an import: {name}", "{n} imports need a check"
    ),
    OccasionKind.COMPLETION: _Words(
        "Under 85% done", "Under 85% done: {name}", "{n} rounds have under 85% of audits done"
    ),
}
WEEKLY_SUBJECT = "Your weekly summary"
OPENS_ONLY = "Choose an answer to open your update. Nothing is saved until you press a button there."


def letter_of(occasions: Iterable[Occasion], *, first_name: str, is_bare: bool, is_weekly: bool = False) -> Letter:
    """Return the letter that tells some occasions, one section for each kind, the most pressing first."""
    told = sorted(occasions, key=lambda one: one.kind.place)
    groups = [(kind, list(members)) for kind, members in groupby(told, key=lambda one: one.kind)]
    kind, first = groups[0]
    words = _filled(kind, first, is_bare=is_bare)
    subject = words.one if sum(len(one.entries) for one in first) == 1 else words.many
    return Letter(
        subject=WEEKLY_SUBJECT if is_weekly and not kind.is_urgent else subject_line(subject),
        first_name=first_name,
        sections=tuple(_section(kind, members, is_bare=is_bare) for kind, members in groups),
        is_bare=is_bare,
    )


def chase_letter(
    due: tuple[Entry, ...], *, closes: str, total: int, is_reminder: bool, first_name: str, is_bare: bool
) -> Letter:
    """Return the letter by which the office asks for the updates that are missing (ux 9, letters 1 to 3)."""
    asked = Occasion(OccasionKind.DAYS_LEFT, "chase", date.min, date.max, due, closes)
    letter = letter_of([asked], first_name=first_name, is_bare=is_bare)
    after = ("If you cannot send an update, tell the programme office.",)
    if not is_reminder:
        return replace(letter, after=after)
    is_are = "is" if len(due) == 1 else "are"
    subject = f"Reminder: {len(due)} of your {counted(total, 'update')} {is_are} still missing"
    return replace(letter, subject=subject, after=after)


def subject_line(words: str) -> str:
    """Return words as a subject: one line without control characters, so that nothing typed gets into a header."""
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return shortened(one_line(plain), _LONGEST_SUBJECT)


def _section(kind: OccasionKind, members: list[Occasion], *, is_bare: bool) -> Section:
    entries = tuple(bared(entry) if is_bare else entry for one in members for entry in one.entries)
    asks = kind in {OccasionKind.LAST_DAY, OccasionKind.DAYS_LEFT, OccasionKind.OPENS}
    return Section(_filled(kind, members, is_bare=is_bare).heading, entries, OPENS_ONLY if asks else "")


def bared(entry: Entry) -> Entry:
    """Return an entry without words of the plan: its number, its facts and its links."""
    facts = (*entry.facts, *entry.bare_facts)
    return replace(entry, heading=entry.bare, facts=facts, lines=(), quote="")


def _filled(kind: OccasionKind, members: list[Occasion], *, is_bare: bool) -> _Words:
    """Return the words of a kind with names and numbers in them; names are put in last and never read as places."""
    entries = [entry for one in members for entry in one.entries]
    name = shortened(entries[0].bare if is_bare else entries[0].heading, _LONGEST_NAME)
    facts = {
        "n": str(len(entries)),
        "how_many": counted(len(entries), "update"),
        "closes": members[0].closes,
        "name": name,
    }
    words = _WORDS[kind]
    return _Words(words.heading.format(**facts), words.one.format(**facts), words.many.format(**facts))
