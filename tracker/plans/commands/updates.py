"""Writing an update: colour, story, milestones, dates and evidence together or not at all (ux 2)."""

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.files import StoredFile
from tracker.core.problems import Conflict, Forbidden, Invalid, Problem
from tracker.people.models import Person
from tracker.people.queries import person as person_with_roles
from tracker.plans.commands import steps
from tracker.plans.commands.dates import ask_date, take_back_wishes
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.commands.outlook import fresh_outlook, refresh_outlook
from tracker.plans.models import Action, Milestone, SignOff, Update
from tracker.plans.queries.action import action_with_leads
from tracker.plans.queries.mine import steps_of
from tracker.plans.queries.updaters import stands_in_for, why_not_take_back
from tracker.plans.queries.window import update_window
from tracker.plans.rules.dates import TargetDate
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.states import ActionState, DeclaredRag, SignOffKind, UpdateState
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState


@dataclass(frozen=True)
class MilestoneAnswer:
    """What an update says of one milestone; nothing given means nothing said.

    `name` is what problems of this milestone are called by: with "m12" a wrong day is the problem of "m12_done_on".
    """

    milestone: Milestone
    name: str = "milestone"
    started_on: date | None = None
    done_on: date | None = None
    is_confirmed: bool = False
    ticked: tuple[tuple[date, date], ...] = ()
    new_date: TargetDate | None = None
    because: str = ""


@dataclass(frozen=True)
class Words:
    """The text of an update, as the form asks for it (ux 8.7)."""

    happened: str = ""
    why: str = ""
    doing: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Way:
    """How an update came in: of itself, or written by the office for somebody (ux 8.13)."""

    on_behalf_of: str = ""
    came_by: str = ""
    form_token: str | None = None


@dataclass(frozen=True)
class Shown:
    """Evidence given with an update: a sentence, an address when it is a link, what is kept when it is a file."""

    text: str
    url: str = ""
    stored: StoredFile | None = None


@dataclass(frozen=True)
class Answer:
    """Everything that one update says."""

    declared: DeclaredRag
    words: Words
    milestones: tuple[MilestoneAnswer, ...] = ()
    evidence: tuple[Shown, ...] = ()
    way: Way = field(default_factory=Way)


def save_update(session: Session, action: Action, *, answer: Answer, by: Person, after: int | None = None) -> Update:
    """Save an update with all that it says; the same form sent twice saves one.

    `after` is the id of the update that the form was made from, 0 for none: when there is a newer one, nothing is
    saved and the problem says who wrote it, so that no words are written over. None skips that question.
    """
    again = sent_before(session, action, answer.way.form_token, by=by)
    if again is not None:
        return again
    refuse_closed(action)
    if after is not None:
        _refuse_newer(session, action, after)
    _check_words(action, answer)
    update = _add(session, action, answer.declared, answer.words, answer.way, by=by)
    for said in answer.milestones:
        _apply(session, said, by=by, update=update)
    for shown in answer.evidence:
        add_evidence(session, action, text=shown.text, url=shown.url, stored=shown.stored, by=by, update=update)
    if answer.declared is DeclaredRag.COMPLETE:
        _check_claim(session, action)
    _touch(session, action, by)
    return update


def confirm_no_change(session: Session, action: Action, *, by: Person, way: Way, after: int | None = None) -> Update:
    """Record that nothing changed since the last update, repeating it; refused for red and overdue work (ux 8.7)."""
    again = sent_before(session, action, way.form_token, by=by)
    if again is not None:
        return again
    refuse_closed(action)
    last = _refuse_newer(session, action, after) if after is not None else latest_update(session, action)
    refusal = _why_not_repeat(session, action, last)
    if last is None or refusal is not None:
        raise Invalid(None, refusal or "")
    words = Words(happened=last.happened, why=last.why, doing=last.doing, ask=last.ask)
    update = _add(session, action, last.declared, words, way, by=by)
    update.is_no_change = True
    _touch(session, action, by)
    return update


