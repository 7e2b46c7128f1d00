"""Nothing unfinished, nothing of one machine, and every suppression with its reason."""

from pathlib import Path

import pytest

from tests.architecture.guards import docstrings, suppressions, words
from tests.architecture.guards.sources import REPOSITORY, strangers_at_the_top


def test_no_file_says_what_none_may_say() -> None:
    assert words.forbidden_words(REPOSITORY) == []


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("# TO" + "DO: later", "a mark of unfinished work"),
        ("# FIX" + "ME", "a mark of unfinished work"),
        ("index = https://pypi" + ".org/", "the address of a package registry"),
        ("--index-url https://mirror.example/sim" + "ple/", "the address of a package registry"),
        ('PLAN = "/wo' + 'rk/plan.txt"', "a path of one machine"),
        ("cd /ro" + "ot", "a path of one machine"),
        ("/home" + "/anne/tracker", "a path of one machine"),
    ],
)
def test_a_forbidden_word_is_noticed_in_any_file(tmp_path: Path, line: str, meaning: str) -> None:
    (tmp_path / "notes.md").write_text(f"First line\n{line}\n")
    assert words.forbidden_words(tmp_path) == [f"notes.md:2 holds {meaning}"]


def test_ordinary_words_and_addresses_pass(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "To do well, see docs/work/plan.md, /plans/home/1 and https://www.example/work/\n"
    )
    assert words.forbidden_words(tmp_path) == []


def test_suppressions_are_few_and_say_why() -> None:
    found = suppressions.suppressions(REPOSITORY)
    assert len(found) <= suppressions.AT_MOST, found
    assert suppressions.without_reason(found) == []


@pytest.mark.parametrize(
    ("line", "complains"),
    [
        ("x = 1  # no" + "qa", True),
        ("x = 1  # no" + "qa: E501", True),
        ("x = 1  # no" + "qa: E501 - a published heading, kept whole", False),
        ("x = 1  # type: " + "ignore[attr-defined]", True),
        ("x = 1  # type: " + "ignore[attr-defined]  # the library's stubs lack it", False),
        ("x = 1  # pra" + "gma: no cover", True),
    ],
)
def test_a_suppression_without_reason_is_noticed(tmp_path: Path, line: str, complains: bool) -> None:
    (tmp_path / "module.py").write_text(line + "\n")
    found = suppressions.suppressions(tmp_path)
    assert len(found) == 1
    assert bool(suppressions.without_reason(found)) == complains


def test_escaping_switched_off_in_a_template_counts_as_a_suppression(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% autoescape false %}{{ words }}{% endautoescape %}\n")
    assert len(suppressions.suppressions(tmp_path)) == 1


def test_every_ignored_lint_family_has_its_reason() -> None:
    settings = (REPOSITORY / "pyproject.toml").read_text()
    assert suppressions.ignored_rules_without_reason(settings) == []
    bare = '[tool.ruff.lint]\nselect = ["ALL"]\nignore = [\n    "EM", # read best there\n    "D105",\n]\n'
    assert suppressions.ignored_rules_without_reason(bare) == ['"D105",']


def test_every_module_says_what_belongs_in_it() -> None:
    assert docstrings.modules_without_docstring(REPOSITORY) == []


def test_a_module_without_docstring_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "tracker").mkdir()
    (tmp_path / "tracker" / "__init__.py").write_text("")
    (tmp_path / "tracker" / "dates.py").write_text('NAME = "not a docstring"\n')
    assert docstrings.modules_without_docstring(tmp_path) == [
        "tracker/__init__.py: no docstring says what belongs here",
        "tracker/dates.py: no docstring says what belongs here",
    ]


def test_the_top_level_holds_what_is_prescribed() -> None:
    assert strangers_at_the_top(REPOSITORY) == []


def test_a_stranger_at_the_top_is_noticed_and_an_ignored_one_is_not(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".venv/\n*.egg-info/\n")
    for name in ("utils", ".venv", "tracker", "improvement_tracker.egg-info"):
        (tmp_path / name).mkdir()
    assert strangers_at_the_top(tmp_path) == ["utils: not part of the prescribed top level"]
