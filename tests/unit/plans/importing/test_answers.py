"""Corrections, doubts and leads of a plan that is coming in, and how answers are kept."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tracker.core.plain_values import plain_value, value_of
from tracker.people.rules import PartyKind
from tracker.plans.rules.importing import Answers, Correction, LeadAnswer, Step, corrected, doubts_of, lead_names
from tracker.plans.rules.reading import PlanReading, WarningCode, read_plan

TEXT = """AREA FOR IMPROVEMENT 1: Workloads
No.\tAction\tMilestones\tTarget date\tDelivery lead
1.1\tCount caseloads<br>\tSheet tried<br>Count shared\tJan 2027<br>March 2027\tHannah Osei
1.2\tFurther actions to be agreed\tTBC\tTBC\tTBC
"""


@pytest.fixture
def reading() -> PlanReading:
    return read_plan(TEXT, approved_on=date(2026, 1, 13))


def only(title: str, *steps: tuple[str, str], leads: tuple[str, ...] = ()) -> Correction:
    return Correction(title, leads, tuple(Step(*step) for step in steps))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Apr 2027", "Apr 2027"),
        ("15/2/2027", "15 Feb 2027"),
        ("Q4 2026/27", "Q4 2026/27 (Jan to Mar 2027)"),
        ("TBC", "Date to be confirmed"),
        ("", "Date to be confirmed"),
        ("when everybody agrees", "Date to be confirmed"),
    ],
)
def test_a_date_typed_before_the_import_is_read_as_one_printed(reading: PlanReading, typed: str, shown: str) -> None:
    said = {"1.1": only("Count caseloads", ("Count shared", typed))}
    action = corrected(reading, said, approved_on=None).areas[0].actions[0]
    assert [(step.title, step.date.shown(), step.date.text) for step in action.milestones] == [
        ("Count shared", shown, typed)
    ]


def test_what_was_not_changed_stays_as_it_was_read(reading: PlanReading) -> None:
    before = reading.areas[0].actions[0]
    steps = tuple((step.title, step.date.text) for step in before.milestones)
    after = corrected(reading, {"1.1": only("Count caseloads", *steps, leads=("Hannah Osei",))}, approved_on=None)
    assert after == reading
    assert corrected(reading, {"9.9": only("Nothing like it")}, approved_on=None) == reading


def test_a_placeholder_that_is_named_becomes_an_action_and_keeps_its_cells(reading: PlanReading) -> None:
    said = {"1.2": only("Agree the rest", leads=("Children's Trust Board", "Ines Duarte"))}
    action = corrected(reading, said, approved_on=None).areas[0].actions[1]
    assert (action.kind.value, action.cells["action"]) == ("standard", "Further actions to be agreed")
    assert [(lead.name, lead.kind) for lead in action.leads] == [
        ("Children's Trust Board", PartyKind.BODY),
        ("Ines Duarte", PartyKind.PERSON),
    ]
    assert lead_names(corrected(reading, said, approved_on=None))[0] == "Hannah Osei"


def test_each_doubt_has_a_lasting_key_a_place_and_a_suggestion(reading: PlanReading) -> None:
    doubts = doubts_of(reading)
    assert [doubt.key for doubt in doubts] == [doubt.key for doubt in doubts_of(read_plan(TEXT, approved_on=None))]
    assert len({doubt.key for doubt in doubts}) == len(doubts) == len(reading.warnings)
    [placeholder] = [doubt for doubt in doubts if doubt.code is WarningCode.PLACEHOLDER]
    assert (placeholder.place, placeholder.ref) == ("Line 4", "1.2")
    assert placeholder.suggested == "Leave it as a placeholder until its actions are agreed"


def test_a_suggestion_that_the_reader_made_stands_apart_from_the_doubt() -> None:
    text = TEXT.replace("Jan 2027<br>March 2027", "was due March 2027, now June 2027")
    found = [doubt for doubt in doubts_of(read_plan(text, approved_on=None)) if "now June 2027" in doubt.message]
    assert found
    assert all("Suggested" not in doubt.message + doubt.suggested for doubt in found)


def test_every_kind_of_doubt_has_a_suggestion(reading: PlanReading) -> None:
    warnings = tuple(replace(reading.warnings[0], code=code) for code in WarningCode)
    assert all(doubt.suggested for doubt in doubts_of(replace(reading, warnings=warnings)))


def test_answers_and_readings_come_back_from_json_as_they_were(reading: PlanReading) -> None:
    answers = Answers(
        frozenset({"a", "b"}),
        {"1.1": only("Count", ("First", "Mar 2027"), leads=("Hannah Osei",))},
        {"Hannah Osei": LeadAnswer(PartyKind.PERSON, 7), "RSCB": LeadAnswer(PartyKind.BODY)},
    )
    for value in (answers, reading):
        assert value_of(type(value), json.loads(json.dumps(plain_value(value)))) == value
    assert value_of(Answers, {}) == Answers()
