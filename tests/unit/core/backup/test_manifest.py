"""The list of contents of a backup: what was sealed is read back, and whatever else is refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.backup import BackupError, Manifest, Part
from tracker.core.backup.manifest import read_sealed, sealed_text

KEY = b"a key for tests only, long enough"
NAMES = st.from_regex(r"[a-z0-9_]{1,8}(/[a-z0-9_]{1,8})?", fullmatch=True)
PARTS = st.builds(Part, NAMES, st.integers(0, 2**40), st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
MANIFESTS = st.builds(
    Manifest,
    made_at=st.text(),
    program=st.text(),
    database=st.sampled_from(["sqlite", "postgresql"]),
    revision=st.text(),
    checkpoint=st.text(),
    parts=st.lists(PARTS, max_size=4).map(tuple),
    elsewhere=st.lists(st.tuples(NAMES, st.text()), max_size=3).map(tuple),
    lost=st.lists(NAMES, max_size=3).map(tuple),
)


def a_manifest(part: str = "database") -> Manifest:
    return Manifest("2026-11-22T12:00:00.000000Z", "1.0.0", "sqlite", "0012", "", (Part(part, 1, "0" * 64),))


@given(MANIFESTS)
def test_what_was_sealed_is_read_back(manifest: Manifest) -> None:
    assert read_sealed(sealed_text(manifest, KEY), KEY) == manifest


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BackupError, match=r"\.$"):
        read_sealed(text, KEY)


def test_another_key_is_told_from_an_altered_list() -> None:
    with pytest.raises(BackupError, match="another installation"):
        read_sealed(sealed_text(a_manifest(), KEY), b"b key for tests only, long enough")
    with pytest.raises(BackupError, match="was altered"):
        read_sealed(sealed_text(a_manifest(), KEY).replace("1.0.0", "1.0.1"), KEY)


@pytest.mark.parametrize("name", ["../escape", "/etc/passwd", "files/../../escape", "files//x", "", "files/.hidden"])
def test_a_name_that_leads_out_of_its_folder_is_refused_whoever_sealed_it(name: str) -> None:
    with pytest.raises(BackupError, match="names a part in a way"):
        read_sealed(sealed_text(a_manifest(name), KEY), KEY)


def test_the_key_is_not_in_it() -> None:
    assert KEY.decode() not in sealed_text(a_manifest(), KEY)
