"""Commands about plans: bring one in, show it, rate it on a day."""

import json
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from tracker.cli.database import refuse_unless_ready
from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.extensions import db_session
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.imports.text_plan import ImportReport, import_plan
from tracker.plans.models import Plan
from tracker.plans.rules.dates.periods import EARLIEST, LATEST
from tracker.plans.rules.reading.document import LARGEST_FILE


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD, of a year for which dates are reckoned."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say what is wrong with it."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day; write it as 2015-01-13.", param, ctx)
        if not EARLIEST <= day.year <= LATEST:
            self.fail(f"The year of “{value}” must be from {EARLIEST} to {LATEST}.", param, ctx)
        return day


@click.command("import-plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="The title that the plan goes by.")
@click.option("--approved-on", type=Day(), help="The day the plan was approved; without it the plan is a draft.")
@click.option("--dry-run", is_flag=True, help="Read the file and say what would come in; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on standard output.")
@with_appcontext
def import_plan_command(file: Path, title: str, approved_on: date | None, *, dry_run: bool, as_json: bool) -> None:
    """Bring in a published improvement plan from its plain text FILE."""
    refuse_unless_ready()
    raw = _read(file)
    click.echo(f"Reading {file.name} …", err=True)
    session = db_session()
    try:
        with acting("command:import-plan"):
            report = import_plan(
                session, raw=raw, name=file.name, title=title, approved_on=approved_on, is_trial=dry_run
            )
            session.commit()
    except Problem as problem:
        session.rollback()
        _stop(problem.message)
    _say(report, is_trial=dry_run)
    if as_json:
        _print(report.document())


@click.command("show-plan")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print the whole plan as JSON on standard output.")
@with_appcontext
def show_plan(slug: str, *, as_json: bool) -> None:
    """Show the plan with this SLUG: its areas, actions, milestones and leads."""
    refuse_unless_ready()
    document = plan_document(db_session(), plan_by_name(slug))
    if as_json:
        _print(document)
        return
    about = document["plan"]
    click.echo(f"{about['title']} ({about['status']}, approved {about['approved_on'] or 'not yet'})")
    for area in document["areas"]:
        click.echo(f"\n{area['number']} {area['title']}")
        for action in area["actions"]:
            leads = ", ".join(lead["name"] for lead in action["leads"]) or "no lead"
            click.echo(f"  {action['ref']} {action['title']} [{leads}]")
            for milestone in action["milestones"]:
                due = milestone["due"] or "no date"
                click.echo(f"    - {milestone['title']}: {milestone['date_text'] or 'no date given'} ({due})")


@click.command("rag")
@click.argument("slug")
@click.option("--as-at", type=Day(), required=True, help="The day to rate the plan on, not before its approval.")
@click.option("--json", "as_json", is_flag=True, help="Print the ratings as JSON on standard output.")
@with_appcontext
def rag(slug: str, as_at: date, *, as_json: bool) -> None:
    """Rate the delivery of the plan with this SLUG on a day, with the reasons."""
    refuse_unless_ready()
    try:
        document = rag_document(db_session(), plan_by_name(slug), as_at=as_at)
    except ValueError as problem:
        _stop(str(problem))
    if as_json:
        _print(document)
        return
    click.echo(f"Plan: {document['plan']} on {document['as_at']}")
    for ref, action in document["actions"].items():
        click.echo(f"{ref:>6} {action['effective']}  {'; '.join(action['reasons'])}")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (import_plan_command, show_plan, rag):
        app.cli.add_command(command)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            _stop("The file must be smaller than 20 MB")
        return file.read_bytes()
    except OSError as error:
        _stop(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}")


def plan_by_name(slug: str) -> Plan:
    """Return the plan that a command names; without such a plan the command ends with a sentence."""
    plan = db_session().scalar(select(Plan).where(Plan.slug == slug))
    if plan is None:
        known = ", ".join(db_session().scalars(select(Plan.slug).order_by(Plan.slug).limit(10)))
        _stop(f"There is no plan “{slug}”. Plans here: {known or 'none'}")
    return plan


def _say(report: ImportReport, *, is_trial: bool) -> None:
    counts = report.counts
    if report.is_repeat:
        click.echo(f"This very file is already here as “{report.slug}”. Nothing was changed.", err=True)
        return
    begin = "Would bring in" if is_trial else f"Brought in “{report.slug}”:"
    click.echo(
        f"{begin} {counts['areas']} areas, {counts['actions']} actions, {counts['milestones']} milestones; "
        f"{counts['warnings']} things to check, {len(report.reading.unread)} lines not read.",
        err=True,
    )
    for doubt in report.reading.warnings:
        click.echo(
            f"  line {doubt.line}{f', {doubt.ref}' if doubt.ref else ''}: {doubt.message} [{doubt.code}]", err=True
        )


def _print(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _stop(sentence: str) -> NoReturn:
    raise click.ClickException(sentence)
