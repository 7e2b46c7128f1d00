"""The commands an operator types; they parse, ask and say, and hold no rule."""

import gc
import os
import sys
from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup, FlaskGroup

from tracker.config import SettingProblem

# Which module registers a command, so that serving the pages need not wait for what restoring a backup needs.
MODULES = {
    "backup": "backup",
    "check-files": "files",
    "checkpoint": "log",
    "demo": "demo",
    "erase": "erase",
    "import-audits": "past_audits",
    "import-inspection": "inspections",
    "import-plan": "plans",
    "person": "people",
    "rag": "plans",
    "re-import": "reimporting",
    "report": "reports",
    "restore": "restore",
    "retention": "retention",
    "send-notices": "notices",
    "serve": "serve",
    "setup": "setup",
    "show-plan": "plans",
    "theme-counts": "past_audits",
    "tidy": "tidy",
    "tool": "tools",
    "verify-log": "log",
}


def create_lasting_app() -> Flask:
    """Build the application of a process that ends with it, such as a command or a server.

    What starting makes stays to the end. It is not searched for garbage, neither while it is made nor with each full
    search later, which would hold up whatever page is being made at that moment.
    """
    from tracker import create_app

    gc.disable()
    try:
        return create_app()
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=FlaskGroup, create_app=create_lasting_app, add_default_commands=False, add_version_option=False)
def tracker() -> None:
    """Improvement Tracker: bring plans in, rate them, serve the pages and prove the log."""


class CommandsOnDemand(AppGroup):
    """The commands of an application by their names; the module of one is imported when it is asked for."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name, help=tracker.help)
        self._app = app

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, imported or not."""
        return sorted({*super().list_commands(ctx), *MODULES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, if there is one."""
        if cmd_name in MODULES and cmd_name not in self.commands:
            import_module(f"{__name__}.{MODULES[cmd_name]}").register(self._app)
        return super().get_command(ctx, cmd_name)


def init_app(app: Flask) -> None:
    """Give the application every command."""
    app.cli = CommandsOnDemand(app)


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
