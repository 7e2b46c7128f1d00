"""The commands are imported when they are asked for, so that a server need not wait for those it does not run."""

import subprocess
import sys
from importlib import import_module

import click
import pytest
from flask import Flask

from tracker.cli import MODULES, CommandsOnDemand

_OTHERS = ("tracker.cli.restore", "tracker.cli.demo", "tracker.cli.backup")


@pytest.fixture
def commands() -> CommandsOnDemand:
    return CommandsOnDemand(Flask("operator"))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_command_is_where_the_table_says(name: str) -> None:
    app = Flask("operator")
    app.cli = CommandsOnDemand(app)
    found = app.cli.get_command(click.Context(app.cli), name)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("module", sorted(set(MODULES.values())))
def test_no_command_of_a_module_is_missing_from_the_table(module: str) -> None:
    app = Flask("operator")
    import_module(f"tracker.cli.{module}").register(app)
    assert set(app.cli.commands) == {name for name, where in MODULES.items() if where == module}


def test_a_name_that_is_no_command_finds_nothing(commands: CommandsOnDemand) -> None:
    assert commands.get_command(click.Context(commands), "serv") is None


def test_building_the_application_imports_no_command() -> None:
    words = (
        "import os, sys; os.environ.update(SECRET_KEY='k' * 64, TRACKER_LOG_KEY='l' * 64, TRACKER_ENV='test');"
        "import tracker; tracker.create_app(); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not set(_OTHERS) & set(done.stdout.split())
