"""What the columns of a file most likely hold, by their headings and where they are empty, for a person to correct."""

from collections.abc import Iterable, Mapping, Sequence

from tracker.audits.rules.past.mapping import Field, PastMapping, guessed_field, heading
from tracker.core.text import one_line


def guessed_mapping(headings: Sequence[str], themes: Mapping[str, Iterable[str]], last: PastMapping) -> PastMapping:
    """Return how a file is to be read as far as its headings tell: as the last file was, by their words, by themes.

    `themes` holds for each code the words by which people know it; of two columns for one thing the first is taken.
    """
    names = [name for name in dict.fromkeys(map(heading, headings)) if name]
    by_words = {heading(word): code for code, words in themes.items() for word in (code, *words)}
    columns: dict[str, Field] = {}
    for name in names:
        found = last.columns.get(name) or guessed_field(name)
        if found and found not in columns.values():
            columns[name] = found
    questions = {name: code for name in names if (code := last.questions.get(name) or by_words.get(name))}
    return PastMapping(columns, questions, moderated_only=last.moderated_only)


def versions_in(mapping: PastMapping, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """Return the versions of the tool that a file names, each with the questions that any of its audits answers."""
    names = [heading(one) for one in headings]
    place = next(
        (names.index(name) for name, one in mapping.columns.items() if one is Field.TOOL and name in names), None
    )
    if place is None:
        return {}
    asked = {name: names.index(name) for name in mapping.questions if name in names}
    found: dict[str, set[str]] = {}
    for cells in rows:
        version = one_line(cells[place]) if place < len(cells) else ""
        answered = {name for name, at in asked.items() if at < len(cells) and cells[at].strip()}
        found.setdefault(version, set()).update(answered)
    return found
