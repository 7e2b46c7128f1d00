"""Who asked for a date or an override is told once what was decided, without the words of the decision."""

from datetime import date

from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action
from tracker.impact.commands import approve_override, ask_override
from tracker.notices.queries.news import gather, occasions_of
from tracker.notices.rules.occasions import OccasionKind
from tracker.people.rules import Role
from tracker.plans.commands import dates
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.rag import Rag

WHY = "The last two posts are filled and start on Monday"


def test_the_asker_is_told_what_was_decided_and_nobody_else(session: Session, today: date) -> None:
    tom, office = a_person(session, Role.LEAD, "Tom Whitcombe"), a_person(session, Role.OFFICE, "Daniel Hughes")
    action = an_action(session, a_plan(session, approved_on=date(2026, 1, 13)), due="2026-10-20", lead=tom)
    piece = add_evidence(session, action, text="Both contracts are signed", by=tom)
    override = ask_override(session, action, value=Rag.AMBER, reason=WHY, evidence=piece, by=tom)
    approve_override(session, override, by=office, note="A secret word")
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    to = read_target_date("10 Jan 2027", today=today)
    wish = dates.ask_date(session, milestone, to=to, because="Vacancies", by=tom)
    dates.refuse_date(session, wish, by=office, note="Another secret word")
    session.commit()
    people, news = gather(session)
    told = {
        person.id: [one for one in occasions_of(session, person, news) if one.kind is OccasionKind.DECIDED]
        for person in people
    }
    assert told[office.id] == []
    facts = [fact for one in told[tom.id] for entry in one.entries for fact in entry.facts]
    assert facts == [
        "The override that you asked for was approved. It counts until 31 Dec 2026.",
        "The new date that you asked for was not agreed. The page says why.",
    ]
    assert not any("secret" in f"{one.entries}" for one in told[tom.id])
