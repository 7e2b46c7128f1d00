"""A few rounds of the kills that the benchmark does a hundred of: nothing acknowledged is lost or doubled."""

from pathlib import Path

from bench.kills import kill_again_and_again


def test_what_was_acknowledged_survives_a_killed_server_once(tmp_path: Path) -> None:
    found = kill_again_and_again(8, tmp_path, lambda _done: None, seed=7)
    assert found.kills == 8
    assert found.acknowledged > 8
    assert (found.lost, found.doubled, found.unsound) == ([], [], [])
