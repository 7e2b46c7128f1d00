"""Bringing a published plan in from its document: read, store, and say what was doubted; files are opened elsewhere."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.problems import Invalid
from tracker.plans.commands.importing import LONGEST_TITLE, Source, free_slug, make_plan
from tracker.plans.commands.undoing import record_import
from tracker.plans.imports.plan_file import FileReading, PlanFile, read_plan_file
from tracker.plans.models import Plan
from tracker.plans.rules.reading import PlanReading
from tracker.plans.rules.tables import Progress, no_progress


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
                | _place(doubt.place)
                for doubt in self.reading.warnings
            ],
            "unread": [
                {"line": unread.line, "text": unread.text} | _place(unread.place) for unread in self.reading.unread
            ],
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
    columns: str = "",
    key: str = "",
    progress: Progress = no_progress,
) -> ImportReport:
    """Read a document and store its plan, unless it is a trial or this very document was imported before.

    `columns` and `key` are as in `PlanFile`. Raises Invalid with one sentence for a file that cannot be read or a
    title that cannot be used; nothing is written.
    """
    refuse_title(title)
    file = PlanFile(raw, name, columns=columns, key=key)
    found = read_plan_file(file, approved_on=approved_on, progress=progress)
    return store_plan(
        session, file, found, title=title, approved_on=approved_on, by=by, is_trial=is_trial, progress=progress
    )


def store_plan(
    session: Session,
    file: PlanFile,
    found: FileReading,
    *,
    title: str,
    approved_on: date | None,
    by: int = 0,
    is_trial: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Store a plan that was read, unless it is a trial or this very document was imported before."""
    refuse_title(title)
    sha256 = hashlib.sha256(file.raw).hexdigest()
    before = session.scalar(select(Plan).where(Plan.source_sha256 == sha256))
    if before is not None:
        return ImportReport(before.slug, found.reading, before, is_repeat=True)
    if is_trial:
        return ImportReport(free_slug(session, title), found.reading, None)
    plan = make_plan(
        session,
        reading=found.reading,
        title=title.strip(),
        approved_on=approved_on,
        source=Source(name=file.name, text=found.text, sha256=sha256),
        by=by,
        progress=progress,
    )
    report = ImportReport(plan.slug, found.reading, plan)
    record_import(session, plan, file_name=file.name, counts=report.counts, unread=len(found.reading.unread), by=by)
    return report


def refuse_title(title: str) -> None:
    """Raise Invalid for a title that is empty or too long."""
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Invalid("title", f"Give the plan a title of 1 to {LONGEST_TITLE} characters")


def _place(words: str) -> dict[str, str]:
    return {"place": words} if words else {}


def _total(lists: Iterable[tuple[Any, ...]]) -> int:
    return sum(len(items) for items in lists)
