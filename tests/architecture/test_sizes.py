"""Files and functions stay within their budgets; raising one needs a decision record."""

from pathlib import Path

import pytest

from tests.architecture.guards import sizes
from tests.architecture.guards.sources import REPOSITORY


def lines(count: int) -> str:
    return "x = 1\n" * count


def function_of(count: int) -> str:
    return "def long():\n" + "    pass\n" * (count - 1)


def test_modules_stay_within_their_budget() -> None:
    assert sizes.long_modules(REPOSITORY) == []


def test_functions_stay_within_their_budget() -> None:
    assert sizes.long_functions(REPOSITORY) == []


def test_templates_stay_within_their_budget() -> None:
    assert (REPOSITORY / "templates").is_dir()
    assert sizes.long_templates(REPOSITORY) == []


@pytest.mark.parametrize(
    ("place", "allowed"),
    [("tracker/plans/rules.py", 300), ("bench/pages.py", 300), ("tests/unit/test_dates.py", 400)],
)
def test_one_line_over_a_module_budget_is_noticed(tmp_path: Path, place: str, allowed: int) -> None:
    module = tmp_path / place
    module.parent.mkdir(parents=True)
    module.write_text(lines(allowed))
    assert sizes.long_modules(tmp_path) == []
    module.write_text(lines(allowed + 1))
    assert sizes.long_modules(tmp_path) == [f"{place}: {allowed + 1} lines, at most {allowed}"]


def test_one_line_over_a_function_budget_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "rules.py"
    module.write_text(function_of(40))
    assert sizes.long_functions(tmp_path) == []
    module.write_text("class Holder:\n    async " + function_of(41).replace("\n    ", "\n        "))
    assert sizes.long_functions(tmp_path) == ["rules.py:2 long: 41 lines, at most 40"]


def test_a_revision_is_a_record_and_may_be_long(tmp_path: Path) -> None:
    revision = tmp_path / "migrations/versions/0001_first.py"
    revision.parent.mkdir(parents=True)
    revision.write_text(function_of(500))
    assert sizes.long_modules(tmp_path) == sizes.long_functions(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "allowed"), [("templates/plans/area.html", 80), ("templates/components/tag.html", 40)]
)
def test_one_line_over_a_template_budget_is_noticed(tmp_path: Path, place: str, allowed: int) -> None:
    template = tmp_path / place
    template.parent.mkdir(parents=True)
    template.write_text("<p>\n" * allowed)
    assert sizes.long_templates(tmp_path) == []
    template.write_text("<p>\n" * (allowed + 1))
    assert sizes.long_templates(tmp_path) == [f"{place}: {allowed + 1} lines, at most {allowed}"]
