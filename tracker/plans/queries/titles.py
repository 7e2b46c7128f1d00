"""Plans by title, for choosing one; what is in them is read elsewhere."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.plans.models import Plan


def plan_titles(session: Session) -> list[tuple[int, str]]:
    """Return the id and the title of every plan, the newest first."""
    rows = session.execute(select(Plan.id, Plan.title).order_by(Plan.id.desc()))
    return [(number, title) for number, title in rows]
