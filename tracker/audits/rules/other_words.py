"""Words of evidence that is no audit of a case: alerts, feedback, events and learning, stored by value (domain B2)."""

from enum import StrEnum


class AlertSource(StrEnum):
    """Who raised a practice alert, by post."""

    CHAIR = "chair"
    IRO = "iro"

    @property
    def words(self) -> str:
        """The post as pages name it."""
        return "Conference chair" if self is AlertSource.CHAIR else "Independent reviewing officer"


class AlertState(StrEnum):
    """Where a practice alert is: raised, answered by the service, or closed once that is enough."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return "Waiting for an answer" if self is AlertState.OPEN else self.value.capitalize()


class FeedbackSource(StrEnum):
    """Who was asked, and on what occasion."""

    CONFERENCE = "conference"
    FAMILIES = "families"
    QUESTIONNAIRE = "questionnaire"
    YOUNG_PEOPLE = "young_people"
    STAFF = "staff"
    PARTNERS = "partners"

    @property
    def words(self) -> str:
        """The source as pages name it."""
        return _SOURCE_WORDS[self]


_SOURCE_WORDS = {
    FeedbackSource.CONFERENCE: "Child protection conferences",
    FeedbackSource.FAMILIES: "Families",
    FeedbackSource.QUESTIONNAIRE: "Child and family questionnaire",
    FeedbackSource.YOUNG_PEOPLE: "Children and young people",
    FeedbackSource.STAFF: "Staff",
    FeedbackSource.PARTNERS: "Partner agencies",
}


class EventKind(StrEnum):
    """Kinds of event that look at practice for some days."""

    PRACTICE_WEEK = "practice_week"
    ASSURANCE_DAY = "assurance_day"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return "Practice week" if self is EventKind.PRACTICE_WEEK else "Assurance day"


class Audience(StrEnum):
    """Whom a learning message is for; never one worker."""

    ALL_STAFF = "all_staff"
    PRACTITIONERS = "practitioners"
    MANAGERS = "managers"
    AUDITORS = "auditors"
    PARTNERS = "partners"

    @property
    def words(self) -> str:
        """The audience as pages name it."""
        return _AUDIENCE_WORDS[self]


_AUDIENCE_WORDS = {
    Audience.ALL_STAFF: "Everybody in the service",
    Audience.PRACTITIONERS: "Practitioners",
    Audience.MANAGERS: "Managers",
    Audience.AUDITORS: "Auditors",
    Audience.PARTNERS: "Partner agencies",
}


class Voice(StrEnum):
    """Whose voice "you said" repeats; never one person's."""

    CHILDREN = "children"
    FAMILIES = "families"
    CARERS = "carers"
    STAFF = "staff"
    PARTNERS = "partners"

    @property
    def words(self) -> str:
        """Those who said it, as pages name them."""
        return _VOICE_WORDS[self]


_VOICE_WORDS = {
    Voice.CHILDREN: "Children and young people",
    Voice.FAMILIES: "Families",
    Voice.CARERS: "Carers",
    Voice.STAFF: "Staff",
    Voice.PARTNERS: "Partner agencies",
}


class WinState(StrEnum):
    """Where a quick win is on a day; late is derived from its day, never stored."""

    TO_DO = "to_do"
    LATE = "late"
    DONE = "done"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return {WinState.TO_DO: "To do", WinState.LATE: "Late", WinState.DONE: "Done"}[self]
