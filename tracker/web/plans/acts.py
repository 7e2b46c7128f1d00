"""What a person may do now with an action, as the one row of links on its page; the decisions have their own pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.people.policy import Permission
from tracker.plans.queries.embedding import COMPLETES
from tracker.plans.rules.embedding import HELD_FOR, Gate, gate
from tracker.plans.rules.lifecycle import Act, Place
from tracker.plans.rules.states import ActionState
from tracker.web.access import allowed
from tracker.web.plans.action_page import ActionPage
from tracker.web.templating import day

_LABELS = {
    Act.CONFIRM: "Confirm that it is complete",
    Act.SEND_BACK: "Send it back",
    Act.HOLD: "Put it on hold",
    Act.RESUME: "Take it up again",
    Act.AGREE: "Put actions in its place",
    Act.SUPERSEDE: "Let another action take its place",
    Act.WITHDRAW: "Withdraw it",
    Act.EMBED: "Sign it off as embedded",
    Act.REOPEN: "Re-open it",
}
_PAGES = {
    Act.AGREE: "plans.action_agree",
    Act.SUPERSEDE: "plans.action_supersede",
    Act.EMBED: "plans.action_embed",
}


@dataclass(frozen=True)
class ActLink:
    """Something that the person may do, as a link to the page that asks for what it needs."""

    label: str
    url: str


def acts_of(page: ActionPage) -> list[ActLink]:
    """Return what this person may do now; nothing that would be refused."""
    return [*_work(page), *_decisions(page), *_turns(page)]


def embedding_note(page: ActionPage) -> str:
    """Say to who may sign a complete action off from when that will be possible; nothing once it is."""
    if page.action.state is not ActionState.COMPLETE or not allowed(Permission.ACTION_EMBED, page.action):
        return ""
    since, found = _complete_since(page), _gate(page)
    if found.is_open or since is None:
        return ""
    return f"It can be signed off as embedded at the first assurance meeting from {day(since + HELD_FOR)} on."


def _work(page: ActionPage) -> Iterator[ActLink]:
    if page.action.closed_code is None and allowed(Permission.ACTION_UPDATE, page.action):
        yield ActLink("Add evidence", _address(page, "plans.evidence_add"))
        if allowed(Permission.PLAN_READ, page.action.plan):
            yield ActLink("Say what it waits for", _address(page, "plans.action_wait"))


def _decisions(page: ActionPage) -> Iterator[ActLink]:
    action = page.action
    is_open = any(line.is_open and not line.repeats for line in page.lines)
    for act in Place(action.state, action.kind, has_open_milestone=is_open).acts:
        needed = Permission.ACTION_EMBED if act is Act.EMBED else Permission.ACTION_CONFIRM
        if not allowed(needed, action) or (act is Act.EMBED and not _gate(page).is_open):
            continue
        other = _PAGES.get(act)
        url = _address(page, other) if other else _address(page, "plans.action_decide", act=act.value)
        yield ActLink(_LABELS[act], url)


def _turns(page: ActionPage) -> Iterator[ActLink]:
    if page.action.closed_code is not None or not allowed(Permission.ACTION_CONFIRM, page.action):
        return
    for line in page.lines:
        for turn in line.turns:
            if turn < page.today:
                address = _address(page, "plans.turn_excuse", milestone_id=line.id, due=turn.isoformat())
                yield ActLink(f"Excuse the turn of {day(turn)}: {line.title}", address)


def _complete_since(page: ActionPage) -> Any:
    return max((one.effective_on for one in page.timeline.sign_offs if one.kind in COMPLETES), default=None)


def _gate(page: ActionPage) -> Gate:
    is_complete = page.action.state is ActionState.COMPLETE
    return gate(
        complete_since=_complete_since(page) if is_complete else None,
        open_milestones=sum(line.is_open and not line.repeats for line in page.lines),
        meetings=page.assurance_days,
        today=page.today,
    )


def _address(page: ActionPage, endpoint: str, **values: Any) -> str:
    return url_for(endpoint, slug=page.action.plan.slug, ref=page.action.ref, **values)
