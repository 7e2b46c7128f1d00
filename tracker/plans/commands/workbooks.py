"""A filled workbook: compared with what is stored, kept for an hour, then saved in one go or thrown away."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Problem
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.commands.outlook import outlooks_at_the_end, outlooks_held_back
from tracker.plans.commands.updates import save_update
from tracker.plans.commands.workbook_rows import answer_of_row
from tracker.plans.models import Action, FilledWorkbook, Milestone, Update
from tracker.plans.queries.action import actions_with_leads
from tracker.plans.queries.turns import shown_date
from tracker.plans.queries.window import UpdateWindow, update_window
from tracker.plans.queries.workbook import last_updates, milestones_by_action
from tracker.plans.rules.keeping import WORKBOOKS_KEPT
from tracker.plans.rules.newer import Begun, Since, since, since_words
from tracker.plans.rules.wording import short_day
from tracker.plans.rules.workbook import (
    ActionRow,
    Compared,
    Comparison,
    Filled,
    LastSaid,
    Stands,
    behind_milestone,
    differences_of,
    is_wanted,
    told,
)
from tracker.plans.rules.workbook.compared import compared_as_json, compared_from
from tracker.plans.rules.workbook.rows import filled_from

_NOT_YOURS = "You may not write updates of this action"


@dataclass(frozen=True)
class _Stored:
    """What is stored now of the actions that a workbook speaks of."""

    actions: dict[int, Action]
    last: dict[int, Update]
    milestones: dict[int, list[Milestone]]
    window: UpdateWindow


def keep_workbook(session: Session, filled: Filled, *, file_name: str, by: Person) -> FilledWorkbook:
    """Compare what a workbook says with what is stored and keep both, on the server, for an hour.

    What anybody brought more than an hour ago is thrown away.
    """
    discard_old_workbooks(session)
    kept = FilledWorkbook(
        public_id=secrets.token_urlsafe(18),
        person_id=by.id,
        file_name=file_name[:160],
        filled=filled.as_json(),
        compared=compared_as_json(compare_rows(session, filled.rows, by=by)),
        kept_at=clock.now(),
    )
    session.add(kept)
    session.flush()
    return kept


def compare_again(session: Session, kept: FilledWorkbook, *, by: Person) -> None:
    """Compare a kept workbook once more, because something has changed since its reader saw it."""
    kept.compared = compared_as_json(compare_rows(session, filled_from(kept.filled).rows, by=by))
    session.flush()


def compare_rows(session: Session, rows: Collection[ActionRow], *, by: Person) -> list[Compared]:
    """Say of each row what would become of it, by trying the very commands that save it and undoing them at once."""
    stored = _stored(session, rows)
    found = [_against(row, stored, by) for row in rows]
    with outlooks_held_back(session):
        return [
            _tried(session, row, one, stored, by) if one.comparison is not Comparison.REFUSED else one
            for row, one in zip(rows, found, strict=True)
        ]


def save_workbook(session: Session, kept: FilledWorkbook, *, ticked: Collection[int], by: Person) -> int:
    """Save every row that is ready, and those behind that were ticked, all of them or none; return how many.

    Each is checked again: raises `Problem` when one no longer fits. The same workbook is saved once.
    """
    if kept.saved_at is not None:
        return kept.saved_count
    if is_over(kept):
        raise Conflict(None, "This workbook was brought more than an hour ago. Bring it again")
    rows = {row.action_id: row for row in filled_from(kept.filled).rows}
    wanted = [one for one in compared_from(kept.compared) if is_wanted(one, ticked)]
    if not wanted:
        raise Conflict(None, "There is nothing to save")
    stored = _stored(session, [rows[one.action_id] for one in wanted])
    with outlooks_at_the_end(session):
        for one in sorted(wanted, key=lambda one: one.action_id):
            token = f"workbook-{kept.public_id}-{one.action_id}"
            _save(session, rows[one.action_id], one, stored, token=token, by=by)
    kept.saved_count, kept.saved_at = len(wanted), clock.now()
    kept.compared = compared_as_json(one for one in compared_from(kept.compared) if one not in wanted)
    session.flush()
    return len(wanted)


def discard_workbook(session: Session, kept: FilledWorkbook) -> None:
    """Throw a filled workbook away."""
    session.delete(kept)
    session.flush()


def discard_old_workbooks(session: Session) -> int:
    """Throw away what was brought more than an hour ago, whoever brought it; return how many workbooks that were."""
    old = delete(FilledWorkbook).where(FilledWorkbook.kept_at < clock.now() - WORKBOOKS_KEPT)
    return len(session.execute(old.returning(FilledWorkbook.id)).all())


def is_over(kept: FilledWorkbook) -> bool:
    """Say whether a kept workbook has had its hour."""
    return kept.kept_at < clock.now() - WORKBOOKS_KEPT


def _save(session: Session, row: ActionRow, one: Compared, stored: _Stored, *, token: str, by: Person) -> None:
    action = stored.actions.get(one.action_id)
    if action is None or not may(by, Permission.ACTION_UPDATE, action):
        raise Forbidden(None, f"{one.number}: {_NOT_YOURS}")
    milestones = stored.milestones.get(action.id, [])
    spoken = {str(part.milestone_id) for part in row.milestones}
    now = {str(milestone.id): milestone.version for milestone in milestones}
    if any(now.get(key) != one.versions.get(key) for key in spoken):
        raise Conflict(None, f"A milestone of {one.number} has changed since. Look at what would change now")
    try:
        answer = answer_of_row(row, milestones, form_token=token)
        save_update(session, action, answer=answer, by=by, after=one.after, window=stored.window)
    except Problem as problem:
        raise type(problem)(None, f"{one.number}: {problem.message}") from problem


def _stored(session: Session, rows: Iterable[ActionRow]) -> _Stored:
    ids = [row.action_id for row in rows]
    return _Stored(
        actions=actions_with_leads(session, ids),
        last=last_updates(session, ids),
        milestones=milestones_by_action(session, ids),
        window=update_window(session),
    )


def _against(row: ActionRow, stored: _Stored, by: Person) -> Compared:
    """Compare a row with what is stored; what a person may not update is told no more of."""
    action, today = stored.actions.get(row.action_id), clock.today()
    if action is None or not may(by, Permission.ACTION_UPDATE, action):
        refused = Compared(row.action_id, row.number, row.title, "", "", Comparison.REFUSED, _NOT_YOURS)
        hidden = tuple(replace(one, was="Not shown") for one in differences_of(row, None, {}, today=today))
        return replace(refused, differences=hidden)
    last, milestones = stored.last.get(action.id), stored.milestones.get(action.id, [])
    said = LastSaid(last.declared, last.happened, last.why, last.doing) if last else None
    stands = {milestone.id: Stands(milestone.state, shown_date(milestone)) for milestone in milestones}
    found = Compared(
        action.id,
        row.number,
        action.title,
        action.plan.slug,
        action.ref,
        Comparison.READY,
        differences=differences_of(row, said, stands, today=today),
        after=last.id if last else 0,
        versions={str(milestone.id): milestone.version for milestone in milestones},
    )
    return _behind(found, row, last)


def _behind(found: Compared, row: ActionRow, last: Update | None) -> Compared:
    meanwhile = since(row.after, found.after)
    who, when = (last.author.name, f"on {short_day(last.effective_on)}") if last is not None else ("", "")
    reason = since_words(meanwhile, found.ref, Begun.WORKBOOK, who=who, when=when)
    if not reason and (part := behind_milestone(row, found.versions)):
        reason = f"“{part.title}” was changed after this workbook was made"
    if not reason:
        return found
    behind = replace(found, comparison=Comparison.BEHIND, reason=reason)
    if last is None or meanwhile is not Since.NEWER:
        return behind
    words = told(last.happened, last.why, last.doing)
    return replace(behind, theirs_code=last.declared.value, theirs_words=words)


def _tried(session: Session, row: ActionRow, one: Compared, stored: _Stored, by: Person) -> Compared:
    """Save a row and undo it at once: the page and the workbook cannot differ on what may be saved."""
    action, milestones = stored.actions[row.action_id], stored.milestones.get(row.action_id, [])
    attempt = session.begin_nested()
    try:
        answer = answer_of_row(row, milestones, form_token=None)
        save_update(session, action, answer=answer, by=by, after=one.after, window=stored.window)
        session.flush()
    except Problem as problem:
        reason = f"{one.reason}. {problem.message}" if one.reason else problem.message
        return replace(one, comparison=Comparison.REFUSED, reason=reason)
    finally:
        attempt.rollback()
    return one
