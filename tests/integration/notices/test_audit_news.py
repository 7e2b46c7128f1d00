"""Who is told what of moderation, disputes and more time: who can act on it, and nothing of the case."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme, an_audit, loaded
from tests.support.builders.moderation import a_waiting_audit, compared, moderated, moderation_of, taken
from tests.support.builders.people import a_person
from tracker.audits import commands, queries
from tracker.audits.rules.moderating import Side
from tracker.core import clock
from tracker.notices.queries.news import gather, occasions_of
from tracker.notices.rules.occasions import Occasion, OccasionKind
from tracker.people.models import Person
from tracker.people.rules import Role

KINDS = {
    OccasionKind.AUDIT_RETURNED,
    OccasionKind.MODERATED,
    OccasionKind.MORE_TIME,
    OccasionKind.MORE_TIME_ASKED,
    OccasionKind.MODERATION_LATE,
    OccasionKind.MODERATION_WAITS,
}
SECRET = "CP-7788"


@pytest.fixture
def ruth(session: Session) -> Person:
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei", also=(Role.MODERATOR,))


@pytest.fixture
def marcus(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Marcus Bell")


@pytest.fixture
def joanne(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Joanne Pike")


def told(session: Session) -> dict[str, list[tuple[str, str]]]:
    """What everybody is told of these kinds, each as its kind and its number."""
    session.commit()
    people, news = gather(session)
    found: dict[str, list[Occasion]] = {
        person.name: [one for one in occasions_of(session, person, news) if one.kind in KINDS] for person in people
    }
    for occasions in found.values():
        assert SECRET not in f"{occasions}"
    return {name: [(one.kind.value, one.entries[0].heading) for one in occasions] for name, occasions in found.items()}


def test_what_waits_is_told_to_those_who_may_take_it(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audits = [a_waiting_audit(session, auditor=ruth, code=code) for code in (SECRET, "CP-1", "CP-2")]
    taken(session, audits[0], marcus)
    assert told(session) == {
        "Ruth Osei": [],
        "Marcus Bell": [("moderation_waits", "3 audits wait")],
        "Joanne Pike": [("moderation_waits", "2 audits wait")],
    }
    with clock.at(clock.now() + timedelta(days=15)):
        assert told(session)["Joanne Pike"] == [
            ("moderation_late", "2 audits wait"),
            ("moderation_waits", "2 audits wait"),
        ]


def test_an_auditor_is_told_of_the_outcome_of_a_return_and_of_a_panels_decision(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    first, second = (a_waiting_audit(session, auditor=ruth, code=code) for code in (SECRET, "CP-1"))
    moderated(session, first, marcus)
    held = compared(session, second, marcus)
    commands.return_audit(session, held, words="Look at CP-7788 again", version=held.version, by=marcus)
    assert told(session) == {
        "Ruth Osei": [("moderated", "1 audit"), ("audit_returned", "1 audit")],
        "Marcus Bell": [],
        "Joanne Pike": [],
    }
    done = moderation_of(session, first)
    commands.dispute_moderation(session, done, side=Side.AUDITOR, reason="The dates are on file", by=ruth)
    assert [told(session)[name] for name in ("Marcus Bell", "Joanne Pike")] == [
        [],
        [("moderation_waits", "1 dispute waits")],
    ]
    done = moderation_of(session, first)
    [dispute] = done.disputes
    people = [joanne, a_person(session, Role.AUDITOR, "Owen Tranter")]
    commands.call_panel(session, dispute, members=people, version=dispute.version, by=joanne)
    grades = {one.number: one.counted for one in done.graded if one.counted}
    commands.decide_dispute(
        session,
        dispute,
        queries.asked_of(session, first),
        grades=grades,
        reason="All dates are on file",
        version=dispute.version,
        by=joanne,
    )
    found = told(session)
    assert found["Joanne Pike"] == []
    assert sorted(found["Ruth Osei"]) == [("audit_returned", "1 audit"), *[("moderated", "1 audit")] * 2]


def test_neither_the_worker_nor_who_disputed_it_is_asked_to_take_it_on(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    hannah = a_person(session, Role.MODERATOR, "Hannah Webb")
    audits = [a_waiting_audit(session, auditor=ruth, code=code) for code in (SECRET, "CP-1")]
    for audit in audits:
        audit.worker_id = hannah.id
    moderated(session, audits[0], marcus)
    assert [told(session)[name] for name in ("Hannah Webb", "Joanne Pike")] == [
        [],
        [("moderation_waits", "1 audit waits")],
    ]
    moderated(session, audits[1], marcus)
    done = moderation_of(session, audits[0])
    commands.dispute_moderation(session, done, side=Side.SERVICE, reason="The dates are on file", by=joanne)
    a_person(session, Role.MODERATOR, "Grace Adeyemi")
    found = told(session)
    assert [found[name] for name in ("Hannah Webb", "Joanne Pike", "Marcus Bell", "Grace Adeyemi")] == [
        [],
        [],
        [],
        [("moderation_waits", "1 dispute waits")],
    ]


def test_a_wish_for_more_time_is_told_to_who_decides_and_the_decision_to_who_asked(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = an_audit(session, auditor=ruth, code=SECRET)
    asked = commands.ask_more_time(
        session, loaded(session, audit), until=audit.due_on + timedelta(days=9), why="CP-7788 is long", by=ruth
    )
    assert told(session) == {"Ruth Osei": [], "Marcus Bell": [("more_time_asked", "1 audit")]}
    commands.decide_more_time(session, asked, is_agreed=True, note="", version=asked.version, by=marcus)
    assert told(session) == {"Ruth Osei": [("more_time", "1 audit")], "Marcus Bell": []}
    with clock.at(clock.now() + timedelta(days=12)):
        assert told(session)["Ruth Osei"] == []
