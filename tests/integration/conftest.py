"""What tests of pages, commands and queries share: their day does not depend on the day they are run."""

from datetime import date

import pytest


@pytest.fixture(autouse=True)
def _held_day(today: date) -> date:
    return today
