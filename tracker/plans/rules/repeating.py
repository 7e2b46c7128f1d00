"""Whether "no change" may be said of an action: one answer for the command, pages and letters; asks for nothing."""

from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import ActionState, DeclaredRag


def why_not_repeat(
    ref: str, *, declared: DeclaredRag | None, state: ActionState, rag: Rag | None, is_overdue: bool
) -> str | None:
    """Return why the last update of an open action may not be repeated, or None when it may (ux 8.7).

    `declared` is what that update said, None when there is none; `rag` is the effective rating, None for what is not
    rated yet. A claim that was re-opened is answered, so there is nothing left to repeat (domain A3).
    """
    if declared is None:
        return f"{ref} has no update yet, so there is nothing to repeat"
    if declared is DeclaredRag.COMPLETE and state is ActionState.ON_HOLD:
        return f"{ref} is on hold. The programme office must take it up again first"
    if declared is DeclaredRag.COMPLETE and state is not ActionState.CLAIMED:
        return f"{ref} was taken up again since the last update, so it needs a new one"
    if Rag.RED in {rag, Rag(declared.value)}:
        return f"{ref} is red, so it needs a reason and a plan"
    return f"{ref} is overdue, so it needs a reason or a new date" if is_overdue else None
