"""Commands about plans: show one, rate it on a day; bringing one in is defined beside this."""

from datetime import date

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import Day, import_plan_command, print_json, stop
from tracker.extensions import db_session
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.models import Plan


@click.command("show-plan")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print the whole plan as JSON on standard output.")
@with_appcontext
def show_plan(slug: str, *, as_json: bool) -> None:
    """Show the plan with this SLUG: its areas, actions, milestones and leads."""
    refuse_unless_ready()
    document = plan_document(db_session(), plan_by_name(slug))
    if as_json:
        print_json(document)
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
        stop(str(problem))
    if as_json:
        print_json(document)
        return
    click.echo(f"Plan: {document['plan']} on {document['as_at']}")
    for ref, action in document["actions"].items():
        click.echo(f"{ref:>6} {action['effective']}  {'; '.join(action['reasons'])}")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (import_plan_command, show_plan, rag):
        app.cli.add_command(command)


def plan_by_name(slug: str) -> Plan:
    """Return the plan that a command names; without such a plan the command ends with a sentence."""
    plan = db_session().scalar(select(Plan).where(Plan.slug == slug))
    if plan is None:
        known = ", ".join(db_session().scalars(select(Plan.slug).order_by(Plan.slug).limit(10)))
        stop(f"There is no plan “{slug}”. Plans here: {known or 'none'}")
    return plan
