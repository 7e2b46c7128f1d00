"""What a report says of itself near its beginning: kind, authority, day of publication, days held; no item."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.core.text import one_line
from tracker.plans.rules.inspecting.results import ReportFacts
from tracker.plans.rules.inspecting.shapes import ReportLine
from tracker.plans.rules.states import InspectionKind
from tracker.plans.rules.wording import MONTHS

_HEAD = 60
_TITLES = 15
_LONGEST_NAME = 120
_DAY = rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})"
_PUBLISHED = re.compile(rf"publi(?:shed|cation)\b[^.\d]{{0,40}}{_DAY}", re.IGNORECASE)
_ALONE = re.compile(rf"(?:Date:?\s*)?{_DAY}", re.IGNORECASE)
_HELD = re.compile(r"(?:Inspection|Visit|Monitoring visit|Focused visit) dates?\s*:\s*(.{6,100})", re.IGNORECASE)
_VISIT = re.compile(
    r"(?:^|findings (?:of|from) |report (?:of|on) |following |outcomes? of |letter .{0,40})"
    r"(?:the |our |a |an |this )?(?:\w+ ){0,2}(focused|monitoring) visit\b",
    re.IGNORECASE | re.MULTILINE,
)
_INSPECTION = re.compile(r"\b(?:re-?)?inspection\b", re.IGNORECASE)
_CHILDREN = r"(?i:(?:local authority )?children['’]?s?['’]? (?:social care )?services)"
_OF = re.compile(
    rf"(?i:inspection of|visit to|visit of|services in) (?!services|local authority|children|the effectiveness)"
    rf"(?:the )?(?P<name>[A-Z][A-Za-z'’.,& -]{{2,70}}?)(?:['’]s?)? {_CHILDREN}",
)
_COUNCIL = re.compile(r"[A-Z][\w'’.,& -]{2,90}\b(?:Council|County|City|Borough|Children['’]s Trust)")
_SERVICES = re.compile(r"(?:Re-?)?inspection of services for children\b.*", re.IGNORECASE)


def report_facts(lines: Sequence[ReportLine]) -> ReportFacts:
    """Return what the beginning of a report says of it; what it does not say stays empty."""
    head = "\n".join(line.text for line in lines[:_HEAD])
    kind = _kind(head)
    held = next((found[1] for line in lines[:_HEAD] if (found := _HELD.fullmatch(line.text))), "")
    return ReportFacts(
        kind=kind or InspectionKind.INSPECTION,
        is_kind_said=kind is not None,
        authority=_authority(lines[:_HEAD])[:_LONGEST_NAME],
        published_on=_published_on(lines[:_HEAD], head),
        held=one_line(held),
    )


def _kind(head: str) -> InspectionKind | None:
    if (found := _VISIT.search(head)) is not None:
        is_focused = found[1].lower() == "focused"
        return InspectionKind.FOCUSED_VISIT if is_focused else InspectionKind.MONITORING_VISIT
    return InspectionKind.INSPECTION if _INSPECTION.search(head) else None


def _authority(lines: Sequence[ReportLine]) -> str:
    texts = [line.text for line in lines]
    both = [*texts, *(f"{text} {after}" for text, after in pairwise(texts))]
    if name := next((found["name"] for text in both if (found := _OF.search(text))), ""):
        return name
    titles = texts[:_TITLES]
    council = next((text for text in titles if _COUNCIL.fullmatch(text)), "")
    return council or _before_title(titles)


def _before_title(titles: Sequence[str]) -> str:
    """Return the line above the title, where older reports print the name alone."""
    for above, text in pairwise(titles):
        if _SERVICES.fullmatch(text) and above[:1].isupper() and len(above.split()) <= 6:
            return above
    return ""


def _published_on(lines: Sequence[ReportLine], head: str) -> date | None:
    found = _PUBLISHED.search(one_line(head))
    alone = next((match for line in lines[:_TITLES] if (match := _ALONE.fullmatch(line.text))), None)
    match = found or alone
    if match is None:
        return None
    try:
        return date(int(match[3]), 1 + MONTHS.index(match[2].capitalize()), int(match[1]))
    except ValueError:
        return None
