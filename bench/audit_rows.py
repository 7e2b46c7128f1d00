"""The rows of many invented audits, table by table, as plain values; how they are stored is in `audit_loading`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.rows import OFFICE, Rows, email
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import Choice
from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.remedials import Priority, RemedialState
from tracker.audits.rules.tool import Question, Tool
from tracker.audits.rules.vocabulary import (
    FINAL_STATES,
    SENT_STATES,
    AuditState,
    Category,
    FindingKind,
    Grade,
    Selection,
)
from tracker.core import clock
from tracker.people.rules import Role, UnitKind

MODERATOR, FIRST_AUDITOR = 3, 10
AUDITORS, TEAMS, ROUNDS, QUESTIONS = 20, 20, 24, 60
_A_MONTH = timedelta(days=30)
_WORDS = "The plan names what will change, who does it and by when; the child's own words stand beside each step. "
_GRADES = (Grade.INADEQUATE, *[Grade.REQUIRES_IMPROVEMENT] * 3, *[Grade.GOOD] * 5, Grade.OUTSTANDING)
_ANSWERS = (*[AnswerValue.MET] * 4, AnswerValue.PARTLY, AnswerValue.NOT_MET)
_STATES = {
    0: AuditState.ALLOCATED,
    1: AuditState.IN_PROGRESS,
    2: AuditState.MODERATION,
    3: AuditState.WORKER_RESPONSE,
    4: AuditState.CLOSED,
}
_TURNS = 50


@dataclass(frozen=True)
class Asked:
    """The stored tool: its id, its graded sections with their themes, and the ids of its questions."""

    tool_id: int
    sections: tuple[tuple[int, int], ...]
    questions: tuple[int, ...]


def deep_tool() -> Tool:
    """Return a tool of sixty questions, spread over the graded sections of the default one."""
    graded = [section for section in DEFAULT_TOOL.sections if section.is_graded]
    asked = {
        section.number: tuple(
            Question(f"Question {place + 1}: is this done as it should be?", theme=section.theme, is_required=True)
            for place in range(QUESTIONS)
            if place % len(graded) == turn
        )
        for turn, section in enumerate(graded)
    }
    sections = tuple(replace(one, questions=asked.get(one.number, ())) for one in DEFAULT_TOOL.sections)
    return Tool("sixty-questions", "Audit of sixty questions", 1, sections)


def staff_rows(password_hash: str) -> Rows:
    """Return the teams, a moderator, and the auditors, who belong to no team."""
    since = clock.today() - ROUNDS * _A_MONTH
    names = {MODERATOR: "moderator"} | {key: f"auditor{key}" for key in range(FIRST_AUDITOR, FIRST_AUDITOR + AUDITORS)}
    return {
        "unit": [{"id": key, "name": f"Team {key}", "kind": UnitKind.TEAM} for key in range(1, TEAMS + 1)],
        "person": [
            {"id": key, "email": email(name), "name": name.title(), "password_hash": password_hash}
            for key, name in names.items()
        ],
        "role_grant": [
            {
                "person_id": key,
                "role": Role.MODERATOR if key == MODERATOR else Role.AUDITOR,
                "starts_on": since,
            }
            for key in names
        ],
    }


def round_rows(tool_id: int, number: int) -> Rows:
    """Return a round for each of the last months."""
    return {
        "audit_round": [
            {
                "id": key,
                "slug": f"round-{key}",
                "name": f"Round {key}",
                "starts_on": _first_day(key),
                "due_on": _first_day(key) + _A_MONTH,
                "selection": Selection.RANDOM,
                "sample_target": -(-number // ROUNDS),
                "tool_id": tool_id,
            }
            for key in range(1, ROUNDS + 1)
        ]
    }


def audit_rows(asked: Asked, numbers: range) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield everything of these audits, numbered from 1; parents come before their children."""
    found: Rows = defaultdict(list)
    for number in numbers:
        _add_audit(found, asked, number)
    yield from found.items()


