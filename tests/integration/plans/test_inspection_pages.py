"""Bringing an inspection report in through pages: choose, look, put right, confirm; and what stands there then."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.files.hostile import bomb
from tests.support.files.reports import paragraph, pdf_report, word_report
from tests.support.pages import words
from tests.support.queries import queries_of
from tests.unit.plans.inspecting.reports import NEWER, OLDER, VISIT
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.inspections import InspectionFacts, record_inspection
from tracker.plans.models import Inspection, InspectionItem, Plan
from tracker.plans.rules.states import InspectionKind

Read = Callable[..., str]
CONFIRM = "Bring it in"


@pytest.fixture
def at_office(client: CheckedClient, session: Session, office: Person) -> CheckedClient:
    session.commit()
    client.sign_in(office)
    client.get("/inspections/new")
    return client


def show(client: CheckedClient, text: str = "", *, raw: bytes | None = None, name: str = "report.txt") -> int:
    token = client.form("text").filled({})["csrf_token"]
    data: dict[str, object] = {"csrf_token": token, "text": text}
    if raw is not None:
        data["file"] = (io.BytesIO(raw), name)
    return client.post("/inspections/new", data=data).status_code


def confirm(client: CheckedClient, **changed: object) -> int:
    sent = {**client.form("keep").filled({}), "keep": kept(client), **changed}
    return client.post("/inspections/new/confirm", data=sent, follow_redirects=True).status_code


def kept(client: CheckedClient) -> list[str]:
    boxes = [box for box in client.page.iter("input") if box.get("name") == "keep"]
    return [box.get("value", "") for box in boxes if box.get("checked") is not None]


def items(session: Session) -> list[InspectionItem]:
    session.rollback()
    return list(session.scalars(select(InspectionItem).order_by(InspectionItem.position)))


def test_the_office_sees_what_was_read_before_anything_is_saved(at_office: CheckedClient, session: Session) -> None:
    assert show(at_office, OLDER) == 200
    assert at_office.heading == "Found in the report: 9 items"
    assert "Areas for improvement: Leadership, management and governance" in at_office.text
    assert "What follows is asked of the safeguarding board" in at_office.text
    assert items(session) == []
    assert confirm(at_office, received_on="12 May 2015") == 200
    assert "Brought in 9 items" in at_office.text
    assert at_office.heading == "Inspection of Northmoor Borough Council, May 2015"
    assert "Draft plan due" in at_office.text
    assert "10 Jun 2015" in at_office.text
    found = items(session)
    assert [item.number for item in found] == ["1", "2", "3", "4", "5", "6", "7", "8", "10"]
    assert found[0].paragraph == "23"
    assert found[1].points == "police and health take part\nnotes are sent within a day"


def test_what_is_not_ticked_stays_out_and_the_plan_that_answers_is_said(
    at_office: CheckedClient, session: Session, plan: Plan
) -> None:
    session.commit()
    show(at_office, NEWER)
    confirm(at_office, keep=["0", "2", "junk", "99"], plan=str(plan.id), title="Inspection of 2018")
    assert "Brought in 2 items" in at_office.text
    session.refresh(plan)
    assert plan.inspection_id == session.scalars(select(Inspection.id)).one()
    assert "Improvement plan 2026" in at_office.text


def test_the_same_report_is_brought_in_once_from_whatever_file(at_office: CheckedClient, session: Session) -> None:
    show(at_office, NEWER)
    confirm(at_office)
    at_office.get("/inspections/new")
    show(at_office, raw=NEWER.encode(), name="letter.txt")
    assert confirm(at_office) == 409
    assert "This very report is here already" in at_office.text
    session.rollback()
    assert session.scalars(select(func.count(Inspection.id))).one() == 1


def test_word_and_pdf_files_are_read_too(at_office: CheckedClient) -> None:
    points = [paragraph("Visits", numbers=2), paragraph("Plans, with:", numbers=2)]
    made = word_report(paragraph("What needs to improve"), *points, paragraph("clear steps", numbers=2, depth=1))
    assert show(at_office, raw=made, name="letter.docx") == 200
    assert at_office.heading == "Found in the report: 2 items"
    at_office.get("/inspections/new")
    assert show(at_office, raw=pdf_report(["What needs to improve", "- Visits", "- Plans"]), name="letter.pdf") == 200
    assert at_office.heading == "Found in the report: 2 items"


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "empty.txt", "The file is empty"),
        (b"%PDF-1.7 and so on", "report.txt", "do not agree"),
        (b"\x00\x01\x02", "report.txt", "no Word, PDF or plain text"),
        (b"Minutes of a meeting", "report.txt", "could not find anything that inspectors ask for"),
        (b"no archive", "report.docx", "do not agree"),
        (bomb(), "report.docx", "unpacks to more"),
        (b"PK", "report.docm", "macros"),
        (b"x", "report.xlsx", "must be a PDF or Word file"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(
    at_office: CheckedClient, session: Session, raw: bytes, name: str, sentence: str
) -> None:
    assert show(at_office, raw=raw, name=name) == 422
    assert sentence in at_office.text
    assert items(session) == []


def test_nothing_at_all_and_far_too_much_are_refused(at_office: CheckedClient) -> None:
    assert show(at_office) == 422
    assert "Choose the file of the report, or paste its text" in at_office.text
    assert show(at_office, "Areas for improvement\n1. " + "long " * 90_000) == 422
    assert "must be 400,000 characters or fewer" in at_office.text


def test_faulty_facts_are_refused_beside_their_fields_and_no_word_is_lost(
    at_office: CheckedClient, session: Session
) -> None:
    show(at_office, NEWER)
    faulty = {"title": "", "published_on": "1 Jan 2030", "received_on": "soon", "follows": "99", "kind": "visit"}
    assert confirm(at_office, **faulty) == 422
    for said in ("Enter the title of the inspection", "Choose one from the list", "for example 15 Jan 2027"):
        assert said in at_office.text
    assert (
        confirm(at_office, title="x", kind="inspection", follows="", received_on="", published_on="1 Jan 2030") == 422
    )
    assert "cannot have been published in the future" in at_office.text
    assert confirm(at_office, text="Nothing of a report") == 422
    assert items(session) == []


def test_a_visit_follows_an_inspection_on_one_timeline(at_office: CheckedClient, session: Session) -> None:
    show(at_office, NEWER)
    confirm(at_office, title="Inspection of 2018")
    first = session.scalars(select(Inspection.id)).one()
    session.rollback()
    at_office.get("/inspections/new")
    show(at_office, VISIT)
    assert "Focused visit" in at_office.text
    confirm(at_office, follows=str(first), received_on="29 Jan 2019")
    assert at_office.heading == "Focused visit to Northmoor County Council, January 2019"
    assert "Inspection of 2018" in at_office.text
    assert "Draft plan due" in at_office.text  # it names a priority action
    at_office.get(f"/inspections/{first}")
    assert "Focused visit to Northmoor County Council, January 2019" in at_office.text
    at_office.get(f"/inspections/{first}/change")
    sent = at_office.form("title").filled({"kind": "focused_visit"})
    assert at_office.post(f"/inspections/{first}/change", data=sent).status_code == 422
    assert "Visits follow this inspection" in at_office.text


def test_facts_are_put_right_and_somebody_quicker_is_noticed(
    at_office: CheckedClient, session: Session, office: Person
) -> None:
    made = record_inspection(session, InspectionFacts(title="Inspection behind the plan"), by=office.id)
    session.commit()
    address = f"/inspections/{made.id}/change"
    at_office.get(address)
    sent = at_office.form("title").filled({"title": "Inspection of 2026", "received_on": "20 Nov 2026"})
    at_office.post(address, data=sent, follow_redirects=True)
    assert at_office.heading == "Inspection of 2026"
    assert "20 working days after it came, in 16 working days" in at_office.text
    assert at_office.post(address, data=sent).status_code == 409
    assert "has changed since you opened the page" in at_office.text


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.LEAD, True),
        (Role.AUDITOR, True),
        (Role.MODERATOR, True),
        (Role.ASSURANCE, True),
        (Role.VIEWER, True),
        (Role.ADMIN, False),
    ],
)
def test_only_the_office_brings_in_and_changes(
    client: CheckedClient, session: Session, office: Person, role: Role, reads: bool
) -> None:
    made = record_inspection(session, InspectionFacts(title="Inspection of 2026"), by=office.id)
    person = a_person(session, role, "Somebody Else")
    session.commit()
    client.sign_in(person)
    client.get("/privacy")
    token = {"csrf_token": client.form(button="Sign out").filled({})["csrf_token"]}
    assert client.get("/inspections").status_code == (200 if reads else 403)
    assert client.get(f"/inspections/{made.id}").status_code == (200 if reads else 403)
    for address in ("/inspections/new", f"/inspections/{made.id}/change"):
        assert client.get(address).status_code == 403
        assert client.post(address, data=token).status_code == 403
    assert client.post("/inspections/new/confirm", data=token).status_code == 403


def test_a_partner_sees_no_inspection(client: CheckedClient, session: Session, office: Person) -> None:
    made = record_inspection(session, InspectionFacts(title="Inspection of 2026"), by=office.id)
    partner = a_person(session, Role.LEAD, "Pat Ner", scope={"is_partner": True})
    session.commit()
    client.sign_in(partner)
    assert client.get(f"/inspections/{made.id}").status_code == 403
    client.get("/inspections")
    assert "Inspection of 2026" not in client.text


def test_addresses_of_nothing_are_not_found(at_office: CheckedClient) -> None:
    for address in ("/inspections/999", "/inspections/99999999999", "/inspections/999/change"):
        assert at_office.get(address).status_code == 404


def test_the_pages_ask_the_database_no_more_for_many_visits(
    at_office: CheckedClient, session: Session, engine: Engine, office: Person
) -> None:
    first = record_inspection(session, InspectionFacts(title="Inspection"), by=office.id)
    session.commit()
    counts = []
    for more in (2, 30):
        for number in range(more):
            facts = InspectionFacts(
                title=f"Visit {number}",
                kind=InspectionKind.MONITORING_VISIT,
                follows_id=first.id,
                published_on=date(2026, 1, 1 + number % 28),
            )
            record_inspection(session, facts, by=office.id)
        session.commit()
        for address in ("/inspections", f"/inspections/{first.id}"):
            with queries_of(engine) as asked:
                assert at_office.get(address).status_code == 200
            counts.append(len(asked))
    assert max(counts) <= 12
    assert counts[:2] == counts[2:]
    assert words(next(at_office.page.iter("h1"))) == "Inspection"
