"""An auditor's part by keyboard alone: go on with a draft, grade by number keys, send; say that a child is at risk."""

from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import email_of
from tracker.audits.models import ImmediateConcern
from tracker.audits.rules.vocabulary import AuditState, Grade

SitDown = Callable[[str], Keyboard]
SECTIONS = ("Plan and progress", "Management oversight", "Working with partners", "Difference made to the child")


def test_an_auditor_goes_on_with_a_draft_grades_by_keys_and_sends_it(sit_down: SitDown, records: Session) -> None:
    draft = stored.draft_of(records, email_of("auditor"))
    ruth = sit_down("auditor")
    ruth.visit("/my/audits")
    ruth.follow(f"Continue {draft.case.code}")
    _grade_assessment(ruth)
    for name in SECTIONS:
        expect(ruth.page.get_by_role("heading", name=name)).to_be_visible()
        _grade(ruth, "Grade for this section", "2")
        _answer(ruth)
        _save_and_go_on(ruth)
    _grade(ruth, "Overall grade", "3")
    ruth.write("Feedback", "Keep the clear safety plans. Write down what the child says.")
    ruth.send("Save and check before sending")
    expect(ruth.page.get_by_text("Still missing")).to_have_count(0)
    ruth.send("Send audit")
    ruth.is_told("Audit sent")
    _is_sent_as_written(records, draft.public_id)


def test_an_auditor_raises_that_a_child_may_be_at_risk_without_finishing(sit_down: SitDown, records: Session) -> None:
    draft = stored.draft_of(records, email_of("auditor"))
    ruth = sit_down("auditor")
    ruth.visit(f"/audits/{draft.public_id}/section/4")
    ruth.follow("A child may be at risk now")
    expect(ruth.page.get_by_text("Ring the front door")).to_be_visible()
    ruth.write("Who did you tell?", "Keith Lomax, team manager")
    ruth.write("What did you tell them?", "The safety plan was not followed last night.")
    ruth.send("Record it")
    ruth.is_told("Recorded: a child may be at risk now")
    raised = records.scalars(select(ImmediateConcern).order_by(ImmediateConcern.id.desc()).limit(1)).one()
    assert (raised.told_to, raised.acknowledged_at) == ("Keith Lomax, team manager", None)
    assert stored.audit(records, draft.public_id).state is AuditState.IN_PROGRESS


def _grade_assessment(ruth: Keyboard) -> None:
    expect(ruth.page.get_by_role("heading", name="Assessment and analysis")).to_be_visible()
    _grade(ruth, "Grade for this section", "3")
    _answer(ruth)
    ruth.write("Strengths: what did you see?", "The chronology is up to date.")
    ruth.pick("Theme 1", "Fathers and wider family")
    ruth.write("What needs to change?", "The father's side of the family is not asked.")
    _save_and_go_on(ruth)


def _grade(ruth: Keyboard, group: str, key: str) -> None:
    """Go to the grades and press the number of one."""
    grades = ruth.page.get_by_role("group", name=group)
    ruth.enter(grades)
    ruth.press(key)
    expect(grades.get_by_role("radio").nth(int(key) - 1)).to_be_checked()


def _answer(ruth: Keyboard) -> None:
    """Go to each question of the section and choose its first answer."""
    offers_none = ruth.page.get_by_role("radio", name="Does not apply", exact=True)
    for question in ruth.page.get_by_role("group").filter(has=offers_none).all():
        ruth.enter(question)
        ruth.press("Space")
        expect(question.get_by_role("radio").first).to_be_checked()


def _save_and_go_on(ruth: Keyboard) -> None:
    with ruth.page.expect_navigation():
        ruth.press("Control+Enter")


def _is_sent_as_written(records: Session, public_id: str) -> None:
    audit = stored.audit(records, public_id)
    # Chance says whether it is moderated first.
    assert audit.state in {AuditState.FINAL, AuditState.MODERATION}
    assert audit.grade is Grade.REQUIRES_IMPROVEMENT
    about_fathers = [finding.text for finding in audit.findings if finding.theme and finding.theme.code == "fathers"]
    assert about_fathers == ["The father's side of the family is not asked."]
