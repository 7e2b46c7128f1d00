"""How a letter is called and what a bare one leaves out; nothing that was typed reaches a header as it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.notices.facts import a_closing, an_action, said, some_work
from tracker.notices.rules.facts import AuditDue, Closing, RoundDone
from tracker.notices.rules.lead_news import due_entries, lead_occasions
from tracker.notices.rules.letters import Letter, chase_letter, letter_of, subject_line
from tracker.notices.rules.occasions import Entry, Occasion, OccasionKind, occasion
from tracker.notices.rules.other_news import (
    Missing,
    auditor_occasions,
    missing_occasions,
    moderator_occasions,
)

DAY = date(2026, 11, 20)


def words_of(letter: Letter) -> str:
    entries = [entry for section in letter.sections for entry in section.entries]
    parts = [letter.subject, *(part for one in entries for part in (one.heading, one.quote, *one.facts, *one.lines))]
    return " ".join(parts)


@pytest.mark.parametrize(
    ("number", "is_bare", "subject"),
    [
        (1, False, "1.1 Review every caseload: your update is due by 5pm on Monday 23 November"),
        (1, True, "1.1: your update is due by 5pm on Monday 23 November"),
        (4, False, "4 updates are due by 5pm on Monday 23 November"),
    ],
)
def test_the_subject_states_the_fact(number: int, is_bare: bool, subject: str) -> None:
    work = some_work(*(an_action(one + 1, is_due=True) for one in range(number)), said=said())
    told = [one for one in lead_occasions(work, a_closing(), DAY) if one.kind is OccasionKind.LAST_DAY]
    assert letter_of(told, first_name="Tom", is_bare=is_bare).subject == subject


@pytest.mark.parametrize("kind", list(OccasionKind))
def test_a_long_title_never_pushes_the_fact_out_of_the_subject(kind: OccasionKind) -> None:
    """The title is cut, so that what is said of it can still be read."""
    entry = Entry("1.1 " + "Review every caseload in every team " * 4, "1.1")
    told = [occasion(kind, "1", DAY, entry, closes="5pm on Wednesday 25 November")]
    long, bare = (letter_of(told, first_name="Tom", is_bare=is_bare) for is_bare in (False, True))
    assert all(part in long.subject for part in bare.subject.split("1.1"))


def test_a_second_ask_says_how_many_are_still_missing() -> None:
    due = due_entries(some_work(an_action(1, is_due=True), an_action(2, is_due=True)), DAY)
    letter = chase_letter(due, closes="5pm", total=4, is_reminder=True, first_name="Tom", is_bare=False)
    assert letter.subject == "Reminder: 2 of your 4 updates are still missing"
    assert letter.after == ("If you cannot send an update, tell the programme office.",)


def test_a_bare_letter_has_numbers_and_links_and_no_words_of_the_plan() -> None:
    work = some_work(an_action(is_due=True, title="Confidential title"), said=said(words="Secret words"))
    letter = letter_of(lead_occasions(work, a_closing(), DAY), first_name="Tom", is_bare=True)
    assert "Confidential" not in words_of(letter)
    assert "Secret" not in words_of(letter)
    assert letter.sections[0].entries[0].links


@given(st.text(max_size=300))
def test_whatever_was_typed_a_subject_is_one_short_printable_line(typed: str) -> None:
    subject = subject_line(typed)
    assert subject.isprintable()
    assert len(subject) <= 150


@given(st.text(min_size=1, max_size=40))
def test_braces_and_line_ends_in_a_title_do_no_harm(typed: str) -> None:
    entry = Entry(f"1.1 {typed}", "1.1")
    letter = letter_of([occasion(OccasionKind.GIVEN, "1", DAY, entry)], first_name="Tom", is_bare=False)
    assert letter.subject.startswith("You now lead 1.1")


def test_the_most_pressing_thing_gives_the_subject_and_weekly_mails_say_what_they_are() -> None:
    told = [
        occasion(OccasionKind.GIVEN, "1", DAY, Entry("1.1 A title", "1.1")),
        occasion(OccasionKind.TURNED_RED, "2", DAY, Entry("2.2 Another", "2.2")),
    ]
    assert letter_of(told, first_name="Tom", is_bare=False).subject == "Turned red: 2.2 Another"
    assert letter_of(told, first_name="Tom", is_bare=False, is_weekly=True).subject == "Your weekly summary"
    assert [section.heading for section in letter_of(told, first_name="T", is_bare=False).sections] == [
        "Turned red",
        "New to you",
    ]


def test_auditors_are_told_the_code_the_team_and_the_day_and_nothing_else() -> None:
    audit = AuditDue("A1B2", "N-26-07", "North Team", date(2026, 11, 2), date(2026, 11, 25))
    told = [one for one in auditor_occasions([audit]) if one.from_on <= DAY]
    assert {one.kind for one in told} == {OccasionKind.ALLOCATED, OccasionKind.AUDIT_DUE}
    letter = letter_of(told, first_name="Ruth", is_bare=False)
    assert words_of(letter) == "1 case file audit is due soon " + " ".join(
        ["N-26-07  North Team, due on 25 Nov 2026."] * 2
    )


@pytest.mark.parametrize(("sent", "is_told"), [(16, True), (17, False), (20, False), (0, True)])
def test_a_round_is_told_of_when_under_85_in_100_audits_are_done(sent: int, is_told: bool) -> None:
    told = list(moderator_occasions([], [RoundDone("november", date(2026, 11, 19), 20, sent)], DAY))
    assert bool(told) == is_told


def test_a_concern_is_told_every_day_until_somebody_acknowledges_it() -> None:
    days = [date(2026, 11, 20), date(2026, 11, 23)]
    keys = [one.key for day in days for one in moderator_occasions(["C1"], [], day)]
    assert len(set(keys)) == 2


def test_the_office_is_told_three_working_days_before_and_the_day_after() -> None:
    def told(closing: Closing | None, last: Closing | None) -> list[Occasion]:
        return list(missing_occasions(Missing(7, 48, ("Tom Whitcombe",)), closing, last, date(2026, 11, 18)))

    before, after = told(a_closing(), None)[0], told(None, a_closing())[0]
    assert (before.from_on, before.entries[0].heading) == (
        date(2026, 11, 18),
        "7 updates missing, 3 working days to go",
    )
    assert (after.from_on, after.entries[0].heading) == (date(2026, 11, 24), "7 of 48 actions")
    assert not list(missing_occasions(Missing(0, 48, ()), a_closing(), a_closing(), DAY))
