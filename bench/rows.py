"""The rows of invented people and plans, table by table, as plain values; how they are stored is in `loading`."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.sizes import (
    ACTIONS_A_PLAN,
    ACTIONS_AN_AREA,
    ACTIONS_OF_THE_LEAD,
    AREAS_A_PLAN,
    MILESTONES_AN_ACTION,
    PARTIES,
    UPDATES_AN_ACTION,
    UPDATES_EVERY,
)
from tracker.core import clock
from tracker.impact.rules import Relation
from tracker.people.rules import BodyKind, Cycle, PartyKind, Role
from tracker.plans.rules.states import (
    ActionState,
    DateChangeKind,
    DateChangeState,
    DeclaredRag,
    EvidenceKind,
    PlanStatus,
    SignOffKind,
    StepKind,
)
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState, Precision

Rows = dict[str, list[dict[str, Any]]]
OFFICE, LEAD = 1, 2
_WORDS = "Two of the three teams work in the new way; the third begins when its vacant posts are filled. " * 3
_LONG_AGO = timedelta(days=400)


def slug(plan_id: int) -> str:
    """Return a plan's part of an address."""
    return f"plan-{plan_id}"


def email(name: str) -> str:
    """Return an address that reaches nobody."""
    return f"{name}@bench.example"


def people_rows(password_hash: str) -> Rows:
    """Return the organisation, a person of the office, a lead, the parties that plans name, and a board's calendar."""
    today, since = clock.today(), clock.today() - _LONG_AGO
    persons = [
        {"id": key, "email": email(name), "name": name.title(), "password_hash": password_hash}
        for key, name in ((OFFICE, "office"), (LEAD, "lead"))
    ]
    grants = [
        {"person_id": OFFICE, "role": Role.OFFICE, "starts_on": since},
        {"person_id": LEAD, "role": Role.LEAD, "starts_on": since},
    ]
    parties = [{"id": key, "name": f"Lead {key}", "kind": PartyKind.PERSON} for key in range(1, PARTIES + 1)]
    meetings = [
        {"body_id": 1, "day": today + timedelta(days=days), "is_held": days < 0} for days in (-190, -100, -10, 80)
    ]
    return {
        "organisation": [{"name": "Northmoor Council"}],
        "person": persons,
        "role_grant": grants,
        "lead_party": parties,
        "lead_party_member": [{"party_id": 1, "person_id": LEAD}],
        "body": [{"id": 1, "name": "Assurance meeting", "kind": BodyKind.ASSURANCE, "cycle": Cycle.QUARTERLY}],
        "body_meeting": meetings,
    }


def plan_rows(plan_id: int, approved_on: date, themes: list[int]) -> Rows:
    """Return everything of one plan; parents come before their children."""
    title = f"Improvement plan {plan_id}"
    found: Rows = defaultdict(list)
    found["plan"] = [
        {"id": plan_id, "slug": slug(plan_id), "title": title, "status": PlanStatus.LIVE, "approved_on": approved_on}
    ]
    for number in range(1, AREAS_A_PLAN + 1):
        area_id = (plan_id - 1) * AREAS_A_PLAN + number
        words = {"area_id": area_id, "position": 1, "text": "Children keep one worker for longer"}
        found["area"].append(
            {"id": area_id, "plan_id": plan_id, "number": number, "label": str(number), "title": f"Area {number}"}
        )
        for table in ("objective", "outcome", "plan_measure"):
            found[table].append(words)
    for place in range(ACTIONS_A_PLAN):
        _add_action(found, plan_id, place, approved_on)
        _add_updates(found, found["action"][-1], approved_on)
        if themes and place % 3 == 0:
            _add_theme(found, found["action"][-1]["id"], themes[place % len(themes)], approved_on)
    return found


