"""The command that brings a plan in from its document, whichever of five forms it has; showing it is elsewhere."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from tracker.cli.database import refuse_unless_ready
from tracker.cli.telling import meter
from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.extensions import db_session
from tracker.plans.commands.importing import steps_of
from tracker.plans.imports.plan_file import PlanFile, read_plan_file
from tracker.plans.imports.text_plan import ImportReport, refuse_title, store_plan
from tracker.plans.queries.imports import kept_mapping
from tracker.plans.rules.dates.periods import EARLIEST, LATEST
from tracker.plans.rules.reading.document import LARGEST_FILE

_OPTIONS = {"columns": "--mapping", "rag_key": "--rag-key"}
_LONGEST_OPTION = 100_000


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
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--title", required=True, help="The title that the plan goes by.")
@click.option("--approved-on", type=Day(), help="The day the plan was approved; without it the plan is a draft.")
@click.option(
    "--mapping",
    default="",
    help='What columns hold: a JSON file, words like "What = action, Who = leads", or the name of a kept mapping.',
)
@click.option(
    "--rag-key",
    default="",
    help='What the words of a RAG column mean: a JSON file, or words like "Green = C, Amber = G".',
)
@click.option("--dry-run", is_flag=True, help="Read the file and say what would come in; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on standard output.")
@with_appcontext
def import_plan_command(
    file: Path,
    title: str,
    approved_on: date | None,
    mapping: str,
    rag_key: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in an improvement plan from FILE: Word, Excel, CSV or plain text; "-" reads standard input."""
    refuse_unless_ready()
    raw = read_raw(file)
    name = "pasted text" if str(file) == "-" else file.name
    click.echo(f"Reading {name} …", err=True)
    session = db_session()
    asked = _asked(session, raw, name, mapping, rag_key)
    try:
        with acting("command:import-plan"):
            report = _bring_in(session, asked, title, approved_on, is_trial=dry_run)
            session.commit()
    except Problem as problem:
        session.rollback()
        option = _OPTIONS.get(problem.field or "")
        stop(f"{problem.message}. Use {option} for this" if option else problem.message)
    _say(report, is_trial=dry_run)
    if as_json:
        print_json(report.document())


def print_json(document: dict[str, Any]) -> None:
    """Print a document as JSON on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def stop(sentence: str) -> NoReturn:
    """End the command with a sentence on standard error and a status that is not zero."""
    raise click.ClickException(sentence)


def _bring_in(
    session: Session, file: PlanFile, title: str, approved_on: date | None, *, is_trial: bool
) -> ImportReport:
    refuse_title(title)
    lines = file.raw.count(b"\n")
    with _bar("Reading", lines) as progress:
        found = read_plan_file(file, approved_on=approved_on, progress=progress)
    with _bar("Bringing in", steps_of(found.reading)) as progress:
        return store_plan(
            session, file, found, title=title, approved_on=approved_on, is_trial=is_trial, progress=progress
        )


@contextmanager
def _bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show how far the work is, by the line or the step that it has reached."""
    with meter(label, length) as advance:
        reached = 0

        def progress(place: int) -> None:
            nonlocal reached
            advance(max(place - reached, 0))
            reached = max(place, reached)

        yield progress


def _asked(session: Session, raw: bytes, name: str, mapping: str, rag_key: str) -> PlanFile:
    """Return the file with what helps to read it; a mapping kept under a name brings its key with it."""
    kept = kept_mapping(session, mapping) if mapping and "=" not in mapping and not Path(mapping).is_file() else None
    if kept is None:
        return PlanFile(raw, name, columns=given_words(mapping), key=given_words(rag_key))
    return PlanFile(raw, name, columns=kept.columns, key=given_words(rag_key) or kept.rag_key)


def given_words(option: str) -> str:
    """Return what an option says: the content of the file that it names, or its own words."""
    file = Path(option) if option and "=" not in option and "{" not in option else None
    if file is None:
        return option
    try:
        return file.read_bytes()[:_LONGEST_OPTION].decode("utf-8-sig", "replace")
    except OSError as error:
        stop(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}")


def read_raw(file: Path) -> bytes:
    """Return what a file holds, or standard input for "-"; one that cannot be read ends the command."""
    if str(file) == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        if file.stat().st_size > LARGEST_FILE:
            stop("The file must be smaller than 20 MB")
        return file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}")


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
        where = doubt.place or f"line {doubt.line}"
        click.echo(f"  {where}{f', {doubt.ref}' if doubt.ref else ''}: {doubt.message} [{doubt.code}]", err=True)
