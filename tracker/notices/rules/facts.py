"""What is known of the work of leads, auditors and the office when somebody must be told; plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from tracker.core.closing import closes_when, closing_words
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import ActionState
from tracker.plans.rules.strip import Step


@dataclass(frozen=True, slots=True)
class Closing:
    """Until when updates for the next assurance meeting are wanted; `closes_at` is the time of the clock in England."""

    meeting_on: date
    opens_on: date
    closes_on: date
    closes_at: datetime | None = None

    @property
    def words(self) -> str:
        """The end as a reader says it: "5pm on Monday 23 November"."""
        return closing_words(self.closes_at or self.closes_on)

    @property
    def when(self) -> str:
        """The end to follow "close": "at 5pm on Monday 23 November", or "on Monday 23 November" without a time."""
        return closes_when(self.closes_at or self.closes_on)


@dataclass(frozen=True, slots=True)
class Said:
    """What the last update that counts said, and when."""

    on: date
    code: Rag
    words: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A red action that another waits for, since the day on which it turned red."""

    ref: str
    red_from: date


@dataclass(frozen=True, slots=True)
class LedAction:
    """An open action of one lead, as the policy and the letters need it; it stands in for its record before the policy.

    `given_on` is the day on which it became this person's; `is_due` says that its update is owed.
    """

    __tablename__: ClassVar[str] = "action"

    id: int
    plan_id: int
    area_id: int
    person_id: int
    slug: str
    ref: str
    title: str
    rag: Rag
    state: ActionState
    is_accountable: bool
    last_update_on: date | None
    red_from: date | None
    given_on: date
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """What a letter says of an action beyond its row."""

    said: Said | None = None
    steps: tuple[Step, ...] = ()
    returned: tuple[int, date] | None = None
    blocked: tuple[Blocked, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """All that the letters to one lead are made of."""

    actions: tuple[LedAction, ...] = ()
    details: dict[int, Detail] = field(default_factory=dict)

    def detail(self, action: LedAction) -> Detail:
        """Return what is known of an action beyond its row."""
        return self.details.get(action.id, Detail())


@dataclass(frozen=True, slots=True)
class AuditDue:
    """An audit that somebody was given and has not sent; the reference is a random code."""

    public_id: str
    code: str
    team: str
    allocated_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class RoundDone:
    """How far a round came whose day has passed."""

    slug: str
    due_on: date
    allocated: int
    sent: int
