"""Keeping what columns hold and colours mean under a name, for the next plan with the same headings."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.plans.models import KeptMapping
from tracker.plans.rules.reading import ReadingProblem, rag_key_from
from tracker.plans.rules.tables import mapping_from
from tracker.plans.rules.tables.fields import heading_words

LONGEST_NAME = 80


def keep_mapping(
    session: Session, *, name: str, headings: Iterable[str], columns: str, rag_key: str, by: Person
) -> KeptMapping:
    """Keep a mapping and a key under a name; one that has this name is written over."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("keep_as", f"Give it a name of 1 to {LONGEST_NAME} characters")
    if "=" in name or "{" in name:
        raise Invalid("keep_as", "Leave = and { out of the name")
    refuse_unreadable("keep_as", columns=columns, rag_key=rag_key)
    kept = session.scalar(select(KeptMapping).where(KeptMapping.name == name))
    if kept is None:
        kept = KeptMapping(name=name, created_by=by.id)
        session.add(kept)
    kept.headings, kept.columns, kept.rag_key, kept.changed_by = signature(headings), columns, rag_key, by.id
    session.flush()
    return kept


def refuse_unreadable(field: str | None, *, columns: str, rag_key: str) -> None:
    """Raise `Invalid` for what the readers of a document would not take: kept, it could only be thrown away again."""
    try:
        mapping_from(columns)
        rag_key_from(rag_key)
    except ReadingProblem as problem:
        raise Invalid(field, str(problem)) from problem


def signature(headings: Iterable[str]) -> str:
    """Return headings so that the same ones compare as the same, in whatever order they stand."""
    return "\n".join(sorted({words for heading in headings if (words := heading_words(heading))}))
