"""Reading the loop: the actions of a theme, the themes of an action, and what has no link; nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Finding, ImmediateConcern, Theme, ThemeReAudit
from tracker.audits.queries import fact_parts, facts_from, part_of_query
from tracker.audits.rules.votes import ThemeCount, count_votes
from tracker.audits.rules.windows import Window
from tracker.core import clock
from tracker.impact.models import QuickWinAction, ThemeAction, ThemeReAuditAction
from tracker.impact.rules import Relation, Verdict, verdict_without_statistics
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, ActionLead, Milestone, Plan
from tracker.plans.queries.overrides import case_of
from tracker.plans.queries.rag import effective_rag
from tracker.plans.queries.records import load_timeline
from tracker.plans.queries.standing import standing
from tracker.plans.rules.overrides import OverrideCase
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import PlanStatus

_OPEN = ThemeAction.ended_on.is_(None)
_TRACKED = (PlanStatus.APPROVED, PlanStatus.LIVE, PlanStatus.CLOSING)


@dataclass(frozen=True)
class LinkedAction:
    """An action meant to change a theme, with its rating on a day and its accountable lead.

    `done_on` is when the last milestone of a complete action was done. `is_readable` says whether whoever asked may
    read the action itself; that it is linked may be counted for everyone.
    """

    link_id: int
    relation: Relation
    why: str
    set_on: date
    plan_slug: str
    plan_title: str
    ref: str
    title: str
    effective: str
    done_on: date | None
    lead: str | None
    is_readable: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether the action was given up, so that it changes nothing."""
        return self.effective == Rag.WITHDRAWN.value


@dataclass(frozen=True)
class LinkedTheme:
    """A theme that an action is meant to change."""

    link_id: int
    code: str
    name: str
    relation: Relation
    why: str
    set_on: date
    audited_again_by: date | None


@dataclass(frozen=True)
class UnlinkedAction:
    """An action of a tracked plan that no theme is linked to."""

    plan_slug: str
    plan_title: str
    ref: str
    title: str
    effective: str


