"""What a row of a workbook changes, in words, against what is stored; whether it may be saved is the commands'."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.dates import DateProblem, read_target_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.wording import short_day
from tracker.plans.rules.workbook.columns import UPDATE_COLUMNS
from tracker.plans.rules.workbook.compared import Difference
from tracker.plans.rules.workbook.rows import ActionRow, MilestoneRow

_HEADINGS = {column.name: column.heading for column in UPDATE_COLUMNS}


@dataclass(frozen=True)
class LastSaid:
    """The update of an action that counts now."""

    declared: DeclaredRag
    happened: str
    why: str
    doing: str

    @property
    def words(self) -> str:
        """Its story, a part a line."""
        return told(self.happened, self.why, self.doing)


@dataclass(frozen=True)
class Stands:
    """How a milestone stands now: how far it is, and its date in words."""

    state: MilestoneState
    shown: str


def told(*parts: str) -> str:
    """Return the parts of a story that say anything, each on its own line."""
    return "\n".join(part for part in parts if part)


def differences_of(
    row: ActionRow, last: LastSaid | None, stands: Mapping[int, Stands], *, today: date
) -> tuple[Difference, ...]:
    """Return what a row changes: the colour and the story, then each milestone, of those whose standing is known."""
    was = Rag(last.declared.value).word if last else "No update yet"
    found = [Difference(_HEADINGS["declared"], was, row.declared)]
    for name in ("happened", "why", "doing"):
        will = getattr(row, name)
        if will:
            found.append(Difference(_HEADINGS[name], getattr(last, name) if last else "", will))
    if row.evidence:
        found.append(Difference(_HEADINGS["evidence"], "", row.evidence))
    for part in row.milestones:
        milestone = stands.get(part.milestone_id)
        found += _of_milestone(part, milestone, today) if milestone else ()
    return tuple(found)


def behind_milestone(row: ActionRow, versions: Mapping[str, int]) -> MilestoneRow | None:
    """Return the first milestone of a row that changed since the workbook was made, or is no more."""
    return next((part for part in row.milestones if versions.get(str(part.milestone_id)) != part.version), None)


def _of_milestone(part: MilestoneRow, stands: Stands, today: date) -> list[Difference]:
    found = []
    if part.reached is not None:
        done = f"Done on {part.done_on or 'the day you save it'}"
        was = f"Turn of {short_day(date.fromisoformat(part.turn))}" if part.turn else stands.state.words
        found.append(Difference(part.title, was, done if part.reached is MilestoneState.DONE else part.state))
    if part.new_date:
        why = f" ({part.because})" if part.because else ""
        found.append(Difference(f"{part.title}: date", stands.shown, f"{_as_read(part.new_date, today)}{why}"))
    return found


def _as_read(text: str, today: date) -> str:
    try:
        return read_target_date(text, today=today).shown()
    except DateProblem:
        return text
