"""What happened to the actions of the invented plan: each act of `progress.csv` is one command of the plan."""

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import select

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.files import made_file
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.impact.commands import approve_override, ask_override
from tracker.people.models import Person
from tracker.people.policy import roles_of
from tracker.people.queries import meeting_of
from tracker.people.rules import Role
from tracker.plans.commands.answers import Answer, Way, Words
from tracker.plans.commands.approval import approve_action
from tracker.plans.commands.dates import approve_date, ask_date, refuse_date
from tracker.plans.commands.embedding import sign_off_embedded
from tracker.plans.commands.evidence import add_evidence, is_web_address, verify_evidence
from tracker.plans.commands.links import add_dependency
from tracker.plans.commands.signoffs import (
    confirm_complete,
    hold,
    reopen,
    resume,
    send_back,
    supersede,
)
from tracker.plans.commands.steps import finish_milestone, start_milestone, tick_occurrence
from tracker.plans.commands.updates import confirm_no_change, save_update
from tracker.plans.models import Action, DateChange, Milestone, Override
from tracker.plans.queries.action import action_with_leads
from tracker.plans.queries.evidence import evidence_in_view, evidence_rows
from tracker.plans.queries.window import UpdateWindow, window_of
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.recurrence import months_later
from tracker.plans.rules.states import DeclaredRag, EvidenceResult

# How what the office writes down for a lead without an account reached it.
_REACHED_BY = "e-mail"


def progress(council: Council) -> Iterator[Entry]:
    """Give every act on an action, on the day it was recorded and by who did it."""
    for row in table("progress"):
        person = council.people[row["author"]]
        yield Entry(council.offsets.day(row["day"]), person, partial(_ACTS[row["act"]], council, row, person))


def _action(council: Council, row: Row) -> Action:
    return council.actions[row["ref"]]


def _milestone(council: Council, row: Row) -> Milestone:
    return council.milestones[row["ref"], int(row["milestone"])]


def _way(council: Council, row: Row, person: Person) -> Way:
    """Say whose update it is, when the office writes it for a lead who has no account."""
    if Role.OFFICE not in roles_of(person):
        return Way()
    leads = action_with_leads(council.session, _action(council, row).id).leads
    return Way(on_behalf_of=leads[0].party.name, came_by=_REACHED_BY) if leads else Way()


def _update(council: Council, row: Row, person: Person) -> None:
    words = Words(happened=row["text"], why=row["why"], doing=row["doing"], ask=row["other"])
    answer = Answer(DeclaredRag(row["declared"]), words, way=_way(council, row, person))
    save_update(council.session, _action(council, row), answer=answer, by=person, window=_window(council))


def _window(council: Council) -> UpdateWindow:
    """Return the window now from the calendar that is held, which hundreds of updates need not read each."""
    return window_of(council.meetings, clock.now(), opens_before=council.organisation.updates_open_days)


def _no_change(council: Council, row: Row, person: Person) -> None:
    confirm_no_change(council.session, _action(council, row), by=person, way=_way(council, row, person))


def _claim(council: Council, row: Row, person: Person) -> None:
    answer = Answer(DeclaredRag.COMPLETE, Words(happened=row["text"]))
    save_update(council.session, _action(council, row), answer=answer, by=person)


def _start(council: Council, row: Row, person: Person) -> None:
    day = council.offsets.day(row["date"])
    start_milestone(council.session, _milestone(council, row), on=day, by=person)


def _done(council: Council, row: Row, person: Person) -> None:
    session, milestone, day = council.session, _milestone(council, row), council.offsets.day(row["date"])
    if row["occurrence"] and milestone.due and milestone.every_months:
        due = months_later(milestone.due, milestone.every_months * (int(row["occurrence"]) - 1))
        tick_occurrence(session, milestone, due=due, on=day, by=person)
    else:
        finish_milestone(session, milestone, on=day, by=person)
    add_evidence(session, _action(council, row), text=row["text"], on=day, by=person)


def _ask(council: Council, row: Row, person: Person) -> DateChange:
    to = read_target_date(council.offsets.printed(row["date"]), today=clock.today())
    return ask_date(council.session, _milestone(council, row), to=to, because=row["reason"], by=person)


def _set_date(council: Council, row: Row, person: Person) -> None:
    approve_date(council.session, _ask(council, row, person), by=council.office)


