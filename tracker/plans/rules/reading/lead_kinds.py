"""Telling persons, posts, teams, bodies and partners apart by plain word rules; cells are split elsewhere."""

import re
from functools import lru_cache

from tracker.people.rules import PartyKind

_ALPHABET = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+"
_NAME_WORD = re.compile(rf"(?:(?:O'|D'|Mc|Mac|De|Le)?{_ALPHABET}(?:['-]{_ALPHABET})*|[A-Z]\.?)")
_SMALL_NAME_WORD = frozenset({"de", "van", "der", "von", "la", "le", "al", "bin"})
_TITLE = re.compile(r"(?:dr|mr|mrs|ms|miss|cllr|councillor|prof|professor|rev|sir|dame|lady|lord)\.? ", re.IGNORECASE)
_NO_NAME = frozenset(
    {
        *(
            "access",
            "adult",
            "adults",
            "advice",
            "agencies",
            "agency",
            "analyst",
            "assessment",
            "assurance",
            "authority",
        ),
        *("borough", "business", "care", "case", "chief", "child", "children", "children's", "city", "commissioning"),
        *("communities", "community", "conference", "corporate", "council", "county", "delivery", "department"),
        *(
            "departmental",
            "development",
            "digital",
            "district",
            "early",
            "education",
            "environment",
            "families",
            "family",
        ),
        *("finance", "first", "foster", "fostering", "further", "health", "help", "housing", "human", "improvement"),
        *("inclusion", "independent", "integrated", "intelligence", "intervention", "leaving", "learning", "legal"),
        *("local", "management", "missing", "multi-agency", "oversight", "parenting", "participation", "partner"),
        *(
            "partners",
            "partnership",
            "people",
            "performance",
            "placements",
            "planning",
            "policy",
            "practice",
            "primary",
        ),
        *("principal", "programme", "project", "protection", "public", "quality", "resources", "review", "reviewing"),
        *("safeguarding", "school", "schools", "senior", "service", "services", "skills", "social", "specialist"),
        *("strategic", "strategy", "support", "training", "transformation", "urgent", "virtual", "voice", "work"),
        *("workforce", "worker", "workers", "young", "youth", "all", "new", "the", "and", "of", "for", "to", "be"),
    }
)
_PARTNER_AGENCY = re.compile(r"\bpartner (?:agency|agencies|organisations?)\b|\bpartners$", re.IGNORECASE)
_POST = re.compile(
    r"\b(?:chair(?:man|woman|person)? of|(?:assistant |deputy |interim )*(?:head|director|leader) (?:of|for)|manager|"
    r"director|officer|lead|chair|commissioner|co-?ordinator|chief executive|analyst|solicitor|headteacher|"
    r"principal social worker|practitioner|consultant|adviser|advisor|administrator|dcs|psw|accountant|inspector|"
    r"superintendent|member for|portfolio holder|leader)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:team|teams|leads|managers|officers|directors|heads|service|services|department|unit|workers|chairs|"
    r"dmt|smt|slt|mash)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:board|panel|committee|cabinet|council|partnership|forum|group|sub-?group|executive|assembly|\w{0,4}sc[bp])\b",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"\b(?:police|ccg|icb|nhs|trust|hospital|gps?|school|schools|college|university|probation|cafcass|"
    r"job ?centre|ltd|limited|charity|housing association)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def lead_kind(name: str) -> PartyKind:
    """Return what a lead named in a plan is, by its words; unknown when they do not tell."""
    words = name.replace("’", "'")
    if _PARTNER_AGENCY.search(words):
        return PartyKind.PARTNER
    for kind, pattern in (
        (PartyKind.POST, _POST),
        (PartyKind.BODY, _BODY),
        (PartyKind.TEAM, _TEAM),
        (PartyKind.PARTNER, _PARTNER),
    ):
        if pattern.search(words):
            return kind
    return PartyKind.PERSON if _is_name(words) else PartyKind.UNKNOWN


def _is_name(text: str) -> bool:
    untitled = _TITLE.sub("", text, count=1)
    words = untitled.split()
    large = [word for word in words if word not in _SMALL_NAME_WORD]
    fits = len(large) in (2, 3) or (len(large) == 1 and untitled != text)
    return (
        fits
        and len(large[-1]) > 1
        and all(_NAME_WORD.fullmatch(word) and word.lower() not in _NO_NAME for word in large)
        and words[0] not in _SMALL_NAME_WORD
    )
