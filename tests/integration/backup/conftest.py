"""Installations to back up and restore, each with a folder and a database of its own."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy.orm import Session

from tests.support import installations
from tests.support.builders.audits import a_sent_audit
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.folders import quick_folder
from tests.support.houses import House
from tests.support.installations import Installation
from tracker.audits.models import Finding
from tracker.people.rules import Role
from tracker.plans.commands.evidence import add_evidence

DOCUMENT = b"%PDF-1.7 the minutes of the meeting that agreed it"


@dataclass(frozen=True)
class Council:
    """An installation with a plan, an update, a file of evidence and a sent audit in it."""

    place: Installation
    finding: int
    stored_as: str

    def backup(self, name: str = "kept") -> Path:
        """Make a backup and return its file."""
        folder = self.place.folder.parent / name
        folder.mkdir(exist_ok=True)
        made = self.place.run("backup", folder)
        assert made.exit_code == 0, made.output
        return Path(made.stdout.strip())

    def restore(self, *words: object) -> Result:
        """Restore in this very place with the service stopped."""
        self.place.rest()
        result = self.place.run("restore", "--yes", *words)
        self.place.rest()
        return result

    def session(self) -> Session:
        """Open the database of the installation."""
        return Session(self.place.engine)


@pytest.fixture
def place(database: House) -> Iterator[Installation]:
    """An installation with an empty database at the newest revision."""
    name = f"backup_test_{secrets.token_hex(4)}"
    folder = quick_folder("backup-")
    made = installations.copied_from(database, folder / "instance", name)
    yield made
    made.rest()
    shutil.rmtree(folder)
    if database.engine.dialect.name == "postgresql":
        installations.drop_all(database, name)


@pytest.fixture
def council(place: Installation) -> Council:
    stored = place.keep(DOCUMENT)
    with Session(place.engine) as session:
        lead = a_person(session, Role.LEAD, "Priya Nair", email="priya@council.example")
        action = an_action(session, a_plan(session, slug="plan"), lead=lead)
        an_update(session, action, by=lead, happened="Nine offers were made")
        add_evidence(session, action, text="The minutes", stored=stored, by=lead)
        audit = a_sent_audit(session, developments={"supervision": "Supervision was missed in May and June"})
        finding = session.query(Finding).filter_by(audit_id=audit.id).first()
        assert finding is not None
        session.commit()
        return Council(place, finding.id, stored.stored_as)
