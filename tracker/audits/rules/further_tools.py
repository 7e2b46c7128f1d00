"""Two more tools in our own words, as data: for watching practice, and for what is recorded of supervision.

An observation looks at one piece of direct work, a supervision audit at what one file shows of supervision. Both ask
about a file, so that they are given out in rounds; a contact has no supervision of its own yet and is not asked for it.
"""

from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.first_tool import GRADED_ONLY
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.vocabulary import Category

_ABOUT, _OVERALL = GRADED_ONLY[0], GRADED_ONLY[-1]
_SUPERVISED = frozenset(Category) - {Category.CONTACT}


def _asked(theme: str, text: str, nature: Nature = Nature.QUALITY) -> Question:
    """Return a question that has to be answered met, partly or not met."""
    return Question(text, AnswerKind.MET, theme, nature, is_required=True)


def _if_supervised(theme: str, text: str, nature: Nature = Nature.QUALITY) -> Question:
    """Return a question for files of children whose worker is supervised about them."""
    return Question(text, AnswerKind.MET, theme, nature, _SUPERVISED, is_required=True)


def _ends(*middle: Section) -> tuple[Section, ...]:
    """Put sections between the one about the file and the one for the whole, which every tool has."""
    last = Section(len(middle) + 2, _OVERALL.code, _OVERALL.title, _OVERALL.question, _OVERALL.good, is_graded=False)
    return (_ABOUT, *middle, last)


OBSERVATION = Tool(
    "practice-observation",
    "Observation of practice",
    1,
    _ends(
        Section(
            2,
            "preparing",
            "Getting ready",
            "Did the worker know why this meeting or visit took place, and what was to come of it?",
            ("The purpose is said at the start.", "What was promised last time is known, and looked at."),
            theme="visits",
            questions=(_asked("visits", "Was it plain to the family why the worker came?"),),
        ),
        Section(
            3,
            "together",
            "Being with the child and the family",
            "Could the child and the family say what they wanted to say, and were they heard?",
            ("The child is spoken with alone where that suits.", "Words are plain, and kind when news is hard."),
            theme="voice",
            questions=(
                _asked("voice", "Was what the child said, or showed, taken up there and then?"),
                _asked("fathers", "Was everybody who matters to the child in the room, or spoken of?"),
            ),
        ),
        Section(
            4,
            "judging",
            "Thinking and challenge",
            "Were worries said openly, tested, and not explained away?",
            ("Strengths and dangers are both named.", "A comfortable answer is asked about once more."),
            theme="risk",
            questions=(_asked("risk", "Did everybody leave knowing what would make the child safer?"),),
        ),
        Section(
            5,
            "ending",
            "What follows",
            "Is it plain who does what by when, and did it help?",
            ("The next step has a day and a name.", "The worker thinks about their own part afterwards."),
            theme="plan",
            nature=Nature.IMPACT,
            questions=(_asked("impact", "Was anything better for the child when it ended?", Nature.IMPACT),),
        ),
    ),
)

SUPERVISION_AUDIT = Tool(
    "supervision-audit",
    "Audit of supervision",
    1,
    _ends(
        Section(
            2,
            "held",
            "Held and recorded",
            "Does supervision take place when policy asks for it, and can one read on the file what was said?",
            ("It is on the file within a week.", "When one fell out, the reason and the next day are there."),
            theme="supervision",
            nature=Nature.COMPLIANCE,
            questions=(
                _if_supervised("supervision", "Was it held as often as the policy asks?", Nature.COMPLIANCE),
                _asked("recording", "Is there a record of it that a new worker would understand?", Nature.COMPLIANCE),
            ),
        ),
        Section(
            3,
            "thinking",
            "Thinking together",
            "Does it help the worker to see the child anew, or only list what was done?",
            ("The child's day is in the room.", "Doubts are said, and another view is tried."),
            theme="supervision",
            questions=(
                _if_supervised("supervision", "Does it think about the child, and not only about tasks?"),
                _if_supervised("workload", "Is it asked how the worker is, and whether the work can be done?"),
            ),
        ),
        Section(
            4,
            "steering",
            "Decisions and follow-up",
            "Does the manager decide, say why, and look next time whether it was done?",
            ("Decisions carry their reasons.", "What was agreed last time comes first."),
            theme="oversight",
            questions=(_if_supervised("drift", "Is delay named, and does something follow from it?"),),
        ),
    ),
)

FURTHER_TOOLS = (OBSERVATION, SUPERVISION_AUDIT)
