"""Bringing a published plan in from its plain text: read, store, and say what was doubted; the rules are in reading."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.plans.commands.importing import LONGEST_TITLE, Source, free_slug, make_plan
from tracker.plans.models import Plan
from tracker.plans.rules.reading import PlanReading, ReadingProblem, decode_document, read_document


@dataclass(frozen=True)
class ImportReport:
    """What an import did or would do; `is_repeat` says that this very document was imported before."""

    slug: str
    reading: PlanReading
    plan: Plan | None
    is_repeat: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How much was read; outcomes are those of the top level."""
        areas = self.reading.areas
        actions = [action for area in areas for action in area.actions]
        return {
            "areas": len(areas),
            "objectives": _total(area.objectives for area in areas),
            "outcomes": _total(area.outcomes for area in areas),
            "measures": _total(area.measures for area in areas),
            "actions": len(actions),
            "milestones": _total(action.milestones for action in actions),
            "warnings": len(self.reading.warnings),
        }

    def document(self) -> dict[str, Any]:
        """Return the report as `tracker import-plan --json` says it."""
        return {
            "plan": self.slug,
            "counts": self.counts,
            "warnings": [
                {"code": doubt.code.value, "ref": doubt.ref, "line": doubt.line, "message": doubt.message}
                for doubt in self.reading.warnings
            ],
            "unread": [{"line": unread.line, "text": unread.text} for unread in self.reading.unread],
        }


def import_plan(
    session: Session,
    *,
    raw: bytes,
    name: str,
    title: str,
    approved_on: date | None,
    by: int = 0,
    is_trial: bool = False,
) -> ImportReport:
    """Read a document and store its plan, unless it is a trial or this very document was imported before.

    Raises Invalid with one sentence for a file that cannot be read or a title that cannot be used; nothing is written.
    """
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Invalid("title", f"Give the plan a title of 1 to {LONGEST_TITLE} characters")
    try:
        reading = read_document(raw, approved_on=approved_on)
    except ReadingProblem as problem:
        raise Invalid("file", str(problem)) from None
    sha256 = hashlib.sha256(raw).hexdigest()
    before = session.scalar(select(Plan).where(Plan.source_sha256 == sha256))
    if before is not None:
        return ImportReport(before.slug, reading, before, is_repeat=True)
    if is_trial:
        return ImportReport(free_slug(session, title), reading, None)
    source = Source(name=name, text=decode_document(raw), sha256=sha256)
    plan = make_plan(session, reading=reading, title=title.strip(), approved_on=approved_on, source=source, by=by)
    return ImportReport(plan.slug, reading, plan)


def _total(lists: Iterable[tuple[Any, ...]]) -> int:
    return sum(len(items) for items in lists)
