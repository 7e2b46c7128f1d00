"""The two published forms of a report, and the shapes in between: what is an item, of which class and group."""

from datetime import date

import pytest

from tests.architecture.guards.sources import REPOSITORY
from tests.unit.plans.inspecting.reports import NEWER, OLDER, VISIT
from tracker.plans.rules.inspecting import Doubt, InspectionReading, read_report
from tracker.plans.rules.states import InspectionKind, ItemClass

URGENT, AREA = ItemClass.PRIORITY_AND_IMMEDIATE_ACTION, ItemClass.AREA_FOR_IMPROVEMENT
LEADERS = "Leadership, management and governance"


def codes(reading: InspectionReading) -> set[Doubt]:
    return {doubt.code for doubt in reading.warnings}


def texts(text: str) -> list[str]:
    return [item.text for item in read_report(text).items]


def test_the_older_form_is_numbered_under_class_and_group_within_a_long_report() -> None:
    found = [(item.number, item.item_class, item.group, item.paragraph) for item in read_report(OLDER).items]
    assert found == [
        (1, URGENT, None, "23"),
        (2, URGENT, None, ""),
        (3, AREA, LEADERS, "40 and 41"),
        (4, AREA, LEADERS, ""),
        (5, AREA, "Help and protection", ""),
        (6, AREA, "Help and protection", ""),
        (7, ItemClass.STRENGTH, None, ""),
        (8, ItemClass.STRENGTH, None, ""),
        (10, AREA, "Local Safeguarding Children Board", ""),
    ]


def test_lines_that_the_page_broke_are_one_text_again() -> None:
    read = texts(OLDER)
    assert read[0].startswith("Make sure that a manager looks at every contact on the day it arrives, and that reasons")
    assert read[3] == "Improve decision-making records."
    assert read[4].endswith("for managers, who must read it carefully.")
    assert read_report(OLDER).items[1].children == ("police and health take part", "notes are sent within a day")


def test_what_stands_around_the_items_is_said_to_be_unread() -> None:
    reading = read_report(OLDER)
    assert {Doubt.UNREAD, Doubt.OTHER_BODY} == codes(reading)
    begins = [doubt.message for doubt in reading.warnings if doubt.code is Doubt.UNREAD]
    assert any("begins “Inspection of services for children" in message for message in begins)
    assert any("repeated on every page were left out" in message for message in begins)
    assert any("begins “Progress since the last inspection”" in message for message in begins)


def test_the_newer_form_has_bullets_without_numbers_some_nested() -> None:
    items = read_report(NEWER).items
    assert [(item.number, item.item_class, item.group) for item in items] == [(None, AREA, None)] * 4
    assert items[1].text == "The quality of plans, including:"
    assert items[1].children == ("clear steps", "dates that parents understand")
    assert items[2].text == "Supervision of social workers, how often it happens and the record of decisions"


def test_a_visit_names_priority_actions_apart_from_what_needs_to_improve() -> None:
    items = read_report(VISIT).items
    assert [(item.item_class, item.text) for item in items] == [
        (ItemClass.PRIORITY_ACTION, "the response to children at risk of exploitation"),
        (ItemClass.PRIORITY_ACTION, "the oversight of children who wait for an assessment"),
        (AREA, "Visits"),
        (AREA, "Supervision"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "authority", "published_on"),
    [
        (OLDER, InspectionKind.INSPECTION, "Northmoor Borough Council", date(2015, 5, 13)),
        (NEWER, InspectionKind.INSPECTION, "Northmoor", date(2019, 1, 28)),
        (VISIT, InspectionKind.FOCUSED_VISIT, "Northmoor County Council", date(2019, 1, 28)),
        (
            "Monitoring visit to Northmoor children's services\n2 May 2023\n\nWhat was seen is better.",
            InspectionKind.MONITORING_VISIT,
            "Northmoor",
            date(2023, 5, 2),
        ),
        (
            "Report published today (6th January 2015)\nThis inspection follows two focused visits.",
            InspectionKind.INSPECTION,
            "",
            date(2015, 1, 6),
        ),
        ("Published: 31 February 2019\nInspection", InspectionKind.INSPECTION, "", None),
    ],
)
def test_a_report_says_its_kind_its_authority_and_its_day(
    text: str, kind: InspectionKind, authority: str, published_on: date | None
) -> None:
    facts = read_report(text).facts
    assert (facts.kind, facts.authority, facts.published_on) == (kind, authority, published_on)


