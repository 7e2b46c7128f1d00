"""How far auditors' grades were kept in moderation, on a page and as files; by auditor for the QA lead only."""

from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.exports.workbook import workbook_of
from tracker.audits.queries import KeptGrades
from tracker.audits.queries.agreement import Rates
from tracker.audits.rules.agreement import Agreement, Pace
from tracker.audits.rules.moderating import TARGET_DAYS
from tracker.audits.rules.windows import Window, last_months
from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.chips import Chip
from tracker.web.sending import file_answer

_MONTHS = (3, 12)
HEADER = ("name", "moderated", "kept", "up", "down", "kappa", "kappa_n", "median_days", "in_time", "timed")
_NOTE = "Kappa compares the auditor's grade with the one that the moderator gave before seeing it: linear weights."


@dataclass(frozen=True)
class RateRow:
    """A line of rates, each with its n."""

    name: str
    n: str
    kept: str
    up: str
    down: str
    kappa: str
    took: str


@dataclass(frozen=True)
class RateTable:
    """Rates of one kind, under its title."""

    title: str
    head: str
    rows: list[RateRow]


@bp.get("/moderation/agreement")
@requires(Permission.MODERATION_READ)
def agreement_show() -> ResponseReturnValue:
    """Show how many grades were kept, raised and lowered, and how long moderation took."""
    window = _window()
    found = _found(window)
    return render_template(
        "audits/agreement_show.html",
        heading="How far grades were kept",
        window=window.words,
        others=[
            Chip(f"{months} months", url_for("audits.agreement_show", months=months), months == window.months)
            for months in _MONTHS
        ],
        pace=_pace(found),
        tables=[RateTable(title, title, _rows(held)) for title, held in _tables(found).items()],
        note=_NOTE,
        files=[
            (label, url_for(f"audits.agreement_{end}", months=window.months))
            for label, end in (("Download as Excel", "xlsx"), ("Download as CSV", "csv"))
        ],
    )


@bp.get("/moderation/agreement.csv")
@requires(Permission.MODERATION_READ)
def agreement_csv() -> Response:
    """Send the rates as CSV, having written down who took them."""
    tables = _tables(_found(_window()))
    rows = [[title, *_cells(name, one)] for title, held in tables.items() for name, one in held.items()]
    data = csv_bytes(("list", *HEADER), rows)
    return file_answer(None, data, name="moderation", end="csv", rows=len(rows), listed="agreement")


@bp.get("/moderation/agreement.xlsx")
@requires(Permission.MODERATION_READ)
def agreement_xlsx() -> Response:
    """Send the rates as an Excel file, a sheet for each list."""
    window = _window()
    found = _found(window)
    sheets = {title: [_cells(name, one) for name, one in held.items()] for title, held in _tables(found).items()}
    data = workbook_of(HEADER, sheets, notes=(f"How far grades were kept: {window.words}", _pace(found), _NOTE))
    rows = sum(len(held) for held in sheets.values())
    return file_answer(None, data, name="moderation", end="xlsx", rows=rows, listed="agreement")


def _window() -> Window:
    asked = request.args.get("months", "")
    months = next((one for one in _MONTHS if str(one) == asked), _MONTHS[-1])
    return last_months(months, clock.today())


def _found(window: Window) -> KeptGrades:
    return queries.kept_grades(db_session(), reader=current_person(), since=window.since, until=window.until)


def _tables(found: KeptGrades) -> dict[str, dict[str, Rates]]:
    """Return the lists that the reader may see."""
    tables = {
        "All": {"Overall grade": Rates(found.overall, found.pace)},
        "Theme": found.by_theme,
        "Team": found.by_team,
    }
    if allowed(Permission.MODERATION_COMPARE):
        tables["Auditor"] = found.by_auditor
    return tables


def _rows(held: dict[str, Rates]) -> list[RateRow]:
    return [_row(name, one.grades, one.pace) for name, one in held.items()]


def _row(name: str, one: Agreement, pace: Pace) -> RateRow:
    kept, up, down = (_share(part, one.n) for part in (one.kept, one.up, one.down))
    return RateRow(name, str(one.n), kept, up, down, _kappa(one), _took(pace))


def _cells(name: str, rates: Rates) -> list[str | float | None]:
    one, pace = rates.grades, rates.pace
    kappa = None if one.kappa is None else round(one.kappa, 3)
    return [name, one.n, one.kept, one.up, one.down, kappa, one.kappa_n, pace.median, pace.in_time, pace.n]


def _took(pace: Pace) -> str:
    return "Cannot be said" if pace.median is None else f"{pace.median:g} (n = {pace.n})"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part * 100 / whole:.0f}%)" if whole else "0 of 0"


def _kappa(one: Agreement) -> str:
    return "Cannot be said" if one.kappa is None else f"{one.kappa:.2f} (n = {one.kappa_n})"


def _pace(found: KeptGrades) -> str:
    pace = found.pace
    if pace.median is None:
        return "No moderation ended in these months."
    return (
        f"{counted(pace.n, 'moderation')} ended. Half of them took {pace.median:g} working days or fewer from sending; "
        f"{pace.in_time} of {pace.n} kept to the target of {TARGET_DAYS}."
    )
