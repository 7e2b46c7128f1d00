"""The same demonstration is on show on whatever day of the year it is loaded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.houses import load_demonstration, on_sqlite
from tracker.audits import queries as audit_queries
from tracker.audits.models import Audit, Finding, ImmediateConcern, Theme
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Mode
from tracker.core import clock
from tracker.core.changelog import missing_triggers, verify
from tracker.core.changelog.tables import log_entry
from tracker.core.uploads import checked_upload
from tracker.core.uploads.kinds import Kind
from tracker.extensions import file_store
from tracker.impact.models import ThemeAction
from tracker.notices.models import Notice
from tracker.notices.rules.vocabulary import NoticeKind, NoticeState
from tracker.people import queries as people_queries
from tracker.people.models import Invitation, Person
from tracker.people.rules import Role
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.models import (
    Action,
    ActionLead,
    DateChange,
    Evidence,
    Inspection,
    Milestone,
    Plan,
    SignOff,
    Update,
    UpdateDraft,
)
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.recurrence import months_later
from tracker.plans.rules.states import DateChangeState, EvidenceKind, EvidenceResult, SignOffKind, UpdateState

MOMENTS = {
    "a leap day": datetime(2028, 2, 29, 12, tzinfo=UTC),
    "the last day of a year, just after midnight": datetime(2026, 12, 31, 0, 5, tzinfo=UTC),
    "a Sunday on which the clocks go back": datetime(2026, 10, 25, 12, tzinfo=UTC),
}
MIX = {"R": 5, "A": 11, "G": 17, "N": 3, "C": 9, "E": 2, "X": 1}


@dataclass(frozen=True)
class Loaded:
    """The demonstration as it was loaded at a moment; the clock stands there."""

    session: Session
    app: Flask
    key: bytes
    moment: datetime

    @property
    def today(self) -> date:
        return self.moment.astimezone(clock.LONDON).date()

    @property
    def plan(self) -> Plan:
        return self.session.scalars(select(Plan)).one()

    def person(self, role: Role) -> Person:
        found = people_queries.person_by_email(self.session, f"{role.value}@demo.example")
        assert found is not None
        return found


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=list(MOMENTS))
def loaded(request: pytest.FixtureRequest) -> Iterator[Loaded]:
    moment: datetime = request.param
    with clock.at(moment), on_sqlite(load_demonstration) as house, Session(house.engine) as session:
        yield Loaded(session, house.app, house.app.config["SETTINGS"].log_key, moment)


@pytest.fixture(autouse=True)
def _held_day(loaded: Loaded) -> Iterator[None]:
    """Hold the clock at the loading's moment in each test, in place of the day of other integration tests."""
    with clock.at(loaded.moment):
        yield


def test_every_delivery_status_is_on_show(loaded: Loaded) -> None:
    document = rag_document(loaded.session, loaded.plan, as_at=loaded.today)
    assert Counter(action["effective"] for action in document["actions"].values()) == MIX


def test_the_stored_outlooks_are_those_of_today_s_facts(loaded: Loaded) -> None:
    fresh = outlooks(loaded.session, loaded.plan, day=loaded.today)
    for action in loaded.session.scalars(select(Action)):
        outlook = fresh[action.id]
        assert (action.amber_from, action.red_from) == (outlook.amber_from, outlook.red_from), action.ref
        assert action.is_unscheduled == outlook.unscheduled, action.ref
        assert action.closed_code == (outlook.closed.value if outlook.closed else None), action.ref
        assert action.declared_code == (outlook.declared.value if outlook.declared else None), action.ref


def test_the_change_log_is_whole_and_nothing_in_it_is_from_the_future(loaded: Loaded) -> None:
    verdict = verify(loaded.session, loaded.key)
    assert verdict.whole, verdict.problem
    assert verdict.entries > 1000
    assert missing_triggers(loaded.session.connection()) == []
    actors = set(loaded.session.scalars(select(log_entry.c.actor)))
    assert f"person:{loaded.person(Role.LEAD).id}" in actors
    assert "command:demo" in actors
    assert "nobody" not in actors


def test_updates_lie_in_the_past_on_the_days_of_their_moments(loaded: Loaded) -> None:
    updates = loaded.session.scalars(select(Update)).all()
    assert len(updates) > 400
    now = clock.now()
    for update in updates:
        assert update.submitted_at <= now
        assert update.effective_on == update.submitted_at.astimezone(clock.LONDON).date()
    assert min(update.effective_on for update in updates) < loaded.today - timedelta(days=365)


