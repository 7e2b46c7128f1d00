"""Reading the rows of a pseudonymous case list (domain A2, CaseRef; A13): columns, vocabulary, and what is refused.

No reason repeats what a cell says: a row in the wrong shape may hold a name.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.audits.rules.names import patterns, reference_fault, somebody_in
from tracker.audits.rules.sampling import ListedFile
from tracker.audits.rules.vocabulary import Category

_COLUMNS = {
    "code": {"code", "case", "case reference", "case ref", "reference", "ref", "case code"},
    "category": {"category", "help", "plan type", "type of plan"},
    "unit": {"unit", "team"},
    "siblings": {"sibling group", "siblings", "sibling group code", "family group"},
    "last_audited": {"last audited", "last audit", "last audited on", "date of last audit"},
}
_NEEDED = ("code", "category", "unit")
# Headings of columns that tell who a child is: a list with one of them is not taken at all.
_TELLING = frozenset(
    {"name", "child", "first name", "forename", "surname", "last name", "dob", "date of birth", "nhs", "nhs number"}
    | {"postcode", "address", "child name", "childs name", "full name", "birth date", "upn", "email", "phone"}
)
_CATEGORIES = {
    "cin": Category.CHILD_IN_NEED,
    "cp": Category.CHILD_PROTECTION,
    "cla": Category.CHILD_IN_CARE,
    "lac": Category.CHILD_IN_CARE,
    "cic": Category.CHILD_IN_CARE,
    "looked after": Category.CHILD_IN_CARE,
    **{one.value.replace("_", " "): one for one in Category},
    **{one.words.lower(): one for one in Category},
}
_TWICE = "Its code stands in the list twice. The first row was taken"
_OTHERWISE = "Its code was audited here before with another category or team. Give the file a new code"
_SPENT = "Its code belonged to another file once. Give the file a new code"
_LEFT_OUT_OF_HEADINGS = str.maketrans({"_": " ", "-": " ", "'": None, "’": None, ".": None, ":": None})


class CaseListProblem(Exception):
    """A list that cannot be taken at all, with the sentence that says why."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken: its number as a spreadsheet shows it, and why; never what it says."""

    number: int
    reason: str


@dataclass(frozen=True)
class CaseList:
    """The files of a list that may be drawn from, the rows that were refused, and the row of each code."""

    files: tuple[ListedFile, ...]
    refused: tuple[RefusedRow, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


class _RowProblem(Exception):
    """One row that is refused."""


def read_case_list(rows: Sequence[Sequence[str]], units: Mapping[str, int], *, today: date) -> CaseList:
    """Return the files of a list by its headings; `units` holds the ids of the teams by their names in small letters.

    Raises `CaseListProblem` when the columns that are needed are missing or one tells who a child is.
    """
    head = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if head is None:
        raise CaseListProblem("The list is empty. It needs the columns Code, Category and Team")
    places = _places(rows[head])
    files: dict[str, ListedFile] = {}
    numbers: dict[str, int] = {}
    refused: list[RefusedRow] = []
    for number, row in _filled(rows, head):
        try:
            one = _file({name: _cell(row, place) for name, place in places.items()}, units, today)
        except _RowProblem as problem:
            refused.append(RefusedRow(number, str(problem)))
            continue
        if one.code in files:
            refused.append(RefusedRow(number, _TWICE))
        files.setdefault(one.code, one)
        numbers.setdefault(one.code, number)
    return CaseList(tuple(files.values()), tuple(refused), numbers)


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Return where each column that we know stands; all others are left unread."""
    names = [_plain(heading) for heading in headings]
    for place, name in enumerate(names, start=1):
        if name in _TELLING:
            raise CaseListProblem(f"Column {place} tells who the child is. Take it out of the list, and bring it again")
    places = {
        column: next((place for place, name in enumerate(names) if name in known), None)
        for column, known in _COLUMNS.items()
    }
    if any(places[column] is None for column in _NEEDED):
        raise CaseListProblem("The list needs the columns Code, Category and Team, named in its first row")
    return {column: place for column, place in places.items() if place is not None}


def _filled(rows: Sequence[Sequence[str]], head: int) -> Iterator[tuple[int, Sequence[str]]]:
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if any(cell.strip() for cell in row):
            yield number, row


def _file(cells: Mapping[str, str], units: Mapping[str, int], today: date) -> ListedFile:
    siblings = cells.get("siblings", "")
    category, unit = _CATEGORIES.get(_plain(cells["category"])), units.get(cells["unit"].lower())
    _refuse_telling(cells["code"], "code")
    if category is None:
        raise _RowProblem("Its category is none of ours: contact, early help, CIN, CP, CLA or care leaver")
    if unit is None:
        raise _RowProblem("No team that is open today has the name in its column Team")
    if siblings:
        _refuse_telling(siblings, "sibling group")
    last = _day(cells.get("last_audited", ""), today)
    return ListedFile(cells["code"].upper(), category, unit, siblings.upper(), last)


def _refuse_telling(text: str, what: str) -> None:
    if not text:
        raise _RowProblem(f"Its {what} is empty")
    if somebody_in(text):
        raise _RowProblem(f"Its {what} looks as if it told who the child is")
    if reference_fault(text) is not None:
        raise _RowProblem(f"Its {what} is no code of 3 to 20 letters, figures and hyphens, with at least one figure")


def _day(text: str, today: date) -> date | None:
    """Return the day of the last audit, British or international, a time after it left aside; None for none."""
    if not text:
        return None
    found = patterns.NUMERIC_DATE.match(text), patterns.WRITTEN_DATE.match(text)
    readers = (patterns.numeric_date, patterns.written_date)
    days = [read(*one.groups()) for read, one in zip(readers, found, strict=True) if one]
    day = next((one for one in days if one), None)
    if day is None or day > today:
        raise _RowProblem("The day of its last audit is no day that is past. Write 26/11/2025 or 2025-11-26")
    return day


def _plain(text: str) -> str:
    """Return a heading or a category as the tables above know it."""
    return " ".join(text.lower().translate(_LEFT_OUT_OF_HEADINGS).split())


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(row[place].split()) if place < len(row) else ""


@dataclass(frozen=True)
class KnownCase:
    """What the service knows of a code: its category and team, and the day of the latest audit of it."""

    category: Category
    unit_id: int
    last_audited_on: date | None = None


def against_known(listed: CaseList, known: Mapping[str, KnownCase], spent: Collection[str] = ()) -> CaseList:
    """Return a list with the later of both days of a last audit, a row that differs from what is stored refused.

    So is a row with a code that is `spent`: another file bore it once, whose words have gone.
    """
    files: list[ListedFile] = []
    refused = list(listed.refused)
    for one in listed.files:
        if one.code in spent:
            refused.append(RefusedRow(listed.numbers[one.code], _SPENT))
            continue
        stored = known.get(one.code)
        if stored is not None and (stored.category, stored.unit_id) != (one.category, one.unit_id):
            refused.append(RefusedRow(listed.numbers[one.code], _OTHERWISE))
            continue
        days = [day for day in (one.last_audited_on, stored.last_audited_on if stored else None) if day]
        files.append(replace(one, last_audited_on=max(days, default=None)))
    return CaseList(tuple(files), tuple(sorted(refused, key=lambda row: row.number)), listed.numbers)
