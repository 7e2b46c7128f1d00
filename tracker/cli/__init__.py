"""The commands an operator types; they parse, ask and say, and hold no rule."""

import os
import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from tracker.config import SettingProblem


def _create_app() -> Flask:
    from tracker import create_app

    return create_app()


@click.group(cls=FlaskGroup, create_app=_create_app, add_default_commands=False, add_version_option=False)
def tracker() -> None:
    """Improvement Tracker: bring plans in, rate them, serve the pages and prove the log."""


def init_app(app: Flask) -> None:
    """Register every command with the application."""
    app.cli.help = tracker.help
    from tracker.cli import backup, demo, erase, files, inspections, log, notices, people, plans, restore, serve, setup

    for module in (setup, demo, serve, people, plans, inspections, log, files, notices, backup, restore, erase):
        module.register(app)


def main() -> None:
    """Run a command; a setting that cannot be used is one sentence and exit status 2.

    Commands typed on this machine keep their keys in the instance folder unless keys are given; a server that others
    reach needs keys of its own (`serve` and the WSGI start see to that).
    """
    os.environ.setdefault("FLASK_SKIP_DOTENV", "1")
    if not {"TRACKER_ENV", "SECRET_KEY"} & os.environ.keys():
        os.environ["TRACKER_ENV"] = "local"
    try:
        tracker.main()
    except SettingProblem as problem:
        click.echo(f"tracker: {problem}", err=True)
        sys.exit(2)
