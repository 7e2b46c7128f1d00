"""A plan that is coming in: kept with its answers between the steps, and thrown away; storing it is the importer's."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.plain_values import plain_value, value_of
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.importing import LONGEST_TITLE
from tracker.plans.commands.mappings import refuse_unreadable
from tracker.plans.models import UnfinishedImport
from tracker.plans.rules.importing import Answers, Correction, LeadAnswer
from tracker.plans.rules.keeping import IMPORTS_KEPT

_STALE = "This import was changed in another window. What is stored now is shown"
_DONE = "This plan has come in already"


def keep_import(
    session: Session,
    *,
    public_id: str,
    file_name: str,
    sha256: str,
    title: str,
    approved_on: date | None,
    columns: str = "",
    rag_key: str = "",
    by: Person,
) -> UnfinishedImport:
    """Keep a document that somebody brings in, on the server, until it is imported, discarded or out of its time."""
    kept = UnfinishedImport(
        public_id=public_id,
        person_id=by.id,
        file_name=file_name[:200],
        sha256=sha256,
        title=_title(title),
        approved_on=approved_on,
        columns=columns,
        rag_key=rag_key,
        kept_at=clock.now(),
    )
    session.add(kept)
    session.flush()
    return kept


def answers_of(kept: UnfinishedImport) -> Answers:
    """Return what was answered so far."""
    return value_of(Answers, json.loads(kept.answers))


def change_reading(
    session: Session,
    kept: UnfinishedImport,
    *,
    title: str,
    approved_on: date | None,
    columns: str,
    rag_key: str,
    version: int,
) -> bool:
    """Say what the plan is called, when it was approved, and how its columns and colours are to be read.

    Returns whether the document must be read again for it. Raises `Invalid` for what could not be read so.
    """
    refuse_stale(kept, version)
    refuse_unreadable(None, columns=columns, rag_key=rag_key)
    before = (kept.approved_on, kept.columns, kept.rag_key)
    kept.title, kept.approved_on, kept.columns, kept.rag_key = _title(title), approved_on, columns, rag_key
    _touch(session, kept)
    return before != (approved_on, columns, rag_key)


def settle_doubts(
    session: Session, kept: UnfinishedImport, *, shown: Collection[str], settled: Collection[str], version: int
) -> None:
    """Settle of the doubts that a page showed those that were ticked, and open the others of that page again."""
    refuse_stale(kept, version)
    answers = answers_of(kept)
    now = (answers.settled - frozenset(shown)) | (frozenset(settled) & frozenset(shown))
    _keep_answers(session, kept, replace(answers, settled=now))


def put_right(
    session: Session,
    kept: UnfinishedImport,
    *,
    ref: str,
    correction: Correction,
    settles: Collection[str],
    version: int,
) -> None:
    """Put an action right before it comes in; what was doubted about it counts as answered."""
    refuse_stale(kept, version)
    answers = answers_of(kept)
    actions = {**answers.actions, ref: correction}
    _keep_answers(session, kept, replace(answers, actions=actions, settled=answers.settled | frozenset(settles)))


def match_leads(session: Session, kept: UnfinishedImport, *, leads: Mapping[str, LeadAnswer], version: int) -> None:
    """Say what leads are, and which people may update for them once the plan has come in."""
    refuse_stale(kept, version)
    answers = answers_of(kept)
    _keep_answers(session, kept, replace(answers, leads={**answers.leads, **leads}))


def discard_import(session: Session, kept: UnfinishedImport) -> None:
    """Throw away what is kept of an import; its document is the caller's to remove."""
    session.delete(kept)
    session.flush()


def discard_old_imports(session: Session) -> list[str]:
    """Throw away what nobody has touched in its time, whoever began it; return the folders of their documents."""
    old = delete(UnfinishedImport).where(UnfinishedImport.kept_at < clock.now() - IMPORTS_KEPT)
    return list(session.scalars(old.returning(UnfinishedImport.public_id)))


def is_past(kept: UnfinishedImport) -> bool:
    """Say whether an import was left alone for longer than it is kept."""
    return kept.kept_at < clock.now() - IMPORTS_KEPT


def refuse_stale(kept: UnfinishedImport, version: int) -> None:
    """Raise `Conflict` when another window was quicker, or the plan has come in already."""
    if kept.plan_slug:
        raise Conflict(None, _DONE)
    if kept.version != version:
        raise Conflict(None, _STALE)


def _keep_answers(session: Session, kept: UnfinishedImport, answers: Answers) -> None:
    kept.answers = json.dumps(plain_value(answers), ensure_ascii=False)
    _touch(session, kept)


def _touch(session: Session, kept: UnfinishedImport) -> None:
    kept.kept_at = clock.now()
    session.flush()


def _title(title: str) -> str:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Invalid("title", f"Give the plan a title of 1 to {LONGEST_TITLE} characters")
    return title.strip()
