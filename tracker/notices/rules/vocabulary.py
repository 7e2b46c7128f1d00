"""Words of notices, stored by value: kinds, states, and how often a person wants mail; no rule."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a mail is."""

    DIGEST = "digest"
    CHASE = "chase"


class NoticeState(StrEnum):
    """Where a mail is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    NoticeState.WAITING: "Waiting to be sent",
    NoticeState.SENDING: "Being sent",
    NoticeState.SENT: "Sent",
    NoticeState.FAILED: "Could not be sent",
    NoticeState.DROPPED: "Not sent",
}


class Frequency(StrEnum):
    """How often a person wants to be told (ux 3.1, my settings)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    URGENT = "urgent"

    @property
    def words(self) -> str:
        """The choice as pages name it."""
        return _FREQUENCY_WORDS[self]


_FREQUENCY_WORDS = {
    Frequency.DAILY: "At most once a day, when there is something new",
    Frequency.WEEKLY: "Once a week, and at once only what cannot wait",
    Frequency.URGENT: "Only what cannot wait",
}
