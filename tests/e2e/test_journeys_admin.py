"""The administrator's part by keyboard alone: add a person with a role, who chooses a password by a link."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser import assert_no_violations
from tests.support.journeys.keyboard import Keyboard
from tracker.people.models import Person, RoleGrant
from tracker.people.rules import Role

SitDown = Callable[[str], Keyboard]
NEW = "meera.shah@northmoor.example"


def test_a_new_person_gets_a_role_and_chooses_a_password_by_a_link_that_works_once(
    sit_down: SitDown, page: Page, records: Session
) -> None:
    link = urlsplit(_add_meera(sit_down("admin"))).path
    meera = Keyboard(page)
    meera.visit(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your password")
    assert_no_violations(page)
    meera.write("New password", "three invented words of hers")
    meera.send("Set my password")
    meera.is_told("Your password is set")
    meera.visit(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")
    assert_no_violations(page)
    meera.visit("/my/audits")
    expect(page.locator("main")).to_contain_text("No files are allocated to you")
    stored = records.scalars(select(Person).where(Person.email == NEW)).one()
    assert stored.password_hash is not None
    assert records.scalars(select(RoleGrant.role).where(RoleGrant.person_id == stored.id)).all() == [Role.AUDITOR]


def test_an_administrator_gives_a_second_role(sit_down: SitDown, records: Session) -> None:
    neil = sit_down("admin")
    neil.visit("/settings")
    neil.follow("People and roles")
    neil.follow("Keith Lomax")
    neil.pick("Role", "Delivery lead")
    neil.send("Give this role")
    neil.is_told("Role given: Delivery lead")
    query = select(RoleGrant.role).join(Person, RoleGrant.person_id == Person.id).where(Person.name == "Keith Lomax")
    assert set(records.scalars(query)) == {Role.AUDITOR, Role.LEAD}


def _add_meera(neil: Keyboard) -> str:
    neil.visit("/settings/people")
    neil.follow("Add a person")
    neil.write("Name", "Meera Shah")
    neil.write("E-mail address", NEW)
    neil.pick("Role", "Auditor")
    neil.send("Add this person")
    return neil.page.locator("main code").inner_text()
