"""What a text that is no date seems to say of dates, targets and values: suggested to a person, never taken as read."""

import re
from collections.abc import Iterator

from tracker.plans.rules.dates import read_cell_date
from tracker.plans.rules.dates.words import MONTH
from tracker.plans.rules.wording import day_in_words

# In "stage 2 Mar 2017" the 2 is the stage's, not the day's.
_NO_STAGE = "".join(rf"(?<!{word} )" for word in ("stage", "phase", "step", "part", "tranche", "wave", "action"))
_DATE = re.compile(
    rf"(?:{_NO_STAGE}[0-9]{{1,2}}(?:st|nd|rd|th)? )?{MONTH}[ -]'?(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])|[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:done|completed?|achieved|finished|in place|delivered)\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:slipp\w+|moved|revised|delay\w*|extended|re-?scheduled|deferred|pushed back|put back|was|originally"
    r"|previously|now)\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(r"(?:on-?going|continuous(?:ly)?|continuing|business as usual|bau)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;\n]|\.\s|\s[-–—]\s|\band\b|\bbut\b", re.IGNORECASE)
_FIGURE = r"(?:[0-9]+(?:\.[0-9]+)?\s?(?:%|per ?cent|days?|weeks?|per 10,000)|£[0-9][0-9,.]*[mk]?)"
_FROM_TO = re.compile(rf"\bfrom (?P<value>{_FIGURE}|[0-9.]+) to (?P<target>{_FIGURE})", re.IGNORECASE)
_TARGET = re.compile(
    rf"\b(?:targets?(?: of| is|:)?|at least|minimum of|no more than|maximum of|fewer than|less than|under|over|above"
    rf"|below|to reach|increase to|reduce to|rise to|fall to) (?P<target>{_FIGURE})",
    re.IGNORECASE,
)
_VALUE = re.compile(
    rf"\b(?:currently|current(?: value| performance)?|now(?: at)?|baseline(?: of| is|:)?|presently|was"
    rf"|at present),?:? (?P<value>{_FIGURE})",
    re.IGNORECASE,
)
_LONGEST = 500


def date_suggestion(text: str) -> str:
    """Return what a person might enter for a text that was not read as a date, or nothing.

    "stage 1 done, stage 2 Mar 2017" is one done stage and one date; "was Mar 2017, now Jun 2017" a date that moved.
    """
    words = " ".join(text[:_LONGEST].split())
    found = [(match.group(), day) for match in _DATE.finditer(words) if (day := _day(match.group()))]
    if not found:
        if _ONGOING.match(words):
            return "Suggested: say how often it is reported on, for example every quarter"
        return ""
    if len(found) > 1 and _MOVED.search(words):
        said = f"first due by {found[0][1]}, now due by {found[-1][1]}"
        return f"Suggested: {said}. Enter the first date and move it, so that the slip stays on record"
    parts = list(_stages(words))
    if parts:
        return f"Suggested: {'; '.join(parts)}"
    return f"Suggested: due by {' and '.join(dict.fromkeys(day for _, day in found))}"


def figures_suggestion(text: str) -> str:
    """Return the target, and the value it is at, that stand inside a text, or nothing."""
    words = " ".join(text[:_LONGEST].split())
    both = _FROM_TO.search(words)
    target = both or _TARGET.search(words)
    if target is None:
        return ""
    value = both or _VALUE.search(words)
    return f"Suggested: target {target['target']}" + (f", value {value['value']}" if value else "")


def _stages(words: str) -> Iterator[str]:
    """Yield each clause that says of something that it is done or when it is due, once one says that it is done."""
    clauses = [clause.strip() for clause in _CLAUSE.split(words) if clause.strip()]
    if not any(_DONE.search(clause) for clause in clauses):
        return
    for clause in clauses:
        date = _DATE.search(clause)
        day = _day(date.group()) if date else ""
        if _DONE.search(clause):
            named = (clause[: date.start()] if date else clause).strip()
            yield f"“{_DONE.sub('', named).strip(' :-') or named}” done{f' {day}' if day else ''}"
        elif date and day:
            yield f"“{clause[: date.start()].strip(' :-') or clause}” due by {day}"


def _day(text: str) -> str:
    due = read_cell_date(text).due
    return day_in_words(due) if due else ""
