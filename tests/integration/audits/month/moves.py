"""Who is in the month and how they use the pages: each chapter is told with these few moves."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO, StringIO

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from tests.integration.audits.month.rows import Finding
from tests.support.builders.audits import a_tool
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import queries
from tracker.audits.models import Audit, AuditRound, CaseReference, SampleFile
from tracker.audits.rules.vocabulary import AuditState
from tracker.people.models import Person
from tracker.people.rules import Role

ROUND = "/audits/rounds/november-2026"
SECTIONS = range(2, 10)


@dataclass
class People:
    """Everybody in the month: five auditors, three who moderate, one who puts right, one who exempts."""

    auditors: list[Person]
    marcus: Person
    joanne: Person
    owen: Person
    tom: Person
    helen: Person


@dataclass
class Month:
    """One browser, in which one person after another signs in, and a clock that goes on through November 2026."""

    session: Session
    client: CheckedClient
    hold: Callable[[datetime], object]
    people: People
    codes: list[str] = field(default_factory=list)

    def on(self, day: int, month: int = 11) -> None:
        """Go on to nine o'clock of a day."""
        self.hold(datetime(2026, month, day, 9, 0, tzinfo=UTC))

    def read(self, person: Person, path: str) -> str:
        """Let a person open a page, which must answer, and return its words."""
        self.client.sign_in(person)
        assert self.client.get(path).status_code == 200, path
        return self.client.text

    def says(self, words: str) -> None:
        """Check that the page that is open says something."""
        assert words in self.client.text, self.client.text

    def bring(self, table: list[list[str]]) -> None:
        """Send a case list from the open page of the sample."""
        out = StringIO()
        csv.writer(out).writerows([["code", "category", "team"], *table])
        token = self.client.form("file").filled({})["csrf_token"]
        sent = {
            "csrf_token": token,
            "strata": "category_and_team",
            "file": (BytesIO(out.getvalue().encode()), "list.csv"),
        }
        self.client.post(f"{ROUND}/sample", data=sent, content_type="multipart/form-data", follow_redirects=True)

    def drawn(self) -> list[str]:
        """Return the codes of the sample in the order of the draw."""
        query = select(CaseReference.code).join(SampleFile, SampleFile.case_id == CaseReference.id)
        return list(self.session.scalars(query.where(SampleFile.is_reserve.is_(False)).order_by(SampleFile.position)))

    def audit(self, place: int) -> Audit:
        """Return the audit of this place in the draw as it is stored now, with its auditor."""
        return self._stored(AuditRound.slug == "november-2026", CaseReference.code == self.codes[place])

    def again(self, place: int) -> Audit:
        """Return the re-audit of the case of this place."""
        return self._stored(Audit.re_audit_of_id == self.audit(place).id)

    def _stored(self, *conditions: ColumnElement[bool]) -> Audit:
        self.session.rollback()
        self.session.expire_all()
        query = select(Audit).join(Audit.round).join(Audit.case).where(*conditions)
        return self.session.scalars(query.options(joinedload(Audit.auditor), joinedload(Audit.case))).one()

    def waiting(self) -> list[int]:
        """Return the places of the audits that wait in moderation."""
        self.session.rollback()
        query = select(CaseReference.code).join(Audit, Audit.case_id == CaseReference.id)
        codes = set(self.session.scalars(query.where(Audit.state == AuditState.MODERATION)))
        return [place for place, code in enumerate(self.codes) if code in codes]

    def grade(self, audit: Audit, finding: Finding) -> None:
        """Let the auditor answer every section through its page, and send the audit."""
        path = f"/audits/{audit.public_id}"
        self.read(audit.auditor, f"{path}/section/1")
        self.client.submit({"read_from": "1 nov 2025", "read_until": "1 nov 2026"}, button="Save and go to 2.")
        for number in range(2, 9):
            said = {"answer": finding.grade} | self._answers()
            if finding.grade == "inadequate":
                said["is_at_risk"] = "no"
            if finding.theme and number == 3:
                said |= {"theme_1": self._theme(finding.theme), "change_1": "Write down who acts and by when."}
            self.client.submit(said, button="Save and go to")
        overall = {"answer": finding.grade, "impact": finding.grade, "feedback": "Keep asking the child first."}
        self.client.submit(overall, button="Save and check")

    def send(self, audit: Audit) -> None:
        """Let the auditor send what was checked."""
        self.read(audit.auditor, f"/audits/{audit.public_id}/check")
        self.client.submit(button="Send audit")
        self.says("Audit sent")

    def _answers(self) -> dict[str, str]:
        asked = [name for name in self.client.form("answer").known if name.startswith("question_")]
        return dict.fromkeys(asked, "not_enough")

    def _theme(self, code: str) -> str:
        theme = queries.theme_by_code(self.session, code)
        assert theme is not None
        return str(theme.id)


def people_of(session: Session) -> People:
    """Make everybody, and the two teams whose files are audited; nobody of the month sits in one."""
    a_tool(session)
    an_organisation(session, urgent_contact="Duty manager: 01632 960001")
    for name in ("North Team", "East Team"):
        a_unit(session, name=name)
    auditors = [a_person(session, Role.AUDITOR, name) for name in AUDITORS]
    people = People(
        auditors,
        marcus=a_person(session, Role.MODERATOR, "Marcus Bell"),
        joanne=a_person(session, Role.MODERATOR, "Joanne Pike"),
        owen=a_person(session, Role.MODERATOR, "Owen Tranter"),
        tom=a_person(session, Role.LEAD, "Tom Whitcombe"),
        helen=a_person(session, Role.ASSURANCE, "Helen Marsh"),
    )
    session.commit()
    return people


AUDITORS = ("Ruth Osei", "Keith Lomax", "Priya Nair", "Grace Adeyemi", "Sam Reader")
