"""A later version of a plan: kept for who brought it, then what they ticked is taken in at once, or discarded."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.commands.numbering import touch
from tracker.plans.commands.outlook import outlooks_held_back, refresh_plan
from tracker.plans.commands.reimport_records import TakingIn
from tracker.plans.models import PendingReimport, Plan, Reimport
from tracker.plans.queries.reimports import stored_content
from tracker.plans.rules.keeping import REIMPORTS_KEPT
from tracker.plans.rules.reimport import PlanChange, PlanContent, compare_contents
from tracker.plans.rules.reimport.contents import content_from
from tracker.plans.rules.reimport.kinds import what_moved

_LONGEST_NAME = 160
_MOST_NAMED = 5


@dataclass(frozen=True)
class LaterVersion:
    """A later version of a plan as it was read, with the file it came in."""

    file_name: str
    sha256: str
    text: str
    content: PlanContent


def differences(session: Session, plan: Plan, content: PlanContent) -> tuple[PlanChange, ...]:
    """Return in what a later version differs from the plan as it stands; nothing is written."""
    return compare_contents(stored_content(session, plan), content, is_approved=plan.approved_on is not None)


def fingerprint(changes: Iterable[PlanChange]) -> str:
    """Return a short text that is another one as soon as any difference is another one."""
    told = json.dumps([one.facts for one in changes], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def keep_reimport(session: Session, plan: Plan, brought: LaterVersion, *, by: Person) -> PendingReimport:
    """Keep a later version on the server for who brought it; what anybody left waiting too long is thrown away.

    Raises `Invalid` when no action of the plan is in it: then it is a version of something else.
    """
    refuse_over(session, plan.id)
    discard_old_reimports(session)
    stored = stored_content(session, plan)
    changes = compare_contents(stored, brought.content, is_approved=plan.approved_on is not None)
    if stored.actions and sum(one.kind.value == "gone" for one in changes) == len(stored.actions):
        raise Invalid("file", f"No action of {plan.title} is in this file, so it is no later version of it")
    pending = PendingReimport(
        public_id=secrets.token_urlsafe(18),
        plan_id=plan.id,
        person_id=by.id,
        file_name=brought.file_name[:_LONGEST_NAME],
        sha256=brought.sha256,
        text=brought.text,
        content=brought.content.as_json(),
        seen=_as_seen(changes),
        kept_at=clock.now(),
    )
    session.add(pending)
    session.flush()
    return pending


def take_in_pending(
    session: Session, plan: Plan, pending: PendingReimport, *, codes: Collection[str], seen: str, by: Person
) -> int:
    """Take in what was ticked of a later version that waits, all of it or nothing, and return how much that was.

    Raises `Conflict` with what moved when the plan is another one than its reader saw (`seen`, a fingerprint).
    """
    if is_too_old(pending):
        raise Conflict(None, "This version was brought too long ago. Bring it again")
    changes = differences(session, plan, content_from(pending.content))
    if fingerprint(changes) != seen:
        raise Conflict(None, _moved_words(pending, changes))
    version = LaterVersion(pending.file_name, pending.sha256, pending.text, content_from(pending.content))
    before = session.get(Reimport, pending.reimport_id) if pending.reimport_id else None
    reimport = take_in(session, plan, version, changes, codes=codes, by=by, into=before)
    pending.reimport_id = reimport.id
    pending.seen = _as_seen(differences(session, plan, version.content))
    session.flush()
    return len(set(codes))


def look_again(session: Session, plan: Plan, pending: PendingReimport) -> None:
    """Note the differences as they are now: their reader is shown them next."""
    pending.seen = _as_seen(differences(session, plan, content_from(pending.content)))
    session.flush()


def take_in(
    session: Session,
    plan: Plan,
    version: LaterVersion,
    changes: Iterable[PlanChange],
    *,
    codes: Collection[str],
    by: Person,
    into: Reimport | None = None,
) -> Reimport:
    """Take in the differences with these codes in one go, and record what came from which file.

    An approved date is never overwritten: another one is asked for. Nothing is deleted: of what the file lacks it is
    noted that it might be withdrawn. Raises `Problem` when one of them cannot be taken in, or the plan is over; then
    nothing must be kept.
    """
    refuse_over(session, plan.id)
    chosen = [one for one in changes if one.code in set(codes)]
    if not chosen or len(chosen) != len(set(codes)):
        raise Conflict(None, "Tick at least one difference" if not codes else "This difference is not there any more")
    if blocked := next((one for one in chosen if one.cannot), None):
        raise Conflict(None, f"{blocked.ref}: {blocked.cannot}")
    # What is taken in on another day is told as of that day.
    reimport = into if into is not None and into.taken_on == clock.today() else _record(session, plan, version, by)
    with outlooks_held_back(session):
        TakingIn(session, plan, reimport, version.content, by=by).take(chosen)
    touch(plan, by)
    refresh_plan(session, plan)
    return reimport


def _record(session: Session, plan: Plan, version: LaterVersion, by: Person) -> Reimport:
    reimport = Reimport(
        plan_id=plan.id,
        file_name=version.file_name[:_LONGEST_NAME],
        sha256=version.sha256,
        text=version.text,
        taken_on=clock.today(),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(reimport)
    session.flush()
    return reimport


def discard_reimport(session: Session, pending: PendingReimport) -> None:
    """Throw a later version away that waits; what was taken in of it stays."""
    session.delete(pending)
    session.flush()


def discard_old_reimports(session: Session) -> int:
    """Throw away what has waited too long, whoever brought it; return how many versions that were."""
    old = delete(PendingReimport).where(PendingReimport.kept_at < clock.now() - REIMPORTS_KEPT)
    return len(session.execute(old.returning(PendingReimport.id)).all())


def is_too_old(pending: PendingReimport) -> bool:
    """Say whether a later version has waited too long."""
    return pending.kept_at < clock.now() - REIMPORTS_KEPT


def _as_seen(changes: Iterable[PlanChange]) -> str:
    return json.dumps([one.facts for one in changes], ensure_ascii=False)


def _moved_words(pending: PendingReimport, changes: Iterable[PlanChange]) -> str:
    moved = what_moved([tuple(one) for one in json.loads(pending.seen)], changes)
    named = "; ".join(moved[:_MOST_NAMED]) + (f"; and {len(moved) - _MOST_NAMED} more" if moved[_MOST_NAMED:] else "")
    return f"The plan has changed since you looked at the differences, so nothing was taken in. {named}".rstrip(". ")
