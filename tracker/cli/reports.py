"""The command that prints a report of a plan as words, JSON or CSV; what a report tells is worked out elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import Day, print_json, stop
from tracker.cli.plans import plan_by_name
from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.queries import meetings, updates_open_days
from tracker.plans.exports.reports.files import (
    declared_file,
    exceptions_file,
    leads_file,
    slippage_file,
    turning_file,
)
from tracker.plans.exports.reports.tables import Cell, ReportFile, Table
from tracker.plans.queries.load import loads_of
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.declared import declarations
from tracker.plans.queries.reports.exceptions import exception_rows, exceptions
from tracker.plans.queries.reports.reported import Reported, reported
from tracker.plans.queries.reports.slippage import slipped_actions
from tracker.plans.queries.reports.turning import turning
from tracker.plans.queries.updaters import linked_parties
from tracker.plans.queries.window import UpdateWindow, window_of
from tracker.plans.rules.comparing import look_until

_Make = Callable[[Session, Reported, date | None], ReportFile]


@click.command("report")
@click.argument("kind", type=click.Choice(["exceptions", "slippage", "leads", "turning", "declared"]))
@click.argument("slug")
@click.option("--as-at", "day", type=Day(), help="The day to tell of, from the plan's approval on; without it today.")
@click.option("--before", type=Day(), help="With turning: until when to look; without it the next meeting, or 28 days.")
@click.option("--json", "as_json", is_flag=True, help="Print every table of the report as JSON on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the report's main table as CSV on standard output.")
@with_appcontext
def report_command(kind: str, slug: str, day: date | None, before: date | None, *, as_json: bool, as_csv: bool) -> None:
    """Print a report KIND of the plan with this SLUG, with the names of its leads."""
    refuse_unless_ready()
    session, today = db_session(), clock.today()
    plan = plan_by_slug(session, slug) or plan_by_name(slug)
    day = day or today
    if day > today:
        stop(f"{day} is still to come; choose today or an earlier day.")
    if before is not None and (kind != "turning" or before <= day):
        stop("--before goes with turning, and names a day after the one that the report tells of.")
    try:
        found = reported(session, plan, day=day, with_names=True)
    except ValueError as problem:
        stop(str(problem))
    made = _MAKERS[kind](session, found, before)
    if as_json:
        print_json(dict(made.document))
    elif as_csv:
        click.echo(csv_bytes(made.main.header, made.main.rows), nl=False)
    else:
        _say(made)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(report_command)


def _exceptions(session: Session, found: Reported, _: date | None) -> ReportFile:
    return exceptions_file(found, exception_rows(session, found, exceptions(found)))


def _slippage(_session: Session, found: Reported, _: date | None) -> ReportFile:
    return slippage_file(found, slipped_actions(found))


def _turning(session: Session, found: Reported, before: date | None) -> ReportFile:
    window = _window(session, clock.today())
    meeting = next((held for held in window.held if held > found.day), window.next_day)
    until = before or look_until("", next_meeting=meeting, today=found.day).day
    return turning_file(found, turning(found, before=until), before=until)


def _declared(_session: Session, found: Reported, _: date | None) -> ReportFile:
    return declared_file(found, declarations(found))


def _leads(session: Session, found: Reported, _: date | None) -> ReportFile:
    loads = loads_of(found.actions, _window(session, found.day), linked=linked_parties(session, found.day))
    return leads_file(found.plan, loads, day=found.day)


_MAKERS: dict[str, _Make] = {
    "exceptions": _exceptions,
    "slippage": _slippage,
    "leads": _leads,
    "turning": _turning,
    "declared": _declared,
}


def _window(session: Session, day: date) -> UpdateWindow:
    moment = datetime.combine(day, time(12), UTC)
    return window_of(meetings(session), moment, opens_before=updates_open_days(session))


def _say(made: ReportFile) -> None:
    """Print a report for a reader: its day, what it is, and each row with what its columns hold."""
    table = made.tables[0]
    click.echo(f"{made.title}: {made.plan}, as at {made.as_at}, by {made.rule_version}")
    for note in made.notes:
        click.echo(note)
    for row in table.rows:
        click.echo(f"\n{row[0]} {row[1]}".rstrip())
        click.echo("  " + "; ".join(_told(table, row)))
    if not table.rows:
        click.echo("Nothing to report.")


def _told(table: Table, row: tuple[Cell, ...]) -> list[str]:
    cells = list(zip(table.header, row, strict=True))[2:]
    return [f"{heading}: {cell}" for heading, cell in cells if cell not in {"", None}]
