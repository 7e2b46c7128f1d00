"""What tells who a child is, in any shape that people write it, and what QA teams write all day that does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.names import IdentifierKind, identifiers_in, reference_fault
from tracker.audits.rules.themes import DEFAULT_THEMES
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade
from tracker.core.text import random_code

TODAY = date(2026, 11, 26)
NINE = st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: len(set(digits)) > 1)
BETWEEN = st.sampled_from(["", " ", "-"])
AROUND = st.sampled_from(["{}", "NHS {}", "Her number is {}.", "({})", "number:{},"])
OUTWARD = st.from_regex(r"[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9]|[0-9][A-HJKPS-UW])", fullmatch=True)
INWARD = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)
WRITTEN = st.sampled_from(["%d/%m/%Y", "%-d %B %Y", "%-d.%-m.%y", "%-d %b %Y", "%Y-%m-%d"])


def kinds(text: str) -> set[IdentifierKind]:
    return {one.kind for one in identifiers_in(text, today=TODAY)}


def check_digit(nine: str) -> int:
    """Work the digit out as the NHS data dictionary says it in words, apart from the code that is tested."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    left = 11 - total % 11
    return 0 if left == 11 else left


@given(NINE.filter(lambda nine: check_digit(nine) < 10), BETWEEN, AROUND)
def test_an_nhs_number_is_noticed_however_it_is_spaced(nine: str, between: str, around: str) -> None:
    whole = f"{nine}{check_digit(nine)}"
    written = between.join((whole[:3], whole[3:6], whole[6:]))
    assert IdentifierKind.NHS_NUMBER in kinds(around.format(written))


@given(NINE, st.integers(1, 9))
def test_ten_figures_with_another_check_digit_are_no_nhs_number(nine: str, off: int) -> None:
    wrong = (check_digit(nine) + off) % 10
    if wrong != check_digit(nine):
        assert IdentifierKind.NHS_NUMBER not in kinds(f"{nine}{wrong}")


@given(OUTWARD, st.sampled_from(["", " "]), INWARD, st.booleans())
def test_a_postcode_of_any_shape_is_noticed(outward: str, between: str, inward: str, is_lower: bool) -> None:
    postcode = f"{outward}{between}{inward}"
    assert IdentifierKind.POSTCODE in kinds(f"She lives at {postcode.lower() if is_lower else postcode}.")


@given(
    st.integers(0, 700),
    WRITTEN,
    st.sampled_from(["Visited on {}.", "The plan of {} was late", "{}: core group", "Due by {} at the latest"]),
)
def test_days_of_visits_and_plans_of_the_last_two_years_pass(ago: int, written: str, around: str) -> None:
    day = TODAY - timedelta(days=ago)
    assert kinds(around.format(f"{day:{written}}")) == set()


@given(st.dates(date(2005, 1, 1), TODAY), WRITTEN, st.sampled_from(["Born {}", "DOB {}", "{} is her date of birth"]))
def test_a_day_of_birth_is_noticed_whenever_it_is_called_one(day: date, written: str, around: str) -> None:
    assert IdentifierKind.BIRTH_DATE in kinds(around.format(f"{day:{written}}"))


@given(st.dates(date(2005, 1, 1), TODAY - timedelta(days=800)), WRITTEN)
def test_an_old_day_is_noticed_without_being_called_anything(day: date, written: str) -> None:
    assert IdentifierKind.BIRTH_DATE in kinds(f"It says {day:{written}} on the file")


def test_references_of_this_service_pass_wherever_they_stand() -> None:
    codes = [f"A-{random_code(4)}-{random_code(2)}" for _ in range(400)]
    codes = [code for code in codes if reference_fault(code) is None]
    assert len(codes) > 300
    assert [code for code in (*codes, "CP-104", "P-301", "CIN-2207", "BCDFG-77") if kinds(f"As in {code}, again")] == []


@pytest.mark.parametrize("text", ["As in Smith2, again", "As in Emma-7, again", "It is KHAN04 who said so"])
def test_a_name_with_a_figure_is_still_one(text: str) -> None:
    assert IdentifierKind.NAME in kinds(text)


def test_grades_categories_themes_and_the_words_of_the_tool_pass() -> None:
    said = [one.words for kind in (Grade, NoGrade, Category) for one in kind]
    said += [theme.name for theme in DEFAULT_THEMES]
    said += [text for one in DEFAULT_TOOL.sections for text in (one.title, one.question, *one.good)]
    said += [question.text for one in DEFAULT_TOOL.sections for question in one.questions]
    assert {text: found for text in said if (found := identifiers_in(f"{text}. {text}", today=TODAY))} == {}
