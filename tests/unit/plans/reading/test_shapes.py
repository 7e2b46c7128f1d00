"""Shapes of tables and headings that published plans have."""

import pytest

from tests.unit.plans.reading.plans import HEADING, codes_of, plan_of, rows_of
from tracker.plans.rules.reading import ActionReading

AREA = "AREA FOR IMPROVEMENT 1: Supervision"
ROW = "1.1\tWrite a standard\tStandard written\tMay 2015\tInes Duarte"


def _said(action: ActionReading) -> tuple[str, str, list[str], str, list[str]]:
    steps = [step.title for step in action.milestones]
    return action.ref, action.title, steps, action.target_text, [lead.name for lead in action.leads]


WRITTEN = ("1.1", "Write a standard", ["Standard written"], "May 2015", ["Ines Duarte"])


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (HEADING, ROW),
        (HEADING, ROW.replace("\t", "\t\t", 1)),
        (HEADING, ROW.replace("\tMay", "\t\tMay")),
        (HEADING, ROW.replace("\tInes", "\t\tInes")),
        (HEADING, f"\t{ROW}\t"),
        (HEADING, "1.1 Write a standard\tStandard written\tMay 2015\tInes Duarte"),
        (HEADING, "**1.1**\tWrite a standard\tStandard written\tMay 2015\tInes Duarte"),
        ("Ref\tAction\tMilestone\tBy when\tWho", ROW),
        ("No.\tWhat\tHow\tWhen\tOwner", ROW),
        ("ACTION\tMILESTONES\tDEADLINE\tLEAD OFFICER", "Write a standard\tStandard written\tMay 2015\tInes Duarte"),
        ("Ref\tAction\tLead\tTimescale\tMilestones", "1.1\tWrite a standard\tInes Duarte\tMay 2015\tStandard written"),
    ],
)
def test_cells_find_their_columns(heading: str, row: str) -> None:
    (action,) = plan_of(AREA, heading, row).areas[0].actions
    assert _said(action) == WRITTEN


def test_a_row_without_a_lead_cell_keeps_its_date() -> None:
    (action,) = rows_of("1.1\t\tWrite a standard\tStandard written\tMay 2015")
    assert _said(action) == ("1.1", "Write a standard", ["Standard written"], "May 2015", [])


def test_a_column_that_we_do_not_know_is_kept() -> None:
    reading = plan_of(AREA, "Ref\tAction\tMilestone\tDate\tLead\tRAG", f"{ROW}\tAmber")
    assert reading.areas[0].actions[0].cells["rag"] == "Amber"


def test_a_row_cut_by_a_page_break_is_joined_cell_by_cell() -> None:
    reading = plan_of(
        AREA,
        HEADING,
        "1.1\tWrite a standard that\t• Draft agreed by\tMay 2015\tChildren and",
        "",
        HEADING,
        "\tall teams use\tevery team; • Standard used\t\tFamilies Team",
    )
    (action,) = reading.areas[0].actions
    assert _said(action) == (
        *("1.1", "Write a standard that all teams use", ["Draft agreed by every team", "Standard used"]),
        *("May 2015", ["Children and Families Team"]),
    )
    assert action.source_lines == (3, 6)
    assert ("split_row", "1.1", 6) in codes_of(reading)


def test_a_second_line_with_its_own_date_is_a_second_milestone() -> None:
    (action,) = rows_of(ROW, "\t\tStandard used\tJune 2015\tMarek Nowak")
    assert [(step.title, str(step.date.due), step.leads) for step in action.milestones] == [
        ("Standard written", "2015-05-31", ("Ines Duarte",)),
        ("Standard used", "2015-06-30", ("Marek Nowak",)),
    ]


def test_a_cell_may_run_over_several_lines() -> None:
    (action,) = rows_of("1.1\tWrite a standard\t<ul>", "<li>Standard written</li>", "</ul>\tMay 2015\tInes Duarte")
    assert _said(action) == WRITTEN


