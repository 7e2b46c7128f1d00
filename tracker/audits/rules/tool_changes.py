"""Two versions of a tool side by side: what differs in words, and which questions might ask the same.

Questions are the same where that was declared, or where they stand in the same section with the same words; that is
good enough to tell what changed, and not to count them as one, for which only a declaration is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.tool_facts import place_of, question_facts, section_facts
from tracker.core.text import one_line


@dataclass(frozen=True)
class Difference:
    """What differs in one place: the place in words, and each change in words."""

    place: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A question with its section and its number."""

    section: Section
    position: int
    question: Question

    @property
    def place(self) -> str:
        """The number by which it is spoken of."""
        return place_of(self.section, self.position)


# Questions of the version before, by their id and by their section with their words.
Known = Mapping[int | tuple[str, str], Placed]


def placed(tool: Tool) -> list[Placed]:
    """Return every question of a tool with its place, in order."""
    return [
        Placed(section, position, question)
        for section in tool.sections
        for position, question in enumerate(section.questions, start=1)
    ]


def same_words(before: Tool, after: Tool) -> dict[str, int]:
    """Suggest which question of the version before each might equal: the same words, answered in the same way.

    By the place of the question in the later version, the id of the earlier; nothing is declared by it. Words that
    stand twice in the earlier version suggest nothing.
    """
    known: dict[tuple[str, str], list[int]] = {}
    for one in placed(before):
        known.setdefault(_likeness(one.question), []).append(one.question.id)
    found = {one.place: known.get(_likeness(one.question), []) for one in placed(after)}
    return {place: ids[0] for place, ids in found.items() if len(ids) == 1}


def same_sections(before: Tool, after: Tool) -> dict[int, int]:
    """Suggest which graded section of the version before each might equal: the same code, asking the same."""
    known = {one.code: one for one in before.sections if one.is_graded}
    pairs = {one.number: known.get(one.code) for one in after.sections if one.is_graded}
    asks = {one.number: one.question for one in after.sections}
    return {number: was.id for number, was in pairs.items() if was and was.question == asks[number]}


def differences(before: Tool, after: Tool, themes: Mapping[str, str]) -> list[Difference]:
    """Say in words what a later version changes, section by section; nothing when both ask the same."""
    found = []
    if before.name != after.name:
        found.append(Difference("The tool", (f"Name: “{after.name}”, before “{before.name}”",)))
    if before.asks_every_theme != after.asks_every_theme:
        said = "asks for every theme" if after.asks_every_theme else "counts only the themes that its questions name"
        found.append(Difference("The tool", (f"It now {said}",)))
    partner, known = _partners(before, after), _known(before)
    for section in after.sections:
        was = partner.get(section.code)
        changes = ("New section",) if was is None else tuple(_section_changes(was, section, themes))
        found += [Difference(section.heading, changes)] if changes else []
        found += _question_changes(known, section, themes)
    kept = {one.code for one in partner.values()}
    found += [Difference(one.heading, ("Left out",)) for one in before.sections if one.code not in kept]
    return found + _left_out(before, after, known)


def _partners(before: Tool, after: Tool) -> dict[str, Section]:
    """Return by code which section of the version before each goes on from."""
    by_id = {one.id: one for one in before.sections if one.id}
    by_code = {one.code: one for one in before.sections}
    pairs = {one.code: by_id.get(one.equals_id or 0) or by_code.get(one.code) for one in after.sections}
    return {code: was for code, was in pairs.items() if was}


def _section_changes(was: Section, now: Section, themes: Mapping[str, str]) -> Iterator[str]:
    if was.number != now.number:
        yield f"Now section {now.number}, before section {was.number}"
    yield from _changed(section_facts(was, themes), section_facts(now, themes))


def _question_changes(known: Known, section: Section, themes: Mapping[str, str]) -> list[Difference]:
    found = []
    for position, question in enumerate(section.questions, start=1):
        was = _earlier(known, section, question)
        new = ("New question: " + question.text,)
        changes = new if was is None else tuple(_changes(was, section, question, themes))
        found += [Difference(f"Question {place_of(section, position)}", changes)] if changes else []
    return found


def _changes(was: Placed, section: Section, now: Question, themes: Mapping[str, str]) -> Iterator[str]:
    if was.section.code != section.code:
        yield f"Moved here from {was.section.title}"
    yield from _changed(question_facts(was.question, themes), question_facts(now, themes))


def _changed(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*now, *was)):
        if was.get(name) != now.get(name):
            yield f"{name}: “{now.get(name, 'nothing')}”, before “{was.get(name, 'nothing')}”"


def _known(before: Tool) -> Known:
    """Return every question of a version by its id, and by its section and words."""
    known: dict[int | tuple[str, str], Placed] = {}
    for one in placed(before):
        known.setdefault((one.section.code, _plain(one.question.text)), one)
        known[one.question.id] = one
    return known


def _earlier(known: Known, section: Section, question: Question) -> Placed | None:
    """Return the question before: the one declared equal, or the one with the same words in the same section."""
    return known.get(question.equals_id or (section.code, _plain(question.text)))


def _left_out(before: Tool, after: Tool, known: Known) -> list[Difference]:
    found = (_earlier(known, one.section, one.question) for one in placed(after))
    kept = {was.place for was in found if was}
    return [
        Difference(f"Question {one.place} of before", (f"Left out: {one.question.text}",))
        for one in placed(before)
        if one.place not in kept
    ]


def _likeness(question: Question) -> tuple[str, str]:
    return _plain(question.text), question.kind.value


def _plain(text: str) -> str:
    return one_line(text).casefold()
