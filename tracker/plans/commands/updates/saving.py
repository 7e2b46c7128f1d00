"""Saving an update: colour, story, milestones, dates and evidence together or not at all (ux 2)."""

from sqlalchemy.orm import Session

from tracker.core.problems import Gathered, Problem
from tracker.people.models import Person
from tracker.plans.commands import steps
from tracker.plans.commands.answers import Answer, MilestoneAnswer
from tracker.plans.commands.dates import ask_date
from tracker.plans.commands.deciding import refuse_closed
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.commands.update_checks import check_claim, check_lengths, check_words
from tracker.plans.commands.updates.before import latest_update, refuse_newer, sent_before
from tracker.plans.commands.updates.settling import settle_with
from tracker.plans.commands.updates.storing import store
from tracker.plans.models import Action, Update
from tracker.plans.queries.window import UpdateWindow, update_window
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState


def save_update(
    session: Session,
    action: Action,
    *,
    answer: Answer,
    by: Person,
    after: int | None = None,
    window: UpdateWindow | None = None,
) -> Update:
    """Save an update with all that it says; the same form sent twice saves one.

    `after` is the id of the update that the form was made from, 0 for none: when another one counts now, nothing is
    saved and the problem says why, so that no words are written over. None skips that question. Everything else that
    is wrong is told at once (`Several`). Who saves many hands in the `window` that holds now.
    """
    again = sent_before(session, action, answer.way.form_token, by=by)
    if again is not None:
        return again
    refuse_closed(session, action)
    last = latest_update(session, action)
    refuse_newer(session, action, last, after)
    window = window if window is not None else update_window(session)
    update = store(session, action, answer.declared, answer.words, answer.way, window=window, by=by)
    wrong = Gathered()
    check_words(action, answer, wrong)
    check_lengths(answer, wrong)
    for said in answer.milestones:
        with wrong.trying():
            _apply(session, said, by=by, update=update)
    for shown in answer.evidence:
        with wrong.trying():
            add_evidence(session, action, text=shown.text, url=shown.url, stored=shown.stored, by=by, update=update)
    if answer.declared is DeclaredRag.COMPLETE and not wrong.found:
        with wrong.trying():
            check_claim(session, action)
    wrong.tell()
    settle_with(session, action, update, before=last, by=by)
    return update


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
        ask_date(session, milestone, to=said.new_date, because=said.because, by=by, update=update, code=said.code)
