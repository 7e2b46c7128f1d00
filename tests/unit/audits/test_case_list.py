"""Case lists: which columns are read, which rows are refused and by what words, and that no cell is ever repeated."""

from datetime import date

import pytest

from tracker.audits.rules.case_list import CaseList, CaseListProblem, KnownCase, against_known, read_case_list
from tracker.audits.rules.sampling import ListedFile
from tracker.audits.rules.vocabulary import Category

TODAY = date(2026, 11, 26)
TEAMS = {"north family team": 1, "care leavers team": 2}
HEAD = ["Code", "Category", "Team", "Sibling group", "Last audited"]


def read(*rows: list[str], head: list[str] | None = None) -> CaseList:
    return read_case_list([head or HEAD, *rows], TEAMS, today=TODAY)


def test_a_row_becomes_a_file() -> None:
    found = read(["a-1042", "CIN", "north family team", "s-77", "26/11/2025"])
    expected = ListedFile("A-1042", Category.CHILD_IN_NEED, 1, "S-77", date(2025, 11, 26))
    assert (found.files, found.refused, found.numbers) == ((expected,), (), {"A-1042": 2})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CIN", Category.CHILD_IN_NEED),
        ("child_in_need", Category.CHILD_IN_NEED),
        ("Child in need plan", Category.CHILD_IN_NEED),
        ("CP", Category.CHILD_PROTECTION),
        ("child-protection", Category.CHILD_PROTECTION),
        ("LAC", Category.CHILD_IN_CARE),
        ("cla", Category.CHILD_IN_CARE),
        ("CIC", Category.CHILD_IN_CARE),
        ("Care leaver", Category.CARE_LEAVER),
        ("EARLY HELP", Category.EARLY_HELP),
        ("Contact", Category.CONTACT),
    ],
)
def test_categories_are_read_by_the_words_that_councils_write(written: str, meant: Category) -> None:
    assert read(["K1042", written, "Care Leavers Team"]).files[0].category is meant


@pytest.mark.parametrize(
    "written", ["2025-11-26", "26/11/2025", "26 Nov 2025", "26 November 2025", "2025-11-26 00:00:00"]
)
def test_days_are_read_as_people_and_spreadsheets_write_them(written: str) -> None:
    assert read(["K1042", "CP", "North Family Team", "", written]).files[0].last_audited_on == date(2025, 11, 26)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["Emma Smith", "CP", "North Family Team"], "Its code looks as if it told who the child is"),
        (["943 476 5919", "CP", "North Family Team"], "Its code looks as if it told who the child is"),
        (["14/03/2011", "CP", "North Family Team"], "Its code looks as if it told who the child is"),
        (["PL4 8AA", "CP", "North Family Team"], "Its code looks as if it told who the child is"),
        (["", "CP", "North Family Team"], "Its code is empty"),
        (["C-FMRJ-WH", "CP", "North Family Team"], "Its code is no code of 3 to 20 letters, figures and hyphens, with"),
        (["K1", "Emma Smith", "North Family Team"], "Its code is no code of 3 to 20"),
        (["K104", "Emma Smith", "North Family Team"], "Its category is none of ours"),
        (["K104", "CP", "Emma Smith"], "No team that is open today has the name"),
        (["K104", "CP", "North Family Team", "The Smiths"], "Its sibling group looks as if it told"),
        (["K104", "CP", "North Family Team", "", "Emma Smith"], "The day of its last audit is no day that is past"),
        (["K104", "CP", "North Family Team", "", "27/11/2026"], "The day of its last audit is no day that is past"),
        (["K104", "CP", "North Family Team", "", "31/02/2026"], "The day of its last audit is no day that is past"),
        (["K104"], "Its category is none of ours"),
    ],
)
def test_a_wrong_row_is_refused_by_its_number_and_never_repeated(row: list[str], reason: str) -> None:
    found = read(["K900", "CP", "North Family Team"], row)
    assert [one.code for one in found.files] == ["K900"]
    [refused] = found.refused
    assert refused.number == 3
    assert refused.reason.startswith(reason)
    assert not any(word in refused.reason for word in ("Emma", "Smith", "943", "2011", "PL4"))


def test_a_code_that_stands_there_twice_is_taken_once_and_empty_rows_are_passed_over() -> None:
    found = read(["k104", "CP", "North Family Team"], ["", "", ""], ["K104", "CIN", "Care Leavers Team"])
    assert [one.category for one in found.files] == [Category.CHILD_PROTECTION]
    assert [(one.number, one.reason) for one in found.refused] == [
        (4, "Its code stands in the list twice. The first row was taken")
    ]


@pytest.mark.parametrize(
    "heading", ["Name", "Child's name", "DOB", "date_of_birth", "NHS Number", "Postcode", "Surname"]
)
def test_a_list_with_a_column_that_tells_who_the_child_is_is_not_taken_at_all(heading: str) -> None:
    with pytest.raises(CaseListProblem, match="Column 4 tells who the child is"):
        read(head=["Code", "Category", "Team", heading])


def test_columns_that_we_do_not_know_are_left_unread_and_headings_go_by_other_names() -> None:
    head = ["Ref", "Worker's grade", "Plan type", "Unit"]
    [one] = read(["K104", "whatever", "CP", "North Family Team"], head=head).files
    assert one == ListedFile("K104", Category.CHILD_PROTECTION, 1)


@pytest.mark.parametrize("rows", [[], [["", ""]], [["K104", "CP", "North Family Team"]], [["Code", "Team"]]])
def test_a_list_without_the_columns_that_are_needed_is_refused_with_their_names(rows: list[list[str]]) -> None:
    with pytest.raises(CaseListProblem, match="needs the columns Code, Category and Team"):
        read_case_list(rows, TEAMS, today=TODAY)


def test_what_is_known_of_a_code_counts_too() -> None:
    listed = read(
        ["K104", "CP", "North Family Team", "", "01/02/2026"],
        ["K105", "CP", "North Family Team", "", "01/02/2026"],
        ["K106", "CP", "North Family Team"],
    )
    later, earlier = date(2026, 6, 1), date(2025, 6, 1)
    known = {
        "K104": KnownCase(Category.CHILD_PROTECTION, 1, later),
        "K105": KnownCase(Category.CHILD_PROTECTION, 1, earlier),
        "K106": KnownCase(Category.CHILD_IN_NEED, 1, None),
    }
    found = against_known(listed, known)
    assert {one.code: one.last_audited_on for one in found.files} == {"K104": later, "K105": date(2026, 2, 1)}
    assert [(one.number, one.reason) for one in found.refused] == [
        (4, "Its code was audited here before with another category or team. Give the file a new code")
    ]
