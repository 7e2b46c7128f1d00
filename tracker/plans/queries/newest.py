"""Which update of an action counts: the newest neither withdrawn nor returned; its words are read elsewhere."""

from collections.abc import Collection

from sqlalchemy import Select, func, select

from tracker.plans.models import Update
from tracker.plans.rules.states import UpdateState


def newest_updates(action_ids: Collection[int]) -> Select[int]:
    """Select the id of the update that counts of each of some actions (domain A5)."""
    place = func.row_number().over(
        partition_by=Update.action_id, order_by=(Update.submitted_at.desc(), Update.id.desc())
    )
    placed = (
        select(Update.id, place.label("place"))
        .where(Update.action_id.in_(action_ids), Update.state == UpdateState.SUBMITTED)
        .subquery()
    )
    return select(placed.c.id).where(placed.c.place == 1)
