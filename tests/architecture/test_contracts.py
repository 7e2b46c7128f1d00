"""The import contracts of pyproject.toml hold, cover every feature, and each complains when it is broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.guards.sources import REPOSITORY

WAYS_IN = {"cli", "web", "api"}

# where, what is written there, the contract that it breaks
BREAKS = [
    ("plans/commands/broken.py", "import tracker.audits.models", "layers"),
    ("people/queries/broken.py", "import tracker.plans.models", "layers"),
    ("core/broken.py", "import tracker.people", "layers"),
    ("plans/queries/broken.py", "import tracker.extensions", "layers"),
    ("novelty/__init__.py", "", "layers"),
    ("plans/models/broken.py", "import tracker.plans.commands", "features"),
    ("impact/services.py", "", "features"),
    ("people/rules/broken.py", "import tracker.people.policy", "people"),
    ("web/plans/broken.py", "import tracker.web.audits", "pages"),
    ("web/access/broken.py", "import tracker.web.plans", "pages"),
    ("audits/queries/broken.py", "import flask", "features-without-flask"),
    ("plans/rules/broken.py", "import sqlalchemy", "pure-rules"),
    ("audits/rules/broken.py", "from tracker.core import clock", "pure-rules"),
    ("plans/imports/broken.py", "import sqlite_utils", "sqlite-utils"),
]


def contracts() -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def checked(folder: Path) -> tuple[bool, str]:
    """Check the package `tracker` of a folder; say whether the contracts hold, and what was printed."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    wide = {**os.environ, "COLUMNS": "400"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=wide, capture_output=True, text=True, check=False
    )
    return run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out every room, empty, under the real contracts."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(REPOSITORY / "pyproject.toml", house)
    rooms = [
        "cli",
        "extensions",
        "config",
        "core/clock",
        "core/database",
        "people/policy",
        "web/plans",
        "web/audits",
        "web/access",
    ]
    for feature in ("people", "plans", "audits", "impact", "notices"):
        rooms += [f"{feature}/{name}" for name in ("imports", "commands", "queries", "models", "rules")]
    for room in rooms:
        path = house / "tracker" / room
        path.mkdir(parents=True)
        for package in (path, *path.parents):
            if package.is_relative_to(house / "tracker"):
                (package / "__init__.py").touch()
    return house


def test_the_contracts_hold() -> None:
    holds, words = checked(REPOSITORY)
    assert holds, words


def test_every_feature_is_under_the_contracts() -> None:
    packages = {path.parent.name for path in (REPOSITORY / "tracker").glob("*/__init__.py")}
    features = {f"tracker.{name}" for name in packages - WAYS_IN}
    listed = contracts()
    assert set(listed["features-without-flask"]["source_modules"]) == features
    layered = {*listed["features"]["containers"], *listed["people"]["containers"]}
    assert layered == features - {"tracker.core"}


def test_the_empty_house_breaks_nothing(empty_house: Path) -> None:
    holds, words = checked(empty_house)
    assert holds, words


@pytest.fixture(scope="module")
def complaints(empty_house: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Break the house in every way at once; return what is said of each contract, by its name."""
    ruin = tmp_path_factory.mktemp("ruin") / "house"
    shutil.copytree(empty_house, ruin)
    for place, line, _ in BREAKS:
        broken = ruin / "tracker" / place
        broken.parent.mkdir(parents=True, exist_ok=True)
        broken.write_text(f"{line}\n")
    holds, printed = checked(ruin)
    assert not holds
    sections = re.split(r"^(\S.*)\n-{10,}\n", printed.split("Broken contracts", 1)[1], flags=re.MULTILINE)
    return dict(zip(sections[1::2], sections[2::2], strict=True))


@pytest.mark.parametrize(("place", "line", "contract"), BREAKS)
def test_a_broken_contract_is_noticed(complaints: dict[str, str], place: str, line: str, contract: str) -> None:
    module = ".".join(Path("tracker", place).with_suffix("").parts).removesuffix(".__init__")
    said = complaints.get(contracts()[contract]["name"], "")
    assert re.search(rf"{re.escape(module)}\b.*{line.split()[1] if line else ''}", said), said
