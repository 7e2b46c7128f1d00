"""What a backup says of itself, sealed with the key of the change log; the parts themselves are the archive's."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.core.backup.refusals import BackupError
from tracker.core.changelog.chain import keyed, same
from tracker.core.changelog.values import canonical

FORMAT = 1
# Where files of evidence stand among the parts.
FILES = "files/"
_KIND = "tracker-backup v1"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup; size in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When and from what a backup was made, how far the change log had come, and the hash of every part.

    `database` is the kind of database, `elsewhere` names files with their hashes that lie in a bucket and are not
    inside, `lost` those that records name and the store did not have whole.
    """

    made_at: str
    program: str
    database: str
    revision: str
    checkpoint: str
    parts: tuple[Part, ...]
    elsewhere: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()

    def part(self, name: str) -> Part:
        """Return the part of a name; raises `BackupError` when the backup has none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise BackupError(f"The backup has no part {name}.")

    def files(self) -> dict[str, Part]:
        """Return the files of evidence that are inside, by their name in the store."""
        return {part.name.removeprefix(FILES): part for part in self.parts if part.name.startswith(FILES)}


def sealed_text(manifest: Manifest, key: bytes) -> str:
    """Return the manifest with its seal as JSON; never the key itself."""
    facts = _facts(manifest)
    return json.dumps({"manifest": facts, "key": _mark_of(key), "seal": _seal(key, facts)}, indent=1)


def read_sealed(text: str, key: bytes) -> Manifest:
    """Read a manifest back and make sure that this installation's key sealed it; raises `BackupError` when not."""
    try:
        whole = json.loads(text)
        facts, mark, seal = whole["manifest"], str(whole["key"]), str(whole["seal"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BackupError("This file is not a backup of this service, or its list of contents is broken.") from None
    if not same(mark, _mark_of(key)):
        raise BackupError("The backup is of another installation: it was sealed with another key (TRACKER_LOG_KEY).")
    if not same(seal, _seal(key, facts)):
        raise BackupError("The backup was altered: its list of contents does not fit its seal.")
    return _from_facts(facts)


def _mark_of(key: bytes) -> str:
    """Name the key without telling anything of it: another installation's backup is not a forged one."""
    return keyed(key, ["tracker-backup key"])[:16]


def _seal(key: bytes, facts: object) -> str:
    return keyed(key, [_KIND, canonical(facts)])


def _facts(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "program": manifest.program,
        "database": manifest.database,
        "revision": manifest.revision,
        "checkpoint": manifest.checkpoint,
        "parts": [[part.name, part.size, part.sha256] for part in manifest.parts],
        "elsewhere": [list(pair) for pair in manifest.elsewhere],
        "lost": list(manifest.lost),
    }


def _from_facts(facts: Mapping[str, Any]) -> Manifest:
    if facts["format"] != FORMAT:
        raise BackupError(f"The backup has format {facts['format']}, made by a newer program: install that version.")
    return Manifest(
        made_at=facts["made_at"],
        program=facts["program"],
        database=facts["database"],
        revision=facts["revision"],
        checkpoint=facts["checkpoint"],
        parts=_parts(facts["parts"]),
        elsewhere=tuple((name, sha256) for name, sha256 in facts["elsewhere"]),
        lost=tuple(facts["lost"]),
    )


def _parts(rows: Sequence[Sequence[Any]]) -> tuple[Part, ...]:
    """Read the parts; a name that could lead out of its folder is refused although it was sealed."""
    parts = tuple(Part(*row) for row in rows)
    for part in parts:
        if not _NAME.fullmatch(part.name) or not _SHA256.fullmatch(part.sha256):
            raise BackupError("The backup names a part in a way that this program never does.")
    return parts
