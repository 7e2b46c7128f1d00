"""Which classes of the style sheets no page can wear: rules that nothing shows are taken out, not kept."""

import re
from pathlib import Path

from tests.architecture.guards.sources import files

_COMMENT = re.compile(r"/\*.*?\*/|{#.*?#}", re.DOTALL)
_RULE = re.compile(r"\{[^{}]*\}")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
# A page gives its layout a class through the block "width".
_GIVEN = re.compile(r'\bclass="([^"]*)"|{% block width %}([^{]*){%')
_EXPRESSION = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
_STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


def unused_classes(root: Path) -> list[str]:
    """Name each class of a sheet that no template, script or view gives to anything.

    A class may be put together, as in "rag-" and the letter of a code: then both parts must be known.
    """
    words = _words(root)
    prefixes = {word for word in words if word.endswith("-")}
    known = {word.casefold() for word in words}
    complaints = []
    for path in files(root / "tracker" / "static" / "css", ".css"):
        selectors = _RULE.sub(" ", _COMMENT.sub("", path.read_text(encoding="utf-8")))
        for name in sorted(set(_CLASS.findall(selectors))):
            ends = {name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix)}
            if name not in words and not ends & known and not {end.casefold() for end in ends} & known:
                complaints.append(f"{path.relative_to(root)}: nothing wears .{name}")
    return complaints


def _words(root: Path) -> set[str]:
    """Return every word of a class attribute of a template and of a string in templates, scripts and program."""
    words: set[str] = set()
    for path in files(root / "templates", ".html"):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        for pair in _GIVEN.findall(text):
            words |= set(_EXPRESSION.sub(" ", " ".join(pair)).split())
        for expression in _EXPRESSION.findall(text):
            words |= _in_strings(expression)
    for path in [*files(root / "tracker", ".py"), *files(root / "tracker" / "static" / "js", ".js")]:
        words |= _in_strings(path.read_text(encoding="utf-8"))
    return words


def _in_strings(text: str) -> set[str]:
    return {word for pair in _STRING.findall(text) for part in pair for word in part.split()}
