"""Templates show and do not decide, and pages carry neither style nor script inline."""

from pathlib import Path

import pytest

from tests.architecture.guards import templates
from tests.architecture.guards.sources import REPOSITORY


def written(root: Path, place: str, text: str) -> None:
    path = root / "templates" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_templates_have_no_fault() -> None:
    assert (REPOSITORY / "templates").is_dir()
    assert templates.faults(REPOSITORY) == []


def test_each_component_is_one_macro_of_its_own_name() -> None:
    assert templates.crowded_components(REPOSITORY) == []


def test_each_component_is_imported_somewhere() -> None:
    assert templates.unused_components(REPOSITORY) == []


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("{{ finding.words|safe }}", "switches escaping off"),
        ("{% for a in actions|selectattr('late') %}", "decides or counts; a view does that"),
        ('<p style="color: red">', "holds a style attribute"),
        ("<style>", "holds a style element"),
        ("<script>", "holds a script inline"),
        ('<button onclick="go()">', "holds an event attribute"),
        ('<a href="javascript:go()">', "holds a script in an address"),
    ],
)
def test_a_fault_in_a_page_is_noticed(tmp_path: Path, line: str, meaning: str) -> None:
    written(tmp_path, "plans/area.html", f"<h1>Area</h1>\n{line}\n")
    assert templates.faults(tmp_path) == [f"templates/plans/area.html:2 {meaning}"]


def test_a_linked_script_and_the_word_on_pass(tmp_path: Path) -> None:
    written(
        tmp_path, "plans/area.html", '<script src="/static/a.js"></script>\n<p>Depends on = nothing, turn on one</p>\n'
    )
    assert templates.faults(tmp_path) == []


def test_mail_may_carry_its_style_but_never_unescaped_text(tmp_path: Path) -> None:
    written(tmp_path, "mail/due.html", '<p style="margin: 0">{{ words|safe }}</p>\n')
    assert templates.faults(tmp_path) == ["templates/mail/due.html:1 switches escaping off"]


@pytest.mark.parametrize(
    ("macros", "complains"),
    [
        ("{% macro tag(rag) %}{% endmacro %}", False),
        ("{% macro label(rag) %}{% endmacro %}", True),
        ("{% macro tag(rag) %}{% endmacro %}{%- macro other() %}{% endmacro %}", True),
        ("<p>no macro</p>", True),
    ],
)
def test_a_component_of_two_macros_or_of_another_name_is_noticed(tmp_path: Path, macros: str, complains: bool) -> None:
    written(tmp_path, "components/tag.html", macros)
    assert bool(templates.crowded_components(tmp_path)) == complains


def test_a_component_that_nothing_imports_is_noticed(tmp_path: Path) -> None:
    written(tmp_path, "components/tag.html", "{% macro tag(rag) %}{% endmacro %}")
    assert templates.unused_components(tmp_path) == ["templates/components/tag.html: no template imports it"]
    written(tmp_path, "plans/area.html", '{% from "components/tag.html" import tag %}')
    assert templates.unused_components(tmp_path) == []
