"""Brings the invented plan in as published, links its leads to people, and records the inspection it answers."""

from datetime import date
from functools import partial

from sqlalchemy import select

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import about_plan, listed, plan_text, table
from tracker.core import clock
from tracker.people import commands as people_commands
from tracker.people import queries as people_queries
from tracker.people.rules import PartyKind
from tracker.plans.commands.inspection_items import add_item, answer_item
from tracker.plans.commands.inspections import InspectionFacts, answer_inspection, note_scope, record_inspection
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Action, Area, Inspection, Milestone, Plan
from tracker.plans.rules.states import InspectionKind, ItemClass


def bring_plan(council: Council) -> None:
    """Import the plan on the day of its approval, which is the clock's, and record what belongs to it."""
    about, offsets, approved_on = about_plan(), council.offsets, clock.today()
    report = import_plan(
        council.session,
        raw=offsets.printed(plan_text(), year=approved_on.year).encode(),
        name="plan.txt",
        title=offsets.printed(about["title"], year=approved_on.year),
        approved_on=approved_on,
        by=council.office.id,
    )
    if report.plan is None:
        raise LookupError("The demonstration's plan was read and not stored.")
    note_scope(council.session, report.plan, note=about["scope_note"], by=council.office)
    _take(council, report.plan)
    _link_leads(council)
    _record_inspection(council, report.plan)


def _take(council: Council, plan: Plan) -> None:
    session = council.session
    actions = select(Action).where(Action.plan_id == plan.id)
    council.take_plan(
        plan,
        areas=list(session.scalars(select(Area).where(Area.plan_id == plan.id))),
        actions=list(session.scalars(actions)),
        milestones=list(session.scalars(select(Milestone).join(Milestone.action).where(Action.plan_id == plan.id))),
    )


def _link_leads(council: Council) -> None:
    """Say what each lead is and who may update for it; viewers read the post of the first in place of a name."""
    for row in table("leads"):
        party = people_queries.lead_party_by_name(council.session, row["text"])
        if party is None:
            raise LookupError(f"The plan names no lead {row['text']!r}.")
        kind, people = PartyKind(row["kind"]), [council.people[address] for address in listed(row["people"])]
        post = people[0].post if kind is PartyKind.PERSON and people else ""
        people_commands.change_lead_party(council.session, party, kind=kind, post=post, by=council.office)
        for person in people:
            people_commands.link_member(council.session, party, person, by=council.office)


def _record_inspection(council: Council, plan: Plan) -> None:
    session, about = council.session, about_plan()["inspection"]
    facts = InspectionFacts(
        title=about["title"],
        authority=about["authority"],
        published_on=council.offsets.day(about["published"]),
        received_on=council.offsets.working_day(about["received"]),
    )
    inspection = record_inspection(session, facts, by=council.office.id)
    answer_inspection(session, plan, inspection, by=council.office.id)
    for row in table("inspection"):
        item = add_item(
            session,
            inspection,
            item_class=ItemClass(row["class"]),
            number=row["number"],
            heading=row["heading"],
            words=row["text"],
            by=council.office.id,
        )
        for number in listed(row["areas"]):
            answer_item(session, council.areas[int(number)], item, by=council.office)


def inspection_visits(council: Council) -> list[Entry]:
    """Return the visit after the inspection; nobody has said yet which areas answer it."""
    day = council.offsets.day(about_plan()["visit"]["published"])
    return [Entry(day, council.office, partial(_record_visit, council, day))]


def _record_visit(council: Council, day: date) -> None:
    session, about = council.session, about_plan()["visit"]
    plan = session.get_one(Plan, council.areas[1].plan_id)
    inspection = session.get_one(Inspection, plan.inspection_id)
    facts = InspectionFacts(
        title=about["title"],
        kind=InspectionKind.FOCUSED_VISIT,
        authority=inspection.authority,
        published_on=day,
        follows_id=inspection.id,
    )
    visit = record_inspection(session, facts, by=council.office.id)
    for words in about["items"]:
        add_item(session, visit, item_class=ItemClass.AREA_FOR_IMPROVEMENT, words=words, by=council.office.id)
