"""The questions of an update: the page and the workbook ask the same ones with the same limits."""

import pytest

from tracker.plans.rules.questions import STORY, WHY
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import MILESTONE_COLUMNS, UPDATE_COLUMNS
from tracker.web.plans.update_form import UpdateForm


@pytest.mark.parametrize("name", ["happened", "why", "doing", "evidence"])
def test_the_workbook_asks_as_the_page_does(name: str) -> None:
    column = next(column for column in UPDATE_COLUMNS if column.name == name)
    label, checks = getattr(UpdateForm, name).args
    assert (column.heading, column.most) == (label, checks[0].length)


def test_an_answer_that_is_too_long_is_told_as_pages_tell_it() -> None:
    assert WHY.fault("x" * 400) is None
    assert WHY.fault("x" * 401) == "Why it is red or at risk must be 400 characters or fewer (you have 401)"
    assert [question.most for question in STORY] == [600, 400, 400, 400]


def test_the_states_to_choose_are_the_words_of_the_states() -> None:
    assert [state.words for state in MilestoneState] == ["Not started", "Started", "Done"]
    assert next(column.choices for column in MILESTONE_COLUMNS if column.name == "state") == ("Started", "Done")
