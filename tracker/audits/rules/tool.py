"""The default audit tool as frozen data: sections, questions, what good looks like and grades; nobody's answers."""

from dataclasses import dataclass, field

from tracker.audits.rules.vocabulary import Grade

_GENERAL = {
    Grade.OUTSTANDING: "Better than good, and the gain for the child lasts.",
    Grade.GOOD: "Clear and in time, and it helps the child.",
    Grade.REQUIRES_IMPROVEMENT: "Safe, but not good throughout.",
    Grade.INADEQUATE: "The basics are missing. A child may be left at risk.",
}


@dataclass(frozen=True)
class Section:
    """One page of the tool; a graded section's grade answers the question on the theme of its code."""

    number: int
    code: str
    title: str
    question: str
    good: tuple[str, ...]
    theme: str | None = None
    descriptors: dict[Grade, str] = field(default_factory=lambda: dict(_GENERAL), hash=False)

    @property
    def heading(self) -> str:
        """The title with its number, as it is spoken of."""
        return f"{self.number}. {self.title}"

    @property
    def is_graded(self) -> bool:
        """Whether the section asks for a grade of its own; the overall grade belongs to the audit."""
        return self.theme is not None


ABOUT_NUMBER = 1
OVERALL_NUMBER = 9

SECTIONS: tuple[Section, ...] = (
    Section(
        number=ABOUT_NUMBER,
        code="about_file",
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
        good=(
            "Change is shown with facts: attendance, health, who is at home, how they feel.",
            "It is compared with how things were at the start.",
            "The child or the family would agree.",
        ),
    ),
    Section(
        number=OVERALL_NUMBER,
        code="overall",
        title="Overall grade and feedback",
        question="Taking everything together, how good was the work for this child?",
        good=(
            "The grade is your judgement, not an average.",
            "Poor safety or oversight usually limits what the whole can be.",
            "Feedback names what to keep doing before what to change.",
        ),
    ),
)

_BY_NUMBER = {section.number: section for section in SECTIONS}

GRADED_NUMBERS: tuple[int, ...] = tuple(section.number for section in SECTIONS if section.is_graded)
SECTION_OF_THEME: dict[str, int] = {section.theme: section.number for section in SECTIONS if section.theme}


def section_of(number: int) -> Section | None:
    """Return the section of a number, or None when the tool has none such."""
    return _BY_NUMBER.get(number)