def test_what_a_report_does_not_say_is_a_warning() -> None:
    assert codes(read_report("Some words")) == {
        Doubt.UNDATED,
        Doubt.NO_AUTHORITY,
        Doubt.KIND_GUESS,
        Doubt.NO_ITEMS,
        Doubt.UNREAD,
    }


def test_numbers_that_jump_are_kept_and_doubted() -> None:
    reading = read_report("Areas for improvement\n1. First.\n3. Third.")
    assert [item.number for item in reading.items] == [1, 3]
    assert Doubt.NUMBER_GAP in codes(reading)


def test_numbers_may_begin_again_under_each_group() -> None:
    text = (
        "Areas for improvement\n\nHelp\n\n1. First.\n2. Second.\n\nCare\n\n1. Third.\n\nMain findings\n\n1. Not this."
    )
    assert [(item.number, item.group) for item in read_report(text).items] == [(1, "Help"), (2, "Help"), (1, "Care")]


def test_a_list_without_a_class_counts_as_areas_for_improvement_and_says_so() -> None:
    reading = read_report("Recommendations\n\n1. Do it.\n2. Do that.")
    assert [item.item_class for item in reading.items] == [AREA, AREA]
    assert Doubt.CLASS_GUESS in codes(reading)


def test_paragraphs_without_bullets_are_taken_and_doubted() -> None:
    reading = read_report(
        "What needs to improve?\n\nThe timeliness of visits.\n\nThe quality of plans.\n\nMain findings\n\nX."
    )
    assert [item.text for item in reading.items] == ["The timeliness of visits.", "The quality of plans."]
    assert Doubt.SPLIT_GUESS in codes(reading)


def test_points_on_one_level_are_nested_when_their_words_say_so() -> None:
    reading = read_report("What needs to improve\n• Plans, with:\n• clear steps\n• dates\n• Visits")
    assert [(item.text, item.children) for item in reading.items] == [
        ("Plans, with:", ("clear steps", "dates")),
        ("Visits", ()),
    ]
    assert Doubt.NESTING_GUESS in codes(reading)


def test_a_summary_in_sentences_is_read_as_one() -> None:
    text = (
        "Inspectors found strengths, including:\n\n- Staff are skilled.\n\nThey praised much.\n\n"
        "Some of the key areas that need improvement include:\n\n- Lower caseloads\n- Better plans\n\nMore was said."
    )
    assert [(item.item_class, item.text) for item in read_report(text).items] == [
        (ItemClass.STRENGTH, "Staff are skilled."),
        (AREA, "Lower caseloads"),
        (AREA, "Better plans"),
    ]


def test_a_number_or_bullet_with_nothing_behind_it_is_no_item() -> None:
    reading = read_report("Areas for improvement\n1.\n2. Words.\n3.")
    assert [(item.number, item.text) for item in reading.items] == [(2, "Words.")]
    assert {line for doubt in reading.warnings for line in doubt.lines} == {2, 4}


def test_the_document_has_the_shape_that_other_programs_read() -> None:
    document = read_report(OLDER).document()
    assert document["inspection"] == {
        "kind": "inspection",
        "authority": "Northmoor Borough Council",
        "published_on": "2015-05-13",
    }
    assert document["items"][1] == {
        "n": 2,
        "class": "priority_and_immediate_action",
        "group": None,
        "text": "Hold strategy meetings in time, so that:",
        "children": ["police and health take part", "notes are sent within a day"],
    }
    assert {"code", "line", "message"} == set(document["warnings"][0])


def test_the_guide_names_every_warning() -> None:
    lines = (REPOSITORY / "docs" / "inspections.md").read_text(encoding="utf-8").splitlines()
    named = [line.split("`")[1] for line in lines if line.startswith("| `")]
    assert sorted(named) == sorted(Doubt)
