"""Finds the files of the project that a guard reads, and leaves out what .gitignore leaves out; judges nothing."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
PRESCRIBED = frozenset(
    {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", ".gitignore"}
    | {"requirements", ".ci", "tracker", "migrations", "templates", "seeds", "tests", "docs", "bench"}
)


def ignored_names(root: Path) -> list[str]:
    """Return the patterns of names that are not part of the project."""
    listing = root / ".gitignore"
    lines = listing.read_text().splitlines() if listing.exists() else []
    return [".git", *(line.strip().rstrip("/") for line in lines if line.strip())]


def files(root: Path, *endings: str) -> Iterator[Path]:
    """Walk the project's files in order, or those with one of these endings."""
    ignored = ignored_names(root)
    pending = [root]
    while pending:
        folder = pending.pop()
        for path in sorted(folder.iterdir()):
            if any(fnmatch(path.name, pattern) for pattern in ignored):
                continue
            if path.is_dir():
                pending.append(path)
            elif not endings or path.name.endswith(endings):
                yield path


def text_of(path: Path) -> str | None:
    """Return a file's text, or None when it holds no text (a picture, a font)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def strangers_at_the_top(root: Path) -> list[str]:
    """Name what stands at the top level and is not prescribed (architecture, "The tree")."""
    ignored = ignored_names(root)
    names = sorted(path.name for path in root.iterdir())
    return [
        f"{name}: not part of the prescribed top level"
        for name in names
        if name not in PRESCRIBED and not any(fnmatch(name, pattern) for pattern in ignored)
    ]
