"""Whatever is done in whatever order, the outlook stored with an action is the one that its facts give."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action
from tracker.core import clock
from tracker.core.problems import Invalid, Problem
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, links, signoffs, steps, updates
from tracker.plans.commands.answers import Answer, Way, Words
from tracker.plans.models import Action, ActionLink, DateChange, Milestone, Plan
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import DateChangeState, DeclaredRag, LinkKind
from tracker.plans.rules.vocabulary import MilestoneKind

START = date(2026, 3, 2)
WORDS = Words("Two teams are staffed", "Posts are vacant", "Interviews next week")
Act = Callable[["World", int], object]


class World:
    """A plan of two actions, its lead and the office, on a day that moves on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        with clock.at(datetime(START.year, START.month, START.day, 12, tzinfo=UTC)):
            self.office: Person = a_person(session, Role.OFFICE, "Grace Adeyemi", scope={"starts_on": START})
            self.body: Person = a_person(session, Role.ASSURANCE, "Helen Marsh", scope={"starts_on": START})
            self.lead: Person = a_person(session, Role.LEAD, scope={"starts_on": START})
            self.plan: Plan = a_plan(session, approved_on=START)
            self.actions = [an_action(session, self.plan, due=day, lead=self.lead) for day in ("+40d", None)]
            a_milestone(session, self.actions[1], due="+10d", kind=MilestoneKind.RECURRING, every_months=1)

    def action(self, pick: int) -> Action:
        return self.actions[pick % 2]

    def milestone(self, pick: int) -> Milestone:
        found = self.session.scalars(select(Milestone).order_by(Milestone.id)).all()
        return found[pick % len(found)]

    def wish(self) -> DateChange:
        query = select(DateChange).where(DateChange.state == DateChangeState.ASKED)
        found = self.session.scalar(query.order_by(DateChange.id).limit(1))
        if found is None:
            raise Invalid(None, "Nobody asked for a date")
        return found


def update(world: World, pick: int) -> object:
    declared = list(DeclaredRag)[pick % 4]
    return updates.save_update(world.session, world.action(pick), answer=Answer(declared, WORDS), by=world.lead)


def take_back(world: World, pick: int) -> None:
    last = updates.latest_update(world.session, world.action(pick))
    if last is not None:
        updates.withdraw_update(world.session, last, reason="", by=world.lead, version=last.version)


def ask(world: World, pick: int) -> object:
    text = ("Jun 2026", "TBC", "30 Sep 2026", "1 Mar 2027")[pick % 4]
    to = read_target_date(text, today=START)
    return dates.ask_date(world.session, world.milestone(pick), to=to, because="Vacancies", by=world.lead)


def tick(world: World, pick: int) -> object:
    milestone = world.milestone(pick)
    due = milestone.due or START
    return steps.tick_occurrence(world.session, milestone, due=due, on=clock.today(), by=world.lead)


def end_wait(world: World, pick: int) -> None:
    query = select(ActionLink).where(ActionLink.kind == LinkKind.DEPENDS_ON, ActionLink.ended_on.is_(None))
    for link in world.session.scalars(query.where(ActionLink.from_id == world.action(pick).id)):
        links.end_link(world.session, link, why="No longer so", by=world.office, version=link.version)


def decide(command: Callable[..., object], **more: Any) -> Act:
    return lambda world, pick: command(
        world.session, world.action(pick), reason="Agreed at the meeting", by=world.office, **more
    )


ACTS: list[Act] = [
    update,
    take_back,
    ask,
    tick,
    lambda world, pick: updates.confirm_no_change(world.session, world.action(pick), by=world.lead, way=Way()),
    lambda world, _: dates.approve_date(world.session, world.wish(), by=world.body),
    lambda world, _: dates.refuse_date(world.session, world.wish(), by=world.body, note="It cannot wait"),
    lambda world, pick: steps.start_milestone(
        world.session, world.milestone(pick), on=clock.today() - timedelta(days=pick % 3), by=world.lead
    ),
    lambda world, pick: steps.finish_milestone(
        world.session, world.milestone(pick), on=clock.today() - timedelta(days=pick % 3), by=world.lead
    ),
    lambda world, pick: steps.reopen_milestone(
        world.session, world.milestone(pick), reason="It was not done", by=world.office
    ),
    lambda world, pick: links.add_dependency(
        world.session, world.action(pick), on=world.action(pick + 1), by=world.office
    ),
    decide(signoffs.confirm_complete),
    decide(signoffs.send_back),
    lambda world, pick: decide(signoffs.hold, review_on=clock.today() + timedelta(days=1 + pick))(world, pick),
    lambda world, pick: decide(signoffs.supersede, successor=world.action(pick + 1))(world, pick),
    end_wait,
    decide(signoffs.resume),
    decide(signoffs.withdraw_action),
    decide(signoffs.reopen),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 7), st.integers(0, 40)),
        min_size=1,
        max_size=12,
    )
)
def test_the_stored_outlook_is_the_fresh_one(engine: Engine, acts: list[tuple[Act, int, int]]) -> None:
    with Session(engine) as session:
        world, day = World(session), START
        for act, pick, days in acts:
            day += timedelta(days=days)
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            with clock.at(noon), suppress(Problem), session.begin_nested():
                act(world, pick)
        session.expire_all()
        fresh = outlooks(session, world.plan, day=day)
        for action in world.actions:
            outlook = fresh[action.id]
            assert (action.amber_from, action.red_from) == (outlook.amber_from, outlook.red_from)
            assert action.closed_code == (outlook.closed.value if outlook.closed else None)
            assert action.is_unscheduled == outlook.unscheduled
        session.rollback()
