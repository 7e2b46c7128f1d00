"""How much a plan of the benchmark holds, and who uses it; the same for every plan, so that two sizes compare."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

AREAS_A_PLAN = 10
ACTIONS_AN_AREA = 10
ACTIONS_A_PLAN = AREAS_A_PLAN * ACTIONS_AN_AREA
MILESTONES_AN_ACTION = 2
UPDATES_AN_ACTION = 10
PARTIES = 20
# One person leads as much in a large council as in a small one.
ACTIONS_OF_THE_LEAD = 12
PLAN_AGE = timedelta(days=300)
PASSWORD = secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Subject:
    """What is measured: the plan opened, its approval, and who opens it."""

    slug: str
    approved_on: date
    office: str
    lead: str
