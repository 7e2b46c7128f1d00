"""What each grade means when it is about the child's life and no longer about the work; grading is the auditor's."""

from tracker.audits.rules.vocabulary import Grade

IMPACT_DESCRIPTORS = {
    Grade.OUTSTANDING: "Life is much better for the child, and it lasts.",
    Grade.GOOD: "Life is better for the child, and they can tell.",
    Grade.REQUIRES_IMPROVEMENT: "Some things are better, what matters most is not.",
    Grade.INADEQUATE: "Nothing is better, or it got worse.",
}
