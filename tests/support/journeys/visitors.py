"""The people of the demonstration and their browsers: who they are, and how they come to be signed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, StorageState
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.cli.demo import DOCUMENTED
from tracker.people.models import Person, PersonSession

PASSWORD = DOCUMENTED
OpenContext = Callable[..., BrowserContext]


def email_of(name: str) -> str:
    """Return the address with which somebody of the demonstration signs in, who is named by their role: `office`."""
    return f"{name}@demo.example"


@dataclass
class Visitors:
    """Keeps what a browser holds for each person who has signed in once, so that others need not do it again."""

    browser: Browser
    settings: dict[str, Any]
    kept: dict[str, StorageState] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def signed_in(self, name: str) -> StorageState:
        """Return what a browser holds after a person has signed in."""
        if name not in self.kept:
            context = self.browser.new_context(**self.settings)
            try:
                page = context.new_page()
                page.goto("/sign-in")
                page.get_by_label("E-mail address").fill(email_of(name))
                page.get_by_label("Password", exact=True).fill(PASSWORD)
                page.get_by_role("button", name="Sign in", exact=True).click()
                page.wait_for_url(lambda address: not address.endswith("/sign-in"))
                self.kept[name] = context.storage_state()
            finally:
                context.close()
        return self.kept[name]

    def known(self, name: str, records: Session) -> StorageState:
        """Return what a signed-in person's browser holds, its session being known though the database was set back."""
        state = self.signed_in(name)
        records.rollback()
        if name not in self.sessions:
            theirs = select(PersonSession).join(Person, Person.id == PersonSession.person_id)
            newest = theirs.where(Person.email == email_of(name)).order_by(PersonSession.id.desc()).limit(1)
            found = records.scalars(newest).one()
            self.sessions[name] = {column.key: getattr(found, column.key) for column in PersonSession.__table__.columns}
        row = {key: value for key, value in self.sessions[name].items() if key != "id"}
        if records.scalar(select(PersonSession.id).where(PersonSession.key_hash == row["key_hash"])) is None:
            records.add(PersonSession(**row))
        records.commit()
        return state
