"""The first version of the default tool, as data: nine sections with a grade each and no question of their own."""

from tracker.audits.rules.answers import Nature
from tracker.audits.rules.tool import ABOUT_CODE, ABOUT_NUMBER, OVERALL_CODE, Section, Tool

DEFAULT_SLUG = "case-file-audit"
DEFAULT_NAME = "Case-file audit"

GRADED_ONLY: tuple[Section, ...] = (
    Section(
        number=ABOUT_NUMBER,
        code=ABOUT_CODE,
        is_graded=False,
        title="About the file",
        question="Which part of the file did you read, and on which day?",
        good=(
            "You judge the last six months of work.",
            "You read a year back, so that the story makes sense.",
            "You write no name of a child, of family or of staff.",
        ),
    ),
    Section(
        number=2,
        code="voice",
        title="Voice of the child",
        question="Do we know what this child sees, says and wants, and has it made a difference?",
        theme="voice",
        good=(
            "The child is seen alone, and in a way that suits their age.",
            "Their words or behaviour are recorded, not only that a visit took place.",
            "What they said changed what was done, or they were told why not.",
            "Babies and children who do not speak are watched and described.",
        ),
    ),
    Section(
        number=3,
        code="risk",
        title="Risk and safety",
        question="Is danger seen early, and is this child safer because of what was done?",
        theme="risk",
        good=(
            "Immediate danger is dealt with on the day.",
            "Who is a danger, and who keeps the child safe, is plain to a new reader.",
            "The safety plan says who does what if things get worse.",
            "Strategy meetings and enquiries come when the threshold is met.",
        ),
    ),
    Section(
        number=4,
        code="assessment",
        title="Assessment and analysis",
        question="Is the history weighed, and is it plain what daily life means for this child?",
        theme="assessment",
        good=(
            "What happened before is weighed, not only listed.",
            "Fathers and the wider family are part of it.",
            "Strengths and dangers lead to a clear view of what has to change.",
            "It is finished in time, and the family have read it.",
        ),
    ),
    Section(
        number=5,
        code="plan",
        title="Plan and progress",
        question="Does the plan say what must change, by when, and is it happening?",
        theme="plan",
        good=(
            "Every step has somebody to do it and a day to do it by.",
            "The family could say in their own words what the plan is for.",
            "Reviews test whether life is better, not only whether tasks were done.",
            "Drift is named, and something follows from it.",
        ),
    ),
    Section(
        number=6,
        code="oversight",
        title="Management oversight",
        question="Do managers think with the worker, decide, and see that it is done?",
        theme="oversight",
        good=(
            "Supervision is as often as the policy asks, and is on the file.",
            "Decisions carry their reasons.",
            "What was agreed last time is looked at first.",
            "Delay and disagreement are taken up the line.",
        ),
    ),
    Section(
        number=7,
        code="partners",
        title="Working with partners",
        question="Do the people around this child know the same things and pull together?",
        theme="partners",
        good=(
            "Schools, health and police are in the plan and at the meetings.",
            "Information is shared in time, and on a proper footing.",
            "Partners are challenged when their part is not done.",
        ),
    ),
    Section(
        number=8,
        code="impact",
        title="Difference made to the child",
        question="What is better in this child's life because we were there?",
        theme="impact",
        nature=Nature.IMPACT,
        good=(
            "Change is shown with facts: attendance, health, who is at home, how they feel.",
            "It is compared with how things were at the start.",
            "The child or the family would agree.",
        ),
    ),
    Section(
        number=9,
        code=OVERALL_CODE,
        is_graded=False,
        title="Overall grade and feedback",
        question="Taking everything together, how good was the work for this child?",
        good=(
            "The grade is your judgement, not an average.",
            "Poor safety or oversight usually limits what the whole can be.",
            "Feedback names what to keep doing before what to change.",
        ),
    ),
)

# Its auditors were asked to look for every theme while they graded (domain A8).
FIRST_TOOL = Tool(DEFAULT_SLUG, DEFAULT_NAME, 1, GRADED_ONLY, asks_every_theme=True)
