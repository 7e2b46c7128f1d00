"""What an update must say before it is taken: the words that its colour needs, and what a claim or a repeat needs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Gathered, Invalid
from tracker.plans.commands.answers import Answer
from tracker.plans.commands.outlook import fresh_outlook
from tracker.plans.models import Action, Milestone, Update
from tracker.plans.queries.mine import steps_of
from tracker.plans.rules.questions import BECAUSE, EVIDENCE, ON_BEHALF_OF, STORY
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.states import ActionState, DeclaredRag
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState


def check_words(action: Action, answer: Answer, wrong: Gathered) -> None:
    """Note the words that the colour needs and the update lacks (ux 8.7, 13.2)."""
    words, declared = answer.words, answer.declared
    if declared in {DeclaredRag.RED, DeclaredRag.AMBER}:
        red = declared is DeclaredRag.RED
        wrong.ask(words.why, "why", "Say why it is red" if red else "Say why it is at risk")
        wrong.ask(words.doing, "doing", "Say what you are doing about it")
    if declared is DeclaredRag.GREEN:
        wrong.ask(words.happened, "happened", "Say what has happened")
    if declared is DeclaredRag.COMPLETE:
        is_agreed, is_going_on = action.kind is not ActionKind.PLACEHOLDER, action.state is not ActionState.ON_HOLD
        wrong.ask(is_agreed, "declared", "Further actions are still to be agreed, so this one cannot be completed")
        wrong.ask(is_going_on, "declared", f"{action.ref} is on hold. The programme office must take it up again first")
        shows = answer.evidence or words.happened
        wrong.ask(shows, "evidence", "Add evidence or say what shows it is finished")


def check_lengths(answer: Answer, wrong: Gathered) -> None:
    """Note what is longer than its question takes, whatever way it came in."""
    words, way = answer.words, answer.way
    said = [(question, getattr(words, question.name)) for question in STORY]
    said += [(ON_BEHALF_OF, way.on_behalf_of)] + [(EVIDENCE, shown.text) for shown in answer.evidence]
    for question, text in said:
        fault = question.fault(text)
        wrong.ask(fault is None, question.name, fault or "")
    for milestone in answer.milestones:
        fault = BECAUSE.fault(milestone.because)
        wrong.ask(fault is None, f"{milestone.name}_{BECAUSE.name}", fault or "")


def check_claim(session: Session, action: Action) -> None:
    """Refuse a declaration of completion while a milestone is to be done; it is a claim only (domain A2, A3)."""
    query = select(Milestone).where(
        Milestone.action_id == action.id,
        Milestone.state != MilestoneState.DONE,
        Milestone.kind != MilestoneKind.RECURRING,
    )
    open_one = session.scalar(query.order_by(Milestone.position).limit(1))
    if open_one is not None:
        raise Invalid("declared", f"“{open_one.title}” is not done yet, so {action.ref} cannot be complete")


def why_not_confirm(session: Session, action: Action, last: Update | None) -> str | None:
    """Return why "no change" may not be said of an action, or None (ux 8.7)."""
    today = clock.today()
    outlook = fresh_outlook(session, action)
    return why_not_repeat(
        action.ref,
        declared=last.declared if last is not None else None,
        state=action.state,
        rag=outlook.effective_on(today) if outlook is not None else None,
        is_overdue=any(step.days_late(today) for step in steps_of(session, [action.id]).get(action.id, ())),
    )
