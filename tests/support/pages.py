"""Reads a page as HTML and names its faults: what every page owes its readers, whatever it shows."""

import re
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

HAS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


@lru_cache(maxsize=8)
def parsed(html: str) -> tuple[Element, list[str]]:
    """Parse a page; return its tree, to be read and not changed, and the errors of a strict HTML5 parser by line.

    The last pages are kept: several questions are asked of each, and parsing took a third of the time of all tests.
    """
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree, [f"line {place[0]}: {error}" for place, error, _ in parser.errors]


def words(element: Element) -> str:
    """Return the text of an element and all in it, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def faults(html: str) -> list[str]:
    """Name every fault of a page."""
    tree, errors = parsed(html)
    found = [f"not valid HTML5, {error}" for error in errors]
    for check in (_language, _heading, _ids, _references, _labels, _names, _inline, _skip_link, _tokens):
        found += check(tree)
    return found


def _language(tree: Element) -> list[str]:
    return [] if tree.get("lang") else ["html has no lang"]


def _heading(tree: Element) -> list[str]:
    headings = [words(element) for element in tree.iter("h1")]
    title = words(next(tree.iter("title"), Element("title")))
    if len(headings) != 1:
        return [f"has {len(headings)} h1, not one"]
    if not headings[0] or not title.removeprefix("Error: ").startswith(headings[0]):
        return [f"title {title!r} does not start with the h1 {headings[0]!r}"]
    return []


def _ids(tree: Element) -> list[str]:
    counted = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    return [f"id {name!r} stands {count} times" for name, count in counted.items() if count > 1]


def _references(tree: Element) -> list[str]:
    known = {element.get("id") for element in tree.iter()}
    missing = []
    for element in tree.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers"):
            missing += [
                f"{element.tag} {attribute} names {name!r}, which is not there"
                for name in element.get(attribute, "").split()
                if name not in known
            ]
    return missing


def _labels(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label") if words(label)}
    wrapped = {id(field) for label in tree.iter("label") if words(label) for field in label.iter()}
    return [
        f"{field.tag} {field.get('name') or field.get('id')!r} has no label"
        for field in tree.iter()
        if field.tag in {"input", "select", "textarea"}
        and field.get("type", "text") not in HAS_NO_LABEL
        and not (field.get("id") in labelled or id(field) in wrapped)
        and not (field.get("aria-label") or field.get("aria-labelledby"))
    ]


def _names(tree: Element) -> list[str]:
    nameless = [
        f"{element.tag} {element.get('href', element.get('name', ''))!r} says nothing"
        for element in tree.iter()
        if element.tag in {"a", "button", "summary", "legend", "th"}
        and not (words(element) or element.get("aria-label") or element.get("aria-labelledby"))
        and not any(child.get("aria-label") or child.get("alt") for child in element.iter())
    ]
    return nameless + [f"img {image.get('src')!r} has no alt" for image in tree.iter("img") if image.get("alt") is None]


def _inline(tree: Element) -> list[str]:
    found = []
    for element in tree.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            found.append(f"{element.tag} stands inline")
        found += [
            f"{element.tag} has the attribute {name}"
            for name in element.attrib
            if name == "style" or re.fullmatch(r"on[a-z]+", name)
        ]
    return found


def _skip_link(tree: Element) -> list[str]:
    first = next(tree.iter("a"), None)
    target = first.get("href", "") if first is not None else ""
    if not target.startswith("#") or len(target) == 1:
        return ["the first link does not skip to the content"]
    known = {element.get("id") for element in tree.iter()}
    return [] if target[1:] in known else [f"the skip link leads to {target}, which is not there"]


def _tokens(tree: Element) -> list[str]:
    return [
        f"the form to {form.get('action', 'here')!r} carries no csrf_token"
        for form in tree.iter("form")
        if form.get("method", "get").lower() == "post"
        and not any(field.get("name") == "csrf_token" and field.get("value") for field in form.iter("input"))
    ]
