"""Storing a plan once its reader has answered: read, put right, stored, leads linked, doubts settled, in one go."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.commands.parties import link_member
from tracker.people.models import LeadParty, Person
from tracker.people.queries import active_people
from tracker.people.rules import PartyKind, holds_on
from tracker.plans.commands.doubts import settle_doubt
from tracker.plans.commands.incoming import answers_of, refuse_stale
from tracker.plans.imports.plan_file import FileReading, KeyNeeded, PlanFile
from tracker.plans.imports.text_plan import ImportReport, store_plan
from tracker.plans.imports.whole_reading import WholeReading
from tracker.plans.models import ImportDoubt, Plan, UnfinishedImport
from tracker.plans.rules.importing import Answers, LeadAnswer, corrected, doubts_of
from tracker.plans.rules.tables import Progress, no_progress

_NOTHING = "There is no action in this plan yet. Say first which column holds the action"


def plan_with_answers(kept: UnfinishedImport, found: WholeReading) -> WholeReading:
    """Return what was read with the actions that were put right."""
    put_right = corrected(found.reading, answers_of(kept).actions, approved_on=kept.approved_on)
    return replace(found, reading=put_right)


def finish_import(
    session: Session,
    kept: UnfinishedImport,
    found: WholeReading,
    *,
    raw: bytes,
    version: int,
    by: Person,
    progress: Progress = no_progress,
) -> ImportReport:
    """Store the plan of an import with all that was answered; a document that came in before changes nothing.

    `progress` is as for `make_plan`. Raises `Conflict` when another window was quicker, `KeyNeeded` while a word of
    colour has no meaning.
    """
    refuse_stale(kept, version)
    if not found.has_actions:
        raise Conflict(None, _NOTHING)
    if found.reading.unkeyed:
        raise KeyNeeded(found.reading.unkeyed)
    whole, answers = plan_with_answers(kept, found), answers_of(kept)
    report = store_plan(
        session,
        PlanFile(raw, kept.file_name),
        FileReading(whole.reading, whole.text),
        title=kept.title,
        approved_on=kept.approved_on,
        by=by.id,
        progress=progress,
    )
    kept.plan_slug = report.slug
    if report.plan is not None and not report.is_repeat:
        _settle(session, report.plan, found, answers, by)
        _link(session, answers.leads, by)
    session.flush()
    return report


def _settle(session: Session, plan: Plan, found: WholeReading, answers: Answers, by: Person) -> None:
    """Settle the doubts that were answered before the import; they stay on record with their day."""
    keys = {place: doubt.key for place, doubt in enumerate(doubts_of(found.reading), start=1)}
    for doubt in session.scalars(select(ImportDoubt).where(ImportDoubt.plan_id == plan.id)):
        if keys.get(doubt.position) in answers.settled:
            settle_doubt(session, doubt, by=by)


def _link(session: Session, leads: Mapping[str, LeadAnswer], by: Person) -> None:
    """Say of the plan's leads what they are, and let the people who were chosen update for them."""
    people = {person.id: person for person in active_people(session)}
    query = select(LeadParty).where(LeadParty.name.in_(leads)).options(selectinload(LeadParty.members))
    for party in session.scalars(query):
        said = leads[party.name]
        if said.kind is not PartyKind.UNKNOWN and party.kind is not said.kind:
            party.kind, party.changed_by = said.kind, by.id
        person = people.get(said.person_id or 0)
        holding = {one.person_id for one in party.members if holds_on(clock.today(), None, one.ends_on)}
        if person is not None and person.id not in holding:
            link_member(session, party, person, by=by)
    session.flush()
