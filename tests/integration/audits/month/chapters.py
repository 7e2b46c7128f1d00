"""The chapters of the month, in order; each is told through the pages, by whoever may do it."""

from sqlalchemy import select

from tests.integration.audits.month.moves import ROUND, SECTIONS, Month
from tests.integration.audits.month.rows import BEST, CHANGED, FINDINGS, LAST, POOR, STAYS, SWAPPED, Finding, case_list
from tracker.audits.models import Audit, Exemption, RemedialAction
from tracker.audits.rules.vocabulary import AuditState


def the_sample_is_drawn_and_shared_out(month: Month) -> None:
    month.on(2)
    month.read(month.people.marcus, "/audits/rounds/new")
    said = {
        "name": "November 2026",
        "starts_on": "2 nov 2026",
        "due_on": "27 nov 2026",
        "selection": "stratified",
        "sample_target": "25",
    }
    month.client.submit(said, button="Make this round")
    month.read(month.people.marcus, f"{ROUND}/sample")
    month.bring(case_list())
    month.says("In the sample 25 files")
    month.client.submit(button="Keep this sample")
    month.client.submit(button="Give these files out")
    month.says("Given out: 25 files")
    month.codes = month.drawn()


def a_file_changes_hands_and_one_need_not_be_done(month: Month) -> None:
    month.on(4)
    people, swapped, last = month.people, month.audit(SWAPPED), month.audit(LAST)
    other = next(one for one in people.auditors if one.id != swapped.auditor_id)
    month.read(people.marcus, f"/audits/{swapped.public_id}/swap")
    month.client.submit(
        {"auditor": str(other.id), "reason": "Away until the end of the month"}, button="Give it to them"
    )
    assert month.audit(SWAPPED).auditor_id == other.id
    month.read(people.marcus, f"/audits/{last.public_id}/exempt")
    month.client.submit({"reason": "The case was closed before it could be read"}, button="Ask for this")
    month.says("Asked: ")
    asked = month.session.scalars(select(Exemption.id)).one()
    month.read(people.helen, f"/audits/exemptions/{asked}")
    month.client.submit({"decision": "grant"}, button="Save the decision")
    assert month.audit(LAST).state is AuditState.EXEMPT


def every_file_is_audited(month: Month) -> None:
    for place, finding in enumerate(FINDINGS[:LAST]):
        month.on(5 + place // 5)
        audit = month.audit(place)
        month.grade(audit, finding)
        if finding.grade == "inadequate":
            month.says("Say what must be put right for this child")
            month.read(audit.auditor, f"/audits/{audit.public_id}/remedial")
            said = {"text": "Hold the review that was missed.", "owner": str(month.people.tom.id), "priority": "urgent"}
            month.client.submit(said, button="Give it to them")
        month.send(audit)


def all_that_was_chosen_is_moderated(month: Month) -> None:
    month.on(16)
    for place in month.waiting():
        audit, grade = month.audit(place), FINDINGS[place].grade
        if place == CHANGED:
            moderate(month, audit, POOR, {"reason": "The safety plan is on file.", "about": "practice"})
        else:
            moderate(month, audit, grade)
    assert month.waiting() == []


def moderate(month: Month, audit: Audit, own: str, why: dict[str, str] | None = None) -> None:
    """Let Marcus grade an audit blind, compare and have his own grade agreed, with a reason where the two differ."""
    month.read(month.people.marcus, f"/audits/{audit.public_id}/moderate")
    month.client.submit(button="Moderate this audit")
    month.client.submit({f"own_{number}": own for number in SECTIONS}, button="Compare")
    agreed = {f"agreed_{number}": own for number in SECTIONS}
    month.client.submit({**agreed, **(why or {})}, button="Keep the agreed")
    month.says(f": {audit.case.code}")


def its_auditor_disputes_what_was_changed(month: Month) -> None:
    month.on(18)
    audit, people = month.audit(CHANGED), month.people
    address = f"/audits/{audit.public_id}"
    month.read(audit.auditor, f"{address}/moderation")
    month.client.submit({"reason": "The plan was written after the child was seen."}, button="Dispute the outcome")
    assert month.audit(CHANGED).state is AuditState.DISPUTED
    for involved in (audit.auditor, people.marcus):
        month.client.sign_in(involved)
        assert month.client.get(f"{address}/panel").status_code == 403
    month.read(people.joanne, f"{address}/panel")
    month.client.submit({"members": [str(people.joanne.id), str(people.owen.id)]}, button="Name the panel")
    decided = {f"panel_{number}": POOR for number in SECTIONS}
    month.client.submit({**decided, "reason": "The plan came late but it was there."}, button="Keep the decision")
    assert month.audit(CHANGED).state is AuditState.FINAL


def what_must_be_put_right_is(month: Month) -> None:
    month.on(19)
    people = month.people
    for place in (STAYS, CHANGED):
        query = select(RemedialAction).where(RemedialAction.audit_id == month.audit(place).id)
        address = f"/immediate-actions/{month.session.scalars(query).one().public_id}"
        month.read(people.tom, address)
        month.client.submit(button="I have it in hand")
        month.read(people.tom, address)
        month.client.submit({"note": "The review was held on 18 November."}, button="It is done")
        month.read(people.joanne, address)
        month.client.submit({"note": "Read the minutes."}, button="I saw it on the file: it is done")
        assert month.audit(place).state is AuditState.CLOSED


def the_case_is_audited_again(month: Month) -> None:
    month.on(24)
    people, audit = month.people, month.audit(STAYS)
    other = next(one for one in people.auditors if one.id != audit.auditor_id)
    month.read(people.marcus, "/re-audits")
    assert month.codes[STAYS] in month.client.text
    assert month.codes[CHANGED] not in month.client.text
    month.read(people.marcus, f"/audits/{audit.public_id}/re-audit/give")
    month.client.submit({"auditor": str(other.id)}, button="Allocate this file")
    month.on(25)
    month.grade(month.again(STAYS), Finding(BEST))
    month.send(month.again(STAYS))
    # The best grade is always looked at twice.
    moderate(month, month.again(STAYS), BEST)
    month.read(people.joanne, f"/audits/{month.again(STAYS).public_id}/before-and-after")


def the_round_is_closed(month: Month) -> None:
    month.on(27)
    month.read(month.people.marcus, ROUND)
    month.client.submit(button="Close this round")
    assert "closed" in month.read(month.people.marcus, "/audits").lower()
