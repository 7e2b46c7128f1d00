"""Where a checker is told to look away: fewer than ten places in the tree, each with its reason."""

import re
import tokenize
from pathlib import Path

from tests.architecture.guards.sources import files

AT_MOST = 9
_MARKS = r"noqa|type:\s*ignore|pragma:|nosec|pylint:|mypy:|ruff:|fmt:\s*(?:off|skip)"
IN_CODE = re.compile(rf"#\s*({_MARKS})")
WITH_REASON = re.compile(
    r"(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|ignore\[[\w-]+(,\s*[\w-]+)*\]|pragma:[\w ]*|[\w:]+)\s+(#|-|–)\s*\w"
)
IN_TEMPLATES = re.compile(r"djlint:\s*off|djlint-disable|autoescape\s+false")


def suppressions(root: Path) -> list[str]:
    """Return the place and the comment of each suppression in code and templates."""
    found = []
    for path in files(root, ".py"):
        place = path.relative_to(root)
        with path.open("rb") as source:
            comments = [token for token in tokenize.tokenize(source.readline) if token.type == tokenize.COMMENT]
        found += [f"{place}:{token.start[0]} {token.string}" for token in comments if IN_CODE.search(token.string)]
    for path in files(root, ".html"):
        lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        found += [
            f"{path.relative_to(root)}:{number} # {line.strip()}" for number, line in lines if IN_TEMPLATES.search(line)
        ]
    return found


def without_reason(found: list[str]) -> list[str]:
    """Keep the suppressions that do not say why, which is written as `# noqa: CODE - why`."""
    return [suppression for suppression in found if not WITH_REASON.search(suppression.split("#", 1)[1])]


def ignored_rules_without_reason(settings: str) -> list[str]:
    """Name each lint family that pyproject.toml ignores for all files and gives no reason beside it."""
    block = re.search(r"\[tool\.ruff\.lint\]\n.*?\nignore = \[\n(.*?)\n\]", settings, re.DOTALL)
    lines = block.group(1).splitlines() if block else []
    return [line.strip() for line in lines if not re.search(r'",\s+# \w', line)]