def _first_day(key: int) -> date:
    return clock.today() - (ROUNDS - key + 1) * _A_MONTH


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def _add_audit(found: Rows, asked: Asked, number: int) -> None:
    """Add an audit: most are final, some are being written, moderated or answered, or were closed."""
    round_id = (number - 1) % ROUNDS + 1
    state = _STATES.get(number // ROUNDS % _TURNS, AuditState.FINAL)
    day = _first_day(round_id) + timedelta(days=number % 28)
    grade = _GRADES[number % len(_GRADES)]
    is_begun, is_sent = state is not AuditState.ALLOCATED, state in SENT_STATES
    categories = list(Category)
    found["case_reference"].append(
        {
            "id": number,
            "code": f"C-{number:05}",
            "category": categories[number % len(categories)],
            "unit_id": number % TEAMS + 1,
        }
    )
    found["audit"].append(
        {
            "id": number,
            "public_id": f"audit{number:07}",
            "round_id": round_id,
            "case_id": number,
            "auditor_id": FIRST_AUDITOR + number % AUDITORS,
            "tool_id": asked.tool_id,
            "state": state,
            "due_on": day + _A_MONTH,
            "audited_on": day if is_begun else None,
            "grade": grade if is_begun else None,
            "sent_at": _moment(day) if is_sent else None,
        }
    )
    if is_begun:
        _add_said(found, asked, number, grade)
    if is_sent:
        _add_second_look(found, asked, day)
    if state in FINAL_STATES and grade is Grade.INADEQUATE:
        _add_what_follows(found, day)


def _add_said(found: Rows, asked: Asked, number: int, grade: Grade) -> None:
    """Add a grade for each section, an answer to each question, a strength and two areas for development."""
    found["audit_section"] += [
        {"audit_id": number, "number": section, "grade": grade, "strengths": _WORDS} for section, _ in asked.sections
    ]
    found["answer"] += [
        {"audit_id": number, "question_id": key, "value": _ANSWERS[(number + turn) % len(_ANSWERS)]}
        for turn, key in enumerate(asked.questions)
    ]
    kinds = (FindingKind.STRENGTH, FindingKind.DEVELOPMENT, FindingKind.DEVELOPMENT)
    for turn, kind in enumerate(kinds):
        section, theme = asked.sections[(number + turn) % len(asked.sections)]
        found["finding"].append(
            {
                "audit_id": number,
                "section_number": section,
                "position": turn + 1,
                "kind": kind,
                "theme_id": theme,
                "text": _WORDS,
            }
        )


def _add_second_look(found: Rows, asked: Asked, day: date) -> None:
    """Add how the last audit was sent; every fifth of those that are final was moderated, and some wait for it."""
    audit = found["audit"][-1]
    number, state = audit["id"], audit["state"]
    is_waiting = state is AuditState.MODERATION
    is_drawn = is_waiting or (state in FINAL_STATES and number % 5 == 0)
    found["audit_sending"].append(
        {
            "audit_id": number,
            "sent_at": _moment(day),
            "chosen": Choice.DRAWN if is_drawn else Choice.NOT_DRAWN,
            "seed": f"seed{number}",
            "share": 20,
        }
    )
    if not is_drawn:
        return
    found["moderation"].append(
        {
            "id": number,
            "audit_id": number,
            "auditor_id": audit["auditor_id"],
            "chosen": Choice.DRAWN,
            "due_on": day + timedelta(days=14),
            "moderator_id": None if is_waiting else MODERATOR,
            "compared_at": None if is_waiting else _moment(day),
            "decided_at": None if is_waiting else _moment(day + timedelta(days=9)),
            "outcome": None if is_waiting else Outcome.AGREED,
        }
    )
    if not is_waiting:
        same = AnswerValue.GOOD
        found["moderated_section"] += [
            {"moderation_id": number, "number": section, "own": same, "before": same, "agreed": same}
            for section, _ in asked.sections
        ]


def _add_what_follows(found: Rows, day: date) -> None:
    """Add what follows the last audit, which is inadequate: remedial action, re-audit, now and then a concern."""
    audit = found["audit"][-1]
    number = audit["id"]
    is_open = audit["state"] is not AuditState.CLOSED and number % 4 == 0
    found["remedial_action"].append(
        {
            "public_id": f"remedial{number:07}",
            "audit_id": number,
            "text": _WORDS,
            "owner_id": OFFICE,
            "priority": Priority.STANDARD,
            "due_on": day + timedelta(days=28),
            "state": RemedialState.OPEN if is_open else RemedialState.CLOSED,
        }
    )
    found["re_audit"].append({"audit_id": number, "due_on": day + timedelta(days=84), "why": "It was inadequate"})
    if number % 3 == 0:
        found["immediate_concern"].append(
            {
                "public_id": f"concern{number:07}",
                "audit_id": number,
                "raised_by_id": audit["auditor_id"],
                "raised_at": _moment(day),
                "told_to": "The duty manager",
                "told_at": _moment(day),
                "what": _WORDS,
            }
        )
