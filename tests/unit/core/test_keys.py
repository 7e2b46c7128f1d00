"""The two keys: given in production, kept apart, and on one's own machine in files that nobody else may read."""

from pathlib import Path

import pytest

from tracker.config import SettingProblem, Settings, read_settings

ONE, OTHER = "a key that seals the sessions of people", "another key that seals the change log"


def production(**given: str) -> Settings:
    return read_settings({"TRACKER_ENV": "production", "SECRET_KEY": ONE, "TRACKER_LOG_KEY": OTHER, **given})


def at_home(folder: Path) -> Settings:
    return read_settings({"TRACKER_ENV": "local", "TRACKER_INSTANCE": str(folder)})


def test_two_keys_of_enough_characters_are_taken() -> None:
    settings = production()
    assert (settings.secret_key, settings.log_key) == (ONE, OTHER.encode())
    assert ONE not in repr(settings)
    assert OTHER not in repr(settings)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"TRACKER_LOG_KEY": ""}, "TRACKER_LOG_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 32 characters"),
        ({"TRACKER_LOG_KEY": ONE}, "SECRET_KEY and TRACKER_LOG_KEY must not be the same key"),
    ],
)
def test_a_key_that_cannot_be_used_stops_the_start_and_says_what_to_do(given: dict[str, str], words: str) -> None:
    with pytest.raises(SettingProblem, match=words) as problem:
        production(**given)
    assert "token_hex" in str(problem.value)
    assert ONE not in str(problem.value)


def test_on_one_s_own_machine_two_keys_are_made_and_kept_for_the_owner_alone(tmp_path: Path) -> None:
    first = at_home(tmp_path)
    assert at_home(tmp_path) == first
    assert first.secret_key != first.log_key.decode()
    assert {file.stat().st_mode & 0o777 for file in tmp_path.glob("*_key.txt")} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
@pytest.mark.parametrize("name", ["secret_key.txt", "tracker_log_key.txt"])
def test_a_key_file_that_others_can_reach_stops_the_start_until_that_is_mended(
    tmp_path: Path, name: str, mode: int
) -> None:
    first = at_home(tmp_path)
    (tmp_path / name).chmod(mode)
    with pytest.raises(SettingProblem, match=f"chmod 600 '.*{name}'"):
        at_home(tmp_path)
    (tmp_path / name).chmod(0o600)
    assert at_home(tmp_path) == first
