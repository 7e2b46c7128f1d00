"""What a column of colours or states says of each action, by the key that whoever brings the plan in gives it.

A colour means nothing without its key: in some plans green is "on track", in others "complete" (domain A11, B4).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.problems import ReadingProblem

STATUS = "status"
_COLUMN = re.compile(r"(?:.*\b)?b?rag(?:\b.*)?|(?:\w+ )?status|(?:progress )?rating|colou?r")
_COLOURS = re.compile(r"(?:.*\b)?b?rag(?:\b.*)?|(?:progress )?rating|colou?r")
_KNOWN = re.compile(
    r"(?:dark |light )?(?:red|amber|green|blue|yellow|gr[ea]y|purple|black|white|orange)\b|[ragbycew]\b"
    r"|(?:completed?|closed|done|finished|achieved|embedded|on[- ]track|on[- ]target|off[- ]track|at risk|overdue|late"
    r"|delay(?:ed)?|slipp(?:ed|ing)|not (?:yet )?(?:started|due|begun)|started|in progress|under ?way|on-?going|on hold"
    r"|withdrawn|cancelled|tbc|n/?a)\b",
    re.IGNORECASE,
)
_EVIDENT = re.compile(r"(?:red|amber|green|blue|yellow)\b|[ragby]\b|completed?\b|on[- ]track\b", re.IGNORECASE)
_MOST_WORDS = 40
_LONGEST_WORD = 40
_SHORT = 30
_CODES = {word: code for code in Rag for word in (code.value.lower(), code.word.lower())}
_CODES |= {"red": Rag.RED, "off track": Rag.RED, "amber": Rag.AMBER, "at risk": Rag.AMBER, "green": Rag.GREEN}
_CODES |= {"on track": Rag.GREEN, "complete": Rag.COMPLETE, "completed": Rag.COMPLETE, "done": Rag.COMPLETE}
_CODES |= {"not started": Rag.NOT_SCHEDULED, "none": Rag.NOT_SCHEDULED, "grey": Rag.NOT_SCHEDULED}
_TOO_MANY = (
    f"A key explains {_MOST_WORDS} words at most. Where a column holds more, it is no column of colours: "
    "say that it holds something else, kept as text"
)
_FORM = (
    'The key is given as {"Green": "C", "Amber": "G"} or as Green = C, Amber = G. The codes are R off track, '
    "A at risk, G on track, C complete, E complete and embedded, N nothing declared, X withdrawn"
)


@dataclass(frozen=True)
class StatusColumn:
    """A column of colours or states: its heading, and each word in it with how often it stands there."""

    heading: str
    words: tuple[tuple[str, int], ...]

    def in_words(self) -> str:
        """Return the column with its words as a sentence names them."""
        return f"“{self.heading}” ({', '.join(f'{word}: {count}' for word, count in self.words)})"


@dataclass(frozen=True)
class RagKey:
    """What the words of a column mean, in codes (domain A0)."""

    words: Mapping[str, Rag]

    def code_of(self, text: str) -> Rag | None:
        """Return the code of a cell by its longest word in the key that the cell is or begins with, or None."""
        said = _plain(text)
        fitting = [word for word in self.words if re.match(rf"{re.escape(word)}(?!\w)", said)]
        return self.words[max(fitting, key=len)] if fitting else None

    def as_json(self) -> str:
        """Return it as text that `rag_key_from` reads."""
        return json.dumps({word: code.value for word, code in self.words.items()}, ensure_ascii=False)


NO_KEY = RagKey({})


def rag_key_from(text: str) -> RagKey:
    """Return the key that a text says, as JSON or as "Green = C, Amber = G"; of nothing, an empty one.

    Raises:
        ReadingProblem: with what such a text looks like, or that it explains too many words.
    """
    found: dict[str, Rag] = {}
    for word, said in _pairs(text):
        code = _CODES.get(_plain(said))
        if code is None or not _plain(word):
            raise ReadingProblem(_FORM)
        found[_plain(word)] = code
    if len(found) > _MOST_WORDS:
        raise ReadingProblem(_TOO_MANY)
    return RagKey(found)


def is_status(heading: str) -> bool:
    """Say whether a heading, in small letters, is that of a column of colours or states."""
    return heading == STATUS or _COLUMN.fullmatch(heading) is not None


def status_cell(cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the heading and the text of a row's column of colours or states, both empty when it has none."""
    named = [name for name in cells if is_status(name)]
    name = next((one for one in named if _COLOURS.fullmatch(one)), named[0] if named else "")
    return name, cell_text(cells[name]) if name else ""


def columns_without_key(rows: Iterable[Mapping[str, str]], key: RagKey) -> tuple[StatusColumn, ...]:
    """Return the columns that need a key, each with the words that the key does not know.

    A column headed RAG always needs one. One headed status needs it once a colour, "complete" or "on track" stands
    in it; then every state in it does. Longer prose is no word: it is kept as text.
    """
    cells: dict[str, list[str]] = {}
    for row in rows:
        heading, text = status_cell(row)
        if text:
            cells.setdefault(heading, []).append(text)
    found = (StatusColumn(heading, _unknown(heading, texts, key)) for heading, texts in cells.items())
    return tuple(column for column in found if column.words)


def status_word(text: str, *, in_colours: bool) -> str:
    """Return the word of a cell that a key is to explain: a state it begins with, or in a column of colours all of it.

    Prose has none.
    """
    known = _KNOWN.match(text)
    goes_on = known is not None and re.match(r"\s+\w", text[known.end() :]) is not None
    if known and not (goes_on and (len(text) > _SHORT or len(known.group()) == 1)):
        return known.group().capitalize() if len(known.group()) > 1 else known.group().upper()
    is_word = in_colours and len(text) <= _SHORT and not any(letter.isdigit() for letter in text)
    return text if is_word and len(text.split()) <= 3 else ""


def _unknown(heading: str, texts: list[str], key: RagKey) -> tuple[tuple[str, int], ...]:
    in_colours = _COLOURS.fullmatch(heading) is not None
    if not in_colours and not any(_EVIDENT.match(text) for text in texts):
        return ()
    words = (status_word(text, in_colours=in_colours) for text in texts if key.code_of(text) is None)
    return tuple(sorted(Counter(word for word in words if word).items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ReadingProblem(_FORM) from error
        if not all(isinstance(said, str) for said in found.values()):
            raise ReadingProblem(_FORM)
        yield from found.items()
        return
    for part in re.split(r"[\n,;]", text):
        if part.strip():
            word, _, said = part.partition("=")
            yield word, said


def _plain(text: str) -> str:
    return " ".join(text.lower().split())[:_LONGEST_WORD]
