"""Words planted in the town and never seen where domain A9 does not allow them, on any page that anybody can reach."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.crawler import walk
from tests.integration.attacks.places import Places
from tests.integration.attacks.visitor import words_of
from tests.support.houses import House

# Where each word is planted, and who may see it; a lead's own name is on their own pages.
SEEN_BY = {
    "Finchley-finding": {"auditor", "moderator"},
    "Ostrich-strength": {"auditor", "moderator"},
    "Plover-feedback": {"auditor", "moderator"},
    "CANARY-7": {"auditor", "moderator"},
    "Heron-finding": {"moderator"},
    "Petrel-strength": {"moderator"},
    "CANARY-8": {"moderator"},
    "Swift-concern": {"moderator"},
    "Starling-remedial": {"lead", "auditor", "moderator"},
    "Thrush-remedial": {"moderator"},
    "Wren-told": {"moderator"},
    "Quillfeather": {"office", "lead", "auditor", "moderator", "assurance", "admin"},
    "Kestrel-happened": {"office", "lead", "auditor", "moderator", "assurance"},
    "Osprey-why": {"office", "lead", "auditor", "moderator", "assurance"},
    "Merlin-because": {"office", "lead", "auditor", "moderator", "assurance"},
    "Dunnock-evidence": {"office", "lead", "auditor", "moderator", "assurance"},
    "hidden.person@": {"admin", "office"},
}
WHO = ("viewer", "assurance", "office", "lead", "auditor", "moderator", "admin")


def _planted(places: Places) -> Iterator[str]:
    """Yield the statements that plant the words, past the log: this town is torn down again at once."""
    for audit, finding, strength, code in (
        (places["my_audit"], "Finchley-finding", "Ostrich-strength", "CANARY-7"),
        (places["their_audit"], "Heron-finding", "Petrel-strength", "CANARY-8"),
    ):
        here = f"(SELECT id FROM audit WHERE public_id = '{audit}')"
        yield f"UPDATE finding SET text = '{finding}' WHERE audit_id = {here}"
        yield f"UPDATE audit_section SET strengths = '{strength}' WHERE audit_id = {here}"
        yield f"UPDATE case_reference SET code = '{code}' WHERE id = (SELECT case_id FROM audit WHERE id = {here})"
    yield f"UPDATE audit SET feedback = 'Plover-feedback' WHERE public_id = '{places['my_audit']}'"
    yield "UPDATE immediate_concern SET what = 'Swift-concern', told_to = 'Wren-told'"
    for name, words in (("my_remedial", "Starling-remedial"), ("their_remedial", "Thrush-remedial")):
        yield f"UPDATE remedial_action SET text = '{words}' WHERE public_id = '{places[name]}'"
    action = f"(SELECT id FROM action WHERE ref = '{places['my_ref']}' AND plan_id = 1)"
    party = f"(SELECT party_id FROM action_lead WHERE position = 1 AND action_id = {action})"
    yield f"UPDATE lead_party SET name = 'Wilfred Quillfeather' WHERE id = {party}"
    yield (
        f"UPDATE progress_update SET happened = 'Kestrel-happened', why = 'Osprey-why', declared = 'R'"
        f" WHERE action_id = {action}"
    )
    yield f"UPDATE evidence SET text = 'Dunnock-evidence' WHERE action_id = {action}"
    yield (
        "UPDATE date_change SET reason = 'Merlin-because' WHERE milestone_id IN"
        " (SELECT id FROM milestone WHERE action_id IN (SELECT action_id FROM action_lead))"
    )
    yield "UPDATE person SET email = 'hidden.person@council.example' WHERE email = 'john.marsh@demo.example'"


@pytest.fixture
def planted(places: Places, stored: Session) -> Places:
    for statement in _planted(places):
        changed = stored.connection().exec_driver_sql(statement)
        assert changed.rowcount, statement
    stored.commit()
    return places


def _beginnings(places: Places) -> list[str]:
    plan = f"/plans/{places['slug']}"
    themes = ("supervision", "risk", "plan", "voice")
    return [
        *(
            f"{plan}{rest}"
            for rest in ("", "/print", "/actions", "/actions.csv", "/changes", "/changes.csv", "/checks")
        ),
        *(
            f"{plan}/reports/{report}{end}"
            for report in ("exceptions", "slippage", "declared")
            for end in ("", ".csv", ".xlsx")
        ),
        *(f"{plan}/{places[ref]}{rest}" for ref in ("my_ref", "their_ref") for rest in ("", "/update", "/link")),
        f"{plan}/{places['my_ref']}/updates/{places['my_update']}",
        *(f"/audits/{places[name]}" for name in ("my_audit", "their_audit", "my_draft", "their_draft")),
        *(f"/audits/{places[name]}/section/4" for name in ("my_draft", "their_draft")),
        *(f"/audits/{places[name]}/check" for name in ("my_draft", "their_draft")),
        f"/audits/rounds/{places['round']}",
        *(f"/audits/rounds/{places['drawn']}{rest}" for rest in ("", "/sample", "/share")),
        f"/audits/exemptions/{places['exemption']}",
        *(f"/audits/{rest}" for rest in ("exemptions", "conflicts", f"programme/{places['year']}")),
        f"/concerns/{places['concern']}",
        *(f"/immediate-actions/{places[name]}" for name in ("my_remedial", "their_remedial")),
        "/immediate-actions",
        *(f"/themes/{code}{rest}" for code in themes for rest in ("", "/words", "/numbers.csv", "?months=36")),
        *(f"/search?q={word}" for word in ("canar", "quillfeath", "kestrel-happ", places["my_ref"])),
        *(f"/search?kind=finding&q={word}" for word in ("finchley", "heron-find")),
        "/concerns",
        "/audits",
        "/my/audits",
        "/my/actions",
        "/unlinked",
        "/settings",
        "/settings/leads",
        "/settings/people",
    ]


@pytest.mark.parametrize("who", WHO)
def test_nobody_sees_what_is_not_for_them(who: str, town: House, planted: Places, come: SignIn) -> None:
    visitor, seen = come(who), set()
    for address, answer in walk(visitor, _beginnings(planted)):
        shown = words_of(answer) + str(answer.headers)
        for word, may in SEEN_BY.items():
            if word in shown:
                assert who in may, f"{who} reads {word} on {address}"
                seen.add(word)
    ought = {word for word, may in SEEN_BY.items() if who in may}
    assert ought - seen <= {"Plover-feedback", "hidden.person@"}, "the walk must reach what may be seen"


@pytest.mark.parametrize("role", ["moderator", "auditor"])
def test_a_role_for_another_plan_reads_no_case(role: str, planted: Places, stored: Session, come: SignIn) -> None:
    hidden = {*stored.scalars(text("SELECT code FROM case_reference")).all(), *(set(SEEN_BY) - {"hidden.person@"})}
    stored.rollback()
    for address, answer in walk(come(f"only.{role}@council.example"), _beginnings(planted)):
        shown = words_of(answer)
        assert not [word for word in hidden if word in shown], f"{role} reads a case on {address}"


def test_no_address_says_anything_of_a_case(planted: Places, stored: Session, come: SignIn) -> None:
    codes = set(stored.scalars(text("SELECT code FROM case_reference")).all())
    stored.rollback()
    for who in ("moderator", "auditor"):
        for address, answer in walk(come(who), _beginnings(planted)):
            links = [part.partition('"')[0] for part in words_of(answer).split('href="')[1:]]
            assert not [link for link in [*links, address] if any(code in link for code in codes)]
