"""A run of the benchmark in the small: real servers, every page and piece of work, a table and JSON."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from bench.__main__ import bench
from bench.figures import Figure, Figures
from tests.architecture.guards.sources import REPOSITORY


def test_a_small_run_finds_a_figure_for_every_page_and_piece_of_work(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    words = ["--plans", "1", "--plans", "2", "--readers", "1", "--readers", "2", "--requests", "4", "--repeats", "1"]
    # A process of its own, whose clock is that of the servers.
    command = [sys.executable, "-m", "bench", *words, "--json", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert result.returncode == 0, result.stderr
    told = json.loads(file.read_text())
    assert [one["plans"] for one in told["loaded"]] == [1, 2]
    pages = [one for one in told["found"] if one["readers"]]
    assert {(one["readers"], one["plans"]) for one in pages} == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert {"list of all plans", "plan overview", "all actions of a plan", "action", "my actions"} <= {
        one["name"] for one in pages
    }
    assert all(0 < one["median"] <= one["p95"] and one["a_second"] > 0 for one in pages)
    asked = {(one["name"], one["plans"]): one["queries"] for one in pages}
    assert all(asked[name, 1] == asked[name, 2] > 0 for name, _ in asked)
    assert {one["name"] for one in told["found"] if not one["readers"]} == {
        "tracker rag --json",
        "update, saved",
        "update, its rows by hand",
        "import of 48 actions",
    }
    assert "Pages, 2 readers at once" in result.stdout


def test_a_ratio_compares_with_the_fewest_plans() -> None:
    many = Figure("area", 20, 30.0, 40.0, readers=1)
    figures = Figures("SQLite", "3.11", 2, None, found=[many, Figure("area", 1, 20.0, 25.0, readers=1)])
    assert figures.ratio(many) == 1.5
    assert any(line.split()[:4] == ["area", "20", "30.0", "40.0"] for line in figures.as_lines())


def test_what_is_no_postgresql_address_is_refused() -> None:
    result = CliRunner().invoke(bench, ["--database", "sqlite:///somewhere.db"])
    assert result.exit_code == 2
    assert "postgresql://" in result.output
