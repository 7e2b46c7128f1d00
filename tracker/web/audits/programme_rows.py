"""What the pages of the programme say: planned against done by mechanism, month, team and category."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.audits.models import AuditProgramme, Mechanism
from tracker.audits.queries import Done
from tracker.audits.rules.programme import (
    Tally,
    by_month,
    completion,
    due_by,
    late_of,
    months_of,
    planned_by_month,
    together,
)


@dataclass(frozen=True)
class MechanismLine:
    """A mechanism in the programme."""

    name: str
    url: str
    kind: str
    how_often: str
    owner: str
    planned: str
    due: str
    done: str
    exempt: str
    late: str
    completed: str


@dataclass(frozen=True)
class TallyLine:
    """A month, a team, a category or a way with what came of it; planned by team is what was drawn or given out."""

    name: str
    planned: str
    done: int
    exempt: int
    late: int
    open: int


def mechanism_lines(held: AuditProgramme, found: Done, today: date) -> list[MechanismLine]:
    """Return the mechanisms in the order of the programme."""
    months = months_of(held.year)
    return [_line(one, held.year, by_month(_of(one, found), months), today) for one in held.mechanisms]


def month_lines(mechanisms: Iterable[Mechanism], year: int, found: Done) -> list[TallyLine]:
    """Return the months of the year with what is planned and done of some mechanisms."""
    months = months_of(year)
    counted = list(mechanisms)
    planned = [planned_by_month(one.target, one.cadence) for one in counted]
    done = [by_month(_of(one, found), months) for one in counted]
    return [
        _tally_line(f"{month:%B %Y}", together(row[at] for row in done), planned=str(sum(row[at] for row in planned)))
        for at, month in enumerate(months)
    ]


def tally_lines(tallies: Mapping[str, Tally]) -> list[TallyLine]:
    """Return teams or categories by name."""
    return [_tally_line(name, tallies[name], planned=f"{tallies[name].planned:,}") for name in sorted(tallies)]


def _of(one: Mechanism, found: Done) -> dict[date, Tally]:
    return {month: tally for (mechanism_id, month), tally in found.months.items() if mechanism_id == one.id}


def _line(one: Mechanism, year: int, tallies: Sequence[Tally], today: date) -> MechanismLine:
    whole = together(tallies)
    due = due_by(planned_by_month(one.target, one.cadence), months_of(year), today)
    share = completion(whole, one.target)
    return MechanismLine(
        name=one.name,
        url=url_for("audits.mechanism_show", year=year, position=one.position),
        kind=one.kind.words,
        how_often=one.cadence.words,
        owner=one.owner.name if one.owner else "Nobody yet",
        planned=f"{one.target:,}",
        due=f"{due:,}",
        done=f"{whole.done:,}",
        exempt=f"{whole.exempt:,}",
        late=f"{late_of(one.kind, whole, due):,}",
        completed=f"{share}%" if share is not None else "",
    )


def _tally_line(name: str, tally: Tally, planned: str) -> TallyLine:
    return TallyLine(name, planned, tally.done, tally.exempt, tally.late, tally.open)
