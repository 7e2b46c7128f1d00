"""What commands on alerts, feedback, events and learning share: addresses of new records, words that name nobody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import (
    AssuranceEvent,
    EventFinding,
    FeedbackSet,
    LearningMessage,
    PracticeAlert,
    QuickWin,
    Theme,
    ThemeReAudit,
    YouSaid,
)
from tracker.audits.rules.names import identifiers_in, longest
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Gathered, Invalid
from tracker.core.text import joined, random_code
from tracker.people.models import Person
from tracker.people.queries import own_names
from tracker.people.rules import holds_on

ADDRESS_LENGTH = 16
_TOKEN = re.compile(rf"[A-Z0-9]{{{ADDRESS_LENGTH}}}")
Entry = TypeVar(
    "Entry",
    AssuranceEvent,
    EventFinding,
    FeedbackSet,
    LearningMessage,
    PracticeAlert,
    QuickWin,
    ThemeReAudit,
    YouSaid,
)


@dataclass(frozen=True)
class Wording:
    """Words as somebody typed them: what they are called, how long they may be, and whether they may be missing."""

    text: str
    what: str
    most: int
    missing: str = ""


def new_address(form_token: str | None) -> str:
    """Return the address of a new record: the random token of its form, so that pressing twice makes one."""
    if form_token and not _TOKEN.fullmatch(form_token):
        raise Invalid(None, "Send the form again")
    return form_token or random_code(ADDRESS_LENGTH)


def sent_before(session: Session, kind: type[Entry], form_token: str | None, by: Person) -> Entry | None:
    """Return what the very same form of the same person made before."""
    if not form_token:
        return None
    query = select(kind).where(kind.public_id == form_token, kind.created_by == by.id)
    return session.scalar(query)


def refuse_older(record: Entry, version: int) -> None:
    """Refuse what was written on a page that shows an older state of the record."""
    if record.version != version:
        raise Conflict(None, "Somebody else changed this while you were writing. What is stored now is shown")


def check_words(session: Session, wordings: Mapping[str, Wording], *, confirmed: bool) -> None:
    """Refuse words that are missing or too long, and those that look like names unless somebody confirmed (A13)."""
    wrong = Gathered()
    for field, wording in wordings.items():
        with wrong.trying():
            if wording.missing and not wording.text:
                raise Invalid(field, wording.missing)
            keep_to(field, wording.text, what=wording.what, most=wording.most)
    wrong.tell()
    if confirmed:
        return
    text, known = "\n".join(wording.text for wording in wordings.values()), own_names(session)
    found = longest(identifiers_in(text, today=clock.today(), known=known))
    if found:
        words = joined([f"“{one.words}”" for one in found[:5]])
        raise Invalid(
            "names_confirmed", f"{words} may tell who somebody is. Use other words, or confirm that they name nobody"
        )


def check_theme(theme: Theme | None, day: date) -> None:
    """Refuse a theme that is not in use on a day."""
    if theme is not None and not holds_on(day, theme.starts_on, theme.ends_on):
        raise Invalid("theme", f"The theme “{theme.name}” is not in use")


def refuse_future(field: str, day: date) -> None:
    """Refuse a day to come for what has happened."""
    if day > clock.today():
        raise Invalid(field, "This day must be today or in the past")