def _approve_date(council: Council, row: Row, person: Person) -> None:
    session, milestone = council.session, _milestone(council, row)
    session.refresh(milestone, ["date_changes"])
    note = f"Agreed by the {row['other']}" if row["other"] else ""
    approve_date(session, milestone.date_changes[-1], by=person, note=note)


def _refuse_date(council: Council, row: Row, person: Person) -> None:
    session, milestone = council.session, _milestone(council, row)
    session.refresh(milestone, ["date_changes"])
    refuse_date(session, milestone.date_changes[-1], by=person, note=row["text"])


def _approve_action(council: Council, row: Row, person: Person) -> None:
    approve_action(council.session, _action(council, row), on=clock.today(), by=person)


def _confirm(council: Council, row: Row, person: Person) -> None:
    confirm_complete(council.session, _action(council, row), reason=row["text"], by=person)


def _send_back(council: Council, row: Row, person: Person) -> None:
    send_back(council.session, _action(council, row), reason=row["reason"], by=person)


def _reopen(council: Council, row: Row, person: Person) -> None:
    not_done = [_milestone(council, row)]
    reopen(council.session, _action(council, row), reason=row["reason"], by=person, not_done=not_done)


def _embed(council: Council, row: Row, person: Person) -> None:
    meeting = meeting_of(council.session, council.bodies[row["other"]], council.offsets.working_day(row["day"]))
    sign_off_embedded(
        council.session,
        _action(council, row),
        meeting=meeting,
        independent_check=row["why"],
        no_measure_reason=row["reason"],
        reason=row["text"],
        by=person,
    )


def _supersede(council: Council, row: Row, person: Person) -> None:
    other = council.actions[row["other"]]
    supersede(council.session, _action(council, row), successor=other, reason=row["reason"], by=person)


def _hold(council: Council, row: Row, person: Person) -> None:
    review_on = council.offsets.day(row["date"])
    hold(council.session, _action(council, row), reason=row["reason"], review_on=review_on, by=person)


def _resume(council: Council, row: Row, person: Person) -> None:
    resume(council.session, _action(council, row), reason=row["reason"], by=person)


def _link_dependency(council: Council, row: Row, person: Person) -> None:
    add_dependency(council.session, _action(council, row), on=council.actions[row["other"]], by=person)


def _evidence(council: Council, row: Row, person: Person) -> None:
    session, action, text = council.session, _action(council, row), row["text"]
    if is_web_address(row["other"]):
        add_evidence(session, action, text=text, url=row["other"], by=person)
    else:
        add_evidence(session, action, text=text, stored=made_file(row["other"], text), by=person)


def _verify(council: Council, row: Row, person: Person) -> None:
    session, action = council.session, action_with_leads(council.session, _action(council, row).id)
    last = max((shown.evidence for shown in evidence_rows(session, action)), key=lambda evidence: evidence.id)
    verify_evidence(session, action, last, result=EvidenceResult(row["other"]), note=row["text"], by=person)


def _ask_override(council: Council, row: Row, person: Person) -> None:
    session, action = council.session, action_with_leads(council.session, _action(council, row).id)
    last = evidence_in_view(session, action)[0]
    ask_override(session, action, value=Rag(row["declared"]), reason=row["why"], evidence=last, by=person)


def _approve_override(council: Council, row: Row, person: Person) -> None:
    query = select(Override).where(Override.action_id == _action(council, row).id).order_by(Override.id.desc())
    approve_override(council.session, council.session.scalars(query.limit(1)).one(), by=person, note=row["text"])


_ACTS: dict[str, Callable[[Council, Row, Person], object]] = {
    "update": _update,
    "no_change": _no_change,
    "claim": _claim,
    "start": _start,
    "done": _done,
    "set_date": _set_date,
    "move_date": _ask,
    "approve_date": _approve_date,
    "refuse_date": _refuse_date,
    "approve_action": _approve_action,
    "confirm": _confirm,
    "send_back": _send_back,
    "reopen": _reopen,
    "embed": _embed,
    "supersede": _supersede,
    "hold": _hold,
    "resume": _resume,
    "link_dependency": _link_dependency,
    "evidence": _evidence,
    "verify": _verify,
    "ask_override": _ask_override,
    "approve_override": _approve_override,
}
