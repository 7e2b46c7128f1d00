"""What auditors and moderators must be told of audits that were sent (domain A12): numbers and links, no case word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.core.text import counted
from tracker.notices.rules.occasions import Entry, Link, Occasion, OccasionKind, occasion

_KINDS = {
    "returned": (OccasionKind.AUDIT_RETURNED, "One of your audits was returned to you. Its page says what to look at."),
    "moderated": (OccasionKind.MODERATED, "One of your audits was moderated. Its page says what came of it."),
    "panel": (OccasionKind.MODERATED, "A panel decided on one of your audits. Its page says what."),
    "more_time": (OccasionKind.MORE_TIME, "More time for one of your audits was decided on. Its page says how."),
}


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """Something that somebody else decided about an audit: what, under which number, for whom and on which day."""

    what: str
    number: int
    public_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a list: how much, the newest by its number and since when that one waits."""

    count: int
    newest: int
    since: date


@dataclass(frozen=True, slots=True)
class ModeratorQueues:
    """What waits for one moderator: audits to moderate, those of them past their day, disputes, and wishes for time."""

    waiting: Queue | None = None
    late: Queue | None = None
    disputed: Queue | None = None
    more_time: Queue | None = None


def outcome_occasions(outcomes: Iterable[AuditOutcome]) -> Iterator[Occasion]:
    """Tell an auditor once of each thing that was decided about an audit of theirs; the page says what."""
    for one in outcomes:
        kind, fact = _KINDS[one.what]
        endpoint = "audits.audit_more_time" if kind is OccasionKind.MORE_TIME else "audits.moderation_show"
        link = Link("Read it", endpoint, (("public_id", one.public_id),))
        entry = Entry("1 audit", "1 audit", facts=(fact,), links=(link,))
        yield occasion(kind, f"{one.what}:{one.number}", one.on, entry)


def queue_occasions(queues: ModeratorQueues) -> Iterator[Occasion]:
    """Tell a moderator how much waits when something new does, and not again until something else comes."""
    moderation = Link("Open the queue", "audits.moderation_index")
    wishes = Link("Open the list", "audits.more_time_index")
    for kind, name, queue, words, link in (
        (OccasionKind.MODERATION_LATE, "late", queues.late, ("audit waits", "audits wait"), moderation),
        (OccasionKind.MODERATION_WAITS, "waiting", queues.waiting, ("audit waits", "audits wait"), moderation),
        (OccasionKind.MODERATION_WAITS, "disputed", queues.disputed, ("dispute waits", "disputes wait"), moderation),
        (OccasionKind.MORE_TIME_ASKED, "asked", queues.more_time, ("audit", "audits"), wishes),
    ):
        if queue is not None:
            number = counted(queue.count, *words)
            entry = Entry(number, number, facts=(_FACTS[name],), links=(link,))
            yield occasion(kind, f"{name}:{queue.newest}", queue.since, entry)


_FACTS = {
    "late": "Past the day by which somebody was to moderate.",
    "waiting": "Not moderated yet.",
    "disputed": "A panel has to be named, or has to decide.",
    "asked": "More time is asked for. Nobody has decided yet.",
}
