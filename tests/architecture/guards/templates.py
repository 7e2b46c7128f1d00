"""What templates may not do: decide, switch off escaping, carry style and script inline, or lie about unused."""

import re
from pathlib import Path

from tests.architecture.guards.sources import files

EVERYWHERE = {
    re.compile(r"\|\s*safe\b"): "switches escaping off",
    re.compile(r"\|\s*(select|reject|selectattr|rejectattr|groupby|sum)\b"): "decides or counts; a view does that",
}
IN_PAGES = {
    re.compile(r"<style\b", re.IGNORECASE): "holds a style element",
    re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE): "holds a script inline",
    re.compile(r"\sstyle\s*=", re.IGNORECASE): "holds a style attribute",
    re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE): "holds an event attribute",
    re.compile(r"[\"']javascript:", re.IGNORECASE): "holds a script in an address",
}
PRINTED = ("print", "mail")


def faults(root: Path) -> list[str]:
    """Name each fault of each template; printed pages and mail may carry their style with them."""
    templates = root / "templates"
    complaints = []
    for path in files(templates, ".html", ".txt", ".svg"):
        printed = path.relative_to(templates).parts[0] in PRINTED
        rules = EVERYWHERE if printed else EVERYWHERE | IN_PAGES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            complaints += [
                f"{path.relative_to(root)}:{number} {meaning}" for rule, meaning in rules.items() if rule.search(line)
            ]
    return complaints


def crowded_components(root: Path) -> list[str]:
    """Name each component file that does not define exactly one macro of its own name."""
    complaints = []
    for path in files(root / "templates" / "components", ".html"):
        macros = re.findall(r"{%-?\s*macro\s+(\w+)", path.read_text(encoding="utf-8"))
        if macros != [path.stem]:
            complaints.append(f"{path.relative_to(root)}: defines {macros or 'no macro'}, not just {path.stem}")
    return complaints


def unused_components(root: Path) -> list[str]:
    """Name each component that no other template imports."""
    templates = root / "templates"
    sources = {path: path.read_text(encoding="utf-8") for path in files(templates, ".html")}
    complaints = []
    for path in files(templates / "components", ".html"):
        place = path.relative_to(templates).as_posix()
        if not any(f'"{place}"' in text for other, text in sources.items() if other != path):
            complaints.append(f"{path.relative_to(root)}: no template imports it")
    return complaints
