"""Files of evidence coming back from a backup into their folder; nothing that is there is written over or lost."""

import hashlib
from pathlib import Path

from tracker.core.backup import Backup
from tracker.core.disk import settle


def take_out(backup: Backup, folder: Path) -> None:
    """Take all files out into a private folder, each proved by its hash."""
    for name, part in backup.manifest.files().items():
        backup.extract(part.name, folder / name)


def bring_back(backup: Backup, taken: Path, folder: Path, aside: Path) -> None:
    """Give every file its place; one that is there as it should be stays, and one that is not is put aside first.

    This comes before the database is exchanged: at no moment do records name files that are not there. One that is no
    longer among the `taken` was erased since the backup, and goes here too.
    """
    for name, part in backup.manifest.files().items():
        place = folder / name
        if not (taken / name).exists():
            place.unlink(missing_ok=True)
            continue
        if place.exists():
            if _hash(place) == part.sha256:
                continue
            _move(place, aside / name)
        _move(taken / name, place)


def put_surplus_aside(backup: Backup, folder: Path, aside: Path) -> int:
    """Put files that belong to no record of the backup beside the others, and return how many there were."""
    known = set(backup.manifest.files()) | set(backup.manifest.lost)
    there = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    surplus = [path for path in there if path.relative_to(folder).as_posix() not in known]
    for path in surplus:
        _move(path, aside / path.relative_to(folder))
    return len(surplus)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.replace(target)
    settle(target.parent)


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
