"""What a draft of a tool lacks, and what in it is weak: looked at before it is put in use; nothing is stored here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.tool_changes import Placed, placed, same_words
from tracker.audits.rules.tool_editing import is_fixed
from tracker.audits.rules.tool_facts import place_of
from tracker.audits.rules.vocabulary import Category
from tracker.core.text import joined, one_line

MOST_ASKED = 40  # an auditor has about three hours for a file


@dataclass(frozen=True)
class Remark:
    """Something about a tool that its author should see, with the section where it is, if it is in one."""

    section_number: int | None
    words: str


def lacking(tool: Tool) -> list[Remark]:
    """Return what keeps a tool from being put in use: sections that ask nothing."""
    return [
        Remark(one.number, f"{one.heading} asks nothing: grade it, give it a question, or remove it")
        for one in tool.sections
        if not is_fixed(tool, one.number) and not one.is_graded and not one.questions
    ]


def weaknesses(tool: Tool, themes: Mapping[str, str], before: Tool | None = None) -> list[Remark]:
    """Return what is weak: a tool may be put in use with it, by somebody who has seen it.

    `themes` are the names by code of the themes in use, `before` is the version before.
    """
    return [
        *_without_theme(tool),
        *_asked_twice(tool, themes),
        *_asked_by_none(tool, themes),
        *_said_too_little(tool),
        *_too_long(tool),
        *(_of_equality(tool, before) if before else ()),
    ]


def _without_theme(tool: Tool) -> Iterator[Remark]:
    for section in tool.sections:
        if section.is_graded and not section.theme:
            yield Remark(section.number, f"{section.heading}: its grade has no theme, so it counts for none")
        for position, question in enumerate(section.questions, start=1):
            if question.kind.has_value and not question.theme:
                words = f"Question {place_of(section, position)} has no theme, so its answers count for none"
                yield Remark(section.number, words)


def _asked_twice(tool: Tool, themes: Mapping[str, str]) -> Iterator[Remark]:
    """Name the themes that one and the same file is asked about more than once."""
    times = {category: Counter(_asked(tool, category)) for category in Category}
    for code in sorted(tool.themes):
        most = max(count[code] for count in times.values())
        if most > 1:
            name = themes.get(code, code)
            words = f"{name} is asked about {most} times of one file. It has one vote, and the worst answer decides"
            yield Remark(None, words)


def _asked(tool: Tool, category: Category) -> list[str]:
    return [theme for section in tool.asked_of(category).sections for theme in section.themes]


def _asked_by_none(tool: Tool, themes: Mapping[str, str]) -> Iterator[Remark]:
    if tool.asks_every_theme:
        return
    missing = [name for code, name in themes.items() if code not in tool.themes]
    if missing:
        yield Remark(None, f"No question asks about: {joined(missing)}. Audits with this tool say nothing of them")
    for code in sorted(tool.themes & themes.keys()):
        without = [one.words for one in Category if code not in _asked(tool, one)]
        if without:
            yield Remark(None, f"{themes[code]} is not asked of: {joined(without)}")


def _said_too_little(tool: Tool) -> Iterator[Remark]:
    for section in tool.sections:
        if is_fixed(tool, section.number):
            continue
        if not section.good:
            yield Remark(section.number, f"{section.heading} does not say what good looks like")
        texts = Counter(_plain(question) for question in section.questions)
        if any(count > 1 for count in texts.values()):
            yield Remark(section.number, f"{section.heading} asks a question twice in the same words")
        if not section.is_graded and not any(question.is_required for question in section.questions):
            yield Remark(section.number, f"{section.heading} can be left empty: nothing in it has to be answered")


def _too_long(tool: Tool) -> Iterator[Remark]:
    asked = {one: _length(tool.asked_of(one).sections) for one in Category}
    longest = max(asked, key=lambda one: asked[one])
    if asked[longest] > MOST_ASKED:
        yield Remark(
            None, f"A file of {longest.words.lower()} is asked {asked[longest]} things. Few auditors get to the end"
        )


def _length(sections: tuple[Section, ...]) -> int:
    return sum(len(section.questions) + section.is_graded for section in sections)


def _of_equality(tool: Tool, before: Tool) -> Iterator[Remark]:
    likely = same_words(before, tool)
    waiting = [one.place for one in placed(tool) if one.place in likely and not one.question.equals_id]
    if waiting:
        words = f"The same words as before, and not declared equal: {joined(waiting)}"
        yield Remark(None, f"{words}. Numbers of before and after are not put together")
    earlier = {one.question.id: one for one in placed(before)}
    for one in placed(tool):
        was = earlier.get(one.question.equals_id or 0)
        if was and not _is_alike(one, was):
            words = f"Question {one.place} was declared equal to {was.place} of version {before.number}"
            yield Remark(one.section.number, f"{words}, and now asks in other words or of other files")


def _is_alike(one: Placed, was: Placed) -> bool:
    same = one.question.categories == was.question.categories and one.question.theme == was.question.theme
    return same and _plain(one.question) == _plain(was.question)


def _plain(question: Question) -> str:
    return one_line(question.text).casefold()
