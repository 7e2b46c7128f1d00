"""Every module says in its first lines what belongs there; the words themselves are for a reader to judge."""

import ast
from pathlib import Path

from tests.architecture.guards.sources import files


def modules_without_docstring(root: Path) -> list[str]:
    """Name each module without a docstring; an empty `__init__` of a test folder may go without."""
    complaints = []
    for path in files(root, ".py"):
        source = path.read_text(encoding="utf-8")
        place = path.relative_to(root)
        if not source.strip() and place.parts[0] == "tests":
            continue
        if not ast.get_docstring(ast.parse(source)):
            complaints.append(f"{place}: no docstring says what belongs here")
    return complaints
