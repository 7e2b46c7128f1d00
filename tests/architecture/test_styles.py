"""The style sheets hold no rule for a class that nothing wears."""

from pathlib import Path

import pytest

from tests.architecture.guards import styles
from tests.architecture.guards.sources import REPOSITORY

TEMPLATE = "<p class=\"note rag-{{ code|lower }}{{ ' box-' ~ size if size }}\">{{ tag(size='short') }}</p>"


def test_something_wears_every_class() -> None:
    assert (REPOSITORY / "tracker/static/css/content.css").is_file()
    assert styles.unused_classes(REPOSITORY) == []


@pytest.mark.parametrize(
    ("rule", "unworn"),
    [
        (".note { color: red; }", []),
        (".rag-r { color: red; }", []),
        (".box-short > p { color: red; }", []),
        (".shown { color: red; }", []),
        (".note, .notes { margin: 0.5rem; }", ["notes"]),
        (".rag-q { color: red; }", ["rag-q"]),
        ("@media print { .box-tall { color: red; } }", ["box-tall"]),
        ("/* .gone is no more */", []),
    ],
)
def test_a_rule_that_nothing_shows_is_noticed(tmp_path: Path, rule: str, unworn: list[str]) -> None:
    for place, text in {
        "tracker/static/css/content.css": rule,
        "tracker/static/js/menu.js": 'list.classList.toggle("shown");',
        "tracker/plans/rules/rag.py": 'RED = "R"',
        "templates/plans/area.html": TEMPLATE,
    }.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert styles.unused_classes(tmp_path) == [
        f"tracker/static/css/content.css: nothing wears .{one}" for one in unworn
    ]
