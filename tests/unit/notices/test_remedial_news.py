"""What owners and moderators are told of remedial actions, concerns and re-audits, and on which days."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.audits.rules.concerns import ConcernDays
from tracker.audits.rules.remedials import RemedialState
from tracker.notices.rules.occasions import Occasion, OccasionKind
from tracker.notices.rules.remedial_news import (
    ConcernWaits,
    ReAuditDue,
    RemedialDue,
    concern_occasions,
    owner_occasions,
    re_audit_occasions,
    remedial_occasions,
)

GIVEN, DUE = date(2026, 11, 19), date(2026, 11, 26)
FURTHER = date(2026, 12, 4)
ONE = RemedialDue("R1", "A-1", "North Team", RemedialState.OPEN, GIVEN, DUE, GIVEN, 1)


def told(found: list[Occasion], day: date) -> list[tuple[str, date]]:
    return [(one.kind.value, one.from_on) for one in found if one.from_on <= day <= one.until_on]


@pytest.mark.parametrize(
    ("state", "day", "owner", "moderator"),
    [
        (RemedialState.OPEN, GIVEN, [("remedial_given", GIVEN)], []),
        (
            RemedialState.IN_HAND,
            date(2026, 11, 27),
            [("remedial_given", GIVEN), ("remedial_late", date(2026, 11, 27))],
            [("remedial_late", date(2026, 11, 27))],
        ),
        (
            RemedialState.OPEN,
            FURTHER,
            [("remedial_late", date(2026, 11, 27)), ("remedial_late", FURTHER)],
            [("remedial_late", date(2026, 11, 27)), ("remedial_late", FURTHER)],
        ),
        (RemedialState.CLAIMED, date(2026, 11, 27), [], [("remedial_check", GIVEN)]),
    ],
)
def test_owner_and_moderator_are_told_what_is_new_late_and_to_be_checked(
    state: RemedialState, day: date, owner: list[tuple[str, date]], moderator: list[tuple[str, date]]
) -> None:
    one = replace(ONE, state=state)
    assert told(list(owner_occasions([one], day)), day) == owner
    assert told(list(remedial_occasions([one], day)), day) == moderator


def test_each_is_told_once_under_a_key_of_its_own() -> None:
    keys = [one.key for one in owner_occasions([ONE], FURTHER)]
    assert len(set(keys)) == len(keys) == 4


def test_only_code_team_and_day_are_told() -> None:
    for told_of in owner_occasions([ONE], GIVEN):
        assert (told_of.entries[0].heading, told_of.entries[0].facts) == ("A-1", ("North Team, due on 26 Nov 2026.",))


@pytest.mark.parametrize(
    ("given", "day", "is_told"),
    [
        (GIVEN, date(2026, 11, 24), False),
        (GIVEN, date(2026, 11, 25), True),
        (GIVEN, DUE, True),
        (GIVEN, date(2026, 11, 27), False),
        (date(2026, 11, 25), date(2026, 11, 25), False),
    ],
)
def test_its_owner_is_reminded_the_working_day_before_unless_it_was_given_so_late(
    given: date, day: date, *, is_told: bool
) -> None:
    found = told(list(owner_occasions([replace(ONE, given_on=given)], day)), day)
    assert ("remedial_due" in dict(found)) is is_told


@pytest.mark.parametrize(
    ("days", "is_head", "from_on"),
    [
        (ConcernDays(DUE, DUE), False, date(2026, 11, 28)),
        (ConcernDays(DUE, DUE, DUE), False, None),
        (ConcernDays(DUE, DUE, DUE), True, DUE),
        (ConcernDays(DUE, DUE, DUE, DUE), True, None),
    ],
)
def test_a_concern_is_told_when_late_to_act_on_and_to_its_head_when_to_close(
    days: ConcernDays, from_on: date | None, *, is_head: bool
) -> None:
    found = list(concern_occasions([ConcernWaits("C1", "A-1", days)], is_head=is_head))
    assert [one.from_on for one in found] == ([from_on] if from_on else [])


def test_a_re_audit_is_told_ten_working_days_before_and_the_day_after() -> None:
    found = list(re_audit_occasions([ReAuditDue("P1", "A-1", DUE)]))
    assert [one.from_on for one in found] == [date(2026, 11, 12), date(2026, 11, 27)]
    assert {one.kind for one in found} == {OccasionKind.RE_AUDIT_DUE}
