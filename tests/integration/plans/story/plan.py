"""The plan of the story as it is brought in, and as its authors send it again half a year later."""

from dataclasses import replace

from tests.support.plan_forms import PrintedAction, PrintedArea

COUNT = PrintedAction("1.1", "Count caseloads in every team", ("Count shared",), ("March 2027",), "Tom Whitcombe")
SHARE = PrintedAction("1.2", "Share the count with the board", ("Report made",), ("April 2027",), "Tom Whitcombe")
# The action of the story. It has two leads: Joanne Pike sits on the assurance body as well.
DESK = PrintedAction(
    "1.3",
    "Open a second duty desk",
    ("Rota agreed", "Desk open"),
    ("15 May 2026", "30 June 2026"),
    "Priya Nair / Joanne Pike",
)
STANDARD = PrintedAction(
    "2.1", "Write a standard for supervision", ("Standard agreed",), ("May 2027",), "Tom Whitcombe"
)
PLAN = (
    PrintedArea(
        1,
        "Give every worker a caseload they can manage",
        ("Know how many children each worker holds",),
        ("Children keep one worker for longer",),
        ("Share of posts filled for six months or more",),
        (COUNT, SHARE, DESK),
    ),
    PrintedArea(
        2,
        "Make supervision regular",
        ("Every worker is supervised each month",),
        ("Supervision changes the plan for the child",),
        ("Files with a supervision note in the last month",),
        (STANDARD,),
    ),
)
TRAINING = PrintedAction("2.2", "Train every manager", ("Training held",), ("June 2027",), "Ines Duarte")
# 1.1 has another lead; 1.3 is reworded, and its desk opens four months later; 2.2 is new.
LATER = (
    replace(
        PLAN[0],
        actions=(
            replace(COUNT, lead="Ines Duarte"),
            SHARE,
            replace(DESK, title="Open a second duty desk in the evenings", dates=("3 July 2026", "31 October 2026")),
        ),
    ),
    replace(
        PLAN[1],
        actions=(
            STANDARD,
            PrintedAction("2.2", "Train every manager", ("Training held",), ("June 2027",), "Ines Duarte"),
        ),
    ),
)
DIFFERENCES = {"lead-1.1", "reworded-1.3", "redated-1.3/2", "new-2.2"}
