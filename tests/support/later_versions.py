"""A later version of the invented plan: what was new, reworded, re-dated, renumbered and gone when it came again."""

from dataclasses import replace

from tests.support.plan_forms import PLAN, PrintedAction, PrintedArea

_FIRST, _SECOND = PLAN
_COUNT, _DESK, _PROMISE = _FIRST.actions
_STANDARD, _REPORT = _SECOND.actions
_TEAM = PrintedAction(
    "1.4", "Appoint a team for the front door", ("Team at work",), ("June 2027",), "Marek Nowak", "Green"
)

# 1.1 is reworded, re-dated and has one more step; 1.2 has another lead; 1.4 is new; 2.1 is now 2.3; 2.2 is gone.
LATER: tuple[PrintedArea, ...] = (
    replace(
        _FIRST,
        actions=(
            replace(
                _COUNT,
                title="Count caseloads in each team",
                steps=(*_COUNT.steps, "Count repeated"),
                dates=("Jan 2027", "May 2027", "Sep 2027"),
            ),
            replace(_DESK, lead="Ines Duarte"),
            _PROMISE,
            _TEAM,
        ),
    ),
    replace(_SECOND, title="Make supervision regular and useful", actions=(replace(_STANDARD, ref="2.3"),)),
)
CODES = {
    "new-1.4",
    "new-milestone-1.1/3",
    "area-reworded-2",
    "reworded-1.1",
    "redated-1.1/2",
    "lead-1.2",
    "renumbered-2.1",
    "gone-2.2",
}
