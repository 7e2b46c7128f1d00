"""The same plan as text, Word, Excel, CSV and pasted cells makes the same records."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.plan_forms import PLAN, as_csv, as_excel, as_pasted, as_text, as_word
from tests.unit.plans.tables.reading import read
from tracker.plans.rules.reading import PlanReading

KEY = "Green = G, Amber = A, Red = R"
FORMS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("plan.docx", as_word),
    ("plan.xlsx", as_excel),
    ("plan.csv", as_csv),
    ("plan.CSV", lambda: as_csv(delimiter=";")),
    ("pasted text", as_pasted),
)


def records(reading: PlanReading) -> list[Any]:
    """Return everything that is stored of a reading but where it was printed."""
    return [(area.number, area.title, area.objectives, area.outcomes, area.measures) for area in reading.areas] + [
        (one.ref, one.title, one.kind, one.leads, one.target_text, one.milestones, one.references, one.declared)
        for area in reading.areas
        for one in area.actions
    ]


def test_the_text_holds_what_the_plan_says() -> None:
    found = read(as_text(), "plan.txt", key=KEY)
    assert [area.title for area in found.areas] == [area.title for area in PLAN]
    assert [one.ref for area in found.areas for one in area.actions] == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert [str(one.declared) for one in found.areas[0].actions] == ["G", "A", "None"]


@pytest.mark.parametrize(("name", "make"), FORMS)
def test_every_form_makes_the_records_of_the_text(name: str, make: Callable[[], bytes]) -> None:
    assert records(read(make(), name, key=KEY)) == records(read(as_text(), "plan.txt", key=KEY))


@pytest.mark.parametrize(("name", "make"), FORMS)
def test_every_form_says_where_its_doubts_stand(name: str, make: Callable[[], bytes]) -> None:
    found = read(make(), name, key=KEY)
    (place,) = {one.place for one in found.warnings if one.code == "placeholder"}
    assert place in {"Row 4", "Table 1, row 4"}


def test_pasted_cells_whose_last_row_ends_in_empty_ones_are_still_cells() -> None:
    pasted = "No.\tAction\tMilestones\tTarget date\tLead\tRAG\n1.1\tCount\tCounted\tMar 2027\tHannah Osei\t\n".strip()
    found = read(pasted.encode(), "pasted text")
    assert [one.title for one in found.areas[0].actions[0].milestones] == ["Counted"]
