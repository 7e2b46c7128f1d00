"""The command that brings an inspection report in; reading and recording it are the plans'."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import Day, print_json, stop
from tracker.cli.plans import plan_by_name
from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.plans.commands.inspections import InspectionFacts, inspection_from
from tracker.plans.imports.inspection_report import (
    ReportText,
    facts_of,
    import_inspection,
    read_inspection,
    report_text,
)
from tracker.plans.rules.inspecting import InspectionReading


@click.command("import-inspection")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title that the inspection goes by; made of its facts when left out.")
@click.option("--plan", "slug", help="The plan that answers it, by its SLUG.")
@click.option("--received-on", type=Day(), help="The day the report came: the days of the answer count from here.")
@click.option("--dry-run", is_flag=True, help="Read the file and say what would come in; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON on standard output.")
@with_appcontext
def import_inspection_command(
    file: Path, title: str, slug: str | None, received_on: date | None, *, dry_run: bool, as_json: bool
) -> None:
    """Bring in the report of an inspection or visit from FILE: plain text, Word (.docx) or PDF with text."""
    refuse_unless_ready()
    click.echo(f"Reading {file.name} …", err=True)
    try:
        source = _text_of(file)
        reading = read_inspection(source)
        facts = facts_of(reading, title=title)
        said = "" if dry_run else _record(source, reading, facts, slug=slug, received_on=received_on)
    except Problem as problem:
        db_session().rollback()
        stop(problem.message)
    _say(reading, said or f"Would bring in “{facts.title}”")
    if as_json:
        print_json(reading.document())


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(import_inspection_command)


def _text_of(file: Path) -> ReportText:
    scanner = current_app.config["SETTINGS"].scanner or None
    try:
        with file.open("rb") as opened:
            return report_text(opened, file.name, scanner=scanner)
    except OSError as error:
        stop(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}")


def _record(
    source: ReportText,
    reading: InspectionReading,
    facts: InspectionFacts,
    *,
    slug: str | None,
    received_on: date | None,
) -> str:
    """Record the report unless it is here; return what was done, in words."""
    session = db_session()
    plan = plan_by_name(slug) if slug else None
    if (before := inspection_from(session, source.sha256)) is not None:
        return f"This very report is already here as “{before.title}”. Nothing was changed"
    known = replace(facts, received_on=received_on)
    with acting("command:import-inspection"):
        inspection = import_inspection(session, source=source, reading=reading, facts=known, plan=plan)
        session.commit()
    return f"Brought in “{inspection.title}”"


def _say(reading: InspectionReading, done: str) -> None:
    points = sum(len(item.children) for item in reading.items)
    nested = f" with {counted(points, 'nested point')}" if points else ""
    doubts = counted(len(reading.warnings), "thing")
    click.echo(f"{done}: {counted(len(reading.items), 'item')}{nested}; {doubts} to check.", err=True)
    for doubt in reading.warnings:
        click.echo(f"  line {doubt.line}: {doubt.message} [{doubt.code}]", err=True)
