"""Files of evidence coming back from a backup into their folder; nothing that is there is written over or lost."""

import hashlib
from pathlib import Path

from tracker.core.backup import Backup
from tracker.core.backup.places import settle

_FOLDER = "files/"


def names_in(backup: Backup) -> list[str]:
    """Return the names in the store of all files inside a backup."""
    return [part.name.removeprefix(_FOLDER) for part in backup.manifest.parts if part.name.startswith(_FOLDER)]


def take_out(backup: Backup, work: Path) -> Path:
    """Take all files out into a private folder, each proved by its hash."""
    for name in names_in(backup):
        backup.extract(_FOLDER + name, work / _FOLDER / name)
    return work / _FOLDER


def bring_back(backup: Backup, taken: Path, folder: Path, aside: Path) -> None:
    """Give every file its place; one that is there as it should be stays, and one that is not is put aside first.

    This comes before the database is exchanged: at no moment do records name files that are not there.
    """
    for name in names_in(backup):
        place = folder / name
        if place.exists():
            if _hash(place) == backup.manifest.part(_FOLDER + name).sha256:
                continue
            _move(place, aside / name)
        _move(taken / name, place)


def put_surplus_aside(backup: Backup, folder: Path, aside: Path) -> int:
    """Put files that belong to no record of the backup beside the others, and return how many there were."""
    known = set(names_in(backup)) | set(backup.manifest.lost)
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
