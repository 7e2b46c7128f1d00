"""The programme of a year through the pages: made, changed, and planned against done worked out from the audits."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.commands.alerts import record_alert
from tracker.audits.commands.events import EventFacts, add_event
from tracker.audits.commands.feedback import FeedbackFacts, add_feedback
from tracker.audits.models import Audit, AuditProgramme, AuditRound, Mechanism
from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.other_words import AlertSource, EventKind, FeedbackSource
from tracker.audits.rules.programme import DEFAULT_MECHANISMS
from tracker.audits.rules.vocabulary import AuditState
from tracker.people.models import Person, Unit
from tracker.people.rules import Role

YEAR = "/audits/programme/2026"


@pytest.fixture
def moderator(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_unit(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(marcus)
    return marcus


def a_programme(session: Session, by: Person, year: int = 2026) -> AuditProgramme:
    made = commands.make_programme(session, year=year, by=by)
    session.commit()
    return made


def test_a_year_begins_with_the_twelve_and_the_next_with_what_was_planned(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    client.get("/audits/programme")
    assert "No year is planned yet" in client.text
    client.submit({"year": "2026"})
    assert client.heading == "Audit programme 2026-27"
    names = session.scalars(select(Mechanism.name).order_by(Mechanism.position)).all()
    assert list(names) == [one.name for one in DEFAULT_MECHANISMS]

    client.get(f"{YEAR}/1")
    stale = client.form("target").filled({"target": "240"})
    client.submit({"name": "Monthly audit", "target": "250", "owner": str(moderator.id)})
    assert "Saved: Monthly audit" in client.text
    assert client.post(f"{YEAR}/1", data=stale).status_code == 409
    client.get("/audits/programme")
    client.submit({"year": "2027"})
    first = session.scalars(select(Mechanism).where(Mechanism.position == 1).order_by(Mechanism.id.desc())).first()
    assert first is not None
    assert (first.name, first.target, first.owner_id) == ("Monthly audit", 250, moderator.id)


def test_pressing_twice_makes_one_programme(client: CheckedClient, session: Session, moderator: Person) -> None:
    client.get("/audits/programme")
    data = client.form("year").filled({"year": "2026"})
    assert client.post("/audits/programme", data=data).status_code == 303
    assert client.post("/audits/programme", data=data).status_code == 422
    assert len(session.scalars(select(AuditProgramme)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [
        ("name", "", "Enter a name"),
        ("name", "Themed audits", "There is a mechanism of this name already"),
        ("target", "-1", "Enter a whole number from 0 to 10,000"),
        ("target", "many", "Enter a whole number from 0 to 10,000"),
        ("cadence", "weekly", "Choose one from the list"),
        ("owner", "999999", "Choose one from the list"),
    ],
)
def test_what_is_wrong_with_a_mechanism_stands_beside_its_field(
    client: CheckedClient, session: Session, moderator: Person, change: tuple[str, str, str]
) -> None:
    a_programme(session, moderator)
    field, value, words = change
    client.get(f"{YEAR}/1")
    data = client.form("target").filled({}) | {field: value}
    assert client.post(f"{YEAR}/1", data=data).status_code in {409, 422}
    assert words in client.text


def test_a_council_adds_a_mechanism_of_its_own(client: CheckedClient, session: Session, moderator: Person) -> None:
    a_programme(session, moderator)
    client.get(f"{YEAR}/new")
    said = {"name": "Court bundle checks", "kind": "case_audit", "cadence": "quarterly", "target": "12"}
    data = client.form("kind").filled(said)
    assert client.post(f"{YEAR}/new", data=data).status_code == 303
    assert client.post(f"{YEAR}/new", data=data).status_code == 409
    assert session.scalars(select(Mechanism.position).where(Mechanism.name == "Court bundle checks")).all() == [13]


def test_planned_against_done_is_worked_out_from_the_audits_of_its_rounds(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    programme = a_programme(session, moderator)
    monthly = session.scalars(select(Mechanism).where(Mechanism.programme_id == programme.id)).first()
    assert monthly is not None
    monthly.target = 24
    found = a_round(session, name="November audits", by=moderator)
    found.mechanism_id = monthly.id
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    north, south = a_case(session, by=moderator), a_case(session, unit=a_unit(session, "South Team"), by=moderator)
    a_sent_audit(session, auditor=ruth, audit_round=found, case=north, on="-3d")
    an_audit(session, auditor=ruth, audit_round=found, case=south, due="-1d")
    exempt = an_audit(session, auditor=ruth, audit_round=found)
    exempt.state = AuditState.EXEMPT
    void = an_audit(session, auditor=ruth, audit_round=found)
    void.state = AuditState.VOID
    outside = a_round(session, name="Outside the programme", by=moderator)
    a_sent_audit(session, auditor=ruth, audit_round=outside)
    session.commit()
    client.get(YEAR)
    # Planned 24, seven months over: 14 due; done 1, exempt 1, late 1; 2 of 24 are 8 per cent.
    assert "Every month Nobody yet 24 14 1 1 1 8%" in client.text
    assert "November 2026 2 1 1 1 1" in client.text
    assert "South Team 1 0 0 1 1" in client.text
    client.get(f"{YEAR}/1")
    assert "November 2026 2 1 1 1 1" in client.text


def other_evidence(session: Session, by: Person) -> None:
    """Record an alert, three sets of feedback and two assurance days, one of each in another year or quarter."""
    theme, unit = a_theme(session), session.scalars(select(Unit)).first()
    assert unit is not None
    record_alert(
        session,
        source=AlertSource.IRO,
        theme=theme,
        unit=unit,
        raised_on=date(2026, 5, 4),
        words="Reports come late",
        names_confirmed=True,
        by=by,
    )
    for source, ends in (
        ("conference", date(2026, 6, 30)),
        ("conference", date(2026, 3, 31)),
        ("staff", date(2026, 7, 31)),
    ):
        asked = FeedbackFacts(FeedbackSource(source), "Was it good?", ends, ends, Replies(10, 8, 7))
        add_feedback(session, asked, names_confirmed=True, by=by)
    for kind, day in ((EventKind.ASSURANCE_DAY, date(2026, 9, 1)), (EventKind.ASSURANCE_DAY, date(2027, 1, 5))):
        add_event(session, EventFacts(kind, f"Day of {day}", day, day, "Visits"), names_confirmed=True, by=by)
    session.commit()


def test_every_mechanism_is_counted_by_its_kind_of_record(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    programme = a_programme(session, moderator)
    for one in session.scalars(select(Mechanism).where(Mechanism.programme_id == programme.id)):
        one.target = 12 if one.counts == FeedbackSource.CONFERENCE else one.target
    other_evidence(session, moderator)
    client.get(YEAR)
    # Three a quarter: six due by the end of September, one recorded, five late; that of March is of last year.
    assert "Feedback on child protection conferences Feedback Every quarter Nobody yet 12 6 1 0 5 8%" in client.text
    assert "Practice alerts When it is needed Nobody yet 0 0 1 0 0" in client.text
    assert "Safeguarding assurance days Events Every six months Nobody yet 0 0 1 0 0" in client.text
    assert "Feedback from families Feedback Every quarter Nobody yet 0 0 0 0 0" in client.text
    client.get(f"{YEAR}/10")
    assert "September 2026 0 1 0 0 0" in client.text
    assert "January 2027 0 0 0 0 1" in client.text
    client.submit({"counts": "practice_week"})
    client.get(f"{YEAR}/new")
    client.submit({"name": "Weeks", "kind": "event", "counts": "practice_week", "cadence": "annual", "target": "1"})
    assert "counts these already" in client.text
    client.submit({"counts": "staff"})
    assert "Choose something that counts as events" in client.text


def test_a_round_says_what_it_belongs_to_and_looks_at(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    programme = a_programme(session, moderator)
    mechanism = session.scalars(select(Mechanism).where(Mechanism.programme_id == programme.id)).first()
    theme = a_theme(session, "supervision")
    a_round(session)
    tool = session.scalars(select(AuditRound)).first()
    assert mechanism is not None
    assert tool is not None
    session.commit()
    client.get("/audits/rounds/new")
    said = {"name": "Audits of December", "starts_on": "1 dec 2026", "due_on": "31 dec 2026", "selection": "random"}
    asked = {"sample_target": "22", "mechanism": str(mechanism.id), "theme": str(theme.id)}
    client.submit({**said, **asked, "read_months": "6", "judged_months": "12"})
    assert "Only months that are read can be judged" in client.text
    client.submit({**said, **asked, "read_months": "12", "judged_months": ""})
    assert "Give both" in client.text
    client.submit({**said, **asked, "read_months": "12", "judged_months": "6"})
    assert f"Programme {mechanism.name}, 2026-27" in client.text
    assert f"Theme {theme.name}" in client.text
    assert "The last 12 months are read, the last 6 judged" in client.text


def test_an_audit_keeps_the_tool_that_its_round_names(session: Session, moderator: Person) -> None:
    found = a_round(session, by=moderator)
    first = an_audit(session, audit_round=found)
    found.tool_id = first.tool_id
    session.flush()
    assert an_audit(session, audit_round=found).tool_id == first.tool_id
    assert {one.selection for one in session.scalars(select(Audit))} == {None}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD, Role.OFFICE, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_nobody_else_plans_the_programme(client: CheckedClient, session: Session, role: Role) -> None:
    an_organisation(session)
    a_programme(session, a_person(session, Role.MODERATOR, "Marcus Bell"))
    other = a_person(session, role, "Sam Other")
    session.commit()
    client.sign_in(other)
    for address in ("/audits/programme", YEAR, f"{YEAR}/1", f"{YEAR}/new"):
        assert client.get(address).status_code == 403
    token = client.form(button="Sign out").sent["csrf_token"][0]
    assert client.post(f"{YEAR}/1", data={"csrf_token": token, "name": "Mine", "target": "1"}).status_code == 403
