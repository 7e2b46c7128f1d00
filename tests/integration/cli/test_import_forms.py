"""The command that brings a plan in, for files with tables: its options, its refusals and its JSON."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_word

KEY = "Green = G, Amber = A, Red = R"


def bring_in(app: Flask, file: str, *options: str, pasted: bytes = b"") -> Result:
    words = ["import-plan", file, "--title", "Riverton plan", "--approved-on", "2026-01-13", *options]
    return app.test_cli_runner().invoke(args=words, input=pasted)


@pytest.mark.parametrize(("name", "raw"), [("a.docx", as_word()), ("a.xlsx", as_excel()), ("a.csv", as_csv())])
def test_a_plan_with_tables_comes_in_with_the_key_to_its_colours(
    app: Flask, tmp_path: Path, name: str, raw: bytes
) -> None:
    (tmp_path / name).write_bytes(raw)
    stopped = bring_in(app, str(tmp_path / name))
    assert stopped.exit_code == 1
    assert "“rag” (Green: 2, Amber: 1, Red: 1)" in stopped.stderr
    assert "Use --rag-key for this" in stopped.stderr
    (tmp_path / "key.json").write_text('{"Green": "C", "Amber": "G", "Red": "R"}', encoding="utf-8")
    result = bring_in(app, str(tmp_path / name), "--rag-key", str(tmp_path / "key.json"), "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["counts"]["actions"], report["counts"]["milestones"]) == (5, 6)
    assert {"code", "ref", "line", "message", "place"} == set(report["warnings"][0])


def test_pasted_cells_come_in_by_standard_input(app: Flask) -> None:
    result = bring_in(app, "-", "--rag-key", KEY, "--dry-run", "--json", pasted=as_pasted())
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["counts"]["actions"] == 5


def test_a_mapping_says_what_unknown_headings_hold(app: Flask, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.csv", tmp_path / "mapping.json"
    file.write_text("Ziel;Bis;Durch\nCount;Mar 2027;Hannah Osei\n", encoding="utf-8")
    refused = bring_in(app, str(file))
    assert (refused.exit_code, "say which column is which" in refused.stderr) == (1, True)
    mapping.write_text('{"columns": {"Ziel": "action", "Bis": "target", "Durch": "leads"}}', encoding="utf-8")
    assert bring_in(app, str(file), "--mapping", str(mapping)).exit_code == 0


@pytest.mark.parametrize(
    ("option", "words", "sentence"),
    [
        ("--mapping", "What = nonsense", "The columns are given as"),
        ("--mapping", "no-such-file.json", "cannot be read"),
        ("--rag-key", "Green = Q", "The key is given as"),
    ],
)
def test_options_that_say_nothing_are_refused(
    app: Flask, tmp_path: Path, option: str, words: str, sentence: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(as_excel())
    result = bring_in(app, str(tmp_path / "a.xlsx"), option, words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""
