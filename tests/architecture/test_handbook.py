"""What README and the guides tell a reader to type exists, and every command says what it is for."""

import re

import click
import pytest
from flask import Flask

from tests.architecture.guards import handbook
from tests.architecture.guards.sources import REPOSITORY

_SETTING = re.compile(r"\b(?:TRACKER_[A-Z_]+|DATABASE_URL|SECRET_KEY)\b")


def text_of_guides() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in handbook.guides(REPOSITORY))


@pytest.fixture
def small_program() -> click.Group:
    @click.group(help="Small.")
    def program() -> None: ...

    @program.command(help="Show a plan.")
    @click.argument("slug")
    @click.option("--json", "as_json", is_flag=True)
    def show_plan(slug: str, as_json: bool) -> None: ...

    @program.group(help="Persons.")
    def person() -> None: ...

    @person.command()
    def add() -> None: ...

    return program


def test_there_is_a_readme_that_names_the_two_commands() -> None:
    targets = handbook.named_targets((REPOSITORY / "README.md").read_text(encoding="utf-8"))
    assert {"run", "test"} <= set(targets)


def test_every_make_target_in_the_guides_exists() -> None:
    known = handbook.make_targets((REPOSITORY / "Makefile").read_text())
    named = handbook.named_targets(text_of_guides())
    assert named
    assert [target for target in named if target not in known] == []


def test_every_tracker_command_in_the_guides_exists(app: Flask) -> None:
    named = handbook.named_commands(text_of_guides())
    assert named
    assert [fault for fault in (handbook.unknown_command(app.cli, written) for written in named) if fault] == []


def test_every_command_and_option_has_help(app: Flask) -> None:
    assert {"setup", "demo", "serve"} <= set(app.cli.list_commands(click.Context(app.cli)))
    assert handbook.commands_without_help(app.cli, "tracker") == []


def test_a_target_that_does_not_exist_is_noticed() -> None:
    text = "Type `make run PORT=5001` or:\n```\ngit clone x && make test  # or make it\nmake PORT=1 serve\n```"
    assert handbook.named_targets(text) == ["run", "test", "serve"]
    assert handbook.make_targets("run: setup  # serve\n\techo\n.venv/x:\n") == {"run"}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("show-plan alder --json", None),
        ("person add", None),
        ("show-plans alder", "tracker show-plans alder: no command show-plans"),
        ("person remove", "tracker person remove: no command remove"),
        ("show-plan alder --xml", "tracker show-plan alder --xml: no option --xml"),
    ],
)
def test_a_command_or_option_that_does_not_exist_is_noticed(
    small_program: click.Group, written: str, fault: str | None
) -> None:
    assert handbook.named_commands(f"```\n.venv/bin/tracker {written}\n```") == [written]
    assert handbook.unknown_command(small_program, written) == fault


def test_a_command_without_help_is_noticed(small_program: click.Group) -> None:
    assert handbook.commands_without_help(small_program, "tracker") == [
        "tracker person add: no help",
        "tracker show-plan --json: no help",
    ]


def test_the_table_of_settings_names_every_setting_and_no_other() -> None:
    operations = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([A-Z_]+)` \|", operations, re.MULTILINE)
    read = set(_SETTING.findall((REPOSITORY / "tracker" / "config.py").read_text(encoding="utf-8")))
    assert sorted(table) == sorted(read)


def test_the_commands_of_the_units_exist(app: Flask) -> None:
    units = sorted((REPOSITORY / "docs" / "systemd").glob("*.service"))
    written = [line for unit in units for line in re.findall(r"bin/tracker ([^\n&|)]*)", unit.read_text())]
    assert len(written) >= 3
    assert [fault for line in written if (fault := handbook.unknown_command(app.cli, line.replace('"', "")))] == []
    started = "\n".join(unit.read_text() for unit in units)
    operations = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {unit.name for unit in units if unit.name not in operations} == set()
    assert "gunicorn --worker-class gthread" in started
