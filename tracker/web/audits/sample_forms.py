"""Forms that take a case list in, keep its sample, share it out, and take a file of it out again."""

from typing import Any

from flask import current_app
from wtforms import FileField, HiddenField, TextAreaField

from tracker.audits.models import AuditRound
from tracker.audits.rules.case_list import CaseList, CaseListProblem, read_case_list
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.sampling import Strata
from tracker.audits.rules.vocabulary import Selection
from tracker.core import clock
from tracker.core.problems import Invalid, Problem
from tracker.core.sheets import rows_in
from tracker.core.uploads import LARGEST
from tracker.extensions import db_session
from tracker.people.queries import open_teams
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, choice, choices_of, chosen


class CaseListForm(Form):
    """Asks for a case list, and by what the sample is divided where it is drawn within groups."""

    file = FileField("The case list", [chosen("Choose the case list")])
    strata = FromList("Divide the sample by", choices=[choice("", "Not divided"), *choices_of(Strata)])

    def suit(self, audit_round: AuditRound) -> None:
        """Ask how to divide only where the files are drawn within groups; after the first list that is its way."""
        if audit_round.selection is not Selection.STRATIFIED:
            del self.strata
        elif audit_round.strata is not None and not self.is_submitted():
            self.strata.data = audit_round.strata.value

    def division(self) -> Strata | None:
        """Return by what the sample is divided, None where it is not."""
        return Strata(self.strata.data) if "strata" in self and self.strata.data else None

    def read(self) -> CaseList | None:
        """Read the list before anything is written: looking into a file takes a moment. None when it is refused."""
        sent: Any = self.file.data
        scanner = current_app.config["SETTINGS"].scanner or None
        try:
            rows = rows_in(sent.read(LARGEST + 1), sent.filename, scanner=scanner)
            units = {one.name.lower(): one.id for one in open_teams(db_session(), clock.today())}
            return read_case_list(rows, units, today=clock.today())
        except Problem as problem:
            self.refuse(problem)
        except CaseListProblem as problem:
            self.refuse(Invalid("file", str(problem)))
        return None


class ShareForm(Form):
    """Gives out what was proposed, as its reader saw it."""

    seen = HiddenField()


class LeaveOutForm(Form):
    """Asks why a file cannot be audited."""

    reason = TextAreaField(
        "Why this file cannot be audited", validators=[NotBlank("Say why"), AtMost(REASON_LENGTH, "Why")]
    )
    version = VersionField()
