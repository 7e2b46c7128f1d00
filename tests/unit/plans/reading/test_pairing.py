"""Which date goes to which milestone (domain A4), as tables."""

import pytest

from tests.unit.plans.reading.plans import codes_beside, plan_of, steps_of

PAIRS = [
    # milestones, dates, what each milestone gets, the warnings
    ("• One • Two", "May 2015 June 2015", ["2015-05-31", "2015-06-30"], []),
    ("• One • Two", "<p>May 2015</p><p>TBC</p>", ["2015-05-31", "undated"], ["undated"]),
    ("• One • Two", "May 2015<br/>June 2015", ["2015-05-31", "2015-06-30"], []),
    ("• One • Two", "- May 2015; - June 2015", ["2015-05-31", "2015-06-30"], []),
    ("• One • Two", "May 2015", ["2015-05-31", "2015-05-31"], ["one_date_for_several"]),
    ("• One • Two", "TBC", ["undated", "undated"], ["undated"]),
    ("• One • Two", "tbc TBC", ["undated", "undated"], ["undated"]),
    ("• One • Two • Three", "TBC TBC", ["undated", "undated", "undated"], ["undated"]),
    ("• One • Two", "", ["undated", "undated"], ["undated"]),
    ("• One • Two", "as soon as we can", ["undated", "undated"], ["undated"]),
    ("• One • Two", "Cabinet to agree", ["waiting", "waiting"], ["waiting"]),
    ("• One • Two • Three", "May 2015 June 2015", ["2015-05-31", "2015-06-30", "undated"], ["fewer_dates"]),
    ("• One • Two", "May 2015 June 2015 July 2015", ["undated", "undated"], ["more_dates"]),
    ("One thing", "May 2015 June 2015", ["undated"], ["more_dates"]),
    ("Quarterly review", "TBC", ["undated"], ["undated"]),
    ("One thing", "ongoing", ["undated"], ["undated"]),
    ("One thing", "Dec 2014", ["2014-12-31"], ["past_date"]),
    ("One thing", "January 2015", ["2015-01-31"], []),
    ("One thing", "First report June 2015 and then quarterly", ["2015-06-30"], ["recurring"]),
    ("One thing", "monthly", ["2015-01-31"], ["recurring"]),
    ("TBC", "TBC", [], ["undated"]),
    ("tbc", "May 2015", [], ["more_dates"]),
    ("", "", [], ["undated"]),
]


@pytest.mark.parametrize(("milestones", "target", "given", "codes"), PAIRS)
def test_dates_go_to_milestones_in_order(milestones: str, target: str, given: list[str], codes: list[str]) -> None:
    assert [due for _, due in steps_of(milestones, target)] == given
    assert codes_beside(milestones, target) == codes


@pytest.mark.parametrize(
    ("milestones", "titles"),
    [
        ("Standard written. Standard agreed", ["Standard written", "Standard agreed"]),
        ("Standard written Standard agreed by all", ["Standard written", "Standard agreed by all"]),
        ("Plan for phase two CQC visit agreed. CQC told", ["Plan for phase two CQC visit agreed", "CQC told"]),
    ],
)
def test_a_cell_without_marks_is_divided_when_that_makes_one_for_each_date(milestones: str, titles: list[str]) -> None:
    assert [title for title, _ in steps_of(milestones, "May 2015 June 2015")] == titles
    assert codes_beside(milestones, "May 2015 June 2015") == ["split_guess"]


@pytest.mark.parametrize(
    "milestones", ["Standard written Standard agreed Standard used", "standard written and agreed"]
)
def test_a_cell_without_marks_stays_whole_when_the_count_does_not_fit(milestones: str) -> None:
    assert steps_of(milestones, "May 2015 June 2015") == [(milestones, "undated")]


@pytest.mark.parametrize(
    "cell",
    [
        "<ul><li>One step</li><li class='x'>Two steps</li></ul>",
        "<ul><li>One step<li>Two steps",
        '<ul style="list-style-type: none"> ▪ One step; and ▪ Two steps. ',
        "<p>One&nbsp;step</p><p>Two steps</p>",
        "One step;<br>Two steps",
        "- One step; - Two steps",
        "* One step; and * Two steps;",
        "1. One step 2. Two steps",
        "(1) One step; and (2) Two steps",
        "a) One step<br>b) Two steps",
        "• One\u00a0step; • Two steps; and",
        "<li><p><strong>One</strong> step</p></li><li>Two steps</li>",
    ],
)
def test_items_are_known_by_tags_bullets_and_dashes(cell: str) -> None:
    assert [title for title, _ in steps_of(cell, "TBC")] == ["One step", "Two steps"]


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Agree the plan<br>with all partners", ["Agree the plan with all partners"]),
        ("In each locality: • rota • desk", ["In each locality: rota", "desk"]),
        ("Caseloads &lt; 18 &amp; falling", ["Caseloads < 18 & falling"]),
        ("Visit 2. Then 3. visits", ["Visit 2. Then 3. visits"]),
        ("Well-being check – in person", ["Well-being check – in person"]),
    ],
)
def test_what_is_one_item_stays_one(cell: str, titles: list[str]) -> None:
    assert [title for title, _ in steps_of(cell, "TBC")] == titles


def test_the_words_of_a_warning_name_the_milestones() -> None:
    reading = plan_of("1.1\tAgree a rota\t• Desk • Rota • Calls\tMay 2015 June 2015\tHannah Osei")
    (warning,) = reading.warnings
    assert warning.message == "2 dates stand beside 3 milestones. They were given in order; without a date: “Calls”"
