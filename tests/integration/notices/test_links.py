"""Links in mails open pages and never act: each is followed twice as the person who got it, and nothing changes."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.integration.notices.conftest import Send
from tests.support.builders.audits import a_concern, an_audit
from tests.support.builders.people import a_person
from tests.support.builders.plans import an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.mail_server import BASE_URL, Postbox, texts
from tracker.core.database import Base
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan, Update

Lead = Callable[..., Person]
# Reading a case file is logged, and so is signing in.
READING = {"log_entry", "log_payload", "sign_in_guess", "person_session"}


def content(engine: Engine) -> dict[str, list[str]]:
    """Return all rows of all tables but those that note who read what."""
    with engine.connect() as connection:
        return {
            table.name: sorted(str(row) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in READING
        }


def links_of(words: str) -> list[str]:
    return [match.removeprefix(BASE_URL) for match in re.findall(rf"{BASE_URL}[^\s\"<]*", words)]


@pytest.fixture
def town(session: Session, plan: Plan, lead: Lead) -> list[Person]:
    """A lead with one action, one with several, an auditor, a moderator with an open concern, and the office."""
    ann, tom = lead("Ann Able"), lead("Tom Whitcombe", actions=2)
    late = an_action(session, plan, title="Work that is late", lead=tom, due="-40d")
    an_update(session, late, by=tom, declared="R", on="2026-09-01")
    auditor, office = a_person(session, Role.AUDITOR, "Ruth Osei"), a_person(session, Role.OFFICE, "Daniel Hughes")
    audit = an_audit(session, auditor=auditor)
    a_concern(session, audit, by=auditor)
    moderator = session.scalars(select(Person).where(Person.name == "Marcus Bell")).one()
    session.commit()
    return [ann, tom, auditor, moderator, office]


def test_following_every_link_of_every_mail_twice_changes_nothing(
    app: Flask, engine: Engine, postbox: Postbox, send: Send, town: list[Person]
) -> None:
    assert send()[0] == 0
    before = content(engine)
    people = {person.email: person for person in town}
    assert set(postbox.addresses) == set(people)
    for mail, address in zip(postbox.mails, postbox.addresses, strict=True):
        plain, html = texts(mail)
        links = links_of(html)
        assert set(links) == set(links_of(plain))
        assert len(links) > 1
        client = CheckedClient(app)
        client.sign_in(people[address])
        for link in (*links, *links):
            assert client.get(link, follow_redirects=True).status_code == 200, link
    assert content(engine) == before


def test_links_hold_no_secret_and_come_from_the_setting(postbox: Postbox, send: Send, town: list[Person]) -> None:
    send()
    for mail in postbox.mails:
        for part in texts(mail):
            assert "http" not in part.replace(BASE_URL, "")
            for link in links_of(part):
                assert urlsplit(link).query in {"", "rag=red", "rag=amber", "rag=green", "rag=complete", "due=tbc"}


def test_a_link_survives_signing_in_with_its_question(
    client: CheckedClient, postbox: Postbox, send: Send, lead: Lead
) -> None:
    ann = lead("Ann Able")
    send()
    link = next(one for one in links_of(texts(postbox.mails[0])[0]) if one.endswith("rag=red"))
    client.get(link, follow_redirects=True)
    assert client.heading == "Sign in"
    client.submit({"email": ann.email, "password": "an invented password, long enough"})
    assert client.answer is not None
    assert client.answer.request.full_path == link
    assert client.form("declared").sent["declared"] == ["R"]


def test_no_change_is_one_link_and_one_press(
    client: CheckedClient, session: Session, postbox: Postbox, send: Send, lead: Lead
) -> None:
    ann = lead("Ann Able")
    send()
    client.sign_in(ann)
    link = next(one for one in links_of(texts(postbox.mails[0])[0]) if one.endswith("/no-change"))
    client.get(link)
    assert client.heading == "1.1 Work 1 of Ann Able"
    client.submit(button="No change: still green")
    assert "Confirmed, no change: 1.1" in client.text
    newest = session.scalars(select(Update).order_by(Update.id.desc()).limit(1)).one()
    assert (newest.is_no_change, newest.author_id) == (True, ann.id)


@pytest.mark.parametrize("who", ["office", "viewer", "stranger"])
def test_only_who_may_update_sees_the_button(client: CheckedClient, session: Session, lead: Lead, who: str) -> None:
    lead("Ann Able")
    role = {"office": Role.OFFICE, "viewer": Role.VIEWER, "stranger": Role.LEAD}[who]
    person = a_person(session, role, "Somebody Else")
    slug = session.scalars(select(Plan.slug)).one()
    session.commit()
    client.sign_in(person)
    assert client.get(f"/plans/{slug}/1.1/no-change").status_code == (200 if who == "office" else 403)


def test_red_and_overdue_work_leads_to_the_form_instead(
    client: CheckedClient, session: Session, plan: Plan, lead: Lead
) -> None:
    ann = lead("Ann Able")
    an_action(session, plan, title="Late work", lead=ann, due="-3d")
    session.commit()
    client.sign_in(ann)
    answer = client.get(f"/plans/{plan.slug}/1.2/no-change")
    assert (answer.status_code, answer.location) == (302, f"/plans/{plan.slug}/1.2/update")


def test_bare_mails_hold_numbers_and_links_only(
    client: CheckedClient, postbox: Postbox, send: Send, lead: Lead
) -> None:
    ann = lead("Ann Able")
    client.sign_in(ann)
    client.get("/my/settings/mail")
    client.submit({"is_bare": "y"})
    send()
    assert postbox.mails[0]["Subject"] == "1.1: your update is due by 5pm on Friday 27 November"
    for part in texts(postbox.mails[0]):
        assert "Work 1" not in part
        assert "Progress by" not in part


def test_the_setting_of_the_server_makes_all_mails_bare(postbox: Postbox, send: Send, lead: Lead) -> None:
    postbox.serve(is_bare=True)
    lead("Ann Able")
    send()
    assert "Work 1" not in texts(postbox.mails[0])[0]


def test_who_wants_only_what_cannot_wait_is_told_on_the_last_day(
    client: CheckedClient, session: Session, postbox: Postbox, send: Send, lead: Lead
) -> None:
    ann = lead("Ann Able")
    client.sign_in(ann)
    client.get("/my/settings/mail")
    client.submit({"frequency": "urgent"})
    assert client.heading == "My mail"
    send("--day", "2026-11-25")
    assert postbox.mails == []
    send()
    assert len(postbox.mails) == 1
    logged = session.scalar(text("SELECT count(*) FROM log_entry WHERE subject_kind = 'notice_setting'"))
    assert logged == session.scalar(select(func.count()).select_from(Base.metadata.tables["notice_setting"])) == 1


def test_an_older_form_of_the_settings_is_refused(client: CheckedClient, lead: Lead) -> None:
    client.sign_in(lead("Ann Able"))
    client.get("/my/settings/mail")
    stale = client.form("frequency").filled({"frequency": "weekly"})
    client.submit({"frequency": "urgent"})
    answer = client.post("/my/settings/mail", data=stale)
    assert answer.status_code == 409
    assert "in another window" in client.text
    assert client.post("/my/settings/mail", data={**stale, "frequency": "hourly"}).status_code == 422
