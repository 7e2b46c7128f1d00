"""What of audits can be searched, and which rows of it a person may read; how searching works is core's."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, CaseReference, Finding, Theme
from tracker.audits.rules.vocabulary import FINAL_STATES, AuditState
from tracker.core.search import Index, Looking, Rows, Source, columns
from tracker.people.models import Person
from tracker.people.policy import Permission, visible

THEME_WORDS = Index(Theme, ("name", "synonyms"))
FINDING_WORDS = Index(Finding, ("text",))


def _themes(person: Person, looking: Looking) -> Rows:
    query = select(*columns(title=Theme.name, key=Theme.code))
    query = query.where(looking.finds(THEME_WORDS), visible(person, Permission.THEME_READ, Theme))
    return Rows(query, (looking.rank(THEME_WORDS), Theme.position, Theme.id))


def _findings(person: Person, looking: Looking) -> Rows:
    """Return findings of final audits, and of what oneself is writing: a draft is nobody else's to read."""
    is_own_draft = and_(Audit.auditor_id == person.id, Audit.state != AuditState.VOID)
    shown = columns(
        title=func.coalesce(Theme.name, "No theme yet"),
        words=Finding.text,
        context=CaseReference.code,
        key=Audit.public_id,
        number=Audit.id,
        day=Audit.audited_on,
    )
    query = select(*shown).select_from(Finding).join(Finding.audit).join(Audit.case).outerjoin(Finding.theme)
    query = query.where(
        looking.finds(FINDING_WORDS),
        or_(Audit.state.in_(FINAL_STATES), is_own_draft),
        visible(person, Permission.FINDING_READ, Audit),
    )
    return Rows(query, (Audit.audited_on.desc().nulls_first(), Finding.id.desc()))


def audits_of_case(session: Session, person: Person, code: str) -> list[str]:
    """Return the addresses of the audits of a case reference that a person may open, the newest first."""
    query = select(Audit.public_id).join(Audit.case).where(CaseReference.code == code.strip().upper())
    return list(session.scalars(query.where(visible(person, Permission.AUDIT_READ, Audit)).order_by(Audit.id.desc())))


SOURCES = (
    Source("theme", "Themes", _themes),
    Source("finding", "Findings", _findings, is_sensitive=True),
)
