"""The commands about plans: JSON alone on standard output, sentences on standard error, non-zero on bad input."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

RIVERTON = str(Path(__file__).parents[2] / "support" / "plans" / "riverton.txt")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def bring_in(app: Flask, *options: str) -> Result:
    return run(app, "import-plan", RIVERTON, "--title", "Riverton plan", "--approved-on", "2015-01-13", *options)


def test_import_plan_says_what_came_in_and_what_to_check(app: Flask) -> None:
    result = bring_in(app, "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["plan"] == "riverton-plan"
    assert document["counts"]["warnings"] == len(document["warnings"])
    assert {"code", "ref", "line", "message"} == set(document["warnings"][0])
    assert {"line", "text"} == set(document["unread"][0])
    assert "Brought in “riverton-plan”" in result.stderr


def test_import_plan_of_the_same_file_changes_nothing(app: Flask) -> None:
    bring_in(app)
    again = bring_in(app)
    assert again.exit_code == 0
    assert "already here" in again.stderr


def test_a_dry_run_writes_nothing(app: Flask) -> None:
    assert bring_in(app, "--dry-run").exit_code == 0
    assert run(app, "show-plan", "riverton-plan").exit_code == 1


def test_show_plan_and_rag_print_json_alone(app: Flask) -> None:
    bring_in(app)
    shown = run(app, "show-plan", "riverton-plan", "--json")
    rated = run(app, "rag", "riverton-plan", "--as-at", "2015-03-31", "--json")
    assert json.loads(shown.stdout)["plan"]["status"] == "live"
    assert json.loads(rated.stdout)["as_at"] == "2015-03-31"


def test_show_plan_and_rag_speak_to_people_too(app: Flask) -> None:
    bring_in(app)
    assert "1.2 Set a ceiling for caseloads" in run(app, "show-plan", "riverton-plan").stdout
    assert "1.2 R" in run(app, "rag", "riverton-plan", "--as-at", "2015-03-31").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import-plan", "no-such-file.txt", "--title", "T"], "cannot be read"),
        (["import-plan", RIVERTON, "--title", "T", "--approved-on", "31/01/2015"], "is not a day"),
        (["import-plan", RIVERTON, "--title", ""], "Give the plan a title"),
        (["import-plan", str(Path(__file__).parent), "--title", "T"], "cannot be read"),
        (["show-plan", "nowhere"], "There is no plan “nowhere”"),
        (["rag", "nowhere", "--as-at", "2015-03-31"], "There is no plan “nowhere”"),
        (["rag", "riverton-plan", "--as-at", "2015-01-12"], "before the plan’s approval"),
        (["rag", "riverton-plan", "--as-at", "yesterday"], "is not a day"),
    ],
)
def test_bad_input_is_one_sentence_and_a_non_zero_exit(app: Flask, words: list[str], sentence: str) -> None:
    bring_in(app)
    result = run(app, *words)
    assert result.exit_code != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_a_file_over_20_mb_is_refused(app: Flask, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"1.1\tWords\n" * 2_200_000)
    result = run(app, "import-plan", str(large), "--title", "T")
    assert result.exit_code == 1
    assert "smaller than 20 MB" in result.stderr
