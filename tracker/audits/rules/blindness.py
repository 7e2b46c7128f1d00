"""From whom an audit's grades and words are hidden, so that a second look at it can be blind (domain A3)."""

from tracker.audits.rules.vocabulary import OPEN_STATES, AuditState

# Whoever reads it here may be asked to grade it afterwards.
_BEFORE_A_SECOND_LOOK = (*OPEN_STATES, AuditState.SUBMITTED, AuditState.WORKER_RESPONSE, AuditState.MODERATION)


def is_hidden(state: AuditState, *, is_own: bool, has_compared: bool, is_imported: bool = False) -> bool:
    """Say whether what an audit says is hidden from somebody: whether it is theirs, and whether they compared grades.

    Until it has an outcome it is its auditor's alone, and its moderator's once they have fixed their own grades. How
    far it is, what must be put right and immediate concerns are never hidden: safety comes first. Nor is what was
    imported: no second look at it is to come.
    """
    if is_own or is_imported or state not in _BEFORE_A_SECOND_LOOK:
        return False
    return not (state is AuditState.MODERATION and has_compared)


def hidden_words(state: AuditState) -> str:
    """Say why what an audit says is hidden now."""
    if state in OPEN_STATES:
        return "Only its auditor reads an audit before it is sent. How far it is and what must be put right is shown."
    return "What the auditor wrote is shown when whoever moderates it has graded every section too."
