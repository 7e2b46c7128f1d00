"""Whether an outcome is worded as work to be done, and whether a measure names a number; words alone are judged."""

import re

from tracker.core.text import one_line

# Who is better off: a sentence that begins with them says what will be different.
_PEOPLE = (
    "child",
    "children",
    "young",
    "babies",
    "baby",
    "pupils",
    "families",
    "family",
    "parents",
    "carers",
    "mothers",
    "fathers",
    "adopters",
    "siblings",
    "care",
    "victims",
    "people",
    "workers",
    "staff",
    "fewer",
    "more",
    "less",
)
_BEFORE_PEOPLE = frozenset(
    {"all", "every", "each", "no", "any", "most", "the", "our", "disabled", "vulnerable", "looked"}
)
# What people who write plans do; each also as "-ing" and, of a thing, as done.
_WORK_WORDS = (
    "agree allocate analyse appoint arrange audit build carry clarify collate commission communicate complete conduct "
    "consider consult continue convene create define deliver design develop devise disseminate draft embed engage "
    "ensure establish evaluate explore extend facilitate finalise formalise hold identify implement improve increase "
    "introduce invest investigate issue launch lead liaise maintain map meet monitor organise plan prepare present "
    "procure produce promote provide publish put recruit redesign refresh refine reinforce report research respond "
    "restructure review revise roll run schedule scope secure set share strengthen streamline submit support survey "
    "train undertake update use work write"
)
_WORK = frozenset(_WORK_WORDS.split())
# "Use" of a thing or "care" for somebody, "support" and "work" also begin what is no order.
# "Reviewing officers" are people, whatever they do.
_WORKERS = frozenset({"officer", "officers", "worker", "workers", "manager", "managers", "team", "teams", "staff"})
_NOUNS_TOO = frozenset(
    {"support", "work", "use", "plan", "report", "lead", "review", "audit", "survey", "map", "share"}
)
_SOUND = re.compile(r"(?:is|are|was|were|has|have|will|shall|can|do|does|becomes?|remains?)\b")
_THING = (
    r"training|workshops?|polic(?:y|ies)|strateg(?:y|ies)|procedures?|plan|reviews?|audits?|protocols?|frameworks?"
    r"|toolkits?|guidance|programmes?|boards?|groups?|meetings?|systems?|reports?|standards?|processes|process"
    r"|structures?|posts?|team|teams|templates?|pathways?|panels?|models?|course|courses|database|newsletter"
)
_DONE = (
    r"delivered|developed|reviewed|agreed|in place|implemented|established|introduced|completed?|approved|published"
    r"|launched|updated|written|produced|rolled out|set up|recruited|appointed|commissioned|created|held|revised"
    r"|signed off|embedded|designed|drafted|provided|issued|circulated"
)
_DONE_THING = re.compile(rf"(?:\S+ ){{0,5}}(?:{_THING})\b(?: \S+){{0,6}}? (?:{_DONE})\b")
_NUMBER_WORDS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|half|third|quarters?|twice|double|zero|none|no more than|per ?cent"
)
_NO_COUNT = re.compile(
    r"\b(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?\b"
    r"|\b(?:section|sections|s|stage|key stage|ks|year|tier|level|phase|part|chapter|priority|area|action|no)\.? ?\d+\b"
    r"|\b\d+(?= |-)[ -]years?[ -]olds?\b|\baged \d+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?= (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b)"
)
_A_NUMBER = re.compile(rf"\d|%|\b(?:{_NUMBER_WORDS})\b")


def is_activity(outcome: str) -> bool:
    """Say whether an outcome tells what will be done instead of what will be different for children (domain A1).

    It does when it begins with work ("Deliver training", "Reviewing cases") or says that a thing is made ("A policy is
    in place"). A sentence about people who are better off is none: "Children are seen alone".
    """
    words = re.findall(r"[a-z’'-]+", outcome.lower())
    if not words:
        return False
    subject = words[1] if words[0] in _BEFORE_PEOPLE and len(words) > 1 else words[0]
    if subject in _PEOPLE:
        return False
    return _begins_with_work(words) or _DONE_THING.match(one_line(outcome).lower()) is not None


def names_a_number(measure: str) -> bool:
    """Say whether the words of a measure name a number; a year, a day and the number of a section are none."""
    return _A_NUMBER.search(_NO_COUNT.sub(" ", one_line(measure).lower())) is not None


def _begins_with_work(words: list[str]) -> bool:
    if words[1:] and words[1] in _WORKERS:
        return False
    first = next((word for word in words if word not in {"to", "we", "will", "shall"}), "")
    if first in _NOUNS_TOO:
        # "Support for carers is offered" begins with a noun: then a verb follows soon.
        return not any(_SOUND.fullmatch(word) for word in words[1:8])
    return first in _WORK or any(first in _gerunds(verb) for verb in _WORK if first.endswith("ing"))


def _gerunds(verb: str) -> set[str]:
    return {f"{verb}ing", f"{verb.removesuffix('e')}ing", f"{verb}{verb[-1]}ing"}