def test_a_heading_over_two_cells_ends_a_table_without_numbers() -> None:
    first, second = plan_of(
        AREA,
        "ACTION\tMILESTONES\tDEADLINE\tLEAD",
        "Write a standard\tStandard written\tMay 2015\tInes Duarte",
        "AREA FOR IMPROVEMENT 2\tVisits",
    ).areas
    assert (len(first.actions), second.title) == (1, "Visits")


@pytest.mark.parametrize(("label", "ref"), [("A7", "A7"), ("New", "New"), ("3", "3"), ("1.10a", "1.10a")])
def test_numbers_of_other_kinds_are_kept(label: str, ref: str) -> None:
    assert [action.ref for action in rows_of(ROW, ROW.replace("1.1", label))] == ["1.1", ref]


def test_a_number_printed_twice_is_kept_apart() -> None:
    reading = plan_of(AREA, HEADING, ROW, ROW.replace("Write", "Use"))
    assert [action.ref for action in reading.areas[0].actions] == ["1.1", "1.1b"]
    assert codes_of(reading) == [("unresolved_reference", "1.1b", 4)]


def test_rows_before_any_area_are_kept_in_area_0() -> None:
    (area,) = plan_of(HEADING, ROW).areas
    assert (area.number, len(area.actions)) == (0, 1)


def test_an_area_printed_again_after_a_page_break_is_one_area() -> None:
    (area,) = plan_of(AREA, HEADING, ROW, f"{AREA} (continued)", HEADING, ROW.replace("1.1", "1.2")).areas
    assert [action.ref for action in area.actions] == ["1.1", "1.2"]


def test_two_areas_of_one_number_are_kept_apart() -> None:
    reading = plan_of(AREA, HEADING, ROW, "AREA FOR IMPROVEMENT 1: Recording")
    assert [(area.number, area.label, area.title) for area in reading.areas] == [
        (1, "1", "Supervision"),
        (2, "1", "Recording"),
    ]
    assert codes_of(reading) == [("unresolved_reference", None, 4)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["AREA FOR IMPROVEMENT IV: Visits"], (4, "IV", "Visits")),
        (["**Area for improvement 4: Visits**"], (4, "4", "Visits")),
        (["Area 4 – Visits"], (4, "4", "Visits")),
        (["**AREA FOR IMPROVEMENT 4:** Visits"], (4, "4", "Visits")),
        (["AREA FOR IMPROVEMENT 4", "Visits"], (4, "4", "Visits")),
        (["OUR PLAN**AREA FOR IMPROVEMENT 4: Visits****OBJECTIVES:**", "- See children"], (4, "4", "Visits")),
        (["OUR PLAN AREA FOR IMPROVEMENT 4: Visits OBJECTIVES:", "- See children"], (4, "4", "Visits")),
        (["Recommendation 4. Visits\t\t\t"], (4, "4", "Visits")),
        (["Area for improvement 4\tVisits"], (4, "4", "Visits")),
    ],
)
def test_headings_of_areas(lines: list[str], found: tuple[int, str, str]) -> None:
    (area,) = plan_of(*lines).areas
    assert (area.number, area.label, area.title) == found


def test_a_sentence_about_an_area_is_no_heading() -> None:
    assert plan_of("Area 4 of the town has most of our children").areas == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["OBJECTIVE: See every child"],
        ["**Objectives**", "", "See every child"],
        ["Our objectives:", "1. See every child;"],
        ["OBJECTIVES:", "• See", "every child; and"],
        ["OBJECTIVES:", "See **every** child"],
        ["OBJECTIVES:", "•\tSee every child;"],
        ["OBJECTIVES:", "1.\tSee every child"],
        ["OBJECTIVES:\t", "-\tSee every child"],
    ],
)
def test_objectives_stand_in_bullets_or_paragraphs(lines: list[str]) -> None:
    (area,) = plan_of(AREA, *lines).areas
    assert area.objectives == ("See every child",)
