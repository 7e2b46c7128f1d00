"""Reports through HTTP: whole for quality assurance, without small numbers for others, files as the page."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.audits.rules.vocabulary import Category, Grade, Selection
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person, Unit
from tracker.people.rules import Role

REPORTS = ("activity", "grades", "remedial", "re-audits")
ROUND = "/audits/rounds/november-audits/report"
INSIDE = (Role.OFFICE, Role.LEAD, Role.ASSURANCE)


@pytest.fixture
def marcus(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.MODERATOR, "Marcus Bell")


def audits(session: Session, number: int, *, team: str = "Assessment", grade: Grade = Grade.GOOD) -> None:
    unit = session.scalar(select(Unit).where(Unit.name == team)) or a_unit(session, name=team)
    auditor = a_person(session, Role.AUDITOR, f"Auditor of {team} {grade.value}")
    for _ in range(number):
        a_sent_audit(session, auditor=auditor, case=a_case(session, unit=unit), grade=grade)


def tables(client: CheckedClient) -> dict[str, list[list[str]]]:
    """Return by caption the rows of the tables as they stand on the page, their headings first."""
    found = {}
    for table in client.page.iter("table"):
        rows = [[words(cell) for cell in row] for row in table.iter("tr")]
        found[words(next(table.iter("caption")))] = rows
    return found


def cells(client: CheckedClient, title: str) -> list[list[str]]:
    return tables(client)[title][1:]


def test_quality_assurance_sees_every_number_and_others_no_small_one(
    client: CheckedClient, session: Session, marcus: Person
) -> None:
    audits(session, 12)
    audits(session, 3, grade=Grade.INADEQUATE)
    office = a_person(session, Role.OFFICE, "Priya Shah")
    session.commit()
    client.sign_in(marcus)
    client.get("/audits/reports/grades")
    assert cells(client, "Overall grade") == [
        ["As it counts after moderation", "0", "12", "0", "3", "0", "15", "80%"],
    ]
    client.follow("As others see it")
    hidden = [["As it counts after moderation", "0", "c", "0", "c", "0", "15", "c"]]
    assert cells(client, "Overall grade") == hidden
    assert "Overall grade before moderation" not in client.text
    client.sign_in(office)
    client.get("/audits/reports/grades?team=1&seen=whole&period=12")
    assert cells(client, "Overall grade") == hidden
    assert "Inadequate" in client.text
    assert "team" not in {field.get("name") for field in client.page.iter("select")}


def test_files_hold_what_the_page_shows(client: CheckedClient, session: Session, marcus: Person) -> None:
    audits(session, 12, team='=HYPERLINK("x")')
    audits(session, 3, team="Assessment", grade=Grade.INADEQUATE)
    office = a_person(session, Role.OFFICE, "Priya Shah")
    session.commit()
    for reader in (marcus, office):
        client.sign_in(reader)
        for name in REPORTS:
            client.get(f"/audits/reports/{name}")
            page = tables(client)
            text = client.get(f"/audits/reports/{name}.csv").data.decode("utf-8-sig")
            rows = [row for row in csv.reader(StringIO(text)) if row[0] in page]
            assert not [cell for row in rows for cell in row if cell.startswith("=")]
            told = [
                [title, line[0], figure, value]
                for title, lines in page.items()
                for line in lines[1:]
                for figure, value in zip(lines[0][1:], line[1:], strict=True)
            ]
            assert [[cell.removeprefix("'") for cell in row] for row in rows] == told
            book = load_workbook(BytesIO(client.get(f"/audits/reports/{name}.xlsx").data))
            for title, lines in page.items():
                sheet = [[str(cell) for cell in row] for row in book[title].iter_rows(values_only=True)]
                assert sheet == lines
    session.rollback()
    taken = session.execute(select(log_entry.c.actor).where(log_entry.c.act == "exported")).all()
    assert len(taken) == 16


@pytest.mark.parametrize("role", Role)
def test_who_reads_reports(client: CheckedClient, session: Session, role: Role) -> None:
    an_organisation(session)
    a_round(session)
    reader = a_person(session, role, "Sam Reader")
    session.commit()
    client.sign_in(reader)
    reads, exports, whole = (
        role in {*INSIDE, Role.MODERATOR},
        role in {Role.OFFICE, Role.MODERATOR},
        role is Role.MODERATOR,
    )
    assert client.get("/audits/reports").status_code == (200 if reads else 403)
    for name in REPORTS:
        assert client.get(f"/audits/reports/{name}").status_code == (200 if reads else 403)
        for end in ("csv", "xlsx"):
            assert client.get(f"/audits/reports/{name}.{end}").status_code == (200 if exports else 403)
    for address in (ROUND, f"{ROUND}.csv", f"{ROUND}.xlsx"):
        assert client.get(address).status_code == (200 if whole else 403)
    assert client.get("/audits/reports/unknown").status_code == (404 if reads else 403)


def test_a_moderator_for_a_part_reads_no_report_of_the_whole(client: CheckedClient, session: Session) -> None:
    an_organisation(session)
    reader = a_person(session, Role.MODERATOR, "Sam Reader", scope={"unit_id": a_unit(session).id})
    session.commit()
    client.sign_in(reader)
    assert client.get("/audits/reports").status_code == 403
    assert client.get("/audits/reports/grades").status_code == 403


def test_filters_narrow_a_report_and_come_off_again(client: CheckedClient, session: Session, marcus: Person) -> None:
    audits(session, 2, team="Assessment")
    north = a_unit(session, name="North")
    an_audit(session, case=a_case(session, unit=north, category=Category.CONTACT), due="-3d")
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/reports/activity?team={north.id}&mode=desk&category=contact&period=nonsense&tool=x")
    assert cells(client, "By team") == [["North", "0", "0", "0", "1", "0", "1", "0 of 1"]]
    assert "What was planned is not known for a part of the service." in client.text
    client.follow("Team: North ✕: remove")
    assert "Team: North" not in client.text
    assert cells(client, "By team") == [["North", "0", "0", "0", "1", "0", "1", "0 of 1"]]
    client.get("/audits/reports/activity?period=2025-Q3")
    assert "Nothing to count in this time: by team, by what help the child gets, by method" in client.text
    assert tables(client) == {}


def test_the_report_of_a_round_that_was_targeted_says_so(
    client: CheckedClient, session: Session, marcus: Person
) -> None:
    chosen = a_round(session, selection=Selection.TARGETED)
    for _ in range(2):
        a_sent_audit(session, audit_round=chosen, developments={"risk": "Say who acts"})
    a_sent_audit(session, audit_round=a_round(session, name="Another"), grade=Grade.OUTSTANDING)
    session.commit()
    client.sign_in(marcus)
    client.get("/audits")
    client.follow("Reports of audits")
    client.follow("November audits")
    assert client.heading == "Report: November audits"
    assert "The files of this round were not chosen at random." in client.text
    assert cells(client, "2.1 Overall grade") == [
        ["As it counts after moderation", "0", "2", "0", "0", "0", "2", "2 of 2"]
    ]
    votes = {row[0]: row[1:] for row in cells(client, "3.1 Votes by theme")}
    assert votes["Risk and safety planning"] == ["2", "0", "0", "2", "2 of 2"]
    client.follow("To pass on")
    assert cells(client, "2.1 Overall grade")[0][1:] == ["0", "c", "0", "0", "0", "c", "c"]
    for end in ("csv", "xlsx"):
        assert client.get(f"{ROUND}.{end}?seen=others").status_code == 200


def test_reports_ask_as_often_for_many_audits_as_for_few(
    client: CheckedClient, session: Session, marcus: Person, database: House
) -> None:
    def asked() -> dict[str, int]:
        found = {}
        for address in ("/audits/reports", *(f"/audits/reports/{name}" for name in REPORTS), ROUND):
            with queries_of(database.engine) as statements:
                assert client.get(address).status_code == 200
            found[address] = len(statements)
        return found

    audits(session, 5)
    audits(session, 5, grade=Grade.INADEQUATE)
    session.commit()
    client.sign_in(marcus)
    few = asked()
    assert max(few.values()) <= 18
    assert max(few[f"/audits/reports/{name}"] for name in REPORTS) <= 8
    audits(session, 30, team="North")
    session.commit()
    assert asked() == few
