"""What cells of a file of past audits mean, and which rows are refused: a table that a council officer can check."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.past import PastAudit, PastMapping, Refused, mapping_from, read_rows
from tracker.audits.rules.past.guessing import guessed_mapping, versions_in
from tracker.audits.rules.past.mapping import Field
from tracker.audits.rules.past.words import ANSWERS, CATEGORIES, FLAGS, GRADES, MODES, SELECTIONS, read_day
from tracker.audits.rules.vocabulary import Category, Grade, Mode, Selection
from tracker.core.problems import Invalid

TODAY = date(2026, 11, 26)
HEADINGS = ["ref", "case", "date", "selection", "category", "seen?"]
MAPPING = PastMapping({one.value: one for one in Field}, {"seen?": "voice"})


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2013-06-12", date(2013, 6, 12)),
        ("2013-06-12 00:00:00", date(2013, 6, 12)),
        ("2013-06-12T09:30", date(2013, 6, 12)),
        ("12/06/2013", date(2013, 6, 12)),
        ("1.2.13", date(2013, 2, 1)),
        ("12-06-2013 14:05", date(2013, 6, 12)),
        ("12 June 2013", date(2013, 6, 12)),
        ("12th Jun 2013", date(2013, 6, 12)),
        ("06/13/2013", None),
        ("31/02/2013", None),
        ("June 2013", None),
        ("41437", None),
        ("", None),
    ],
)
def test_days_are_iso_or_british(cell: str, day: date | None) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize(
    ("cell", "grade"),
    [
        ("RI", Grade.REQUIRES_IMPROVEMENT),
        ("r.i.", Grade.REQUIRES_IMPROVEMENT),
        ("Requires improvement to be good", Grade.REQUIRES_IMPROVEMENT),
        ("requires_improvement", Grade.REQUIRES_IMPROVEMENT),
        (" OUTSTANDING ", Grade.OUTSTANDING),
        ("n/a", None),
        ("", None),
    ],
)
def test_grades_have_other_words(cell: str, grade: Grade | None) -> None:
    assert (GRADES.read(cell), GRADES.knows(cell)) == (grade, True)
    assert not GRADES.knows("Excellent")


@pytest.mark.parametrize(
    ("cell", "value", "is_known"),
    [
        ("Yes", AnswerValue.MET, True),
        ("met", AnswerValue.MET, True),
        ("Partly met", AnswerValue.PARTLY, True),
        ("not met", AnswerValue.NOT_MET, True),
        ("No", AnswerValue.NOT_MET, True),
        ("N/A", AnswerValue.NOT_APPLICABLE, True),
        ("n / a", AnswerValue.NOT_APPLICABLE, True),
        ("NA", AnswerValue.NOT_APPLICABLE, True),
        ("not_enough", AnswerValue.NOT_ENOUGH, True),
        ("RI", AnswerValue.REQUIRES_IMPROVEMENT, True),
        ("", None, True),
        ("-", None, True),
        ("not answered", None, True),
        ("maybe", None, False),
    ],
)
def test_an_empty_answer_is_none_and_does_not_apply_is_one(
    cell: str, value: AnswerValue | None, is_known: bool
) -> None:
    assert (ANSWERS.read(cell), ANSWERS.knows(cell)) == (value, is_known)


def test_ways_categories_and_flags_have_other_words() -> None:
    assert [MODES.read(word) for word in ("Desktop", "multi-agency", "dip sample")] == [
        Mode.DESK,
        Mode.MULTI_AGENCY,
        Mode.DIP_SAMPLE,
    ]
    assert [SELECTIONS.read(word) for word in ("Re-audit", "RE_AUDIT", "dip_for_cause")] == [
        Selection.RE_AUDIT,
        Selection.RE_AUDIT,
        Selection.DIP_FOR_CAUSE,
    ]
    assert {CATEGORIES.read(word) for word in ("CLA", "LAC", "cic", "child in care")} == {Category.CHILD_IN_CARE}
    assert [FLAGS.read(word) for word in ("Y", "no", "")] == [True, False, None]


@pytest.mark.parametrize(
    ("ref", "case", "told", "reason"),
    [
        ("A-1", "C-1", None, None),
        ("AUD-0001", "CASE/12", None, None),
        ("7", "12", None, None),
        ("", "C-1", None, None),
        ("A-1", "", None, None),
        ("", "", None, "no reference"),
        ("Jane Smith", "C-1", None, "could say"),
        ("A-1", "Jane Smith 12", "A-1", "could say"),
        ("J S", "C-1", None, "could say"),
        ("A-1", "943 476 5919", "A-1", "could say"),
        ("A-1", "12/03/2009", "A-1", "could say"),
        ("A-1", "PL4 8AA", "A-1", "could say"),
        ("A-1", "pl4-8aa", "A-1", "could say"),
        ("A-1", "943.476.5919", "A-1", "could say"),
        ("A-1", "9434765919", "A-1", "could say"),
        ("A-1", "120309", "A-1", "could say"),
        ("A-1", "12032009", "A-1", "could say"),
        ("A-1", "20090312", "A-1", "could say"),
        ("A-1", "12 March 2009", "A-1", "could say"),
        ("A-1", "12.3.09", "A-1", "could say"),
        ("A-1", "SMITH12", "A-1", "could say"),
        ("A-1", "Łukasz-12", "A-1", "could say"),
        ("a1@home.example", "C-1", None, "could say"),
        ("A-1", "C-12345678901234567890", "A-1", "longer than 20"),
        ("A-1" * 30, "C-1", None, "longer than 60"),
    ],
)
def test_a_reference_that_could_say_who_somebody_is_keeps_its_row_out(
    ref: str, case: str, told: str | None, reason: str | None
) -> None:
    found = read_rows(MAPPING, HEADINGS, [[ref, case, "2013-06-12", "random", "CIN", "yes"]], today=TODAY)
    if reason is None:
        assert (len(found.audits), found.refused) == (1, ())
    else:
        [refused] = found.refused
        assert (refused.row, refused.ref) == (1, told)
        assert reason in refused.reason


@pytest.mark.parametrize("cell", ["", "soon", "31/02/2013", "2030-01-01", "1889-01-01"])
def test_an_audit_without_a_day_of_the_past_cannot_be_counted(cell: str) -> None:
    [refused] = read_rows(MAPPING, HEADINGS, [["A-1", "C-1", cell]], today=TODAY).refused
    assert "date" in refused.reason


@given(cells=st.lists(st.text(max_size=40), min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_no_cell_is_ever_told_but_a_reference_that_names_nobody(cells: list[str]) -> None:
    found = read_rows(MAPPING, HEADINGS, [cells], today=TODAY)
    fixed = read_rows(MAPPING, HEADINGS, [["A-1", "C-1", "2013-06-12", *["?"] * 3]], today=TODAY)
    told = {one.message for one in found.doubts} - {one.message for one in fixed.doubts}
    assert found.rows == 1
    assert not told
    assert all(isinstance(one, Refused | PastAudit) for one in (*found.refused, *found.audits))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Themed Neglect Audit, North", "Themed Neglect Audit, North"),
        ("Dip Sample 12/05/2013", "Dip Sample 12/05/2013"),
        ("File of Emma Kowalska", "Past audits"),
        ("Born 12/05/2013", "Past audits"),
        ("943 476 5919", "Past audits"),
        ("PL4 8AA", "Past audits"),
    ],
)
def test_a_round_that_could_say_who_somebody_is_loses_its_name(name: str, kept: str) -> None:
    found = read_rows(MAPPING, [*HEADINGS, "round"], [["A-1", "C-1", "2013-06-12", "", "", "", name]], today=TODAY)
    assert [one.round for one in found.audits] == [kept]
    assert ("named_round" in {one.code for one in found.doubts}) is (kept != name)


def test_a_mapping_is_read_as_it_is_written() -> None:
    mapping = PastMapping(
        {"done on": Field.DATE, "no": Field.REF}, {"seen?": "voice"}, {"v1": frozenset({"seen?"})}, moderated_only=True
    )
    assert mapping_from(mapping.as_json(), themes={"voice"}) == mapping
    assert mapping.asked_by("V1 ") == {"seen?"}
    assert PastMapping(questions={"seen?": "voice"}).asked_by("v9") == {"seen?"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("nothing", "A mapping is JSON like"),
        ("[]", "A mapping is JSON like"),
        ('{"columns": {"a": 1}}', "A mapping is JSON like"),
        ('{"columns": {"a": "date", "b": "name"}}', "cannot hold “name”"),
        ('{"columns": {"a": "date", "b": "ref", "c": "ref"}}', "Only one can"),
        ('{"columns": {"a": "date"}}', "which a reference"),
        ('{"columns": {"a": "date", "b": "ref"}, "questions": {"c": "kindness"}}', "no theme “kindness”"),
        ('{"columns": {"a": "date", "b": "ref"}, "tools": {"v1": "c"}}', "A mapping is JSON like"),
        ('{"columns": {"a": "date", "b": "ref"}, "final": "some"}', "may only say “moderated”"),
        ('{"columns": {"a": "date", "b": "ref"}, "final": {}}', "may only say “moderated”"),
        ('{"columns": {"a": "date", "b": "ref"}, "final": []}', "may only say “moderated”"),
        ('{"columns": {"a": "date", "b": "ref"}, "questions": {"\\ud800": "voice"}}', "A mapping is JSON like"),
        ('{"columns": {"a": "date"}, "columns": {"a": "date", "b": "ref"}}', "names something twice"),
        ('{"columns": {"a": "date", "b": "ref", "B": "case"}}', "names something twice"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_what_is_wrong(said: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        mapping_from(said, themes={"voice"})
    assert refused.value.field == "mapping"


def test_columns_are_guessed_by_their_headings_and_as_the_last_file_was_read() -> None:
    last = PastMapping({"form": Field.TOOL}, {"seen alone": "voice"})
    headings = ["Audit ref", "Date", "Form", "Seen alone", "Supervision", "Date of audit", "Notes"]
    found = guessed_mapping(headings, {"voice": ["Voice of the child"], "supervision": ["Supervision"]}, last)
    assert found.columns == {"audit ref": Field.REF, "date": Field.DATE, "form": Field.TOOL}
    assert found.questions == {"seen alone": "voice", "supervision": "supervision"}
    rows = [["A-1", "", "v1", "yes", ""], ["A-2", "", "v2", "", "no"], ["A-3", "", "v1", "", ""]]
    assert versions_in(found, headings, rows) == {"v1": {"seen alone"}, "v2": {"supervision"}}
    assert json.loads(found.as_json())["questions"]["supervision"] == "supervision"
