"""Settings of files: where they are kept and who scans them; a wrong one stops the start."""

from pathlib import Path

import pytest

from tracker.config import SettingProblem, Settings, read_settings


def settings(folder: Path, **given: str) -> Settings:
    return read_settings({"TRACKER_ENV": "local", "TRACKER_INSTANCE": str(folder), **given})


def test_without_settings_files_are_kept_in_the_instance_and_nothing_scans_them(tmp_path: Path) -> None:
    read = settings(tmp_path)
    assert (read.files_url, read.scanner) == ("", "")


def test_a_bucket_and_a_scanner_can_be_named(tmp_path: Path) -> None:
    read = settings(tmp_path, TRACKER_FILES_URL="s3://council-files/evidence", TRACKER_SCANNER="/bin/true")
    assert (read.files_url, read.scanner) == ("s3://council-files/evidence", "/bin/true")


@pytest.mark.parametrize("url", ["http://files.example", "s3:/x", "/var/files", "s3://"])
def test_an_address_that_is_no_bucket_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingProblem, match="TRACKER_FILES_URL must be the address of a bucket"):
        settings(tmp_path, TRACKER_FILES_URL=url)


@pytest.mark.parametrize("path", ["clamscan", "/nowhere/scanner", "/bin"])
def test_a_scanner_that_cannot_be_run_stops_the_start(tmp_path: Path, path: str) -> None:
    with pytest.raises(SettingProblem, match="TRACKER_SCANNER must be the whole path"):
        settings(tmp_path, TRACKER_SCANNER=path)
