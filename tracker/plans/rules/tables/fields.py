"""What a column of a plan's table may hold, and the headings it is known by (domain A11); no cell is read here."""

import re
from enum import StrEnum
from functools import lru_cache

from tracker.plans.rules.reading import table
from tracker.plans.rules.reading.cells import cell_text

_LONGEST_HEADING = 60
_LONGEST_CELL = 200


class Field(StrEnum):
    """What the cells of a column are."""

    NUMBER = table.NUMBER
    AREA = "area"
    OBJECTIVES = "objectives"
    OUTCOMES = "outcomes"
    MEASURES = "measures"
    ACTION = table.ACTION
    MILESTONES = table.MILESTONES
    TARGET = table.TARGET
    LEADS = table.LEADS
    STATUS = "status"
    REVISED = "revised date"
    KEPT = "kept as text"


_WORDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.NUMBER, re.compile(r"(?:action |item )?(?:no|nos|number|num|ref|reference|id|#)\.?(?: no\.?)?|#|item")),
    (
        Field.MEASURES,
        re.compile(
            r"(?:success |key )?measures?(?: of success)?|measured by|(?:how )?(?:we will|will we) (?:know|measure).*"
            r"|how (?:we will|will we|we shall|do we) (?:know|measure).*|success criteria|kpis?|performance indicators?"
        ),
    ),
    (Field.REVISED, re.compile(r"(?:revised|current|new|forecast|updated|amended) (?:target |due |completion )?date")),
    (
        Field.STATUS,
        re.compile(
            r"(?:.*\b)?b?rag(?:\b.*)?|(?:current |action |delivery |overall |progress )?status|rating|colou?r"
            r"|progress rating|on track\??"
        ),
    ),
    (Field.OBJECTIVES, re.compile(r"(?:our |key )?(?:objectives?|aims?)")),
    (
        Field.OUTCOMES,
        re.compile(
            r"(?:our |intended |expected |desired |key )?(?:outcomes?|impact|difference made)(?: for children)?"
        ),
    ),
    (
        Field.AREA,
        re.compile(
            r"(?:(?:improvement |priority )?areas?(?: (?:for|of) improvement| for development)?|theme|workstream"
            r"|recommendation|finding|strand)(?: (?:no|number)\.?)?"
        ),
    ),
    (Field.MILESTONES, re.compile(r".*\bmilestones?\b.*|how\??|(?:key )?steps?|sub-?(?:tasks?|actions?)")),
    (
        Field.TARGET,
        re.compile(
            r"(?:(?:original |target |due |completion |end |delivery |agreed )*(?:dates?|timescales?|deadlines?))"
            r"|when\??|by when\??|due(?: by)?|timeframe"
        ),
    ),
    (
        Field.LEADS,
        re.compile(
            r"(?:.*\b)?(?:leads?|owners?|responsib\w+|accountable|accountability)\b.*|(?:by )?who(?:m)?\??"
            r"|(?:lead )?officers?"
        ),
    ),
    (
        Field.ACTION,
        re.compile(
            r"(?:key |improvement |planned |specific )?actions?(?: required| to be taken| we will take)?|what\??|tasks?"
            r"|what (?:we will|will we|we are going to|needs to be) do(?:ne)?\??|activit(?:y|ies)"
        ),
    ),
)


def heading_words(cell: str) -> str:
    """Return a heading as it is compared: small letters, one space between words, no mark at the end."""
    return " ".join(cell_text(cell).lower().replace("*", "").split()).rstrip(":. ")


@lru_cache(maxsize=4096)
def field_of(heading: str) -> Field | None:
    """Return what a heading says that its column holds, or None when its words are not known."""
    if len(heading) > _LONGEST_CELL:
        return None
    words = heading_words(heading)
    if not words or len(words) > _LONGEST_HEADING:
        return None
    return next((field for field, pattern in _WORDS if pattern.fullmatch(words)), None)
