"""The commands that README and guides name: each must exist, with its options; the prose is not judged."""

import re
from pathlib import Path

import click

from tests.architecture.guards.sources import files

_CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_MAKE = re.compile(r"(?:^|[\s;&])make((?: +[A-Za-z_]+=\S*)*)((?: +[a-z][a-z-]*)*)", re.MULTILINE)
_TRACKER = re.compile(r"(?:^|[\s;&/])tracker +([^\n;&|<>]*)", re.MULTILINE)


def guides(root: Path) -> list[Path]:
    """Return the documents whose commands a reader will type."""
    tops = [root / name for name in ("README.md", "CONTRIBUTING.md")]
    docs = root / "docs"
    return [*(path for path in tops if path.exists()), *(files(docs, ".md") if docs.is_dir() else [])]


def code_in(text: str) -> list[str]:
    """Return the pieces of a document that are set as code, without their comments."""
    return [re.sub(r"\s#.*", "", block or span) for block, span in _CODE.findall(text)]


def make_targets(makefile: str) -> set[str]:
    """Return the names that `make` knows."""
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def named_targets(text: str) -> list[str]:
    """Return the targets of `make` that a document names, in order."""
    return [target for code in code_in(text) for _, names in _MAKE.findall(code) for target in names.split()]


def named_commands(text: str) -> list[str]:
    """Return what a document writes after `tracker`, a line each, in order."""
    return [rest.strip() for code in code_in(text) for rest in _TRACKER.findall(code)]


def unknown_command(program: click.Group, written: str) -> str | None:
    """Say what is wrong with a command line as written after `tracker`; None when it exists with its options."""
    command: click.Command = program
    context = click.Context(program)
    for word in written.split():
        if word.startswith("-"):
            known = {option for parameter in command.get_params(context) for option in parameter.opts}
            name = word.split("=")[0].rstrip("],.")
            if name not in known:
                return f"tracker {written}: no option {name}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word.rstrip(",."))
            if found is None:
                return f"tracker {written}: no command {word}"
            command = found
    return None


def commands_without_help(command: click.Command, name: str) -> list[str]:
    """Name each command and each option that does not say what it is for."""
    complaints = [] if (command.help or command.short_help) else [f"{name}: no help"]
    complaints += [
        f"{name} {parameter.opts[0]}: no help"
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            child = command.get_command(context, word)
            complaints += commands_without_help(child, f"{name} {word}") if child else [f"{name} {word}: not there"]
    return complaints