def withdraw_update(session: Session, update: Update, *, reason: str, by: Person, version: int) -> None:
    """Take back an update with the milestones that it ticked and the dates that it asked for.

    It stays in the history, marked. A date that the office has approved since stays approved. Raises `Forbidden` to
    all but its author and the office, and to them once the closing time that it was for has passed.
    """
    action, person = action_with_leads(session, update.action_id), person_with_roles(session, by.id)
    refusal = why_not_take_back(person or by, action, update, window=update_window(session))
    if refusal is not None:
        raise Forbidden(None, refusal)
    _end(session, update, UpdateState.WITHDRAWN, reason, by=by, version=version)
    take_back_wishes(session, update, by=by)
    steps.take_back_steps(session, update, by=by)
    _touch(session, action, by)


def return_update(session: Session, update: Update, *, reason: str, by: Person, version: int) -> None:
    """Send an update back to its author with a reason: it no longer counts (domain A5)."""
    if not reason:
        raise Invalid("reason", "Say what is missing")
    _end(session, update, UpdateState.RETURNED, reason, by=by, version=version)
    _touch(session, session.get_one(Action, update.action_id), by)


def latest_update(session: Session, action: Action) -> Update | None:
    """Return the update that counts now."""
    query = select(Update).where(Update.action_id == action.id, Update.state == UpdateState.SUBMITTED)
    return session.scalar(query.order_by(Update.submitted_at.desc(), Update.id.desc()).limit(1))


def sent_before(session: Session, action: Action, form_token: str | None, *, by: Person) -> Update | None:
    """Return the update that the same form made when it was sent before, so that sending it twice saves one."""
    if not form_token:
        return None
    found = session.scalar(select(Update).where(Update.form_token == form_token))
    if found is not None and (found.action_id, found.author_id) != (action.id, by.id):
        raise Conflict(None, "This form was used for another update. Open the page again")
    return found


def settle_state(session: Session, action: Action, by: Person) -> None:
    """Set the state of an open action by its last update: claimed as complete, else in progress; on hold stays so.

    A claim that was re-opened is answered and claims nothing any more.
    """
    last = latest_update(session, action)
    action.last_update_on = last.effective_on if last else None
    action.changed_by = by.id
    if action.state is ActionState.ON_HOLD:
        return
    is_claim = last is not None and last.declared is DeclaredRag.COMPLETE and not _is_answered(session, last)
    action.state = ActionState.CLAIMED if is_claim else ActionState.IN_PROGRESS


def _is_answered(session: Session, claim: Update) -> bool:
    query = select(SignOff.id).where(SignOff.update_id == claim.id, SignOff.kind == SignOffKind.REOPENED)
    return session.scalar(query.limit(1)) is not None


def _end(session: Session, update: Update, state: UpdateState, reason: str, *, by: Person, version: int) -> None:
    if update.state is not UpdateState.SUBMITTED or update.version != version:
        raise Conflict(None, "This update has changed since you opened the page")
    refuse_closed(session.get_one(Action, update.action_id))
    update.state, update.state_reason, update.changed_by = state, reason, by.id
    session.flush()


