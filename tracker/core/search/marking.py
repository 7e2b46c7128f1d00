"""Text with the found words marked, cut to what surrounds them; how marks are drawn is the pages'."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.core.search.typed import WORD, Sought
from tracker.core.text import one_line

_AROUND = 60


@dataclass(frozen=True)
class Part:
    """A piece of text that is either a found word or what stands between."""

    text: str
    is_marked: bool


def marked(text: str, sought: Sought) -> tuple[Part, ...]:
    """Return a text in parts that together are the very same text."""
    return tuple(_parts(text, sought))


def snippet(text: str, sought: Sought, length: int = 200) -> tuple[Part, ...]:
    """Return at most so many letters of a text around the first found word, cut between words, with its marks."""
    text = one_line(text)
    first = next((match.start() for match in WORD.finditer(text) if sought.holds(match[0])), 0)
    begin = _word_start(text, first - _AROUND) if len(text) > length and first > _AROUND else 0
    end = _word_end(text, begin + length)
    cut = ("…" if begin else "") + text[begin:end].strip() + ("…" if end < len(text) else "")
    return marked(cut, sought)


def _word_start(text: str, place: int) -> int:
    """Return where the first whole word after a place begins; the place itself in a run without spaces."""
    space = text.find(" ", place, place + _AROUND)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - _AROUND, place)
    return space if space >= 0 else place


def _parts(text: str, sought: Sought) -> Iterator[Part]:
    done = 0
    for match in WORD.finditer(text):
        if sought.holds(match[0]):
            if match.start() > done:
                yield Part(text[done : match.start()], is_marked=False)
            yield Part(match[0], is_marked=True)
            done = match.end()
    if done < len(text):
        yield Part(text[done:], is_marked=False)
