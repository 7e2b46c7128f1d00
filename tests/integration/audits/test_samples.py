"""Samples through the pages: a list is brought, looked at, drawn, shared out; what is not drawn is gone."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from re import findall

import pytest
import xlsxwriter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit, AuditSample, CaseReference, SampleFile, WaitingCaseList
from tracker.audits.rules.vocabulary import AuditState, Category, Selection
from tracker.core import clock
from tracker.core.changelog.tables import log_payload
from tracker.people.models import Person, Unit
from tracker.people.rules import Role, UnitKind

ROUND = "/audits/rounds/november-audits"
HEAD = ["Code", "Category", "Team"]


@pytest.fixture
def teams(session: Session) -> dict[str, Unit]:
    an_organisation(session)
    a_theme(session)
    north = a_unit(session, "North", kind=UnitKind.LOCALITY)
    found = {name: a_unit(session, name, parent_id=north.id) for name in ("North Team", "East Team")}
    return {**found, "North": north}


@pytest.fixture
def moderator(client: CheckedClient, session: Session, teams: dict[str, Unit]) -> Person:
    a_round(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(marcus)
    return marcus


def rows(count: int = 40) -> list[list[str]]:
    return [[f"K{100 + n}", "CIN" if n % 4 else "CP", "North Team" if n % 2 else "East Team"] for n in range(count)]


def as_csv(table: list[list[str]], head: list[str] | None = None) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([head or HEAD, *table])
    return out.getvalue().encode()


def as_excel(table: list[list[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *table]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def bring(client: CheckedClient, data: bytes, name: str = "list.csv", page: str = ROUND, **fields: str) -> int:
    client.get(f"{page}/sample")
    token = client.form("file").sent["csrf_token"][0]
    sent = {"csrf_token": token, "file": (BytesIO(data), name), **fields}
    return client.post(
        f"{page}/sample", data=sent, content_type="multipart/form-data", follow_redirects=True
    ).status_code


def drawn(session: Session) -> list[str]:
    query = select(CaseReference.code).join(SampleFile, SampleFile.case_id == CaseReference.id)
    return list(session.scalars(query.where(SampleFile.is_reserve.is_(False)).order_by(SampleFile.position)))


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_list_is_looked_at_drawn_and_shared_out(
    client: CheckedClient, session: Session, moderator: Person, name: str
) -> None:
    people = [a_person(session, Role.AUDITOR, name) for name in ("Ruth Osei", "Owen Tranter")]
    session.commit()
    assert bring(client, as_csv(rows()) if name.endswith("csv") else as_excel(rows()), name) == 200
    assert client.heading == "Look at the sample, November audits"
    assert "In the sample 20 files" in client.text
    assert session.scalars(select(CaseReference)).all() == []

    client.submit(button="Keep this sample")
    assert "Sample kept: 20 files" in client.text
    assert "Give files out, November audits" in client.heading
    client.submit(button="Give these files out")
    assert "Given out: 20 files" in client.text
    assert "Drawn: 20 files of 40 listed." in client.text
    loads = session.execute(select(Audit.auditor_id, func.count(Audit.id)).group_by(Audit.auditor_id))
    assert {row[0]: row[1] for row in loads} == {people[0].id: 10, people[1].id: 10}
    assert {one.selection for one in session.scalars(select(Audit))} == {None}


def test_what_is_not_drawn_is_gone_from_the_database_and_was_never_in_the_log(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    bring(client, as_csv(rows()))
    client.submit(button="Keep this sample")
    kept = set(session.scalars(select(CaseReference.code)))
    gone = {row[0] for row in rows()} - kept
    assert len(kept) == 24  # with four in reserve
    assert session.scalars(select(WaitingCaseList)).all() == []
    said = " ".join(str(one) for one in session.execute(select(log_payload)).all())
    assert not [code for code in gone if code in said]


def test_the_same_list_in_another_order_gives_the_same_sample_and_print(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    bring(client, as_csv(rows()))
    seen = findall(r"K1\d\d", client.text)
    client.submit(button="Throw this list away")
    assert session.scalars(select(WaitingCaseList)).all() == []
    bring(client, as_csv(rows()[::-1]))
    assert findall(r"K1\d\d", client.text) == seen
    client.submit(button="Keep this sample")
    assert drawn(session) == seen
    client.get(f"{ROUND}/sample")
    [sample] = session.scalars(select(AuditSample))
    assert sample.list_digest in client.text
    assert f"Seed {sample.seed}" in client.text


def test_a_stratified_sample_gives_each_group_its_share(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    a_round(session, name="December audits", selection=Selection.STRATIFIED)
    session.commit()
    page = "/audits/rounds/december-audits"
    assert bring(client, as_csv(rows()), page=page, strata="") == 422
    assert "Choose by what the sample is divided" in client.text
    assert "for a round chosen at random within groups only" not in client.text, "this round is one"
    assert bring(client, as_csv(rows()), page=page, strata="category") == 200
    client.submit(button="Keep this sample")
    categories = session.execute(
        select(CaseReference.category, func.count())
        .join(SampleFile, SampleFile.case_id == CaseReference.id)
        .where(SampleFile.is_reserve.is_(False))
        .group_by(CaseReference.category)
    )
    assert {row[0]: row[1] for row in categories} == {
        Category.CHILD_PROTECTION: 5,
        Category.CHILD_IN_NEED: 15,
    }


def test_a_round_stays_divided_as_with_its_first_list(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    a_round(session, name="December audits", selection=Selection.STRATIFIED)
    session.commit()
    page = "/audits/rounds/december-audits"
    assert bring(client, as_csv(rows()), page=page, strata="category") == 200
    looked_at, seen = client.answer.request.path if client.answer else "", findall(r"K1\d\d", client.text)
    client.get(f"{page}/sample")
    assert client.form("file").sent["strata"] == ["category"]
    assert bring(client, as_csv(rows()), page=page, strata="category_and_team") == 422
    assert "Choose “What help the child gets”, by which the first list of this round was divided" in client.text
    assert bring(client, as_csv(rows()), page=page, strata="category") == 200
    client.get(looked_at)
    client.submit(button="Keep this sample")
    assert drawn(session) == seen


def test_refused_rows_are_named_by_their_row_and_never_repeated(client: CheckedClient, moderator: Person) -> None:
    table = [*rows(3), ["Emma Smith", "CP", "North Team"], ["K900", "CP", "Emma's team"]]
    assert bring(client, as_csv(table)) == 200
    assert "Row 5 Its code looks as if it told who the child is" in client.text
    assert "Row 6 No team that is open today has the name" in client.text
    assert "Emma" not in client.text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "list.csv", "The file is empty"),
        (b"\x00\x01\x02", "list.csv", "This file is no CSV file"),
        (b"Code,Category,Team,Name\nK104,CP,North Team,x", "list.csv", "Column 4 tells who the child is"),
        (b"Code,Team\nK104,North Team", "list.csv", "needs the columns Code, Category and Team"),
        (b"Code,Category,Team\nK104,CP,Nowhere", "list.csv", "No row of this list could be taken"),
        (b"no workbook at all", "list.xlsx", "and what is in the file do not agree"),
        (b"x", "list.pdf", "The file must be a CSV or Excel (.xlsx) file"),
        (as_csv([[str(n), "CP", "North Team"] for n in range(20_001)]), "list.csv", "more than 20,000 rows"),
        (b'Code,Category,Team\n"' + b"x" * 140_000, "list.csv", "One cell of this file"),
    ],
)
@pytest.mark.usefixtures("moderator")
def test_a_file_that_is_no_list_is_refused_with_what_to_do(
    client: CheckedClient, session: Session, data: bytes, name: str, words: str
) -> None:
    assert bring(client, data, name) == 422
    assert words in client.text
    assert session.scalars(select(WaitingCaseList)).all() == []


def test_files_that_were_audited_here_in_the_last_year_are_not_drawn_again(
    client: CheckedClient, session: Session, moderator: Person, teams: dict[str, Unit]
) -> None:
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    case = a_case(session, code="K100", category=Category.CHILD_PROTECTION, unit=teams["East Team"])
    a_sent_audit(session, auditor=ruth, audit_round=a_round(session, name="June audits", starts="-150d"), case=case)
    a_case(session, code="K101", category=Category.CARE_LEAVER, unit=teams["North Team"])
    session.commit()
    bring(client, as_csv(rows(4)))
    assert "Left out 1 file audited in the 12 months before the round" in client.text
    assert "Row 3 Its code was audited here before with another category or team" in client.text
    assert "In the sample 2 files" in client.text


def test_nobody_gets_a_file_of_their_own_team_or_of_one_that_they_manage(
    client: CheckedClient, session: Session, moderator: Person, teams: dict[str, Unit]
) -> None:
    own = a_person(session, Role.AUDITOR, "Keith Lomax", unit_id=teams["North Team"].id)
    a_person(session, Role.AUDITOR, "Priya Nair", unit_id=teams["North"].id)
    session.commit()
    bring(client, as_csv(rows(10)))
    client.submit(button="Keep this sample")
    assert "Nobody is independent of this file" in client.text
    client.submit(button="Give these files out")
    given = session.execute(select(Audit.auditor_id, CaseReference.unit_id).join(Audit.case))
    assert {(row.auditor_id, row.unit_id) for row in given} == {(own.id, teams["East Team"].id)}
    assert "5 files wait for an auditor" in client.text


def test_nobody_is_proposed_for_a_file_whose_worker_they_were(
    client: CheckedClient, session: Session, moderator: Person, teams: dict[str, Unit]
) -> None:
    case = a_case(session, code="K100", category=Category.CHILD_PROTECTION, unit=teams["East Team"])
    owen = a_person(session, Role.AUDITOR, "Owen Tranter")
    long_ago = a_round(session, name="Audits of last year", starts="-500d", due="-400d")
    an_audit(session, audit_round=long_ago, case=case).worker_id = owen.id
    session.commit()
    bring(client, as_csv(rows(4)))
    client.submit(button="Keep this sample")
    client.get(f"{ROUND}/share?who={owen.id}")
    assert "Nobody is independent of this file" in client.text
    client.submit(button="Give these files out")
    codes = select(CaseReference.code).join(Audit).where(Audit.auditor_id == owen.id)
    assert sorted(session.scalars(codes)) == ["K101", "K102", "K103"]


def test_a_proposal_that_was_overtaken_is_shown_again_and_pressing_twice_gives_nothing_twice(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    a_person(session, Role.AUDITOR, "Ruth Osei")
    session.commit()
    bring(client, as_csv(rows(5)))
    client.submit(button="Keep this sample")
    seen = client.form("seen").filled({})
    a_person(session, Role.AUDITOR, "Owen Tranter")
    session.commit()
    assert client.post(f"{ROUND}/share", data=seen).status_code == 409
    assert "Something has changed since this was proposed" in client.text
    assert session.scalars(select(Audit)).all() == []
    again = client.form("seen").filled({})
    assert client.post(f"{ROUND}/share", data=again).status_code == 303
    assert client.post(f"{ROUND}/share", data=again).status_code == 409
    assert len(session.scalars(select(Audit)).all()) == 5


def test_only_auditors_who_take_part_are_given_files(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    a_person(session, Role.AUDITOR, "Owen Tranter")
    session.commit()
    bring(client, as_csv(rows(6)))
    client.submit(button="Keep this sample")
    client.get(f"{ROUND}/share?who={ruth.id}&who=%00&who=99999999999999999999")
    client.submit(button="Give these files out")
    assert {one.auditor_id for one in session.scalars(select(Audit))} == {ruth.id}


def test_a_file_that_cannot_be_audited_is_left_out_with_its_reason_and_a_reserve_of_its_group_stands_in(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    a_person(session, Role.AUDITOR, "Ruth Osei")
    session.commit()
    bring(client, as_csv(rows()))
    client.submit(button="Keep this sample")
    client.submit(button="Give these files out")
    first = drawn(session)[0]
    page = f"{ROUND}/sample/files/1/leave-out"
    client.get(page)
    stale = client.form("reason").filled({"reason": "Closed before the round began"})
    client.submit({"reason": "Emma Smith moved away"})
    assert "These words look like one: “Emma Smith”" in client.text
    client.get(page)
    client.submit({"reason": "Closed before the round began"})
    assert f"Left out: {first}" in client.text
    assert "A file in reserve took its place." in client.text
    assert client.post(page, data=stale).status_code == 409
    session.expire_all()
    [void] = session.scalars(select(Audit).where(Audit.state == AuditState.VOID))
    assert void.void_reason == "Closed before the round began"
    [reserve] = session.scalars(select(SampleFile).where(SampleFile.stands_for_id.is_not(None)))
    assert (reserve.is_reserve, reserve.position) == (False, 21)
    client.get(ROUND)
    assert "1 file waits for an auditor" in client.text


def test_an_exempt_file_stays_in_the_sample(client: CheckedClient, session: Session, moderator: Person) -> None:
    a_person(session, Role.AUDITOR, "Ruth Osei")
    session.commit()
    bring(client, as_csv(rows(1)))
    client.submit(button="Keep this sample")
    client.submit(button="Give these files out")
    session.scalars(select(Audit)).one().state = AuditState.EXEMPT
    session.commit()
    client.get(f"{ROUND}/sample/files/1/leave-out")
    assert client.submit({"reason": "Closed before the round began"}).status_code == 409
    assert "The audit of this file is exempt, which counts as done" in client.text


def test_a_file_added_by_hand_to_a_drawn_sample_is_not_counted_as_random(
    client: CheckedClient, session: Session, moderator: Person, teams: dict[str, Unit]
) -> None:
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    session.commit()
    bring(client, as_csv(rows(8)))
    client.submit(button="Keep this sample")
    client.get(ROUND)
    client.submit({"category": "child_in_need", "unit": str(teams["North Team"].id), "auditor": str(ruth.id)})
    [audit] = session.scalars(select(Audit))
    assert audit.selection is Selection.TARGETED


def test_a_list_goes_after_an_hour_and_cannot_be_drawn_from_any_more(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    bring(client, as_csv(rows()))
    session.scalars(select(WaitingCaseList)).one().kept_at = clock.now() - timedelta(hours=5)
    session.commit()
    assert client.submit(button="Keep this sample").status_code == 409
    assert "more than an hour ago" in client.text
    assert session.scalars(select(SampleFile)).all() == []


def test_a_round_has_one_sample(client: CheckedClient, session: Session, moderator: Person) -> None:
    bring(client, as_csv(rows()))
    keep = client.answer.request.path if client.answer else ""
    form = client.form(button="Keep this sample").filled({})
    client.submit(button="Keep this sample")
    assert client.post(keep, data=form).status_code == 404
    assert len(session.scalars(select(AuditSample)).all()) == 1
    client.get(f"{ROUND}/sample")
    assert client.heading == "Sample, November audits"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD, Role.OFFICE, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_nobody_else_draws_samples(client: CheckedClient, session: Session, moderator: Person, role: Role) -> None:
    other = a_person(session, role, "Sam Other")
    session.commit()
    bring(client, as_csv(rows()))
    page = client.answer.request.path if client.answer else ""
    client.get("/audits")
    token = client.form(button="Sign out").sent["csrf_token"][0]
    client.post("/sign-out", data={"csrf_token": token})
    client.sign_in(other)
    for address in (f"{ROUND}/sample", f"{ROUND}/share", page):
        assert client.get(address).status_code == 403
