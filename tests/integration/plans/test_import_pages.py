"""Bringing a plan in through its pages, and settling what its import doubted."""

import io
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.incoming import import_it
from tracker.people.models import Person
from tracker.plans.models import ImportDoubt, Plan

Read = Callable[..., str]
DOCUMENT = """AREA FOR IMPROVEMENT I: Workloads
OBJECTIVES:
- Keep caseloads safe
No.\tAction\tMilestones\tTarget date\tDelivery lead
1.1\tReview every caseload\tReview done\tTBC\tPriya Nair
"""


def upload(client: CheckedClient, raw: bytes, title: str = "Improvement plan 2027", day: str = "13/1/2026") -> int:
    client.get("/plans/new")
    token = client.form("title").filled({})["csrf_token"]
    data = {"csrf_token": token, "title": title, "approved_on": day, "file": (io.BytesIO(raw), "plan.txt")}
    return client.post("/plans/new", data=data, follow_redirects=True).status_code


def test_the_office_brings_a_plan_in_once_and_settles_its_doubts(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    assert upload(client, DOCUMENT.encode()) == 200
    assert client.heading == "What we found in plan.txt"
    assert session.scalars(select(Plan)).all() == []
    session.rollback()
    assert import_it(client) == 200
    assert "Imported 1 action" in client.text
    upload(client, DOCUMENT.encode())
    assert "This document was imported before, so nothing was changed" in client.text
    assert len(session.scalars(select(Plan)).all()) == 1
    doubts = len(session.scalars(select(ImportDoubt)).all())
    assert client.heading == f"Things to check: {doubts} open"
    session.rollback()
    doubt = session.scalars(select(ImportDoubt).order_by(ImportDoubt.position)).first()
    slug = session.scalars(select(Plan.slug)).one()
    assert doubt is not None
    token = client.form(button="Sign out").filled({})["csrf_token"]
    address = f"/plans/{slug}/checks/{doubt.id}/settle"
    client.post(address, data={"csrf_token": token}, follow_redirects=True)
    assert client.heading == f"Things to check: {doubts - 1} open"
    assert client.post(f"/plans/{slug}/checks/999999/settle", data={"csrf_token": token}).status_code == 404


def test_bad_files_titles_and_days_are_explained(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    for raw, title, day in (
        (b"", "A plan", ""),
        (b"\x00\x01\x02", "A plan", ""),
        (b"%PDF-1.7", "A plan", ""),
        (b"no actions at all", "A plan", ""),
        (DOCUMENT.encode(), "", ""),
        (DOCUMENT.encode(), "x" * 201, ""),
        (DOCUMENT.encode(), "A plan", "soon"),
        (DOCUMENT.encode(), "A plan", "January 2026"),
    ):
        assert upload(client, raw, title, day) == 422, (raw[:10], title[:10], day)
        assert "There is a problem" in client.text
    assert session.scalars(select(Plan)).all() == []
