"""What a delivery lead is told on which day, as a table that an officer could read."""

from datetime import date
from typing import Any

import pytest

from tests.unit.notices.facts import a_closing, a_step, an_action, said, some_work
from tracker.notices.rules.facts import Blocked, Work
from tracker.notices.rules.lead_news import due_entries, lead_occasions
from tracker.notices.rules.occasions import OccasionKind
from tracker.notices.rules.timing import told_on
from tracker.notices.rules.vocabulary import Frequency
from tracker.plans.rules.rag import Rag


def kinds_on(day: date, work: Work, *, told: frozenset[str] = frozenset()) -> list[str]:
    occasions = lead_occasions(work, a_closing(), day)
    return [one.kind.value for one in told_on(day, occasions, told=told, frequency=Frequency.DAILY)]


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2026, 11, 4), []),  # updates are not open yet
        (date(2026, 11, 5), ["opens"]),
        (date(2026, 11, 13), ["opens"]),  # somebody who was never told is told now
        (date(2026, 11, 16), ["days_left"]),  # five working days before Monday 23 November
        (date(2026, 11, 19), ["days_left"]),
        (date(2026, 11, 20), ["last_day"]),  # Friday: one working day is left
        (date(2026, 11, 22), []),  # a Sunday
        (date(2026, 11, 23), ["last_day"]),
        (date(2026, 11, 24), []),  # updates have closed
    ],
)
def test_updates_are_asked_for_when_they_open_and_at_five_days_and_one(day: date, what: list[str]) -> None:
    work = some_work(an_action(is_due=True), said=said())
    assert kinds_on(day, work) == what


def test_who_has_given_every_update_is_not_asked() -> None:
    assert kinds_on(date(2026, 11, 20), some_work(an_action(), said=said())) == []


@pytest.mark.parametrize(
    ("due", "what"),
    [
        (date(2026, 12, 18), ["milestone"]),  # in 28 days
        (date(2026, 12, 19), []),  # in 29
        (date(2026, 12, 12), ["milestone"]),  # not told on the day itself, which was a Saturday
        (date(2026, 12, 5), []),  # in 15: told of 28 too long ago
        (date(2026, 11, 27), ["milestone"]),  # in 7
        (date(2026, 11, 20), ["milestone"]),  # today
        (date(2026, 11, 19), ["overdue"]),
        (date(2026, 11, 9), ["overdue"]),
        (date(2026, 11, 1), []),  # old news: the letter on updates says so
    ],
)
def test_milestones_are_told_28_and_7_days_before_and_when_overdue(due: date, what: list[str]) -> None:
    work = some_work(an_action(), said=said(), steps=(a_step(due),))
    assert kinds_on(date(2026, 11, 20), work) == what


@pytest.mark.parametrize(
    ("facts", "details", "what"),
    [
        ({"rag": Rag.RED, "red_from": date(2026, 11, 20)}, {}, "turned_red"),
        ({}, {"returned": (4, date(2026, 11, 19))}, "returned"),
        ({}, {"blocked": (Blocked("6.4", date(2026, 11, 18)),)}, "dependency"),
        ({"given_on": date(2026, 11, 19)}, {}, "given"),
    ],
)
def test_what_happens_to_an_action_is_told_once(facts: dict[str, Any], details: dict[str, Any], what: str) -> None:
    day = date(2026, 11, 20)
    work = some_work(an_action(**facts), **details)
    assert kinds_on(day, work) == [what]
    told = frozenset(one.key for one in lead_occasions(work, a_closing(), day))
    assert kinds_on(day, work, told=told) == []


@pytest.mark.parametrize(
    ("rag", "details", "labels"),
    [
        (Rag.GREEN, {"said": said()}, ["No change: still green", "Red now", "Amber now", "Still green", "Complete"]),
        # A claim that the office answered: there is nothing left to repeat.
        (Rag.GREEN, {"said": said(Rag.COMPLETE)}, ["Red now", "Amber now", "Still green", "Complete"]),
        (Rag.RED, {"said": said(Rag.RED)}, ["Still red", "Amber now", "Green now", "Complete"]),
        (Rag.AMBER, {}, ["Red now", "Still amber", "Green now", "Complete"]),
        (
            Rag.AMBER,
            {"said": said(), "steps": (a_step(date(2026, 11, 1)),)},
            ["Red now", "Still amber", "Green now", "Complete"],
        ),
    ],
)
def test_one_action_has_a_link_for_each_answer_and_no_change_only_where_it_may_be_said(
    rag: Rag, details: dict[str, object], labels: list[str]
) -> None:
    entry = due_entries(some_work(an_action(is_due=True, rag=rag), **details), date(2026, 11, 20))[0]
    assert [link.label for link in entry.links] == labels


def test_several_actions_have_two_links_each_and_the_red_one_first() -> None:
    work = some_work(an_action(1, is_due=True), an_action(2, is_due=True, rag=Rag.RED), an_action(3), said=said())
    entries = due_entries(work, date(2026, 11, 20))
    assert [entry.bare for entry in entries] == ["1.2", "1.1"]
    assert [link.label for link in entries[1].links] == ["No change: still green", "Update 1.1"]
    assert [link.label for link in entries[0].links] == ["Update 1.2"]


def test_helping_with_an_action_owes_no_update() -> None:
    occasions = lead_occasions(some_work(an_action(is_accountable=False)), a_closing(), date(2026, 11, 20))
    assert OccasionKind.LAST_DAY not in {one.kind for one in occasions}
