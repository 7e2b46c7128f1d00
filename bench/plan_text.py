"""A published plan as plain text, of 16 areas and 48 actions, for the import to read; invented throughout."""

_AREAS = 16
_ACTIONS_AN_AREA = 3
_DATES = ("January 2027", "28 February 2027", "TBC", "March 2027", "First report June 2027 and then quarterly")
_LEADS = ("Hannah Osei", "Marek Nowak", "Team Manager, Recording", "TBC")


def plan_text(number: int) -> str:
    """Return the text of a plan; the number makes it another document than the last one."""
    parts = [f"Plan {number} after inspection", *(_area(area) for area in range(1, _AREAS + 1))]
    return "\n\n".join(parts) + "\n"


def _area(area: int) -> str:
    lines = [
        f"AREA FOR IMPROVEMENT {area}: Do the part of the work that has the number {area} well",
        "",
        "OBJECTIVES:",
        "",
        "- Know what is done, week by week;",
        "- Move work before it piles up",
        "",
        "OUTCOMES:",
        "",
        "- Children keep one worker for longer",
        "",
        "MEASURED BY:",
        "",
        "- Children on each caseload, by team",
        "",
        "ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD",
        *(_action(area, turn) for turn in range(1, _ACTIONS_AN_AREA + 1)),
    ]
    return "\n".join(lines)


def _action(area: int, turn: int) -> str:
    kind = area * _ACTIONS_AN_AREA + turn
    first, second = _DATES[kind % len(_DATES)], _DATES[(kind + 1) % len(_DATES)]
    milestones = "<ul><li>First step agreed</li><li>Second step done in every team</li></ul>"
    cells = (f"Carry out step {turn}", milestones, f"<p>{first}</p><p>{second}</p>", _LEADS[kind % len(_LEADS)])
    return "\t".join((f"{area}.{turn}", *cells))
