"""The command that compares a later version of a plan with what is stored, and takes in what is named; no rule here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import given_words, print_json, read_raw, stop
from tracker.cli.plans import plan_by_name
from tracker.core.changelog import acting
from tracker.core.database import begin_writing
from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.plans.commands.declared import document_itself
from tracker.plans.commands.reimport import LaterVersion, differences, take_in
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.models import Plan
from tracker.plans.rules.reimport import PlanChange, chosen_codes


@dataclass(frozen=True)
class _Found:
    """A later version with its differences, and the codes of those that were taken in."""

    plan: Plan
    version: LaterVersion
    changes: tuple[PlanChange, ...]
    applied: tuple[str, ...] = ()


@click.command("re-import")
@click.argument("slug", metavar="PLAN")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--mapping", default="", help='What columns hold: a JSON file, or words like "What = action".')
@click.option(
    "--apply",
    "asked",
    default="",
    metavar="ALL|CODES",
    help="Take in everything but what is gone, or the differences with these codes or of these kinds, with commas.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON on standard output.")
@with_appcontext
def re_import(slug: str, file: Path, mapping: str, asked: str, *, as_json: bool) -> None:
    """Say in what FILE, a later version, differs from the PLAN with this slug; change nothing unless told to.

    FILE is Word, Excel, CSV or plain text; "-" reads standard input. An approved date is never overwritten: another one
    is asked for.
    """
    refuse_unless_ready()
    session, plan = db_session(), plan_by_name(slug)
    name = "pasted text" if str(file) == "-" else file.name
    asked_for = PlanFile(read_raw(file), name, columns=given_words(mapping))
    try:
        version = read_later_version(asked_for, plan)
        with acting("command:re-import"):
            found = _taken_in(session, plan, version, asked)
            session.commit()
    except Problem as problem:
        session.rollback()
        stop(f"{problem.message}. Use --mapping for this" if problem.field == "columns" else problem.message)
    _say(found, is_asked=bool(asked))
    if as_json:
        print_json(_document(found))


def _taken_in(session: Session, plan: Plan, version: LaterVersion, asked: str) -> _Found:
    """Compare, and take in what was asked for in one go; what is compared stays so until it is taken in."""
    if asked:
        session.rollback()
        begin_writing(session.connection())
    changes = differences(session, plan, version.content)
    codes, unknown = chosen_codes(asked, changes)
    if unknown:
        stop(f"There is no difference “{unknown[0]}”. Leave --apply out to see them")
    if codes:
        take_in(session, plan, version, changes, codes=codes, by=document_itself(session))
    return _Found(plan, version, changes, tuple(one.code for one in changes if one.code in codes))


def _say(found: _Found, *, is_asked: bool) -> None:
    count = counted(len(found.changes), "difference")
    click.echo(f"{found.version.file_name} and “{found.plan.slug}”: {count}.", err=True)
    for one in found.changes:
        sides = f"{one.was or 'nothing'} → {one.now or 'nothing'}"
        cannot = f" Cannot be taken in: {one.cannot}." if one.cannot else ""
        mark = "+" if one.code in found.applied else " "
        click.echo(f"{mark} {one.code}: {one.kind.words}. {one.ref} {one.title}: {sides}.{cannot}", err=True)
    told = f"Taken in: {len(found.applied)}." if is_asked else "Nothing was changed."
    click.echo(told, err=True)


def _document(found: _Found) -> dict[str, Any]:
    return {
        "plan": found.plan.slug,
        "file": found.version.file_name,
        "changes": [
            {
                "code": one.code,
                "kind": one.kind.value,
                "ref": one.ref,
                "title": one.title,
                "was": one.was or None,
                "now": one.now or None,
                "ticked": one.is_ticked,
                "cannot": one.cannot or None,
            }
            for one in found.changes
        ],
        "applied": list(found.applied),
    }


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(re_import)
