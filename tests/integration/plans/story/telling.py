"""Who is in the story and how they use the pages: each chapter is told with these few moves."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_person
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import DateChange, Evidence, Milestone

HoldClock = Callable[[datetime], object]
HOME = "/plans/improvement-plan"


@dataclass
class People:
    """Everybody in the story."""

    daniel: Person
    grace: Person
    priya: Person
    joanne: Person
    helen: Person
    tom: Person


@dataclass
class Story:
    """One browser, in which one person after another signs in, and a clock that goes on through the year 2026."""

    session: Session
    client: CheckedClient
    hold: HoldClock
    people: People
    # Where the action of the story is found: its number changes in the end.
    ref: str = "1.3"

    def on(self, day: int, month: int, *, minute: int = 0) -> None:
        """Go on to nine o'clock of a day, or to a minute after that: what happens in one minute happens at once."""
        self.hold(datetime(2026, month, day, 9, minute, tzinfo=UTC))

    def read(self, person: Person, path: str) -> str:
        """Let a person open a page of the plan, which must answer, and return its words."""
        self.client.sign_in(person)
        assert self.client.get(f"{HOME}{path}").status_code == 200, path
        return self.client.text

    def update(self, person: Person, **said: Any) -> None:
        """Let a person save an update of the action with the form on its page."""
        self.read(person, f"/{self.ref}")
        self.client.submit(said, button="Save update")
        assert f"Update saved: {self.ref}" in self.client.text

    def is_refused(self, person: Person, path: str, **sent: str) -> None:
        """Let a person try what they may not: by the page, and by a post made by hand with a guard of their own."""
        self.client.sign_in(person)
        self.client.get("/my/settings")
        fields = self.client.page.iter("input")
        token = next(field.get("value", "") for field in fields if field.get("name") == "csrf_token")
        address = f"{HOME}{path}"
        assert self.client.get(address).status_code == 403, (person.name, path)
        assert self.client.post(address, data={"csrf_token": token, **sent}).status_code == 403, (person.name, path)

    def bring(self, path: str, raw: bytes, name: str) -> None:
        """Choose a file on an open page, or on the one of this path, and send it."""
        self.client.get(path)
        token = self.client.form("file").filled({})["csrf_token"]
        sent = {"csrf_token": token, "file": (io.BytesIO(raw), name)}
        self.client.post(path, data=sent, follow_redirects=True)

    def milestone(self, title: str) -> Milestone:
        """Return a milestone of the action as it is stored now."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(Milestone).where(Milestone.title == title)).one()

    def field(self, title: str, name: str) -> str:
        """Return the name of a field that the form of an update has for a milestone."""
        return f"m{self.milestone(title).id}_{name}"

    def wish(self) -> DateChange:
        """Return the date that was asked for last."""
        self.session.rollback()
        return self.session.scalars(select(DateChange).order_by(DateChange.id.desc()).limit(1)).one()

    def evidence(self) -> Evidence:
        """Return the one piece of evidence."""
        self.session.rollback()
        return self.session.scalars(select(Evidence)).one()

    def history(self) -> list[str]:
        """Return the history on the open page in words, the oldest entry first."""
        [told] = [part for part in self.client.page.iter("ol") if part.get("class") == "timeline"]
        return [words(entry) for entry in told.iter("li")][::-1]


def people_of(session: Session) -> People:
    """Make everybody, and the body that approves: two in the office, three leads, one of them on the body, a member."""
    a_body(session, "Assurance board")
    people = People(
        daniel=a_person(session, Role.OFFICE, "Daniel Hughes"),
        grace=a_person(session, Role.OFFICE, "Grace Adeyemi"),
        priya=a_person(session, Role.LEAD, "Priya Nair"),
        joanne=a_person(session, Role.LEAD, "Joanne Pike", also=(Role.ASSURANCE,)),
        helen=a_person(session, Role.ASSURANCE, "Helen Marsh"),
        tom=a_person(session, Role.LEAD, "Tom Whitcombe"),
    )
    session.commit()
    return people
