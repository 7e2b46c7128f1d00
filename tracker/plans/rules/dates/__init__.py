"""Reading a target date as councils write it: text in, a date with its precision out; no clock and no table."""

from tracker.plans.rules.dates.periods import DateProblem
from tracker.plans.rules.dates.reader import read_cell_date, read_day, read_done_on, read_target_date
from tracker.plans.rules.dates.several import split_dates
from tracker.plans.rules.dates.target import TargetDate
from tracker.plans.rules.vocabulary import Precision

__all__ = [
    "DateProblem",
    "Precision",
    "TargetDate",
    "read_cell_date",
    "read_day",
    "read_done_on",
    "read_target_date",
    "split_dates",
]
