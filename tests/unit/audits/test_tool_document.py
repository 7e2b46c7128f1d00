"""A tool as a file: what goes out comes in again, and what is not a whole and known tool is refused by its place."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tracker.audits.rules.default_tool import DEFAULT_TOOL
from tracker.audits.rules.first_tool import FIRST_TOOL
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.tool_document import LARGEST_DOCUMENT, document_of, tool_from
from tracker.core.problems import Invalid


def written(document: Any) -> bytes:
    return json.dumps(document).encode()


def changed(**parts: Any) -> Any:
    return {**document_of(DEFAULT_TOOL), **parts}


def in_section(**parts: Any) -> Any:
    """The default tool with other parts of its second section."""
    document = document_of(DEFAULT_TOOL)
    document["sections"][1] |= parts
    return document


def in_question(**parts: Any) -> Any:
    document = document_of(DEFAULT_TOOL)
    document["sections"][1]["questions"][0] |= parts
    return document


@pytest.mark.parametrize("tool", [DEFAULT_TOOL, FIRST_TOOL], ids=["with questions", "with grades only"])
def test_what_goes_out_comes_in_again(tool: Tool) -> None:
    assert tool_from(written(document_of(tool))) == replace(tool, number=1)


def test_what_may_be_left_out_has_its_usual_meaning() -> None:
    ends = [{"code": code, "title": "End", "question": "What?", "graded": False} for code in ("about_file", "overall")]
    middle = {
        "code": "work",
        "title": " Work  done ",
        "question": "Good?",
        "questions": [{"text": "Seen?", "kind": "met"}],
    }
    document = {
        "format": "improvement-tracker-tool-1",
        "slug": "short",
        "name": "Short",
        "sections": [ends[0], middle, ends[1]],
    }
    section = tool_from(written(document)).sections[1]
    assert (section.title, section.is_graded, section.theme, section.good) == ("Work done", True, None, ())
    assert (section.questions[0].is_required, section.questions[0].categories) == (False, frozenset())


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "The file: write it as names and values in braces"),
        ({}, 'The file must say "format": "improvement-tracker-tool-1"'),
        (changed(format="another"), 'The file must say "format"'),
        (changed(author="Marcus"), "The file holds a name that is not known"),
        (changed(slug="../etc"), "The file: slug"),
        (changed(slug="x" * 61), "The file: slug"),
        (changed(name=5), "The file: name: give words that can be read"),
        (changed(name="a\x00b"), "The file: name: give words that can be read"),
        (changed(name="\u202eright to left"), "The file: name: give words that can be read"),
        (changed(name="x" * 121), "Give the tool a name of 1 to 120 characters"),
        (changed(asks_every_theme="yes"), "The file: asks_every_theme: give true or false"),
        (changed(sections={}), "The file: sections: give a list of at most 20"),
        (changed(sections=[{}] * 21), "The file: sections: give a list of at most 20"),
        (changed(sections=[]), "Begin with the section about the file"),
        (changed(sections=["x"]), "Section 1: write it as names and values in braces"),
        (in_section(code="Voice!"), "Section 2: code"),
        (in_section(code="risk"), "Give each section a code of its own"),
        (in_section(good="a line"), "Section 2: good: give a list of at most 10"),
        (in_section(nature="cost"), "Section 2: nature: this is none of the words that can stand here"),
        (in_section(descriptors={"superb": "x"}), "Section 2: descriptors holds a name that is not known"),
        (in_section(questions=[{}] * 31), "Section 2: questions: give a list of at most 30"),
        (in_question(kind="colour"), "Section 2, question 1: kind"),
        (in_question(kind=["met"]), "Section 2, question 1: kind"),
        (in_question(text="  "), "Section 2, question 1: text"),
        (in_question(text="x" * 401), "Section 2: keep each question to 1 to 400 characters"),
        (in_question(categories=["child_in_space"]), "Section 2, question 1: categories"),
        (in_question(id=7), "Section 2, question 1 holds a name that is not known"),
        (in_question(required=1), "Section 2, question 1: required: give true or false"),
        (in_question(theme={}), "Section 2, question 1: theme"),
    ],
)
def test_what_is_no_tool_is_refused_with_the_place(document: Any, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        tool_from(written(document))
    assert refused.value.message.startswith(words)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"{", b'{"slug": "a", "slug": "b"}', b"[" * 100_000, b"9" * 5000, b"x" * (LARGEST_DOCUMENT + 1)],
    ids=["empty", "not text", "torn", "twice", "deep", "a long number", "large"],
)
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="The file"):
        tool_from(content)