def _add(session: Session, action: Action, declared: DeclaredRag, words: Words, way: Way, *, by: Person) -> Update:
    """Store the update; one written by who stands in for somebody away is marked with that name (ux 8.16)."""
    words = _fitting(declared, words)
    update = Update(
        action_id=action.id,
        author_id=by.id,
        submitted_at=clock.now(),
        effective_on=clock.today(),
        declared=declared,
        happened=words.happened,
        why=words.why,
        doing=words.doing,
        ask=words.ask,
        on_behalf_of=way.on_behalf_of or stands_in_for(session, action, by),
        came_by=way.came_by,
        is_after_close=update_window(session).is_closed_at(clock.now()),
        form_token=way.form_token,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(update)
    session.flush()
    return update


def _fitting(declared: DeclaredRag, words: Words) -> Words:
    """Drop why it is red and what is being done once it is not: the form hides both, filled in as they were."""
    return words if declared in {DeclaredRag.RED, DeclaredRag.AMBER} else replace(words, why="", doing="")


def _touch(session: Session, action: Action, by: Person) -> None:
    settle_state(session, action, by)
    refresh_outlook(session, action)


def _refuse_newer(session: Session, action: Action, after: int) -> Update | None:
    last = latest_update(session, action)
    if last is not None and last.id != after:
        author = session.get_one(Person, last.author_id)
        raise Conflict(None, f"{author.name} saved an update to {action.ref} while you were writing")
    return last


def _check_words(action: Action, answer: Answer) -> None:
    """Ask for the words that the colour needs (ux 8.7, 13.2)."""
    words, declared = answer.words, answer.declared
    if declared in {DeclaredRag.RED, DeclaredRag.AMBER}:
        if not words.why:
            raise Invalid("why", "Say why it is red" if declared is DeclaredRag.RED else "Say why it is at risk")
        if not words.doing:
            raise Invalid("doing", "Say what you are doing about it")
    if declared is DeclaredRag.GREEN and not words.happened:
        raise Invalid("happened", "Say what has happened")
    if declared is DeclaredRag.COMPLETE and action.kind is ActionKind.PLACEHOLDER:
        raise Invalid("declared", "Further actions are still to be agreed, so this one cannot be completed")
    if declared is DeclaredRag.COMPLETE and not (answer.evidence or words.happened):
        raise Invalid("evidence", "Add evidence or say what shows it is finished")
    if declared is DeclaredRag.COMPLETE and action.state is ActionState.ON_HOLD:
        raise Invalid("declared", f"{action.ref} is on hold. The programme office must take it up again first")


def _check_claim(session: Session, action: Action) -> None:
    """Refuse a declaration of completion while a milestone is to be done; it is a claim only (domain A2, A3)."""
    query = select(Milestone).where(
        Milestone.action_id == action.id,
        Milestone.state != MilestoneState.DONE,
        Milestone.kind != MilestoneKind.RECURRING,
    )
    open_one = session.scalar(query.order_by(Milestone.position).limit(1))
    if open_one is not None:
        raise Invalid("declared", f"“{open_one.title}” is not done yet, so {action.ref} cannot be complete")


def _apply(session: Session, said: MilestoneAnswer, *, by: Person, update: Update) -> None:
    try:
        _apply_parts(session, said, by=by, update=update)
    except Problem as problem:
        raise type(problem)(f"{said.name}_{problem.field}" if problem.field else None, problem.message) from problem


def _apply_parts(session: Session, said: MilestoneAnswer, *, by: Person, update: Update) -> None:
    milestone = said.milestone
    if said.started_on is not None and milestone.state is MilestoneState.NOT_STARTED:
        steps.start_milestone(session, milestone, on=said.started_on, by=by, update=update)
    if said.done_on is not None:
        steps.finish_milestone(
            session, milestone, on=said.done_on, by=by, update=update, is_confirmed=said.is_confirmed
        )
    for due, on in said.ticked:
        steps.tick_occurrence(session, milestone, due=due, on=on, by=by, update=update)
    if said.new_date is not None:
        ask_date(session, milestone, to=said.new_date, because=said.because, by=by, update=update)


def _why_not_repeat(session: Session, action: Action, last: Update | None) -> str | None:
    today = clock.today()
    outlook = fresh_outlook(session, action)
    return why_not_repeat(
        action.ref,
        declared=last.declared if last is not None else None,
        state=action.state,
        rag=outlook.effective_on(today) if outlook is not None else None,
        is_overdue=any(step.days_late(today) for step in steps_of(session, [action.id]).get(action.id, ())),
    )
