"""The guides say what the rules do: how dates are read, how a late milestone is rated, and what each warning is."""

import re
from datetime import date, timedelta

import pytest

from tests.architecture.guards.sources import REPOSITORY
from tracker.plans.rules.dates import DateProblem, read_target_date
from tracker.plans.rules.facts import ActionFacts, MilestoneFacts
from tracker.plans.rules.outlook import outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.reading import WarningCode
from tracker.plans.rules.vocabulary import MilestoneKind

DOCS = REPOSITORY / "docs"
TODAY = date(2026, 11, 26)
DUE = date(2027, 3, 31)
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_RATED = re.compile(r"(until|from) (\d+ [A-Z][a-z]+)")


def rows(page: str) -> list[list[str]]:
    """Return the rows of a page's tables, a list of cells each."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def dates_written() -> list[tuple[str, str]]:
    """Return what the guide to dates says can be written, each with the words for when it is due."""
    found = [row for row in rows("dates.md") if len(row) == 3 and not row[0].startswith(("You write", "---"))]
    return [(text, due) for texts, _, due in found for text in re.split(r"[,;] ", texts)]


def a_day(words: str) -> date:
    found = read_target_date(words, today=TODAY).due
    assert found is not None
    return found


@pytest.mark.parametrize(("text", "due"), dates_written())
def test_a_date_is_read_as_the_guide_says(text: str, due: str) -> None:
    found = read_target_date(text, today=TODAY)
    if said := _DAY.search(due):
        assert found.due == a_day(said.group())
    else:
        assert (found.due is None) == due.startswith("none")


@pytest.mark.parametrize("text", ["ongoing", "autumn 2027", "31 Feb 2027"])
def test_what_the_guide_says_is_not_taken_is_refused(text: str) -> None:
    with pytest.raises(DateProblem):
        read_target_date(text, today=TODAY)


def late_rows() -> list[tuple[str, str, str]]:
    """Return the days of the guide's example with their rating: "until" or "from", the day, the sentence."""
    return [(found[1], found[2], row[1]) for row in rows("rating.md") if (found := _RATED.match(row[0]))]


def test_the_example_of_the_rating_has_all_its_days() -> None:
    assert [day for _, day, _ in late_rows()] == ["2 March", "3 March", "1 April", "28 April", "29 April"]


@pytest.mark.parametrize(("edge", "day", "said"), late_rows())
def test_a_late_milestone_is_rated_as_the_guide_says(edge: str, day: str, said: str) -> None:
    milestone = MilestoneFacts("Homes visited", MilestoneKind.DATED, due=DUE)
    on = a_day(f"{day} 2027")
    around = [on, on - timedelta(days=1)] if edge == "until" else [on, on + timedelta(days=1)]
    facts = {each: ActionFacts(date(2027, 1, 1), last_update_on=each, milestones=(milestone,)) for each in around}
    words = {outlook(facts[each], Parameters()).computed_on(each).word.lower() for each in around}
    assert words == {re.split(r"[:,]", said)[0]}


def test_the_guide_to_imports_explains_every_warning() -> None:
    codes = [row[0].strip("`") for row in rows("import.md") if row[0].startswith("`")]
    assert codes == [code.value for code in WarningCode]