def _add_action(found: Rows, plan_id: int, place: int, approved_on: date) -> None:
    """Add an action with its lead and milestones; every tenth is complete, some wait for a date, some are late."""
    area, turn = divmod(place, ACTIONS_AN_AREA)
    key = (plan_id - 1) * ACTIONS_A_PLAN + place + 1
    is_complete = turn == ACTIONS_AN_AREA - 1
    found["action"].append(
        {
            "id": key,
            "plan_id": plan_id,
            "area_id": (plan_id - 1) * AREAS_A_PLAN + area + 1,
            "position": place + 1,
            "ref": f"{area + 1}.{turn + 1}",
            "title": f"Carry out step {turn + 1} of the work in area {area + 1} in every team",
            "kind": ActionKind.STANDARD,
            "state": ActionState.COMPLETE if is_complete else ActionState.IN_PROGRESS,
        }
    )
    is_the_leads = plan_id == 1 and place < ACTIONS_OF_THE_LEAD
    found["action_lead"].append(
        {"action_id": key, "party_id": 1 if is_the_leads else 2 + place % (PARTIES - 1), "position": 1}
    )
    first = (key - 1) * MILESTONES_AN_ACTION + 1
    _add_milestone(found, first, key, due=approved_on + timedelta(days=60 + turn), is_done=True)
    later = None if turn == 3 and not is_complete else approved_on + timedelta(days=230 + 20 * turn)
    _add_milestone(found, first + 1, key, due=later, is_done=is_complete)
    if turn == 5:
        _add_date_change(found, first + 1, approved_on + timedelta(days=200), later)
    if is_complete:
        found["sign_off"].append(
            {
                "action_id": key,
                "kind": SignOffKind.COMPLETE,
                "effective_on": approved_on + timedelta(days=290),
                "reason": "The evidence was read",
                "person_id": OFFICE,
            }
        )


def _add_milestone(found: Rows, key: int, action_id: int, *, due: date | None, is_done: bool) -> None:
    done_on = min(due, clock.today()) if due and is_done else None
    found["milestone"].append(
        {
            "id": key,
            "action_id": action_id,
            "position": (key - 1) % MILESTONES_AN_ACTION + 1,
            "title": "The new way of working is in place",
            "kind": MilestoneKind.DATED if due else MilestoneKind.UNDATED,
            "date_text": due.isoformat() if due else "TBC",
            "precision": Precision.DAY if due else Precision.NONE,
            "first_due": due,
            "due": due,
            "state": MilestoneState.DONE if done_on else MilestoneState.NOT_STARTED,
            "done_on": done_on,
        }
    )
    if done_on:
        found["milestone_step"].append({"milestone_id": key, "kind": StepKind.DONE, "effective_on": done_on})


def _add_date_change(found: Rows, milestone_id: int, before: date, after: date | None) -> None:
    found["milestone"][-1]["first_due"] = before
    found["date_change"].append(
        {
            "milestone_id": milestone_id,
            "number": 1,
            "kind": DateChangeKind.SLIP,
            "from_kind": MilestoneKind.DATED,
            "from_text": before.isoformat(),
            "from_precision": Precision.DAY,
            "from_due": before,
            "to_kind": MilestoneKind.DATED,
            "to_text": str(after),
            "to_precision": Precision.DAY,
            "to_due": after,
            "reason": "Posts were filled later",
            "state": DateChangeState.APPROVED,
            "asked_on": before - timedelta(days=20),
            "decided_on": before - timedelta(days=10),
            "decided_by": OFFICE,
        }
    )


def _add_updates(found: Rows, action: dict[str, Any], approved_on: date) -> None:
    colours = (DeclaredRag.GREEN, DeclaredRag.GREEN, DeclaredRag.AMBER)
    is_third = (action["position"] - 1) % 3 == 0
    for turn in range(UPDATES_AN_ACTION + is_third):
        day = approved_on + timedelta(days=14) + turn * UPDATES_EVERY
        found["progress_update"].append(
            {
                "action_id": action["id"],
                "author_id": LEAD,
                "submitted_at": datetime.combine(day, time(10), UTC),
                "effective_on": day,
                "declared": colours[(action["position"] + turn) % len(colours)],
                "happened": _WORDS,
                "why": "Posts are vacant",
                "doing": "Interviews are held next week",
            }
        )
    action["last_update_on"] = day
    if action["position"] % 4 == 0:
        words = "Minutes of the managers' meeting"
        found["evidence"].append(
            {"action_id": action["id"], "kind": EvidenceKind.SENTENCE, "text": words, "effective_on": day}
        )


def _add_theme(found: Rows, action_id: int, theme_id: int, day: date) -> None:
    found["theme_action"].append(
        {
            "theme_id": theme_id,
            "action_id": action_id,
            "relation": Relation.ADDRESSES,
            "why": "The action changes how this is done",
            "set_on": day,
            "set_by_id": OFFICE,
        }
    )
