"""Reading which themes are audited again, how far each is, and the votes before and after; nothing is written here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, AuditRound, Theme, ThemeReAudit
from tracker.audits.queries.counts import audit_facts
from tracker.audits.rules.theme_re_audits import count_again, window_before
from tracker.audits.rules.vocabulary import FINAL_STATES, AuditState, Selection
from tracker.audits.rules.votes import ThemeCount, count_votes
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


@dataclass(frozen=True, slots=True)
class ThemeReAuditRow:
    """A theme to be audited again: by when, how many files are planned, given out and final in its round."""

    id: int
    public_id: str
    theme: str
    due_on: date
    files: int
    given: int
    final: int


@dataclass(frozen=True)
class BeforeAfter:
    """The votes on a theme in the six months before a change was in place, and in the round after it."""

    before: ThemeCount
    after: ThemeCount


def round_on(session: Session, code: str) -> AuditRound | None:
    """Return a round on a theme that is not there yet, about which the policy is asked; None without such a theme."""
    theme_id = session.scalar(select(Theme.id).where(Theme.code == code))
    return AuditRound(theme_id=theme_id) if theme_id else None


def round_of_re_audit(session: Session, public_id: str) -> AuditRound | None:
    """Return the round in which a theme is audited again, about which the policy is asked."""
    query = select(AuditRound).join(ThemeReAudit, ThemeReAudit.round_id == AuditRound.id)
    return session.scalar(query.where(ThemeReAudit.public_id == public_id))


def theme_re_audit(session: Session, public_id: str) -> ThemeReAudit | None:
    """Return a theme to be audited again, with the theme and the round."""
    query = select(ThemeReAudit).where(ThemeReAudit.public_id == public_id)
    return session.scalar(query.options(joinedload(ThemeReAudit.theme), joinedload(ThemeReAudit.round)))


def theme_re_audits(session: Session, *, reader: Person, limit: int = 100) -> list[ThemeReAuditRow]:
    """Return the themes that are audited again, the latest day first, as a person may read their rounds; one query."""
    is_final = case((Audit.state.in_(FINAL_STATES), 1), else_=0)
    query = (
        select(
            ThemeReAudit.id,
            ThemeReAudit.public_id,
            Theme.name,
            ThemeReAudit.due_on,
            ThemeReAudit.files,
            func.count(Audit.id),
            func.coalesce(func.sum(is_final), 0),
        )
        .join(Theme, Theme.id == ThemeReAudit.theme_id)
        .join(AuditRound, AuditRound.id == ThemeReAudit.round_id)
        .outerjoin(Audit, (Audit.round_id == AuditRound.id) & (Audit.state != AuditState.VOID))
        .where(visible(reader, Permission.ROUND_MANAGE, AuditRound))
        .group_by(ThemeReAudit.id, Theme.name)
        .order_by(ThemeReAudit.due_on.desc(), ThemeReAudit.id.desc())
    )
    return [ThemeReAuditRow(*row) for row in session.execute(query.limit(limit))]


def rounds_to_fill(session: Session, theme_id: int, day: date) -> list[AuditRound]:
    """Return the open rounds of re-audits of a theme that run on a day, by name."""
    query = select(AuditRound).where(
        AuditRound.theme_id == theme_id,
        AuditRound.selection == Selection.RE_AUDIT,
        AuditRound.closed_on.is_(None),
        AuditRound.due_on >= day,
    )
    return list(session.scalars(query.order_by(AuditRound.name, AuditRound.id)))


def before_and_after(session: Session, planned: ThemeReAudit) -> BeforeAfter:
    """Return the votes on both sides of a change: the counted audits before it, and those of the round after it.

    The re-audit comes with its theme; three queries.
    """
    since, until = window_before(planned.in_place_on)
    before = count_votes(audit_facts(session, since=since, until=until), planned.theme.code)
    day = func.coalesce(Audit.audited_on, Audit.due_on)
    days = {
        row.id: row.day
        for row in session.execute(select(Audit.id, day.label("day")).where(Audit.round_id == planned.round_id))
    }
    found = audit_facts(session, since=min(days.values()), until=max(days.values())) if days else []
    after = count_again((one for one in found if one.id in days), planned.theme.code)
    return BeforeAfter(before, after)
