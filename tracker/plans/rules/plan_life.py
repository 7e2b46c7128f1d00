"""The life of a plan: which step may follow which, and why another may not; approval has words of its own."""

from tracker.core.text import counted, shortened
from tracker.plans.rules.states import PlanStatus

# From where to where the office may move a plan (domain A3); to keep a closing plan live takes the step back.
_STEPS = {
    PlanStatus.LIVE: (PlanStatus.CLOSING, PlanStatus.REPLACED),
    PlanStatus.CLOSING: (PlanStatus.CLOSED, PlanStatus.LIVE),
}
_NO_STEP = {
    PlanStatus.DRAFT: "The plan is a draft. It is approved first, by a body and on a day",
    PlanStatus.APPROVED: "The plan is approved and not live yet. It is live from the day of its approval",
    PlanStatus.CLOSED: "The plan is closed. Nothing follows: what is still to be done belongs in a new plan",
    PlanStatus.REPLACED: "The plan was replaced. Nothing follows: work goes on in the plan that replaced it",
}
_NAMES = {
    PlanStatus.DRAFT: "Draft",
    PlanStatus.APPROVED: "Approved, not live yet",
    PlanStatus.LIVE: "Live",
    PlanStatus.CLOSING: "Closing",
    PlanStatus.CLOSED: "Closed",
    PlanStatus.REPLACED: "Replaced",
}
_MEANINGS = {
    PlanStatus.LIVE: "Actions are updated and rated.",
    PlanStatus.CLOSING: "Open actions are brought to an end. They are still updated and rated.",
    PlanStatus.CLOSED: "Every action is complete, embedded or withdrawn. The plan is kept to be read, and not edited.",
    PlanStatus.REPLACED: "Work goes on in another plan. This one is kept to be read, and not edited.",
}
# What is over is kept as it was.
OVER = frozenset({PlanStatus.CLOSED, PlanStatus.REPLACED})
# In what is worked on, work that another plan leaves can go on; a draft is not rated, so it would be lost sight of.
TAKES_OVER = frozenset({PlanStatus.APPROVED, PlanStatus.LIVE, PlanStatus.CLOSING})
_NAMED = 5


def status_words(status: PlanStatus) -> str:
    """Return a status as pages say it."""
    return _NAMES[status]


def status_meaning(status: PlanStatus) -> str:
    """Return in a sentence what a status means for those who work with the plan; nothing for a draft."""
    return _MEANINGS.get(status, "")


def why_kept(status: PlanStatus) -> str:
    """Say why nothing of a plan is changed any more; nothing while it is worked on, a closing one included."""
    return f"The plan is {status.value}, so nothing in it is changed any more" if status in OVER else ""


def next_steps(status: PlanStatus) -> tuple[PlanStatus, ...]:
    """Return the steps that may follow."""
    return _STEPS.get(status, ())


def step_fault(status: PlanStatus, to: PlanStatus, open_actions: list[str]) -> str:
    """Say why a plan may not take a step, and nothing when it may (domain A3), given what is open."""
    if to not in next_steps(status):
        follow = [_NAMES[step].lower() for step in next_steps(status)]
        said = _NO_STEP.get(status) or f"A {_NAMES[status].lower()} plan becomes {' or '.join(follow)}"
        return f"{said}, not {_NAMES[to].lower()}" if follow else said
    if to is PlanStatus.CLOSED and open_actions:
        named = ", ".join(open_actions[:_NAMED]) + (" and others" if len(open_actions) > _NAMED else "")
        are = "is" if len(open_actions) == 1 else "are"
        return shortened(f"{counted(len(open_actions), 'action')} {are} still open: {named}", 200)
    return ""
