"""The facts of audits from which votes are counted, read with one query; counting them is a rule."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Row, Select, String, case, cast, func, literal, select, true

from tracker.audits.models import Audit, AuditRound, AuditTool, CaseReference, Finding, Theme, ToolQuestion, ToolSection
from tracker.audits.queries.parts import part_of_query
from tracker.audits.queries.standings import standings
from tracker.audits.rules.answers import AnswerKind, Standing
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Selection
from tracker.audits.rules.votes import Asked, AuditFacts


def fact_parts(
    since: date, until: date, *, theme: Theme | None = None, round_id: int | None = None
) -> tuple[Select[*tuple[Any, ...]], ...]:
    """Return what the facts of audits are read from, as parts of one query that may hold parts of others too.

    Answers come as one row for an audit and theme, and what tools ask as one for a grade or question on a theme, so
    that the number of questions hardly counts. Of answers and findings those on one theme are enough for counting it.
    With a round it is that one's audits, whenever they were done.
    """
    day = func.coalesce(Audit.audited_on, Audit.due_on)
    is_within = day.between(since, until) if round_id is None else Audit.round_id == round_id
    said, no_day = standings(is_within, theme.id if theme else None), literal(since, Date)
    is_on = true() if theme is None else Theme.id == theme.id
    # How a file was chosen stays with its audit, where that is not the way of its round.
    chosen = func.coalesce(cast(Audit.selection, String), cast(AuditRound.selection, String))
    about = (Audit.state, chosen, CaseReference.category, Audit.tool_id)
    return (
        select(*part_of_query("audit", Audit.id, Audit.case_id, day, *about))
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .where(is_within),
        select(*part_of_query("answer", said.c.audit_id, said.c.standing, no_day, Theme.code)).join(
            Theme, Theme.id == said.c.theme_id
        ),
        select(*part_of_query("finding", Audit.id, Finding.id, day, Theme.code, Finding.kind))
        .join(Audit, Finding.audit_id == Audit.id)
        .join(Theme, Finding.theme_id == Theme.id)
        .where(is_within, is_on),
        *_asking(no_day),
    )


def _asking(no_day: Any) -> tuple[Select[*tuple[Any, ...]], ...]:
    """Return what tools ask: whether every theme, and of which categories each theme of a grade or question."""
    every = case((AuditTool.asks_every_theme, 1), else_=0)
    asked = (ToolSection.tool_id, ToolQuestion.id, no_day, Theme.code, ToolQuestion.categories)
    return (
        select(*part_of_query("tool", AuditTool.id, every, no_day)),
        select(*part_of_query("asked", ToolSection.tool_id, ToolSection.id, no_day, Theme.code, "[]"))
        .join(Theme, Theme.id == ToolSection.theme_id)
        .where(ToolSection.is_graded),
        select(*part_of_query("asked", *asked))
        .join(ToolSection, ToolSection.id == ToolQuestion.section_id)
        .join(Theme, Theme.id == ToolQuestion.theme_id)
        .where(ToolQuestion.kind != AnswerKind.TEXT),
    )


def facts_from(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[AuditFacts]:
    """Return the facts of audits from the rows of `fact_parts`, by day; rows of other parts are left alone."""
    held: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        held[row.part].append(row)
    asked_of = _asked_of({row.key: bool(row.number) for row in held["tool"]}, held["asked"])
    said: defaultdict[int, dict[str, Standing]] = defaultdict(dict)
    for row in held["answer"]:
        said[row.key][row.word_0] = Standing(row.number)
    findings: defaultdict[int, dict[str, frozenset[FindingKind]]] = defaultdict(dict)
    for row in held["finding"]:
        kinds = findings[row.key]
        kinds[row.word_0] = kinds.get(row.word_0, frozenset()) | {FindingKind(row.word_1)}
    return [
        AuditFacts(
            id=row.key,
            case_id=row.number,
            day=row.day,
            state=AuditState(row.word_0),
            selection=Selection(row.word_1),
            asked=asked_of(int(row.word_3), row.word_2),
            standings=said[row.key],
            findings=findings[row.key],
        )
        for row in sorted(held["audit"], key=lambda row: (row.day, row.key))
    ]


def _asked_of(every: dict[int, bool], rows: list[Any]) -> Callable[[int, str], Asked]:
    """Return what a tool asks of a category, worked out once for each pair that comes up."""
    asking: defaultdict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row in rows:
        asking[row.key].append((row.word_0, frozenset(json.loads(row.word_1))))

    @cache
    def asked(tool: int, category: str) -> Asked:
        themes = frozenset(theme for theme, only in asking[tool] if not only or category in only)
        return Asked(themes, every=every[tool])

    return asked
