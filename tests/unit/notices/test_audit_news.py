"""What auditors and moderators are told of audits that were sent: numbers, days and links, no code and no word."""

from datetime import date

import pytest

from tracker.notices.rules.audit_news import (
    AuditOutcome,
    ModeratorQueues,
    Queue,
    outcome_occasions,
    queue_occasions,
)
from tracker.notices.rules.letters import letter_of
from tracker.notices.rules.occasions import Occasion, OccasionKind

DAY = date(2026, 11, 26)
ONE, THREE = Queue(1, 7, DAY), Queue(3, 7, DAY)


def subject(occasions: list[Occasion]) -> str:
    return letter_of(occasions, first_name="Ruth", is_bare=False).subject


@pytest.mark.parametrize(
    ("what", "kind", "says", "page"),
    [
        ("returned", OccasionKind.AUDIT_RETURNED, "1 audit was returned to you", "audits.moderation_show"),
        ("moderated", OccasionKind.MODERATED, "1 of your audits was moderated", "audits.moderation_show"),
        ("panel", OccasionKind.MODERATED, "1 of your audits was moderated", "audits.moderation_show"),
        ("more_time", OccasionKind.MORE_TIME, "More time for 1 audit was decided on", "audits.audit_more_time"),
    ],
)
def test_an_auditor_is_told_what_was_decided_and_reads_it_on_its_page(
    what: str, kind: OccasionKind, says: str, page: str
) -> None:
    [told] = outcome_occasions([AuditOutcome(what, 4, "ADDRESS", DAY)])
    assert (told.kind, told.key, told.from_on, subject([told])) == (kind, f"{kind}:{what}:4", DAY, says)
    assert [(link.endpoint, link.values) for link in told.entries[0].links] == [(page, (("public_id", "ADDRESS"),))]


def test_several_outcomes_are_one_letter_with_their_number() -> None:
    told = outcome_occasions([AuditOutcome("moderated", number, "ADDRESS", DAY) for number in (1, 2)])
    assert subject(list(told)) == "2 of your audits were moderated"


@pytest.mark.parametrize(
    ("queues", "kind", "says"),
    [
        (ModeratorQueues(waiting=ONE), OccasionKind.MODERATION_WAITS, "1 audit waits in moderation"),
        (ModeratorQueues(waiting=THREE), OccasionKind.MODERATION_WAITS, "3 audits wait in moderation"),
        (ModeratorQueues(disputed=ONE), OccasionKind.MODERATION_WAITS, "1 dispute waits in moderation"),
        (ModeratorQueues(late=THREE), OccasionKind.MODERATION_LATE, "Late: 3 audits wait to be moderated"),
        (ModeratorQueues(more_time=THREE), OccasionKind.MORE_TIME_ASKED, "More time is asked for 3 audits"),
    ],
)
def test_a_moderator_is_told_how_much_waits(queues: ModeratorQueues, kind: OccasionKind, says: str) -> None:
    [told] = queue_occasions(queues)
    assert (told.kind, told.from_on, subject([told])) == (kind, DAY, says)


def test_what_waits_is_told_again_only_when_something_new_does() -> None:
    keys = [[one.key for one in queue_occasions(ModeratorQueues(waiting=queue))] for queue in (ONE, THREE)]
    assert keys[0] == keys[1]
    assert [one.key for one in queue_occasions(ModeratorQueues(waiting=Queue(3, 8, DAY)))] != keys[0]
    assert list(queue_occasions(ModeratorQueues())) == []
