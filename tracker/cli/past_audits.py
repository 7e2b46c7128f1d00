"""The commands that bring past audits in and count votes by theme; reading, storing and counting are the audits'."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.audits.imports.past_audits import PastFile, PastReport, bring_in
from tracker.audits.queries import WindowCounts, window_counts
from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import Day, given_words, print_json, read_raw, stop
from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.extensions import db_session

_SHOWN = 50


@click.command("import-audits")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", required=True, help="What the columns hold: a JSON file; docs/import-audits.md shows one.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on standard output.")
@with_appcontext
def import_audits(file: Path, mapping: str, *, as_json: bool) -> None:
    """Bring in past audits from FILE, CSV or Excel, one row an audit; refused rows are named, the rest come in."""
    refuse_unless_ready()
    raw = read_raw(file)
    click.echo(f"Reading {file.name} …", err=True)
    asked = PastFile(raw, file.name, given_words(mapping), current_app.config["SETTINGS"].scanner or None)
    session = db_session()
    try:
        with acting("command:import-audits"):
            report = bring_in(session, asked, by=0)
            session.commit()
    except Problem as problem:
        session.rollback()
        stop(problem.message)
    _say(report)
    if as_json:
        print_json(report.document())


def _say(report: PastReport) -> None:
    click.echo(
        f"{counted(report.accepted, 'audit')} of {counted(report.rows, 'row')} came in; "
        f"{counted(len(report.refused), 'row')} refused, {counted(len(report.doubts), 'thing')} to look at.",
        err=True,
    )
    for one in report.refused[:_SHOWN]:
        click.echo(f"  row {one.row} refused: {one.reason}", err=True)
    for doubt in report.doubts[:_SHOWN]:
        where = f"row {doubt.row}" if doubt.row else "the file"
        click.echo(f"  {where}: {doubt.message} [{doubt.code}]", err=True)
    more = max(len(report.refused) - _SHOWN, 0) + max(len(report.doubts) - _SHOWN, 0)
    if more:
        click.echo(f"  and {more} more; --json lists them all.", err=True)


@click.command("theme-counts")
@click.option("--from", "since", type=Day(), help="The first day of the audits to count; without it from the first.")
@click.option("--to", "until", type=Day(), help="The last day of the audits to count; without it to the last.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON on standard output.")
@with_appcontext
def theme_counts(since: date | None, until: date | None, *, as_json: bool) -> None:
    """Count the votes of audits by theme, and what is left out of them and why."""
    refuse_unless_ready()
    since, until = since or date.min, until or date.max
    if since > until:
        stop("The first day must not come after the last")
    counts = window_counts(db_session(), since=since, until=until)
    if as_json:
        print_json(_document(counts))
        return
    for code, count in counts.themes.items():
        click.echo(f"{code:>16}  concern in {count.in_files}, strength in {count.strengths}; due {count.due}")
    for reason, number in counts.left_out.items():
        click.echo(f"{number:>6} left out: {reason.value.replace('_', ' ')}")


def _document(counts: WindowCounts) -> dict[str, Any]:
    return {
        "themes": {
            code: {
                "due": count.due,
                "asked": count.asked,
                "answered": count.answered,
                "concern": count.concerns,
                "strength": count.strengths,
            }
            for code, count in counts.themes.items()
        },
        "left_out": {reason.value: number for reason, number in counts.left_out.items()},
    }


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (import_audits, theme_counts):
        app.cli.add_command(command)
