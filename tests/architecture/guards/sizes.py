"""The budgets of architecture.md for the length of files and functions; complexity is ruff's."""

import ast
from pathlib import Path

from tests.architecture.guards.sources import files

MODULE = 300
TEST_MODULE = 400
FUNCTION = 40
PAGE_TEMPLATE = 80
COMPONENT = 40


def is_revision(path: Path) -> bool:
    """Say whether a file is a migration's revision: a record of what was done, which nobody shortens later."""
    return path.parent.name == "versions" and path.parent.parent.name == "migrations"


def long_modules(root: Path) -> list[str]:
    """Name each Python module over its budget of lines."""
    complaints = []
    for path in files(root, ".py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        budget = TEST_MODULE if "tests" in path.relative_to(root).parts else MODULE
        if lines > budget and not is_revision(path):
            complaints.append(f"{path.relative_to(root)}: {lines} lines, at most {budget}")
    return complaints


def long_functions(root: Path) -> list[str]:
    """Name each function over its budget of lines, counted from its `def` to its end."""
    complaints = []
    for path in files(root, ".py"):
        if is_revision(path):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION:
                    place = f"{path.relative_to(root)}:{node.lineno}"
                    complaints.append(f"{place} {node.name}: {lines} lines, at most {FUNCTION}")
    return complaints


def long_templates(root: Path) -> list[str]:
    """Name each template over its budget of lines: less for a component than for a page."""
    complaints = []
    for path in files(root / "templates", ".html", ".txt", ".svg"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        budget = COMPONENT if "components" in path.relative_to(root).parts else PAGE_TEMPLATE
        if lines > budget:
            complaints.append(f"{path.relative_to(root)}: {lines} lines, at most {budget}")
    return complaints
