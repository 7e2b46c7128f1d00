"""Keeping drafts while they are typed, and hostile answers: always words, never an error of ours (ux 7, Bad input)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme, an_audit, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit
from tracker.audits.rules.vocabulary import AuditState
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, code="CP-104")
    session.commit()
    return made


@pytest.fixture
def section(client: CheckedClient, ruth: Person, audit: Audit) -> dict[str, Any]:
    """What the fourth section's form sends untouched, the auditor having signed in."""
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/4")
    return client.form("strengths").filled({})


def kept(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def test_a_draft_is_kept_and_goes_on_from_its_version(
    client: CheckedClient, session: Session, audit: Audit, section: dict[str, Any]
) -> None:
    address = f"/audits/{audit.public_id}/section/4/draft"
    first = client.post(address, data=section | {"strengths": "Half"})
    assert first.get_json() == {"saved_at": "10:44", "version": 1}
    second = client.post(address, data=section | {"strengths": "Half a word", "version": first.get_json()["version"]})
    assert second.get_json()["version"] == 2
    assert kept(session, audit).sections[0].strengths == "Half a word"


def test_an_older_draft_is_a_conflict_and_replaces_nothing(
    client: CheckedClient, session: Session, audit: Audit, section: dict[str, Any]
) -> None:
    address = f"/audits/{audit.public_id}/section/4/draft"
    client.post(address, data=section | {"strengths": "The other tab"})
    answer = client.post(address, data=section | {"strengths": "This tab"})
    assert (answer.status_code, list(answer.get_json())) == (409, ["conflict"])
    assert kept(session, audit).sections[0].strengths == "The other tab"


def test_saving_what_was_kept_a_moment_before_is_no_conflict(
    client: CheckedClient, audit: Audit, section: dict[str, Any]
) -> None:
    typed = section | {"strengths": "The same words"}
    client.post(f"/audits/{audit.public_id}/section/4/draft", data=typed)
    answer = client.post(f"/audits/{audit.public_id}/section/4", data=typed)
    assert answer.status_code == 303


def test_of_words_that_are_too_long_the_beginning_is_kept_and_all_else_with_it(
    client: CheckedClient, session: Session, audit: Audit, section: dict[str, Any]
) -> None:
    typed = section | {"strengths": "x" * 1501, "change_1": "Say what it means"}
    answer = client.post(f"/audits/{audit.public_id}/section/4/draft", data=typed)
    said = "Strengths must be 1,500 characters or fewer (you have 1,501)"
    assert answer.get_json() == {"problem": said, "saved_at": "10:44", "version": 1}
    stored = kept(session, audit)
    assert (stored.state, stored.sections[0].strengths) == (AuditState.IN_PROGRESS, "x" * 1500)
    assert [finding.text for finding in stored.findings] == ["Say what it means"]


@pytest.mark.parametrize(
    ("referred", "seen", "said"),
    [
        ("", "31 feb 2026", "31 Feb 2026 is not a real date"),
        ("3 oct 2026", "1 oct 2026", "on or after the day of the referral"),
        ("", "24 nov 2027", "This day must be today or in the past"),
    ],
)
@pytest.mark.usefixtures("section")
def test_a_day_that_is_wrong_costs_no_words(
    *, client: CheckedClient, session: Session, audit: Audit, referred: str, seen: str, said: str
) -> None:
    wrong = {"referred_on": referred, "seen_on": seen}
    client.get(f"/audits/{audit.public_id}/section/1")
    typed = client.form("family_note").filled({"family_note": "They were asked twice"} | wrong)
    answer = client.post(f"/audits/{audit.public_id}/section/1/draft", data=typed)
    assert said in answer.get_json()["problem"]
    stored = kept(session, audit)
    assert (stored.family_note, stored.seen_on) == ("They were asked twice", None)


def test_a_draft_of_a_sent_audit_is_refused(client: CheckedClient, session: Session, ruth: Person) -> None:
    sent = a_sent_audit(session, auditor=ruth, code="CP-9")
    open_one = an_audit(session, auditor=ruth, code="CP-10")
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{open_one.public_id}/section/4")
    answer = client.post(
        f"/audits/{sent.public_id}/section/4/draft", data=client.form("strengths").filled({"strengths": "Too late"})
    )
    assert answer.status_code == 409


def test_a_post_without_its_token_is_refused(client: CheckedClient, audit: Audit, section: dict[str, Any]) -> None:
    del section["csrf_token"]
    assert client.post(f"/audits/{audit.public_id}/section/4/draft", data=section).status_code == 400


@pytest.mark.usefixtures("section")
def test_the_menu_marks_ones_own_audits_while_one_writes_an_audit(client: CheckedClient, audit: Audit) -> None:
    client.get(f"/audits/{audit.public_id}/check")
    assert [one.text for one in client.page.iter("a") if one.get("aria-current") == "page"] == ["My audits"]


HOSTILE = ["\x00", "x" * 5000, "-1", "9" * 21, "²", "<script>alert(1)</script>", "{{ 7 * 7 }}", "' OR 1=1--"]
OTHER_FORMS = {
    "/audits/rounds/new": "sample_target",
    "/audits/rounds/november-audits": "offered",
    "/audits/{audit}/concern": "told_to",
    "/audits/{audit}/void": "reason",
}


def attempts(data: dict[str, Any], value: str) -> list[dict[str, Any]]:
    """Put a value in every field at once, and in each of the first fields alone."""
    names = [name for name in data if name != "csrf_token"]
    return [data | dict.fromkeys([*names, "go", "more"], value), *(data | {name: value} for name in names[:3])]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("number", [1, 4, 9])
def test_no_answer_of_a_section_makes_an_error_of_ours(
    client: CheckedClient, audit: Audit, section: dict[str, Any], number: int, value: str
) -> None:
    address = f"/audits/{audit.public_id}/section/{number}"
    client.get(address)
    for data in attempts(client.form("version", button="Leave it").filled({}), value):
        answer = client.post(address, data=data)
        assert answer.status_code in {303, 409, 422}
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("place", OTHER_FORMS)
def test_no_answer_of_the_other_forms_makes_an_error_of_ours(
    client: CheckedClient, session: Session, audit: Audit, place: str
) -> None:
    moderator = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(moderator)
    address = place.format(audit=audit.public_id)
    client.get(address)
    form = client.form(OTHER_FORMS[place])
    for value in HOSTILE:
        for data in attempts(form.filled({}), value):
            assert client.post(address, data=data).status_code in {303, 409, 422}


def test_a_field_of_two_megabytes_is_refused(client: CheckedClient, audit: Audit, section: dict[str, Any]) -> None:
    answer = client.post(f"/audits/{audit.public_id}/section/4", data=section | {"strengths": "x" * 2_000_000})
    assert answer.status_code in {413, 422}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.fixed_dictionaries({name: st.text(max_size=60) for name in ("strengths", "theme_1", "answer", "go")}))
def test_any_text_is_kept_or_refused(
    client: CheckedClient, audit: Audit, section: dict[str, Any], typed: dict[str, str]
) -> None:
    answer = client.post(f"/audits/{audit.public_id}/section/4/draft", data=section | typed)
    assert answer.status_code in {200, 409, 422}
