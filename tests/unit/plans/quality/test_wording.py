"""Which outcomes are worded as work and which measures name a number, as tables that a council officer can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.quality.wording import is_activity, names_a_number


@pytest.mark.parametrize(
    "outcome",
    [
        "Deliver training to all social workers",
        "Review the supervision policy",
        "Reviewing every open case by spring",
        "To develop a neglect strategy",
        "We will implement the new threshold document",
        "Training is delivered to all managers",
        "A quality assurance framework is in place",
        "An annual report on missing children is produced",
        "Continue to provide places on the summer scheme",
        "Ensure that plans are up to date",
        "Planning a workshop for partners",
        "Support foster carers with respite",
        "Setting up a panel",
    ],
)
def test_work_is_no_outcome(outcome: str) -> None:
    assert is_activity(outcome)


@pytest.mark.parametrize(
    "outcome",
    [
        "Children are seen alone",
        "Every child has a plan that says what will change, and by when",
        "Fewer children come back into care",
        "All care leavers know what they are entitled to",
        "Families tell their story once",
        "Parents say that they were helped early",
        "Social work visits happen on time",
        "Support for carers is there when they ask for it",
        "Caseloads are manageable",
        "Reviewing officers have time to check plans between reviews",
        "Improved attendance at school",
        "Staff are well supervised",
        "Plans are explicit about what a child needs",
        "",
        "  ",
    ],
)
def test_what_will_be_different_is_an_outcome(outcome: str) -> None:
    assert not is_activity(outcome)


@pytest.mark.parametrize(
    ("measure", "has_number"),
    [
        ("Share of visits on time rises from 71% to 90%", True),
        ("Caseloads of no more than 18", True),
        ("Re-referrals within 12 months fall by a third", True),
        ("Half of the audits are graded good or better", True),
        ("First conferences within fifteen working days, in ninety of a hundred", True),
        ("Conferences within 15 working days", True),
        ("Reduced caseloads across all service areas", False),
        ("Frequency of supervision", False),
        ("Quality of section 47 enquiries", False),
        ("Care leavers of 19 years old in work", False),
        ("Percentage of 19 year old care leavers in work", False),
        ("Better plans by March 2017", False),
        ("Report to the board on 12 March 2027", False),
        ("Attainment at key stage 4 in 2026/27", False),
        ("", False),
    ],
)
def test_a_year_and_the_number_of_a_section_are_no_target(measure: str, *, has_number: bool) -> None:
    assert names_a_number(measure) is has_number


@given(st.text(max_size=300))
def test_any_text_is_judged_without_a_fault(text: str) -> None:
    assert is_activity(text) in {True, False}
    assert names_a_number(text) in {True, False}


@given(st.text(max_size=60))
def test_a_sentence_about_children_is_never_work(text: str) -> None:
    assert not is_activity(f"Children {text}")
