"""Words that leave a date to a body that has still to decide; which meeting that will be is not known here."""

import re

from tracker.plans.rules.dates.words import MONTH, tidy

_BODY = re.compile(
    r"\b(?:boards?|panels?|committees?|cabinet|groups?|meetings?|partnerships?|council|teams?|programmes?|executive|"
    r"forum|trust|ofsted|department|ministers?|conference|ccg|nhs|police)\b",
    re.IGNORECASE,
)
_DECIDES = r"(?:agrees?|decides?|sets?|confirms?|approves?|considers?|determines?|meets?|signs? off)"
_ANY_BODY = (re.compile(r"(?:awaiting|wait(?:s|ing)? (?:for|on))\s?:?\s(?P<body>.+)", re.IGNORECASE),)
_KNOWN_BODY = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"(?:when|once|after) (?P<body>.+?) (?:has |have )?(?:{_DECIDES}|agreed|decided|confirmed|approved|met)\b.*",
        rf"(?P<body>.+?) (?:is |are |will |has |have )?(?:to )?{_DECIDES}\b.*",
        r"(?:(?:target )?dates? )?(?:still )?(?:to be )?(?:agreed|decided|set|confirmed) by (?P<body>.+)",
        r"(?:subject to|dependent on|depends on) (?P<body>.+?)(?:'s)? (?:decision|approval|agreement|sign[- ]off)\b.*",
    )
)
_BEFORE_NAME = re.compile(rf"(?:(?:the|next|a|an|our)|{MONTH}(?: [0-9]{{4}})?(?:'s)?)\s", re.IGNORECASE)
_LONGEST_NAME = 80


def read_waiting(text: str) -> str | None:
    """Return the name of the body that is to set the date, cleaned of a month or article before it, or None.

    A body is known by a word such as board, panel or cabinet; after "waiting for" any name will do (domain A4).
    """
    words = tidy(text)
    for patterns, any_name in ((_ANY_BODY, True), (_KNOWN_BODY, False)):
        for pattern in patterns:
            found = pattern.fullmatch(words)
            if not found:
                continue
            name = _clean(found["body"])
            if 0 < len(name) <= _LONGEST_NAME and (any_name or _BODY.search(name)):
                return name
    return None


def _clean(name: str) -> str:
    rest = name.strip(" .,;:")
    while found := _BEFORE_NAME.match(rest):
        rest = rest[found.end() :]
    return rest[:1].upper() + rest[1:]
