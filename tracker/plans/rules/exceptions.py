"""Which actions a meeting reads first: red, amber, or without a date for too long; not how they look."""

from datetime import date

from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.undated import past_grace_on, undated_since


def is_exception(outlook: Outlook, *, day: date, approved_on: date, grace_days: int) -> bool:
    """Say whether an action belongs in the exception report of a day: every red and amber one (domain A10, 2).

    One that is not scheduled belongs there past its grace, counted from its approval. Most turn amber then by the rule
    itself; what is left are placeholders, which no date ever turns. Work that waits for a meeting still to come, from
    which its own clock counts, is within its grace (domain A4, 4).
    """
    rag = outlook.effective_on(day)
    if rag in {Rag.RED, Rag.AMBER}:
        return True
    return (
        rag is Rag.NOT_SCHEDULED
        and day >= past_grace_on(undated_since(approved_on), grace_days)
        and any(reason.level is rag and reason.until_on is None for reason in outlook.reasons_on(day))
    )
