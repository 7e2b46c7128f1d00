"""Hostile words that were stored, read back on every page and in every file: they stay words."""

import csv
import re

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.attacks.beginnings import beginnings
from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.crawler import walk
from tests.integration.attacks.hostile import COMBINING, FAMILY, RIGHT_TO_LEFT
from tests.integration.attacks.places import Places
from tests.integration.attacks.visitor import Visitor, words_of
from tests.support.pages import faults

MARKUP = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>\"' onfocus=alert(1) x='"
WORDS = f"=cmd|' /C calc'!A0 {{{{7*7}}}} {MARKUP} {RIGHT_TO_LEFT}{FAMILY[:4]}{COMBINING[:8]}"
# Columns of text that people or documents fill, by table; what is short is cut to its length.
FILLED = {
    "legal_hold": {"why": 400},
    "organisation": {"name": 120, "urgent_contact": 400},
    "unit": {"name": 120},
    "person": {"name": 120, "post": 120},
    "body": {"name": 160},
    "lead_party": {"name": 200, "post": 120},
    "plan": {"title": 200, "scope_note": 400},
    "area": {"title": 400, "label": 20, "priority_reason": 400},
    "objective": {"text": 400},
    "outcome": {"text": 400},
    "plan_measure": {"text": 400},
    "inspection": {"title": 200, "authority": 120, "held": 120, "source_name": 160},
    "inspection_item": {"words": 400, "number": 20, "heading": 160, "paragraph": 60, "points": 400},
    "action": {"title": 400},
    "milestone": {"title": 400, "date_text": 200, "date_decided_by": 200},
    "progress_update": {"happened": 400, "why": 400, "doing": 400, "ask": 400, "on_behalf_of": 200},
    "evidence": {"text": 400},
    "date_change": {"reason": 200, "to_text": 200},
    "sign_off": {"reason": 400},
    "rag_override": {"reason": 400, "decided_note": 400},
    "import_doubt": {"message": 400},
    "unread_line": {"text": 400},
    "plan_source": {"name": 200, "text": 400},
    "action_link": {"text": 200},
    "theme": {"name": 120},
    "theme_action": {"why": 300},
    "audit_round": {"name": 120},
    "mechanism": {"name": 120},
    "sample_file": {"left_out_reason": 300},
    "audit_exemption": {"reason": 300, "decided_note": 300},
    "case_reference": {"code": 20},
    "audit": {"grade_reason": 400, "feedback": 400, "void_reason": 300, "family_note": 400, "worker_role": 80},
    "audit_section": {"strengths": 400, "worker_words": 400},
    "response_section": {"words": 400},
    "moderation": {"reason": 400, "notes": 400, "team_reason": 400},
    "audit_import": {"file_name": 200},
    "imported_audit": {"ref": 60, "round_name": 120},
    "audit_tool": {"name": 120},
    "tool_section": {"title": 120, "question": 400},
    "tool_question": {"text": 400},
    "answer": {"note": 400},
    "finding": {"text": 400},
    "more_time": {"why": 400},
    "immediate_concern": {"what": 400, "told_to": 120, "acknowledgement": 400, "acted": 400, "outcome": 400},
    "remedial_action": {"text": 400},
    "remedial_step": {"note": 400},
    "re_audit": {"why": 400},
    "agency_part": {"given_by": 80, "not_given_why": 300},
    "agency_point": {"words": 400},
    "theme_re_audit": {"why": 400},
    "practice_alert": {"words": 400, "answer": 400},
    "feedback_set": {"question": 300},
    "assurance_event": {"name": 120, "focus": 300},
    "event_finding": {"words": 400},
    "quick_win": {"words": 300, "outcome": 400},
    "learning_message": {"words": 400, "changed": 400},
    "you_said": {"said": 400, "did": 400},
}
WHO = ("office", "lead", "auditor", "moderator", "assurance", "viewer", "admin")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
A_NUMBER = re.compile(r"-?\d+(\.\d+)?")


# What comes of something has its day.
DAYED = {"changed": "changed_day", "did": "did_on"}


@pytest.fixture
def filled(places: Places, stored: Session) -> Places:
    """Write the words into every such column, past the log and past all checks: this town is torn down again."""
    for table, columns in FILLED.items():
        for column, length in columns.items():
            # A number after the words keeps apart what must be.
            statement = f'UPDATE "{table}" SET "{column}" = substr(?, 1, {length - 8}) || \' \' || id'
            statement += f" WHERE {DAYED[column]} IS NOT NULL" if column in DAYED else ""
            assert stored.connection().exec_driver_sql(statement, (WORDS,)).rowcount, table
    stored.commit()
    return places


@pytest.mark.parametrize("who", WHO)
def test_stored_words_stay_words_on_every_page(who: str, filled: Places, come: SignIn) -> None:
    shown = 0
    for address, answer in walk(come(who), beginnings(filled), of_each=1):
        shown += "=cmd|" in words_of(answer)
        if answer.mimetype == "text/html" and answer.status_code in {200, 403, 404}:
            _stays_words(address, answer.text)
        elif answer.mimetype == "text/csv":
            _holds_no_formula(address, answer.text)
    assert shown > 2, "the walk must reach what was stored"


def _stays_words(address: str, html: str) -> None:
    assert "A0 49" not in html, address
    assert "<script>alert" not in html, address
    assert "<img src=x" not in html, address
    # What is not written as it should be shows as a fault of the page: attributes, scripts, broken elements.
    found = [fault for fault in faults(html) if "says nothing" not in fault]
    assert not found, f"{address}: {found[:3]}"


def _holds_no_formula(address: str, file: str) -> None:
    rows = list(csv.reader(file.removeprefix("\ufeff").splitlines(keepends=True)))
    assert len({len(row) for row in rows}) == 1, f"{address} is torn"
    cells = [cell for row in rows for cell in row]
    wrong = [cell for cell in cells if cell.startswith(FORMULAS) and not A_NUMBER.fullmatch(cell)]
    assert not wrong, f"{address}: {wrong[:1]}"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", " https://x", "//x.example", "ftp://x", "https://x\x00y z"]
)
def test_evidence_links_lead_to_the_web_or_are_refused(
    link: str, places: Places, stored: Session, come: SignIn
) -> None:
    lead: Visitor = come("lead")
    address = f"/plans/{places['slug']}/{places['my_ref']}"
    last = {
        "after": str(
            stored.scalar(
                text(
                    "SELECT max(id) FROM progress_update WHERE action_id = (SELECT action_id FROM"
                    " progress_update WHERE id = :id)"
                ).bindparams(id=places["my_update"])
            )
        )
    }
    stored.rollback()
    said = {"declared": "G", "happened": "x", "evidence": "It shows it", "evidence_url": link, "came_by": "", **last}
    answer = lead.send(f"{address}/update", said)
    page = lead.get(address)
    if answer.status_code == 303:
        assert link.strip().startswith("https://")
    else:
        assert answer.status_code in {409, 422}
    assert 'href="javascript' not in page.text
