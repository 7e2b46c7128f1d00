"""Which headings of a report begin a list of items, of which class, and which end one; lines are read elsewhere."""

import re
from dataclasses import dataclass

from tracker.plans.rules.states import ItemClass

_AREA, _STRENGTH = ItemClass.AREA_FOR_IMPROVEMENT, ItemClass.STRENGTH
_END = r"\s*[:?]?$"
_BODY = re.compile(r"\bLSCB|\bSafeguarding (?:Children )?(?:Board|Partnership)|\bthe board\b", re.IGNORECASE)
_CLASSES: tuple[tuple[re.Pattern[str], ItemClass], ...] = tuple(
    (re.compile(rf"(?:{pattern}){_END}", re.IGNORECASE), item_class)
    for pattern, item_class in (
        (
            r"(?:areas? for )?(?:priority and immediate|immediate and priority) actions?",
            ItemClass.PRIORITY_AND_IMMEDIATE_ACTION,
        ),
        (r"areas? for priority actions?|priority actions?", ItemClass.PRIORITY_ACTION),
        (r"(?:other )?areas? (?:for|that need|in need of) improvements?", _AREA),
        (r"(?:the |its )?(?:[\w ]{1,40}['’]s? )?(?:key |main )?strengths", _STRENGTH),
        (r"what (?:is working|works|is going) well", _STRENGTH),
    )
)
# These say that something is asked for, and a class may follow on its own line.
_ASKS = re.compile(
    rf"what (?:does|do) .{{2,80}} needs? to (?:improve|do better|do to improve){_END}"
    rf"|what needs to (?:be )?improved?(?: in .{{2,80}}| (?:next|further|and .{{2,60}}))?{_END}",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(rf"(?:summary of )?recommendations(?: for .{{2,60}})?{_END}", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?P<strength>\bstrengths\b)|\bareas? (?:that |which )?need(?:s|ing)? improvement"
    r"|\bareas? for improvement (?:are|in)|\bareas? .{0,40}will focus|\bneeds? to improve\b"
)
_GRADE = r"(?:outstanding|good|requires? improvement(?: to be good)?|inadequate)"
_ENDINGS = re.compile(
    r"The (?:experiences? and progress|impact of leaders|effectiveness of leaders|overall effectiveness)\b.{0,150}"
    r"|(?:Main|Key|Headline|Summary of(?: the)?|Inspection) findings\b.{0,60}|Findings(?: and .{3,60})?"
    r"|Progress (?:since|made)\b.{0,60}|Overview|Context|Contents|Executive summary|Conclusions?|Next steps"
    r"|Summary(?: for .{3,60})?|Areas covered by the visit|What (?:the )?inspection judgements mean"
    r"|(?:Information about|About) th.{3,80}|(?:The )?(?:inspection )?judgements?\b.{0,80}"
    r"|Inspection judgements?\b.{0,80}|The local authority|The Local Safeguarding Children Board(?: \(LSCB\))?"
    r"|(?:Yours|Kind regards|Annex|Appendix|Notes?|Footnotes?)\b.{0,60}"
    rf"|.{{3,110}}?\s*(?::|–|—|-|\bis|\bare|\s)\s*{_GRADE}"
)


@dataclass(frozen=True)
class Opening:
    """What a heading begins: `item_class` is None where a class may still follow; `is_guess` where it is unsaid."""

    item_class: ItemClass | None
    is_other_body: bool = False
    is_guess: bool = False

    @property
    def begins_anew(self) -> bool:
        """Whether nothing is left of the body that the list before was about."""
        return self.item_class is None or self.is_guess


def opening(words: str) -> Opening | None:
    """Return what a line begins as a heading of its own, or None."""
    other = _BODY.search(words) is not None
    if _ASKS.fullmatch(words):
        return Opening(None, other)
    if _RECOMMENDS.fullmatch(words):
        return Opening(_AREA, other, is_guess=True)
    found = next((item_class for pattern, item_class in _CLASSES if pattern.fullmatch(words)), None)
    return Opening(found, other) if found is not None and words[:1].isupper() else None


def sentence_opening(words: str) -> Opening | None:
    """Return what a sentence with a colon begins, when bullets follow: summaries have no headings (source S3)."""
    found = _SENTENCE.search(words) if words.endswith(":") and words[:1].isupper() else None
    if found is None:
        return None
    item_class = _STRENGTH if found["strength"] else _AREA
    return Opening(item_class, _BODY.search(words) is not None, is_guess=True)


def is_ending(words: str) -> bool:
    """Say whether a heading is known to begin something else than items."""
    return _ENDINGS.fullmatch(words) is not None
