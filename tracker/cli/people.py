"""The commands about people; what makes a good person or password is not decided here."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Person, Unit
from tracker.people.rules import Role
from tracker.plans.models import Plan


@click.group("person")
def person_group() -> None:
    """Manage people from the command line: the first administrator is added here."""


@person_group.command("add")
@click.option("--name", required=True, help="Name and surname.")
@click.option("--email", required=True, help="The e-mail address to sign in with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="The first role.")
@click.option("--plan", "plan_slug", help="Only for this plan: the last part of its address.")
@click.option("--unit", "unit_name", help="The unit that the person belongs to, by name.")
@click.option("--post", default="", help="The post, as viewers read it instead of the name.")
@click.option("--ask-password", is_flag=True, help="Ask for a password to keep, instead of making one to be changed.")
@with_appcontext
def add(
    *, name: str, email: str, role: str, plan_slug: str | None, unit_name: str | None, post: str, ask_password: bool
) -> None:
    """Add a person with a role, and print a first password once.

    It must be changed at the first sign-in, within seven days.
    """
    typed = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else None
    session = db_session()
    try:
        with acting("command:person-add"):
            plan, unit = _plan(session, plan_slug), _unit(session, unit_name)
            person = commands.add_person(session, email=email, name=name, post=post, unit=unit, by=None)
            commands.grant_role(session, person, Role(role), plan_id=plan.id if plan else None, by=None)
            made = _give_password(session, person, typed)
            session.commit()
    except Problem as problem:
        session.rollback()
        raise click.ClickException(f"{problem.message}.") from None
    click.echo(f"Added: {person.name}, {Role(role).words}, {person.email}", err=True)
    if made:
        click.echo(f"First password: {made}")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(person_group)


def _give_password(session: Session, person: Person, typed: str | None) -> str | None:
    if typed is None:
        return commands.reset_password(session, person, by=None)
    commands.set_password(session, person, password=typed, by=None)
    return None


def _plan(session: Session, slug: str | None) -> Plan | None:
    if slug is None:
        return None
    plan = session.scalar(select(Plan).where(Plan.slug == slug))
    if plan is None:
        raise click.ClickException(f"There is no plan {slug!r}.")
    return plan


def _unit(session: Session, name: str | None) -> Unit | None:
    if name is None:
        return None
    unit = queries.unit_by_name(session, name)
    if unit is None:
        raise click.ClickException(f"There is no unit {name!r}.")
    return unit