def test_updates_on_behalf_are_the_office_s_for_leads_without_an_account_and_deputies_for_who_is_away(
    loaded: Loaded,
) -> None:
    found = loaded.session.scalars(select(Update).where(Update.on_behalf_of != "")).all()
    assert {update.on_behalf_of for update in found} == {
        "Better Lives transformation programme manager",
        "Chair of NSCP",
        "Head of Northmoor Digital",
        "Rachel Dunmore",
        "Fiona Galt",
    }


def test_seven_rounds_are_past_with_one_audit_late_and_one_is_in_hand(loaded: Loaded) -> None:
    found = audit_queries.rounds(loaded.session, reader=loaded.person(Role.MODERATOR))
    rounds = [row for row in found if row.name.startswith("Monthly case file audit")]
    assert len(rounds) == 8
    for row in rounds[1:]:
        assert 20 <= row.allocated <= 25
        assert row.due_on < loaded.today
    assert [row.allocated - row.sent for row in rounds[1:]] == [1, 0, 0, 0, 0, 0, 0]
    assert rounds[0].starts_on <= loaded.today <= rounds[0].due_on
    assert (rounds[0].sent, rounds[0].drafts) == (9, 2)


def test_the_demonstration_auditor_has_two_files_to_do_a_draft_and_one_with_agencies(loaded: Loaded) -> None:
    mine = audit_queries.my_audits(loaded.session, loaded.person(Role.AUDITOR), is_open=True)
    assert Counter(audit.state for audit in mine) == {AuditState.ALLOCATED: 2, AuditState.IN_PROGRESS: 2}
    assert Counter(audit.mode for audit in mine) == {Mode.DESK: 3, Mode.MULTI_AGENCY: 1}


def test_what_must_be_put_right_is_in_every_state_and_closes_its_audit(loaded: Loaded) -> None:
    session, moderator = loaded.session, loaded.person(Role.MODERATOR)
    remedials = audit_queries.remedial_page(session, reader=moderator)
    assert Counter(one.state.value for one in remedials) == {
        "closed": 6,
        "verified": 1,
        "claimed": 1,
        "in_hand": 1,
        "open": 3,
    }
    assert session.scalar(select(func.count(Audit.id)).where(Audit.state == AuditState.CLOSED)) == 7
    again = audit_queries.re_audits(session, reader=moderator)
    # The inadequate one of this month waits for its second look: only what is final is planned again.
    assert len(again) == 9
    assert Counter(row.after_state for row in again) == {None: 6, AuditState.FINAL: 2, AuditState.ALLOCATED: 1}


def test_one_concern_is_open_and_the_moderator_acknowledged_the_others(loaded: Loaded) -> None:
    assert audit_queries.open_concern_count(loaded.session, reader=loaded.person(Role.MODERATOR)) == 1
    concerns = loaded.session.scalars(select(ImmediateConcern).order_by(ImmediateConcern.id)).all()
    moderator = loaded.person(Role.MODERATOR).id
    assert [concern.acknowledged_by_id for concern in concerns] == [moderator, moderator, moderator, None]
    assert all(concern.told_at <= clock.now() for concern in concerns)


def test_themes_are_linked_to_actions_from_their_own_days(loaded: Loaded) -> None:
    links = loaded.session.scalars(select(ThemeAction)).all()
    assert len(links) == 32
    assert all(link.set_on < loaded.today for link in links)
    assert {link.set_by_id for link in links} == {loaded.person(Role.OFFICE).id}


def test_people_are_the_demonstration_s_and_hold_their_roles(loaded: Loaded) -> None:
    organisation = people_queries.organisation(loaded.session)
    assert organisation is not None
    assert organisation.is_demonstration
    assert organisation.urgent_contact
    people = people_queries.demonstration_people(loaded.session)
    assert len(people) == len(Role)
    for role in Role:
        assert role in {grant.role for grant in loaded.person(role).grants}
    assert all(loaded.session.scalars(select(Person.is_demonstration)))
    assert any(grant.is_chair for grant in loaded.person(Role.ASSURANCE).grants)


def test_the_calendar_has_past_meetings_held_and_none_on_a_weekend(loaded: Loaded) -> None:
    meetings = people_queries.meetings(loaded.session)
    assert all(meeting.day.weekday() < 5 for meeting in meetings)
    assert all(meeting.is_held == (meeting.day < loaded.today) for meeting in meetings)
    assert {meeting.is_held for meeting in meetings} == {True, False}


