"""Recording inspections and visits with their facts, and which plan answers one; items are recorded beside."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.models import Inspection, Plan
from tracker.plans.rules.states import InspectionKind

LONGEST_TITLE = 200
LONGEST_AUTHORITY = 120
LONGEST_HELD = 120
LONGEST_SCOPE = 2000


@dataclass(frozen=True)
class InspectionFacts:
    """What is known of an inspection or visit; `held` are its days as printed, `follows_id` what a visit follows."""

    title: str
    kind: InspectionKind = InspectionKind.INSPECTION
    authority: str = ""
    held: str = ""
    published_on: date | None = None
    received_on: date | None = None
    follows_id: int | None = None


@dataclass(frozen=True)
class ReportSource:
    """The document of an inspection: its name, and the hash by which it is known again."""

    name: str = ""
    sha256: str | None = None


def record_inspection(
    session: Session, facts: InspectionFacts, *, by: int, source: ReportSource | None = None
) -> Inspection:
    """Record an inspection or visit; `by` is a person's id, 0 for a command of the operator.

    Raises `Invalid` beside the field of a fact that cannot be, `Conflict` when this very report is here already.
    """
    source = source or ReportSource()
    if source.sha256 is not None and inspection_from(session, source.sha256) is not None:
        raise Conflict(None, "This very report is here already")
    inspection = Inspection(
        source_name=source.name[:160], source_sha256=source.sha256, created_by=by, changed_by=by, title=""
    )
    _take_facts(session, inspection, facts)
    session.add(inspection)
    session.flush()
    return inspection


def change_inspection(
    session: Session, inspection: Inspection, facts: InspectionFacts, *, by: Person, version: int
) -> None:
    """Put the facts of an inspection right; raises as `record_inspection` does."""
    if inspection.version != version:
        raise Conflict(None, "This inspection has changed since you opened the page")
    _take_facts(session, inspection, facts)
    inspection.changed_by = by.id
    session.flush()


def answer_inspection(session: Session, plan: Plan, inspection: Inspection, *, by: int) -> None:
    """Say that a plan answers an inspection, and with it what visits after it ask for.

    Raises `Conflict` when the plan answers another one already, `Invalid` for a visit that follows an inspection.
    """
    refuse_over(session, plan.id)
    _refuse_second(plan)
    if inspection.follows_id is not None:
        raise Invalid("inspection", "Choose the inspection that this visit follows")
    plan.inspection_id, plan.changed_by = inspection.id, by
    session.flush()


def inspection_from(session: Session, sha256: str) -> Inspection | None:
    """Return the inspection that was read from a document, or None."""
    return session.scalar(select(Inspection).where(Inspection.source_sha256 == sha256))


def note_scope(session: Session, plan: Plan, *, note: str, by: Person) -> None:
    """Say what a plan leaves out, so that nobody reads its silence as an answer (domain A2)."""
    refuse_over(session, plan.id)
    keep_to("scope_note", note, what="The note", most=LONGEST_SCOPE)
    plan.scope_note, plan.changed_by = note, by.id
    session.flush()


def with_title(facts: InspectionFacts) -> InspectionFacts:
    """Return the facts with a title made of them when there is none: "Focused visit to Northmoor, January 2026"."""
    if facts.title.strip():
        return facts
    about = " of " if facts.kind is InspectionKind.INSPECTION else " to "
    title = f"{facts.kind.words}{about}{facts.authority or 'children’s services'}"
    when = f", {facts.published_on:%B %Y}" if facts.published_on else ""
    return replace(facts, title=f"{title}{when}")


def _refuse_second(plan: Plan) -> None:
    if plan.inspection_id is not None:
        raise Conflict(None, "This plan already answers an inspection")


def _take_facts(session: Session, inspection: Inspection, facts: InspectionFacts) -> None:
    _check(facts)
    _check_followed(session, inspection, facts)
    inspection.title, inspection.kind = facts.title.strip(), facts.kind
    inspection.authority, inspection.held = facts.authority.strip(), facts.held.strip()
    inspection.published_on, inspection.received_on = facts.published_on, facts.received_on
    inspection.follows_id = facts.follows_id


def _check(facts: InspectionFacts) -> None:
    if not facts.title.strip():
        raise Invalid("title", "Enter the title of the inspection")
    keep_to("title", facts.title, what="The title", most=LONGEST_TITLE)
    keep_to("authority", facts.authority, what="The authority", most=LONGEST_AUTHORITY)
    keep_to("days", facts.held, what="The days", most=LONGEST_HELD)
    if facts.published_on is not None and facts.published_on > clock.today():
        raise Invalid("published_on", "The report cannot have been published in the future")
    if facts.received_on is not None and facts.received_on > clock.today():
        raise Invalid("received_on", "The report cannot have come in the future")


def _check_followed(session: Session, inspection: Inspection, facts: InspectionFacts) -> None:
    """A visit follows an inspection; what others follow stays an inspection."""
    if facts.kind is InspectionKind.INSPECTION:
        if facts.follows_id is not None:
            raise Invalid("follows", "Only a visit follows an inspection")
        return
    if inspection.id is not None and session.scalar(
        select(Inspection.id).where(Inspection.follows_id == inspection.id)
    ):
        raise Invalid("kind", "Visits follow this inspection, so it cannot be a visit")
    if facts.follows_id is None:
        return
    followed = session.get(Inspection, facts.follows_id)
    if followed is None or followed.kind is not InspectionKind.INSPECTION or followed.id == inspection.id:
        raise Invalid("follows", "Choose an inspection from the list")
