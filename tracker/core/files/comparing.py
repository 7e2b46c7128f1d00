"""Comparing what records say of files with what the store holds; mending it is a person's."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.core.files.store import AlteredFileError, FileStore


@dataclass(frozen=True)
class Comparison:
    """Names in the store: recorded but gone, there but altered, there but in no record."""

    missing: tuple[str, ...]
    altered: tuple[str, ...]
    surplus: tuple[str, ...]
    whole: int


def compare(store: FileStore, recorded: Mapping[str, str]) -> Comparison:
    """Compare the store with the SHA-256 of every recorded file, by its name in the store; reads every file once."""
    there = store.names()
    present = sorted(there & recorded.keys())
    altered = [name for name in present if not _is_whole(store, name, recorded[name])]
    return Comparison(
        missing=tuple(sorted(recorded.keys() - there)),
        altered=tuple(altered),
        surplus=tuple(sorted(there - recorded.keys())),
        whole=len(present) - len(altered),
    )


def _is_whole(store: FileStore, name: str, sha256: str) -> bool:
    try:
        store.read(name, sha256)
    except AlteredFileError:
        return False
    return True
