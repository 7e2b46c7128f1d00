"""What is said after an update was saved, and where the person goes next; saving itself is not here."""

from typing import Any

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.plans.commands.answers import Answer
from tracker.plans.models import DateChange, Update
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DeclaredRag
from tracker.web.plans.action_page import ActionPage
from tracker.web.templating import clock_time, closing_time, day


def onward(page: ActionPage, *, goes_on: bool) -> tuple[str, dict[str, Any]]:
    """Return where to go after saving: on in the run, to the next action, to what is still due, or to the action."""
    skipped, saved = request.args.get("skipped", ""), request.args.get("saved", "")
    if skipped.isdecimal() and saved.isdecimal() and len(skipped) < 4 and len(saved) < 4:
        return "plans.my_actions_run", {"skipped": int(skipped), "saved": int(saved) + 1}
    following = page.next_due
    if goes_on and following is not None:
        return "plans.action_show", {"slug": following.slug, "ref": following.ref}
    if page.due:
        return "plans.my_actions", {}
    return "plans.action_show", {"slug": page.action.plan.slug, "ref": page.action.ref}


def saved_text(session: Session, page: ActionPage, update: Update, answer: Answer) -> str:
    """Return the sentences of the notice: when, for which meeting, how dates were read, and what does not fit."""
    window = page.window
    sentences = [f"Saved at {clock_time(update.submitted_at)}."]
    if update.is_after_close:
        sentences.append(f"Updates closed at {closing_time(window.closes_at)}: it is marked as after the pack.")
    elif window.next_day is not None:
        until = f", and you can change it until {closing_time(window.closes_at)}" if window.closes_at else ""
        sentences.append(f"It will be in the pack for {day(window.next_day)}{until}.")
    bodys = _for_the_body(session, update)
    sentences += [
        f"{said.new_date.sentence()}: the {'assurance body' if said.milestone.id in bodys else 'programme office'} "
        "decides on it."
        for said in answer.milestones
        if said.new_date is not None
    ]
    return " ".join([*sentences, *disagreements(session, page, answer)])


def _for_the_body(session: Session, update: Update) -> set[int]:
    """Return the ids of the milestones whose new dates are more than the programme office may approve by itself."""
    query = select(DateChange.milestone_id).where(DateChange.update_id == update.id, DateChange.needs_body.is_(True))
    return set(session.scalars(query))


def disagreements(session: Session, page: ActionPage, answer: Answer) -> list[str]:
    """Say where the chosen colour and the facts disagree: a warning, never an error (ux 8.7)."""
    action = page.action
    outlook = outlooks(session, action.plan, day=clock.today(), action_ids=[action.id]).get(action.id)
    if answer.declared is DeclaredRag.COMPLETE and not answer.evidence:
        return ["You said it is complete, and there is no evidence with it yet."]
    if outlook is None or answer.declared is DeclaredRag.COMPLETE:
        return []
    computed, chosen = outlook.computed_on(clock.today()), Rag(answer.declared.value)
    if computed.is_closed or computed.concern >= chosen.concern:
        return []
    why = next((reason.words for reason in outlook.reasons if reason.holds_on(clock.today())), "")
    return [f"You chose {chosen.word}, but the dates say {computed.word.lower()}: {why}."]
