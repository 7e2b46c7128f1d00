"""The default tool in our own words, as data: the sections of the first version, with questions on every theme.

Every theme is asked of every file by a grade or a question; what law or policy asks of one kind of help only is asked
of those files beside it.
"""

from dataclasses import replace

from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.first_tool import DEFAULT_NAME, DEFAULT_SLUG, GRADED_ONLY
from tracker.audits.rules.tool import Question, Tool
from tracker.audits.rules.vocabulary import Category

_PLANNED = (Category.CHILD_IN_NEED, Category.CHILD_PROTECTION)
_IN_CARE = (Category.CHILD_IN_CARE,)


def _asked(theme: str, text: str, nature: Nature = Nature.QUALITY, kind: AnswerKind = AnswerKind.MET) -> Question:
    """Return a question that every file has to answer."""
    return Question(text, kind, theme, nature, is_required=True)


def _only(theme: str, text: str, *categories: Category, nature: Nature = Nature.COMPLIANCE) -> Question:
    """Return a question, to be answered yes or no, that some files are asked."""
    return Question(text, AnswerKind.YES_NO, theme, nature, frozenset(categories))


def _words(text: str, nature: Nature) -> Question:
    return Question(text, AnswerKind.TEXT, nature=nature)


_QUESTIONS = {
    "voice": (
        _asked("visits", "Is the child seen when due, and does each visit have a purpose?", Nature.COMPLIANCE),
        _asked("identity", "Does the work fit who this child is: language, faith, culture, disability, sexuality?"),
        _only("visits", "Was the child seen alone in the last six weeks?", *_PLANNED, *_IN_CARE),
        _words("What would this child say about the help they had?", Nature.IMPACT),
    ),
    "risk": (
        _asked("neglect", "Is it plain how neglect, violence at home or what parents can change bears on this child?"),
        _asked("missing", "Is going missing, or being exploited, looked for and acted on?"),
        _asked("thresholds", "Was the decision at the front door right, and made in time?", Nature.COMPLIANCE),
        _only("risk", "Is there a safety plan that the family has a copy of?", Category.CHILD_PROTECTION),
    ),
    "assessment": (
        _asked("fathers", "Are fathers and the wider family found, spoken to and weighed?"),
        _asked("early_help", "Was help offered before things became worse, and is the step to or from it plain?"),
        _only("assessment", "Was the assessment finished within 45 working days?", *_PLANNED),
    ),
    "plan": (
        _asked("conferences", "Do the meetings about this child happen in time, and move things on?"),
        _asked("drift", "Is there a plan for where this ends, and does the work go there without delay?"),
        _only("conferences", "Did the core group first meet within ten working days?", Category.CHILD_PROTECTION),
        _only("drift", "Was the plan for a lasting home agreed by the second review?", *_IN_CARE),
    ),
    "oversight": (
        _asked("supervision", "How good is the supervision that this file shows?", kind=AnswerKind.GRADE),
        _asked("iro", "Does whoever reviews this case challenge, and is the challenge answered?"),
        _asked("recording", "Could somebody new understand this file within half an hour?", Nature.COMPLIANCE),
        _asked("workload", "Has the child been spared changes of worker, and work left undone?"),
    ),
    "partners": (
        _only("partners", "Did every agency with a part in the plan send a report or come?", *_PLANNED, *_IN_CARE),
        _words("Which partner was missing, and what did that cost the child?", Nature.IMPACT),
    ),
    "impact": (
        _asked(
            "health_education",
            "Is the child healthier, and getting on better at school or work?",
            Nature.IMPACT,
        ),
        _asked("placement", "Is where the child lives safe, right for them, and likely to last?", Nature.IMPACT),
        _asked("care_leavers", "Is the child being made ready for growing up, as suits their age?", Nature.IMPACT),
        _only("care_leavers", "Is the pathway plan less than six months old?", Category.CARE_LEAVER),
    ),
}

DEFAULT_TOOL = Tool(
    DEFAULT_SLUG,
    DEFAULT_NAME,
    2,
    tuple(replace(section, questions=_QUESTIONS.get(section.code, ())) for section in GRADED_ONLY),
)
