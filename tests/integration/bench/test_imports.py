"""The benchmark of imports in the small: both ways bring a workbook in, step by step, and say what they took."""

from pathlib import Path

from bench.houses import house_in
from bench.imports import Taken, by_command, through_pages
from bench.loading import load_plans


def test_a_workbook_comes_in_through_the_pages_and_by_the_command(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        office = load_plans(house.app, 1).office
        pages, command = through_pages(house, office, 30), by_command(house, tmp_path, 30)
    assert [step for step, _ in pages.steps] == [
        "file sent",
        "file read",
        "key answered, read again",
        "three steps looked at",
        "imported",
    ]
    assert min(pages.peak, command.peak) > 30
    assert command.seconds > 0


def test_a_way_is_good_within_both_limits() -> None:
    assert Taken("pages", [("imported", 19.0)], peak=200).is_good
    assert not Taken("pages", [("imported", 10.0), ("read", 11.0)], peak=200).is_good
    assert not Taken("pages", [("imported", 1.0)], peak=301).is_good
