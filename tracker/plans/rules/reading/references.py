"""Mentions of other work by number in an action's texts, and whether the numbers still hold."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.plans.rules.reading.results import ReferenceReading

_NUMBER = r"[0-9]{1,3}\.[0-9]{1,3}[a-z]?"
_MENTION = re.compile(
    rf"(?P<brackets>\((?:(?:see|action|actions|and|ref|also)\.?\s|[\s,&/]|{_NUMBER}(?![0-9.]))+\))"
    rf"|\b(?:actions?|see|milestones?|linked to|refer to|as per)\s(?P<one>{_NUMBER})(?![0-9.%])"
    r"|(?P<area>\b(?:areas?(?: for improvement)?|improvement(?: area)?)\s(?P<number>[0-9]{1,3})\b(?!\.[0-9]))",
    re.IGNORECASE,
)
_EACH = re.compile(_NUMBER)
_WORD = re.compile(r"[a-z]{3,}")
_NEAR_WORDS = 7
_EMPTY_WORDS = frozenset(
    {
        *(
            "the",
            "and",
            "for",
            "with",
            "that",
            "this",
            "are",
            "was",
            "from",
            "into",
            "its",
            "all",
            "any",
            "our",
            "their",
        ),
        *("see", "also", "above", "below", "action", "plan", "agree", "agreed", "relation", "include", "including"),
        *(
            "ensure",
            "ensuring",
            "informed",
            "inform",
            "review",
            "implement",
            "implemented",
            "implementation",
            "through",
        ),
        *("which", "who", "how", "has", "have", "been", "will", "new", "current", "arrangement", "development", "work"),
    }
)


@dataclass(frozen=True)
class Mention:
    """A mention in a text: the number or words as printed, the area's number if it names one, the words before it."""

    text: str
    area: str | None
    before: tuple[str, ...]


class Titles:
    """The titles of all actions by the words they hold, to see which one the words around a number fit."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """Take titles by action number."""
        self._words = {ref: frozenset(_words(title)) for ref, title in titles.items()}
        self._place = {ref: place for place, ref in enumerate(titles)}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for ref, words in self._words.items():
            for word in sorted(words):
                self._by_word[word].append(ref)

    def read(self, mention: Mention, *, own: str) -> tuple[ReferenceReading, str | None]:
        """Return what a mention in an action refers to, and the doubt about it in words if there is one."""
        if mention.area:
            return ReferenceReading(mention.text, None), f"“{mention.text}” names area {mention.area}, not an action"
        if mention.text not in self._words:
            return ReferenceReading(mention.text, None), f"This plan has no action {mention.text}, which {own} mentions"
        better = self._better_fit(mention, own)
        doubt = None
        if better:
            said = " ".join(mention.before)
            doubt = f"“{said}” does not fit the title of {mention.text}. {better} fits better. The number was kept"
        return ReferenceReading(mention.text, mention.text), doubt

    def _better_fit(self, mention: Mention, own: str) -> str | None:
        """Return another action that shares words with those around a number, when the one it names shares none.

        More shared words count first, then words nearer to the number, then the order of the plan.
        """
        weights = {word: 10 + place for place, said in enumerate(mention.before) for word in _words(said)}
        if weights.keys() & self._words[mention.text]:
            return None
        shared: Counter[str] = Counter()
        for word, weight in weights.items():
            shared.update({ref: weight for ref in self._by_word.get(word, ()) if ref != own})
        return max(shared, key=lambda ref: (shared[ref], -self._place[ref]), default=None)


def mentions(text: str) -> Iterator[Mention]:
    """Yield the mentions of actions and areas in a text: "(2.1)", "see 4.2", "action 1.3", "area 2"."""
    after = 0
    for found in _MENTION.finditer(text):
        before = _before(text[after : found.start()])
        after = found.end()
        if found["area"]:
            yield Mention(" ".join(found["area"].split()), found["number"], before)
            continue
        for number in _EACH.findall(found["brackets"] or found["one"]):
            yield Mention(number, None, before)


def _before(text: str) -> tuple[str, ...]:
    return tuple(re.split(r"[.;:]\s", text)[-1].split()[-_NEAR_WORDS:])


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        one = word.removesuffix("s") if len(word) > 3 else word
        if one not in _EMPTY_WORDS and word not in _EMPTY_WORDS:
            yield one
