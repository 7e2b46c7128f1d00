"""No relationship loads rows behind a page's back: every one says `lazy="raise_on_sql"` or is written only."""

import ast
from pathlib import Path

from tests.architecture.guards.sources import files

ALLOWED = frozenset({"raise_on_sql", "write_only"})


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def lazy_relationships(root: Path) -> list[str]:
    """Name each relationship in the code that may load on its own (architecture, "models")."""
    complaints = []
    for path in files(root / "tracker", ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or _called(node) not in {"relationship", "backref", "dynamic_loader"}:
                continue
            lazy = next((word.value for word in node.keywords if word.arg == "lazy"), None)
            if not (isinstance(lazy, ast.Constant) and lazy.value in ALLOWED):
                complaints.append(f'{path.relative_to(root)}:{node.lineno} does not say lazy="raise_on_sql"')
    return complaints
