"""Forms that make a round and give a file of it to an auditor."""

from typing import Any

from sqlalchemy.orm import Session
from wtforms import HiddenField

from tracker.audits import commands, queries
from tracker.audits.commands import RoundFocus
from tracker.audits.models import Audit, AuditRound, CaseReference
from tracker.audits.rules import limits
from tracker.audits.rules.names import reference_fault
from tracker.audits.rules.programme import year_words
from tracker.audits.rules.vocabulary import Category, Mode, Selection
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.people.models import Person, Unit
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    StringField,
    WholeField,
    answered,
    choice,
    choices_of,
)

# Together with the worker is no way of a round: an auditor begins that with one file.
_WAYS = [mode for mode in Mode if mode is not Mode.COLLABORATIVE]
# What councils read and judge of a file (domain B5).
_MONTHS = [choice("", "Not said"), *(choice(str(one), f"{one} months") for one in (3, 6, 12, 24))]


class RoundForm(Form):
    """Asks what a round is called, when it runs and how its files are chosen."""

    name = StringField("Name of the round", validators=[NotBlank("Enter a name"), AtMost(120, "The name")])
    starts_on = DayField("First day", needs_year=True, validators=[NotBlank("Enter the first day")])
    due_on = DayField("Due by", needs_year=True, validators=[NotBlank("Enter the day it is due by")])
    selection = FromList(
        "How the files are chosen",
        choices=[choice("", "Choose how"), *choices_of(Selection)],
        validators=[NotBlank("Choose how the files are chosen")],
    )
    sample_target = WholeField("How many files are planned", least=1, most=limits.LARGEST_SAMPLE)

    mechanism = FromList("Mechanism of the programme")
    theme = FromList("Theme, if it looks at one")
    tool = FromList("Audit tool")
    mode = FromList("How the files are audited", choices=choices_of(_WAYS), default=Mode.DESK.value)
    read_months = FromList("How many months of the file are read", choices=_MONTHS)
    judged_months = FromList("How many of these are judged", choices=_MONTHS)

    def offer(self, session: Session) -> None:
        """Offer the mechanisms that audit files, the themes of today and the tools in use."""
        mechanisms = queries.mechanisms_for_rounds(session)
        named = [(one.id, f"{one.name}, {year_words(one.programme.year)}") for one in mechanisms]
        self.mechanism.choices = _choices("Outside the programme", named)
        themes = queries.themes_on(session, clock.today())
        self.theme.choices = _choices("No single theme", [(one.id, one.name) for one in themes])
        live = queries.live_tools(session)
        self.tool.choices = _choices("The usual one", [(one.id, one.title) for one in live])

    def _focus(self) -> RoundFocus:
        return RoundFocus(
            mechanism_id=_number(self.mechanism.data),
            theme_id=_number(self.theme.data),
            tool_id=_number(self.tool.data),
            read_months=_number(self.read_months.data),
            judged_months=_number(self.judged_months.data),
            mode=Mode(self.mode.data),
        )

    def save(self, session: Session, by: Person) -> AuditRound:
        """Make the round."""
        return commands.make_round(
            session,
            name=answered(self.name.data),
            starts_on=answered(self.starts_on.day),
            due_on=answered(self.due_on.day),
            selection=Selection(self.selection.data),
            sample_target=answered(self.sample_target.number),
            focus=self._focus(),
            by=by,
        )


def _choices(none: str, named: list[tuple[int, str]]) -> list[Any]:
    return [choice("", none), *(choice(str(key), name) for key, name in named)]


def _number(chosen: str | None) -> int | None:
    return int(chosen) if chosen else None


class AllocateForm(Form):
    """Asks which file goes to which auditor; `offered` is the code that is used when none is given.

    It comes with the page, so that pressing twice cannot make two files.
    """

    offered = HiddenField()
    code = StringField(
        "Case reference, or leave it empty for a random one", validators=[AtMost(60, "The case reference")]
    )
    category = FromList(
        "What help the child gets",
        choices=[choice("", "Choose"), *choices_of(Category)],
        validators=[NotBlank("Choose what help the child gets")],
    )
    unit = RecordField("Team", [NotBlank("Choose a team")])
    auditor = RecordField("Auditor", [NotBlank("Choose an auditor")])
    due_on = DayField("Due by, if not with the round", needs_year=True)

    def offer(self, teams: list[Unit], people: list[Person]) -> None:
        """Offer the teams and the auditors to choose from."""
        self.unit.offer(teams, none="Choose a team")
        self.auditor.offer(people, none="Choose an auditor")

    def offer_code(self, session: Session) -> None:
        """Offer a code of ours, unless the one that came back is fit to be used."""
        if not self.offered.data or reference_fault(self.offered.data):
            self.offered.data = commands.unused_code(session)

    def save(self, session: Session, audit_round: AuditRound, by: Person) -> Audit:
        """Give the file to the auditor, adding its reference when it is new."""
        auditor = self.auditor.chosen(queries.auditors(session))
        if auditor is None:
            raise Invalid("auditor", "Choose a person who is an auditor")
        case = self._case(session, by)
        return commands.allocate_audit(session, audit_round, case, auditor=auditor, due_on=self.due_on.day, by=by)

    def _case(self, session: Session, by: Person) -> CaseReference:
        code = self.code.data or self.offered.data
        category = Category(self.category.data)
        known = queries.case_by_code(session, self.code.data) if self.code.data else None
        if known is None:
            unit = answered(session.get(Unit, int(self.unit.data)))
            return commands.add_case(session, code=code, category=category, unit=unit, by=by)
        # A team that has ended since cannot be chosen any more: its files keep it.
        is_offered = str(known.unit_id) in {str(offered[0]) for offered in self.unit.iter_choices()}
        if known.category is not category or (is_offered and str(known.unit_id) != self.unit.data):
            told = f"{known.category.words}, {known.unit.name}"
            raise Invalid("code", f"{known.code} was audited before as {told}. Choose these, or use another code")
        return known
