"""The reasons for a rating in words that a councillor understands, and what will turn by the next meeting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.plans.rules.facts import ActionFacts, Blocker, MilestoneFacts, OccurrenceFacts
from tracker.plans.rules.outlook import outlook
from tracker.plans.rules.parameters import Parameters
from tracker.plans.rules.rag import Rag, worse
from tracker.plans.rules.turns import Turn, will_turn
from tracker.plans.rules.vocabulary import MilestoneKind

APPROVED = date(2026, 7, 1)
TOLD = date(2026, 9, 1)
NEW_TEAM = MilestoneFacts("New team structure live", MilestoneKind.DATED, due=date(2026, 10, 31))
STARTED = replace(NEW_TEAM, started_on=APPROVED)
DONE = replace(NEW_TEAM, done_on=date(2026, 8, 30))
NO_DATE = MilestoneFacts("Agree the model", MilestoneKind.UNDATED)
AWAITED = MilestoneFacts("Agree the model", MilestoneKind.WAITING, waits_on="Cabinet")
WEEKLY = MilestoneFacts(
    "Look at caseloads",
    MilestoneKind.RECURRING,
    occurrences=tuple(OccurrenceFacts(date(2026, 9, day), next_due=date(2026, 9, day + 7)) for day in (4, 11, 18)),
)
KEPT_UP = ActionFacts(APPROVED, last_update_on=TOLD, milestones=(STARTED,))


def with_steps(*milestones: MilestoneFacts) -> ActionFacts:
    return replace(KEPT_UP, milestones=milestones)


WORDS: list[tuple[str, ActionFacts, date, list[str]]] = [
    ("early enough", with_steps(NEW_TEAM), date(2026, 10, 2), []),
    (
        "soon due and not started",
        with_steps(NEW_TEAM),
        date(2026, 10, 3),
        ["'New team structure live' is due by 31 October 2026 and has not started"],
    ),
    (
        "just late",
        with_steps(NEW_TEAM),
        date(2026, 11, 1),
        ["'New team structure live' was due by 31 October 2026 and is not done"],
    ),
    (
        "long late",
        with_steps(NEW_TEAM),
        date(2026, 11, 29),
        ["'New team structure live' was due by 31 October 2026 and is more than 28 days late"],
    ),
    (
        "expected somewhat later",
        with_steps(replace(STARTED, forecast=date(2026, 11, 16))),
        TOLD,
        ["'New team structure live' is due by 31 October 2026 but is expected by 16 November 2026"],
    ),
    (
        "expected much later",
        with_steps(replace(STARTED, forecast=date(2027, 1, 15))),
        TOLD,
        [
            (
                "'New team structure live' is due by 31 October 2026 but is expected by 15 January 2027, "
                "more than 28 days late"
            )
        ],
    ),
    ("no date yet", with_steps(NO_DATE), date(2026, 8, 26), ["'Agree the model' has no date"]),
    (
        "no date for long",
        with_steps(NO_DATE),
        date(2026, 8, 27),
        ["'Agree the model' still has no date, more than 56 days after 1 July 2026"],
    ),
    (
        "no date for very long",
        with_steps(NO_DATE),
        date(2026, 10, 22),
        ["'Agree the model' still has no date, more than 112 days after 1 July 2026"],
    ),
    (
        "waiting for a body",
        with_steps(AWAITED),
        date(2026, 8, 1),
        ["'Agree the model' waits for a date from Cabinet"],
    ),
    ("nothing to do is set", with_steps(), date(2026, 8, 1), ["No milestone has been set"]),
    (
        "a week missed",
        with_steps(WEEKLY),
        date(2026, 9, 5),
        ["'Look at caseloads' was due by 4 September 2026 and is not done"],
    ),
    (
        "two weeks missed",
        with_steps(WEEKLY),
        date(2026, 9, 12),
        ["'Look at caseloads' was due by 4 September 2026 and the next one has fallen due"],
    ),
    (
        "not updated",
        replace(KEPT_UP, last_update_on=None),
        date(2026, 10, 8),
        ["No update since 1 July 2026: one was due by 7 October 2026"],
    ),
    ("no lead", replace(KEPT_UP, has_lead=False), APPROVED, ["No lead is named"]),
    (
        "no lead for long",
        replace(KEPT_UP, has_lead=False),
        date(2026, 8, 27),
        ["No lead is named, and nobody has led this for more than 56 days"],
    ),
    ("lead gone", replace(KEPT_UP, lead_left_on=TOLD), TOLD, ["The lead left on 1 September 2026"]),
    ("on hold", replace(KEPT_UP, on_hold_from=TOLD), TOLD, ["On hold since 1 September 2026"]),
    (
        "on hold until a review",
        replace(KEPT_UP, on_hold_from=TOLD, review_on=TOLD + timedelta(days=9)),
        TOLD + timedelta(days=9),
        ["On hold since 1 September 2026, to be looked at again by 10 September 2026"],
    ),
    (
        "on hold past its review",
        replace(KEPT_UP, on_hold_from=TOLD, review_on=TOLD + timedelta(days=9)),
        TOLD + timedelta(days=10),
        ["On hold since 1 September 2026, was to be looked at again by 10 September 2026 and was not"],
    ),
    ("blocked", replace(KEPT_UP, blocked_by=(Blocker("6.4", TOLD),)), TOLD, ["Blocked by 6.4, which is red"]),
    ("placeholder", replace(KEPT_UP, is_placeholder=True), TOLD, ["Further actions are still to be agreed"]),
    ("all done", with_steps(DONE), TOLD, ["Done, waiting for a check"]),
    ("claimed too early", replace(KEPT_UP, claimed=True), TOLD, ["Declared complete, waiting for a check"]),
    (
        "the lead says why",
        replace(KEPT_UP, declared=Rag.RED, declared_reason="Two posts are empty."),
        TOLD,
        ["The lead says red: Two posts are empty."],
    ),
    ("the lead says nothing", replace(KEPT_UP, declared=Rag.AMBER), TOLD, ["The lead says amber: no reason given yet"]),
    ("the lead is content", replace(KEPT_UP, declared=Rag.GREEN), TOLD, []),
]


@pytest.mark.parametrize(("facts", "day", "words"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_the_reasons_in_force_are_said_in_words(facts: ActionFacts, day: date, words: list[str]) -> None:
    assert [reason.words for reason in outlook(facts, Parameters()).reasons_on(day)] == words


def test_the_worst_reason_comes_first_and_the_leads_own_leads_its_level() -> None:
    facts = replace(with_steps(NO_DATE, NEW_TEAM), has_lead=False, declared=Rag.AMBER, declared_reason="Advert is out.")
    reasons = outlook(facts, Parameters()).reasons_on(date(2026, 7, 2))
    assert [(reason.level, reason.words) for reason in reasons] == [
        (Rag.AMBER, "The lead says amber: Advert is out."),
        (Rag.AMBER, "No lead is named"),
        (Rag.NOT_SCHEDULED, "'Agree the model' has no date"),
    ]


@pytest.mark.parametrize(
    ("milestone", "day", "colour"),
    [
        (DONE, date(2027, 1, 1), Rag.GREEN),
        (STARTED, date(2026, 10, 31), Rag.GREEN),
        (STARTED, date(2026, 11, 1), Rag.AMBER),
        (NO_DATE, TOLD, Rag.AMBER),
        (WEEKLY, date(2026, 9, 12), Rag.RED),
    ],
)
def test_one_milestone_gives_its_colour_to_an_action_that_is_updated(
    milestone: MilestoneFacts, day: date, colour: Rag
) -> None:
    found = outlook(replace(with_steps(milestone), last_update_on=day), Parameters())
    assert found.computed_on(day) is colour
    assert [reason.level for reason in found.reasons_on(day) if reason.level is not Rag.GREEN] == [colour] * (
        colour is not Rag.GREEN
    )


def test_the_list_of_what_will_turn_names_day_and_reason_soonest_first() -> None:
    plan = {
        "1.1": KEPT_UP,
        "1.2": with_steps(NO_DATE),
        "1.3": replace(KEPT_UP, declared=Rag.RED),
        "1.4": replace(KEPT_UP, closed=Rag.COMPLETE),
        "1.5": with_steps(replace(STARTED, due=date(2027, 3, 31))),
    }
    outlooks = {ref: outlook(facts, Parameters()) for ref, facts in plan.items()}
    assert will_turn(outlooks, after=TOLD, by=date(2026, 11, 29)) == (
        Turn(
            "1.2",
            Rag.RED,
            date(2026, 10, 22),
            ("'Agree the model' has no date, and 1 July 2026 will be more than 112 days ago",),
            ("Agree a date for 'Agree the model'",),
        ),
        Turn(
            "1.1",
            Rag.AMBER,
            date(2026, 11, 1),
            ("'New team structure live' is due by 31 October 2026 and is not done",),
            ("Finish 'New team structure live' by 31 October 2026, or agree a new date by then",),
        ),
        Turn(
            "1.1",
            Rag.RED,
            date(2026, 11, 29),
            ("'New team structure live', due by 31 October 2026, will be more than 28 days late",),
            ("Finish 'New team structure live' by 28 November 2026, or agree a new date by then",),
        ),
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            with_steps(WEEKLY),
            "'Look at caseloads', due by 4 September 2026, will be late when the next one has fallen due",
        ),
        (
            with_steps(AWAITED),
            "'Agree the model' waits for a date from Cabinet, and 1 July 2026 will be more than 112 days ago",
        ),
        (replace(KEPT_UP, has_lead=False), "Nobody will have led this for more than 56 days"),
        (replace(KEPT_UP, lead_left_on=date(2026, 8, 9)), "Nobody will have led this for more than 56 days"),
        (replace(KEPT_UP, lead_left_on=date(2026, 9, 3)), "The lead leaves on 3 September 2026"),
        (
            with_steps(replace(STARTED, due=date(2027, 9, 1))),
            "No update since 1 September 2026: one is due by 8 December 2026",
        ),
        (replace(KEPT_UP, blocked_by=(Blocker("6.4", date(2026, 10, 1)),)), "Blocked by 6.4, which will be red"),
    ],
)
def test_what_is_to_come_is_not_told_as_though_it_had_happened(facts: ActionFacts, words: str) -> None:
    turns = will_turn({"1.1": outlook(facts, Parameters())}, after=date(2026, 8, 20), by=date(2027, 1, 31))
    assert words in [reason for turn in turns for reason in turn.because]


def test_what_turned_on_the_day_itself_is_no_longer_to_come() -> None:
    outlooks = {"1.1": outlook(KEPT_UP, Parameters())}
    assert will_turn(outlooks, after=date(2026, 11, 1), by=date(2026, 11, 28)) == ()


@pytest.mark.parametrize(
    ("one", "other", "worst"),
    [("G", "A", "A"), ("A", "N", "A"), ("N", "G", "N"), ("R", "A", "R"), ("G", None, "G"), ("G", "C", "G")],
)
def test_worse_follows_the_order_red_amber_not_scheduled_green(one: str, other: str | None, worst: str) -> None:
    assert worse(Rag(one), Rag(other) if other else None) is Rag(worst)


def test_every_code_has_its_words() -> None:
    assert [(code.value, code.word) for code in Rag] == [
        ("R", "Red"),
        ("A", "Amber"),
        ("G", "Green"),
        ("N", "Not scheduled"),
        ("C", "Complete"),
        ("E", "Complete and embedded"),
        ("X", "Withdrawn"),
    ]
    assert Rag.AMBER.meaning == "Amber: at risk"
