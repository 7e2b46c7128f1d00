"""Forms of the programme: a year to begin, and what is planned of a mechanism."""

from sqlalchemy.orm import Session

from tracker.audits.commands import MechanismPlan
from tracker.audits.models import Mechanism
from tracker.audits.rules.programme import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    MOST_A_YEAR,
    Cadence,
    RecordKind,
    countable,
    year_words,
)
from tracker.people.models import Person
from tracker.people.queries import active_people
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    RecordField,
    StringField,
    VersionField,
    WholeField,
    answered,
    choice,
    choices_of,
)


class YearForm(Form):
    """Asks which year to plan."""

    year = FromList("Year", validators=[NotBlank("Choose a year")])

    def offer(self, around: int, taken: list[int]) -> None:
        """Offer the years around one that have no programme yet."""
        years = [one for one in range(around - 1, around + 3) if EARLIEST_YEAR <= one <= LATEST_YEAR]
        free = [choice(str(one), year_words(one)) for one in years if one not in taken]
        self.year.choices = [choice("", "Choose a year"), *free]


class MechanismForm(Form):
    """Asks what is planned of a mechanism; what it makes is asked once, when it is added."""

    name = StringField("Name", validators=[NotBlank("Enter a name"), AtMost(120, "The name")])
    kind = FromList(
        "What it makes",
        choices=[choice("", "Choose"), *choices_of(RecordKind)],
        validators=[NotBlank("Choose what it makes")],
    )
    counts = FromList("Which of them it counts")
    cadence = FromList("How often", choices=choices_of(Cadence))
    target = WholeField("How many are planned in the year", least=0, most=MOST_A_YEAR)
    owner = RecordField("Who answers for it")
    version = VersionField()

    def offer(self, session: Session, kind: RecordKind | None = None) -> list[Person]:
        """Offer the people who may answer for it and, of its kind where that is known, what it may count alone."""
        kinds = [kind] if kind else list(RecordKind)
        known = [choice(value, f"{one.words}: {words}") for one in kinds for value, words in countable(one).items()]
        self.counts.choices = [choice("", "All that no other mechanism counts"), *known]
        people = active_people(session)
        self.owner.offer(people, none="Nobody yet")
        return people

    def fill(self, stored: Mechanism) -> None:
        """Show what is stored."""
        self.name.data, self.cadence.data = stored.name, stored.cadence.value
        self.counts.data = stored.counts or ""
        self.target.data, self.owner.data = str(stored.target), str(stored.owner_id or "")

    def plan(self, people: list[Person], *, kind: RecordKind | None = None) -> MechanismPlan:
        """Return what was planned; `kind` is that of a mechanism that is there."""
        return MechanismPlan(
            name=answered(self.name.data),
            kind=kind or RecordKind(self.kind.data),
            cadence=Cadence(self.cadence.data),
            target=answered(self.target.number),
            owner=self.owner.chosen(people),
            counts=self.counts.data or None,
        )