def test_the_plan_is_whole_and_answers_its_inspection(loaded: Loaded) -> None:
    assert loaded.session.scalar(select(func.count()).select_from(Milestone)) == 84
    assert loaded.session.scalar(select(func.count(func.distinct(ActionLead.action_id)))) == 46
    assert loaded.plan.inspection_id == loaded.session.scalar(select(Inspection.id))
    assert loaded.plan.scope_note


def test_people_are_away_covered_gone_and_waiting_for_their_first_sign_in(loaded: Loaded) -> None:
    absences = people_queries.absences(loaded.session, since=loaded.today)
    assert [(one.person.name, one.deputy.name) for one in absences] == [
        ("Fiona Galt", "Joanne Pike"),
        ("Stephen Cole", "Ngozi Ibe"),
    ]
    assert absences[0].starts_on < loaded.today < absences[1].starts_on
    parties = {party.name: party for party in people_queries.lead_parties(loaded.session)}
    post = parties["Better Lives Programme Manager"]
    assert [holding.person.name for holding in post.holdings] == ["Gareth Lowe", "Amina Yusuf"]
    assert [holding.ends_on is None for holding in post.holdings] == [False, True]
    assert parties["Laura Benn"].left_on is not None
    assert [member.person.name for member in parties["Partner Agency Leads"].members] == ["Superintendent Colin Reeve"]
    unlinked = {party.name for party in parties.values() if not party.members and not party.holdings}
    assert unlinked >= {"Head of Northmoor Digital", "Better Lives transformation programme manager"}
    invited = loaded.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [link.expires_at > clock.now() for link in invited] == [False, True]


def test_actions_fell_back_were_sent_back_refused_held_and_merged(loaded: Loaded) -> None:
    kinds = Counter(loaded.session.scalars(select(SignOff.kind)))
    assert kinds == {"complete": 12, "embedded": 2, "superseded": 1, "on_hold": 2, "resumed": 1, "reopened": 1}
    assert Counter(loaded.session.scalars(select(Update.state)))[UpdateState.RETURNED] == 1
    states = Counter(loaded.session.scalars(select(DateChange.state)))
    assert states[DateChangeState.REFUSED] == 2
    assert states[DateChangeState.ASKED] >= 2
    assert states[DateChangeState.APPROVED] > 20
    merged = loaded.session.scalars(select(SignOff).where(SignOff.kind == SignOffKind.SUPERSEDED)).one()
    assert merged.reason.startswith("Merged into 4.1")


def test_evidence_is_of_every_kind_and_every_file_is_what_its_record_says(loaded: Loaded) -> None:
    evidence = loaded.session.scalars(select(Evidence)).all()
    assert {piece.kind for piece in evidence} == set(EvidenceKind)
    files = [piece for piece in evidence if piece.stored_as]
    assert Counter(piece.file_kind for piece in files) == {Kind.PDF: 5, Kind.WORD: 4, Kind.EXCEL: 3}
    with loaded.app.app_context():
        for piece in files:
            data = file_store().read(piece.stored_as or "", piece.file_sha256)
            assert checked_upload(BytesIO(data), piece.file_name).kind is piece.file_kind
    assert {piece.result for piece in files} == {None, EvidenceResult.SHOWS, EvidenceResult.PARTLY}


def test_mails_went_out_on_working_days_and_none_waits(loaded: Loaded) -> None:
    notices = loaded.session.scalars(select(Notice)).all()
    assert {notice.state for notice in notices} == {NoticeState.SENT}
    assert {notice.kind for notice in notices} == set(NoticeKind)
    assert len({notice.person_id for notice in notices}) > 5
    assert all(notice.due_on.weekday() < 5 and notice.due_on <= loaded.today for notice in notices)
    assert len(loaded.session.scalars(select(UpdateDraft)).all()) == 3


def test_concerns_about_plans_fall_after_the_new_template_and_about_supervision_do_not(loaded: Loaded) -> None:
    def share(theme: str, first: int, last: int) -> float:
        days = [months_later(loaded.today.replace(day=1), number) for number in (first, last)]
        query = select(Audit.id).where(
            Audit.state == AuditState.FINAL, Audit.audited_on >= days[0], Audit.audited_on < days[1]
        )
        audits = set(loaded.session.scalars(query))
        found = select(Finding.audit_id).join(Theme, Theme.id == Finding.theme_id).where(Theme.code == theme)
        concerns = set(loaded.session.scalars(found.where(Finding.kind == FindingKind.DEVELOPMENT))) & audits
        return len(concerns) / len(audits)

    assert share("plan", -7, -5) > share("plan", -2, 0) + 0.15
    assert abs(share("supervision", -7, -5) - share("supervision", -2, 0)) < 0.08
