"""How much a plan of the benchmark holds, and who uses it; the same for every plan, so that two sizes compare.

150 plans are 15,000 actions, 30,000 milestones and 200,000 updates.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

AREAS_A_PLAN = 10
ACTIONS_AN_AREA = 10
ACTIONS_A_PLAN = AREAS_A_PLAN * ACTIONS_AN_AREA
MILESTONES_AN_ACTION = 2
# Every third action has one update more than the others.
UPDATES_AN_ACTION = 13
UPDATES_A_PLAN = ACTIONS_A_PLAN * UPDATES_AN_ACTION + -(-ACTIONS_A_PLAN // 3)
UPDATES_EVERY = timedelta(days=21)
PARTIES = 20
# One person leads as much in a large council as in a small one.
ACTIONS_OF_THE_LEAD = 12
PLAN_AGE = timedelta(days=300)
PASSWORD = secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Subject:
    """What is measured: among how many plans, the plan opened, its approval, and who opens it."""

    plans: int
    slug: str
    approved_on: date
    office: str
    lead: str
