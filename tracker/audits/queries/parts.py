"""Parts of one query that reads facts of several kinds at once: the columns that all of them share."""

from typing import Any

from sqlalchemy import String, cast, literal


def part_of_query(part: str, key: Any, number: Any, day: Any, *words: Any) -> list[Any]:
    """Return the columns that all parts share: which it is, two numbers, a day and four words at most."""
    given = [*words, *("" for _ in range(4 - len(words)))]
    return [
        literal(part).label("part"),
        key.label("key"),
        number.label("number"),
        day.label("day"),
        *(cast(word, String).label(f"word_{place}") for place, word in enumerate(given)),
    ]
