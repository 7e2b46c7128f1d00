"""The names of backups and which of them go: by what the name says, never by chance."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tracker.core.backup import places

NOON = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


def test_a_name_says_the_moment(tmp_path: Path) -> None:
    assert places.free_name(tmp_path, NOON).name == "tracker-20261122T120005Z.backup"


def test_a_second_one_of_the_same_second_comes_after_all_others_of_it(tmp_path: Path) -> None:
    made(tmp_path, "tracker-20261122T120005Z-9.backup", "tracker-20261122T120005Z-10.backup")
    assert places.free_name(tmp_path, NOON).name == "tracker-20261122T120005Z-11.backup"


def test_the_oldest_go_and_strangers_stay(tmp_path: Path) -> None:
    made(tmp_path, *(f"tracker-2026112{day}T023000Z.backup" for day in range(1, 6)), "notes.backup", "tracker.db")
    gone = places.remove_older(tmp_path / "tracker-20261125T023000Z.backup", 2)
    assert [path.name[8:16] for path in gone] == ["20261121", "20261122", "20261123"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "tracker-20261124T023000Z.backup",
        "tracker-20261125T023000Z.backup",
        "notes.backup",
        "tracker.db",
    }


def test_the_one_just_made_stays_although_the_clock_went_back(tmp_path: Path) -> None:
    made(tmp_path, "tracker-20271122T023000Z.backup", "tracker-20261122T023000Z.backup")
    places.remove_older(tmp_path / "tracker-20261122T023000Z.backup", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["tracker-20261122T023000Z.backup"]


THIS_AGE = st.integers(0, 30_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(THIS_AGE, THIS_AGE)
def test_the_order_of_names_is_that_of_moments(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert places.stamp(first) <= places.stamp(second)
