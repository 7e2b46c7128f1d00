"""The worker of an audited file is told when an answer is awaited, and once more; by code and day alone."""

from datetime import date

from tracker.notices.rules.answer_news import AnswerDue, answer_occasions
from tracker.notices.rules.letters import letter_of
from tracker.notices.rules.occasions import OccasionKind
from tracker.notices.rules.timing import told_on
from tracker.notices.rules.vocabulary import Frequency

ASKED = AnswerDue("P1", "CP-104", 7, asked_on=date(2026, 11, 26), due_on=date(2026, 12, 3))


def kinds_on(day: date, *told: str, frequency: Frequency = Frequency.DAILY) -> list[OccasionKind]:
    return [one.kind for one in told_on(day, answer_occasions([ASKED]), told=told, frequency=frequency)]


def test_it_is_told_on_the_day_of_sending_and_a_working_day_before_the_last() -> None:
    assert kinds_on(date(2026, 11, 26)) == [OccasionKind.ANSWER_ASKED]
    told = "answer_asked:P1:7"
    assert kinds_on(date(2026, 12, 1), told) == []
    assert kinds_on(date(2026, 12, 2), told) == [OccasionKind.ANSWER_DUE]
    assert kinds_on(date(2026, 12, 4)) == []


def test_a_weekly_mail_would_come_too_late() -> None:
    assert kinds_on(date(2026, 11, 26), frequency=Frequency.WEEKLY) == [OccasionKind.ANSWER_ASKED]


def test_the_letter_names_the_code_and_the_last_day_and_leads_to_the_page() -> None:
    occasions = told_on(date(2026, 11, 26), answer_occasions([ASKED]), told=(), frequency=Frequency.DAILY)
    letter = letter_of(occasions, first_name="Hannah", is_bare=True)
    assert letter.subject == "An audit of your work to read and answer: CP-104"
    [entry] = letter.sections[0].entries
    assert (entry.heading, entry.links[0].endpoint) == ("CP-104", "audits.audit_respond")
    assert entry.facts == ("Answer by 3 Dec 2026.",)
