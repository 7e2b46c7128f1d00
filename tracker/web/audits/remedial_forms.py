"""Forms about what must be put right for a child: giving it to somebody, and taking a step of it."""

from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField

from tracker.audits import commands, queries
from tracker.audits.models import Audit, RemedialAction
from tracker.audits.rules import limits
from tracker.audits.rules.remedials import Priority
from tracker.core.problems import Invalid
from tracker.core.text import counted, random_code
from tracker.people.models import Person
from tracker.web.audits.naming_form import NamingForm
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    TextAreaField,
    VersionField,
    answered,
    choice,
)

_TOKEN_LENGTH = 16
_CLASSES = [choice(one.value, f"{one.words}, {counted(one.working_days, 'working day')}") for one in Priority]


class RemedialForm(Form):
    """Asks what must be put right, by whom and by when."""

    form_token = HiddenField()
    text = TextAreaField(
        "What must be put right?",
        validators=[
            NotBlank("Say what must be put right"),
            AtMost(limits.REMEDIAL_LENGTH, "What must be put right"),
        ],
    )
    owner = RecordField("Who sees to it?", [NotBlank("Choose who sees to it")])
    priority = FromList(
        "How soon?", choices=[choice("", "Choose how soon"), *_CLASSES], validators=[NotBlank("Choose how soon")]
    )
    due_on = DayField("Due by, if on another day")
    names_confirmed = BooleanField("I have looked at these words. They name no child, no family and no member of staff")

    def prepare(self, people: list[Person]) -> None:
        """Offer the people to choose from, and give the form the token by which it counts once."""
        self.owner.offer(people, none="Choose a person")
        if not (self.form_token.data or "").isalnum():
            self.form_token.data = random_code(_TOKEN_LENGTH)

    def save(self, session: Session, audit: Audit, by: Person) -> RemedialAction:
        """Give it to its owner."""
        owner = self.owner.chosen(queries.remedial_owners(session))
        if owner is None:
            raise Invalid("owner", "Choose a person from the list")
        return commands.add_remedial(
            session,
            audit,
            text=answered(self.text.data),
            owner=owner,
            priority=Priority(self.priority.data),
            due_on=self.due_on.day,
            names_confirmed=bool(self.names_confirmed.data),
            form_token=self.form_token.data or None,
            by=by,
        )


class StepForm(NamingForm):
    """Takes what somebody says to a step; which step it is comes with the button."""

    version = VersionField()
    note = TextAreaField("What do you say?", validators=[AtMost(limits.REMEDIAL_NOTE_LENGTH, "What you say")])
