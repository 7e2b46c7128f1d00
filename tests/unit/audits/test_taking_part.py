"""When it has to be said why the child and the family had no part in an audit (domain A2, B5)."""

import pytest

from tracker.audits.rules.checking import Said, missing_items
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.taking_part import Extent, FamilyPart, WorkerView, family_reason_needed
from tracker.audits.rules.vocabulary import Grade

WHY = "Say why the child and the family did not take part"


@pytest.mark.parametrize(
    ("part", "note", "needed"),
    [
        (None, "", None),
        (FamilyPart.GOT, "", None),
        (FamilyPart.SOUGHT, " ", WHY),
        (FamilyPart.SOUGHT, "Two calls were not answered", None),
        (FamilyPart.NOT_SOUGHT, "", WHY),
        (FamilyPart.NOT_SOUGHT, "They moved away", None),
    ],
)
def test_no_part_needs_a_reason(part: FamilyPart | None, note: str, needed: str | None) -> None:
    assert family_reason_needed(part, note) == needed


def test_what_is_to_be_said_of_the_family_comes_first_and_leads_to_section_1() -> None:
    grades = dict.fromkeys(FIRST_TOOL.graded_numbers, Grade.GOOD)
    [missing] = missing_items(FIRST_TOOL, Said(grades, overall=Grade.GOOD, family_fault=WHY))
    assert (missing.section_number, missing.words) == (1, WHY)


def test_a_worker_who_said_nothing_said_nothing() -> None:
    assert WorkerView().is_blank
    assert not WorkerView("I ran out of time").is_blank
    assert not WorkerView(agrees=Extent.NO).is_blank