def actions_of_themes(
    session: Session, *, day: date, reader: Person, theme_id: int | None = None
) -> dict[int, list[LinkedAction]]:
    """Return the linked actions of every theme, or of one, by theme and in plan order, as rated on a day; one query."""
    query = (
        select(
            ThemeAction.theme_id,
            ThemeAction.id,
            ThemeAction.relation,
            ThemeAction.why,
            ThemeAction.set_on,
            Plan.slug,
            Plan.title,
            Action.ref,
            Action.title,
            effective_rag(day),
            _done_on(),
            LeadParty.name,
            visible(reader, Permission.PLAN_READ, Action),
        )
        .join(Action, Action.id == ThemeAction.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .outerjoin(ActionLead, (ActionLead.action_id == Action.id) & (ActionLead.position == 1))
        .outerjoin(LeadParty, LeadParty.id == ActionLead.party_id)
        .where(_OPEN)
        .order_by(Plan.id.desc(), Action.position, ThemeAction.id)
    )
    if theme_id is not None:
        query = query.where(ThemeAction.theme_id == theme_id)
    found: dict[int, list[LinkedAction]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(LinkedAction(*tuple(row)[1:]))
    return dict(found)


@dataclass(frozen=True)
class FoundTheme:
    """A theme that some actions are meant to change, with the votes of audits on it."""

    code: str
    name: str
    action_ids: tuple[int, ...]
    count: ThemeCount


def themes_with_counts(session: Session, action_ids: Iterable[int], window: Window) -> list[FoundTheme]:
    """Return the themes that actions are meant to change, with the counts of a window, in the order of the list.

    One query, however many themes and audits there are.
    """
    links = (
        select(
            *part_of_query("link", ThemeAction.action_id, Theme.position, ThemeAction.set_on, Theme.code, Theme.name)
        )
        .join(Theme, Theme.id == ThemeAction.theme_id)
        .where(_OPEN, ThemeAction.action_id.in_(list(action_ids)))
    )
    rows = session.execute(union_all(links, *fact_parts(window.since, window.until))).all()
    audits = facts_from(rows)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in sorted((row for row in rows if row.part == "link"), key=lambda row: (row.number, row.key)):
        found[row.word_0, row.word_1].append(row.key)
    return [FoundTheme(code, name, tuple(ids), count_votes(audits, code)) for (code, name), ids in found.items()]


def themes_of_actions(session: Session, action_ids: Iterable[int]) -> dict[int, list[LinkedTheme]]:
    """Return the themes that each action is meant to change, in the order of the list; one query."""
    is_of = ThemeReAuditAction.action_id == ThemeAction.action_id, ThemeReAudit.theme_id == ThemeAction.theme_id
    again = select(func.max(ThemeReAudit.due_on)).join(ThemeReAuditAction).where(*is_of).scalar_subquery()
    about = ThemeAction.action_id, ThemeAction.id, Theme.code, Theme.name
    query = (
        select(*about, ThemeAction.relation, ThemeAction.why, ThemeAction.set_on, again)
        .join(Theme, Theme.id == ThemeAction.theme_id)
        .where(_OPEN, ThemeAction.action_id.in_(list(action_ids)))
        .order_by(Theme.position, ThemeAction.id)
    )
    found: dict[int, list[LinkedTheme]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(LinkedTheme(*row[1:]))
    return dict(found)


def verdicts(session: Session, action_ids: Iterable[int]) -> dict[int, Verdict]:
    """Return whether each action makes a difference, as far as may be said before windows are compared; one query."""
    wanted = list(action_ids)
    query = select(ThemeAction.action_id, func.count()).where(_OPEN, ThemeAction.action_id.in_(wanted))
    rows = session.execute(query.group_by(ThemeAction.action_id))
    links = {row[0]: row[1] for row in rows}
    return {action_id: verdict_without_statistics(links.get(action_id, 0)) for action_id in wanted}


def verdicts_of_plan(session: Session, plan: Plan) -> dict[int, Verdict]:
    """Return the same for every action of a plan that has a link; those left out are not measured. One query."""
    query = (
        select(ThemeAction.action_id, func.count())
        .join(Action, Action.id == ThemeAction.action_id)
        .where(_OPEN, Action.plan_id == plan.id)
        .group_by(ThemeAction.action_id)
    )
    return {row[0]: verdict_without_statistics(row[1]) for row in session.execute(query)}


def actions_without_theme(
    session: Session, *, day: date, reader: Person, limit: int = 100, offset: int = 0
) -> list[UnlinkedAction]:
    """Return the actions of tracked plans that no theme is linked to, in plan order; withdrawn ones left out.

    Only those that the reader may read.
    """
    query = select(Plan.slug, Plan.title, Action.ref, Action.title, effective_rag(day)).join(Action.plan)
    query = query.where(_has_no_theme(reader)).order_by(Plan.id.desc(), Action.position, Action.id)
    return [UnlinkedAction(*row) for row in session.execute(query.limit(limit).offset(offset))]


def count_without_theme(session: Session, *, reader: Person) -> int:
    """Return how many actions `actions_without_theme` would list in all."""
    query = select(func.count(Action.id)).join(Action.plan).where(_has_no_theme(reader))
    return session.scalar(query) or 0


def override_case(session: Session, action: Action) -> OverrideCase | None:
    """Return what decides today whether an action may be rated better than computed (domain A5); None in a draft."""
    today, plan = clock.today(), session.get_one(Plan, action.plan_id)
    found = standing(load_timeline(session, plan, action_ids=[action.id]), day=today, among=[action.id]).actions
    case = case_of(found[0], today) if found else None
    return replace(case, has_open_concern=_has_open_concern(session, action)) if case is not None else None


def _has_open_concern(session: Session, action: Action) -> bool:
    """Whether a theme that the action is linked to was found in an audit with a concern nobody acknowledged."""
    query = (
        select(ImmediateConcern.id)
        .join(Finding, Finding.audit_id == ImmediateConcern.audit_id)
        .join(ThemeAction, ThemeAction.theme_id == Finding.theme_id)
        .where(ThemeAction.action_id == action.id, _OPEN, ImmediateConcern.acknowledged_at.is_(None))
    )
    return session.scalar(query.limit(1)) is not None


def link(session: Session, link_id: int) -> ThemeAction | None:
    """Return a link with its theme, its action and plan, and who set it."""
    query = select(ThemeAction).where(ThemeAction.id == link_id)
    return session.scalar(
        query.options(
            joinedload(ThemeAction.theme),
            joinedload(ThemeAction.action).joinedload(Action.plan),
            joinedload(ThemeAction.set_by),
        )
    )


def open_link(session: Session, theme: Theme, action: Action) -> ThemeAction | None:
    """Return the link between a theme and an action that stands now."""
    query = select(ThemeAction).where(ThemeAction.theme_id == theme.id, ThemeAction.action_id == action.id)
    return session.scalar(query.where(_OPEN))


def plans_to_link(session: Session, by: Person) -> list[Plan]:
    """Return the tracked plans whose actions a person may link, the newest first."""
    query = select(Plan).where(Plan.status.in_(_TRACKED), visible(by, Permission.THEME_LINK, Plan))
    return list(session.scalars(query.order_by(Plan.id.desc())))


def actions_to_link(session: Session, theme: Theme, by: Person, *, limit: int = 200) -> list[Action]:
    """Return the first actions that a person could link to a theme, in plan order, to be suggested."""
    standing = select(ThemeAction.action_id).where(ThemeAction.theme_id == theme.id, _OPEN)
    query = _linkable(by).where(Action.id.not_in(standing), _not_withdrawn())
    return list(session.scalars(query.order_by(Plan.id.desc(), Action.position, Action.id).limit(limit)))


def action_to_link(session: Session, plan_slug: str, ref: str, by: Person) -> Action | None:
    """Return the action of a number, in any case of letters, in a tracked plan, with its plan, if it may be linked."""
    return session.scalar(_linkable(by).where(Plan.slug == plan_slug, func.lower(Action.ref) == ref.lower()))


def actions_of_quick_wins(session: Session, win_ids: Iterable[int]) -> dict[int, Action]:
    """Return the action that each quick win is part of, with its plan, by the quick win; one query."""
    query = select(QuickWinAction).where(QuickWinAction.quick_win_id.in_(list(win_ids)))
    links = session.scalars(query.options(joinedload(QuickWinAction.action).joinedload(Action.plan)))
    return {link.quick_win_id: link.action for link in links}


def actions_of_re_audits(session: Session, re_audit_ids: Iterable[int]) -> dict[int, Action]:
    """Return the action for which each theme is audited again, with its plan, by the re-audit; one query."""
    query = select(ThemeReAuditAction).where(ThemeReAuditAction.re_audit_id.in_(list(re_audit_ids)))
    links = session.scalars(query.options(joinedload(ThemeReAuditAction.action).joinedload(Action.plan)))
    return {link.re_audit_id: link.action for link in links}


def _linkable(by: Person) -> Select[Action]:
    query = select(Action).join(Action.plan).options(joinedload(Action.plan))
    return query.where(Plan.status.in_(_TRACKED), visible(by, Permission.THEME_LINK, Action))


def _has_no_theme(reader: Person) -> ColumnElement[bool]:
    linked = select(ThemeAction.id).where(ThemeAction.action_id == Action.id, _OPEN).exists()
    readable = visible(reader, Permission.PLAN_READ, Action)
    return and_(~linked, Plan.status.in_(_TRACKED), _not_withdrawn(), readable)


def _not_withdrawn() -> ColumnElement[bool]:
    return or_(Action.closed_code.is_(None), Action.closed_code != Rag.WITHDRAWN.value)


def _done_on() -> ColumnElement[date | None]:
    """Return the day of a complete action's last milestone, none while work goes on."""
    last = select(func.max(Milestone.done_on)).where(Milestone.action_id == Action.id).scalar_subquery()
    is_complete = Action.closed_code.in_((Rag.COMPLETE.value, Rag.EMBEDDED.value))
    return case((is_complete, last), else_=None)
