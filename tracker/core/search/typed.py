"""What somebody typed as words to look for, the same for both databases; nothing is asked of a database here."""

import re
import unicodedata
from dataclasses import dataclass

from tracker.core.search.stems import stem
from tracker.core.text import one_line

LONGEST_TYPED = 100
_MOST_WORDS = 8
# Letters and figures of any script, with the accents that stand after their letter.
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


@dataclass(frozen=True)
class Sought:
    """The words to look for, in small letters without accents; the last one may be only the beginning of a word."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to look for."""
        return bool(self.words)

    def holds(self, word: str) -> bool:
        """Say whether a word of a text is one of these, by its stem or as the beginning typed last."""
        cut = stem(folded(word))
        stems = [stem(sought) for sought in self.words]
        return cut in stems or (bool(stems) and cut.startswith(stems[-1]))


def plain_line(typed: str) -> str:
    """Return what was typed as one line of at most a hundred letters, without signs that nobody sees."""
    line = "".join(letter if letter.isprintable() else " " for letter in typed[: 2 * LONGEST_TYPED])
    return one_line(line)[:LONGEST_TYPED].strip()


def read_words(typed: str) -> Sought:
    """Read at most eight words out of the first hundred letters; signs count as spaces, so no operator is left."""
    words = (folded(found) for found in WORD.findall(typed[:LONGEST_TYPED]))
    return Sought(tuple(dict.fromkeys(word for word in words if word))[:_MOST_WORDS])


def folded(text: str) -> str:
    """Return text in small letters without accents: an accent is left out, never the letter under it."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
