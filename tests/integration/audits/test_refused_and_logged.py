"""Each who must not see another's audit tries every address, form and file about it: refused, and the log says so.

The addresses are those of the routes themselves, so that one that is added is tried without a word here.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.support.builders.audits import a_case, a_concern, a_remedial, a_round, a_sent_audit, a_theme
from tests.support.builders.moderation import a_waiting_audit, moderation_of, taken
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tracker.audits.models import Audit
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.problems import Forbidden
from tracker.people.models import Person
from tracker.people.rules import Role

CODE = "CP-904"
WORDS = ("Quorblatt-finding", "Quorblatt-strength", "Quorblatt-concern", "Quorblatt-remedial")
_NUMBER = re.compile(r"<int:\w+>")
TYPED = "Not theirs to say, quorblatt typed"
FIELDS = ("reason", "why", "note", "strengths", "what", "told_to", "text", "answer", "decision", "go", "version")
# Who tries, in words: role, and whether it is for the team of the file alone.
WHO: dict[str, tuple[Role, bool]] = {
    "another auditor": (Role.AUDITOR, False),
    "a moderator for the team of the file": (Role.MODERATOR, True),
    "a lead": (Role.LEAD, False),
    "an assurance member": (Role.ASSURANCE, False),
    "a viewer": (Role.VIEWER, False),
    "the office": (Role.OFFICE, False),
    "the administrator": (Role.ADMIN, False),
}
# Lists and files that are about no one audit, open to some of them by their role: what they hold is looked through.
LISTS = (
    "/my/audits",
    "/audits",
    "/audits/read-log",
    "/audits/read-log.csv",
    "/audits/retention",
    "/audits/holds",
    "/audits/more-time",
    "/audits/conflicts",
    "/audits/imports",
    "/moderation",
    "/moderation/agreement",
    "/moderation/agreement.csv",
    "/moderation/agreement.xlsx",
    "/concerns",
    "/immediate-actions",
    "/re-audits",
    "/alerts.csv",
    "/feedback.csv",
    "/other-evidence.xlsx",
    "/search?q=quorblatt",
    "/search?q=quorblatt&kind=finding",
    "/themes/voice/words",
    "/themes/voice/numbers.csv",
)


Send = Callable[[str, str], tuple[int, str]]
Come = Callable[[Person], Send]


@dataclass
class Scene:
    """An audit that waits to be moderated, and what hangs on it; the keys are those of the log."""

    audit: Audit
    addresses: dict[str, str]
    subjects: set[tuple[str, str]]


@pytest.fixture
def scene(session: Session) -> Scene:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    earlier = a_sent_audit(session, auditor=ruth, case=a_case(session, code=CODE), strengths={"voice": WORDS[1]})
    audit = a_waiting_audit(session, auditor=ruth, code="CP-905", developments={"voice": WORDS[0]})
    audit.re_audit_of_id = earlier.id
    concern = a_concern(session, audit, by=ruth, what=WORDS[2])
    remedial = a_remedial(session, audit, text=WORDS[3], owner=a_person(session, Role.LEAD, "Tom Whitcombe"))
    second = moderation_of(session, audit)
    session.commit()
    return Scene(
        audit,
        {
            "/audits/<public_id>": audit.public_id,
            "/concerns/<public_id>": concern.public_id,
            "/immediate-actions/<public_id>": remedial.public_id,
        },
        {
            ("audit", str(audit.id)),
            ("immediate_concern", str(concern.id)),
            ("remedial_action", str(remedial.id)),
            ("moderation", str(second.id)),
        },
    )


def tries(app: Flask, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield every method and address of the routes about the audit, or about what hangs on it."""
    for rule in app.url_map.iter_rules():
        start = next(
            (start for start in scene.addresses if rule.rule == start or rule.rule.startswith(f"{start}/")), ""
        )
        if start:
            yield from (
                (method, _address(rule, start, scene)) for method in sorted({"GET", "POST"} & set(rule.methods or ()))
            )


def _address(rule: Rule, start: str, scene: Scene) -> str:
    return _NUMBER.sub("1", rule.rule.replace("<public_id>", scene.addresses[start]).replace("<int:number>", "4"))


def entries_after(session: Session, number: int) -> Sequence[Any]:
    session.rollback()
    columns = log_entry.c.number, log_entry.c.actor, log_entry.c.act, log_entry.c.subject_kind, log_entry.c.subject_id
    joined = log_entry.outerjoin(log_payload, log_payload.c.entry_number == log_entry.c.number)
    query = select(*columns, log_payload.c.after).select_from(joined).where(log_entry.c.number > number)
    return session.execute(query.order_by(log_entry.c.number)).all()


def last_number(session: Session) -> int:
    session.rollback()
    return session.scalar(text("SELECT max(number) FROM log_entry")) or 0


def stored(session: Session) -> str:
    """Return the rows that a try might have changed."""
    session.rollback()
    names = ("audit", "audit_section", "answer", "finding", "moderation", "dispute", "immediate_concern", "more_time")
    more = ("remedial_action", "remedial_step", "re_audit", "legal_hold", "audit_exemption", "auditor_swap")
    return repr([session.connection().exec_driver_sql(f"SELECT * FROM {name}").all() for name in (*names, *more)])


@pytest.fixture
def somebody(session: Session, scene: Scene) -> dict[str, Person]:
    team = scene.audit.case.unit_id
    made = {
        who: a_person(
            session,
            role,
            f"Sam {role.value.capitalize()}",
            unit_id=team,
            scope={"unit_id": team} if is_scoped else None,
        )
        for who, (role, is_scoped) in WHO.items()
    }
    session.commit()
    return made


@pytest.fixture
def come(client: CheckedClient) -> Come:
    """Sign somebody in, and give what asks for a page or sends a form made by hand: the status and all that came."""

    def signed_in(person: Person) -> Send:
        client.sign_in(person)
        client.get("/my/settings")
        token = next(field.get("value") for field in client.page.iter("input") if field.get("name") == "csrf_token")
        form = {"csrf_token": token, **dict.fromkeys(FIELDS, TYPED)}

        def send(method: str, address: str) -> tuple[int, str]:
            answer = client.open(address, method=method, data=form if method == "POST" else None)
            return answer.status_code, answer.get_data().decode(errors="replace")

        return send

    return signed_in


@pytest.mark.parametrize("who", WHO)
def test_every_try_at_another_s_audit_is_refused_changes_nothing_and_is_logged(
    *, come: Come, session: Session, database: House, scene: Scene, somebody: dict[str, Person], who: str
) -> None:
    send = come(somebody[who])
    before, actor = stored(session), f"person:{somebody[who].id}"
    asked = list(tries(database.app, scene))
    assert len(asked) > 40
    wrong = []
    for method, address in asked:
        seen = last_number(session)
        status, body = send(method, address)
        noted = [
            (
                one.actor,
                one.act,
                (one.subject_kind, one.subject_id) in scene.subjects,
                set(json.loads(one.after or "{}")),
            )
            for one in entries_after(session, seen)
        ]
        if status != 403 or noted != [(actor, "refused", True, {"permission"})]:
            wrong.append(f"{method} {address}: {status}, log {noted}")
        if shown := [words for words in (*WORDS, CODE, "CP-905") if words in body]:
            wrong.append(f"{method} {address} shows {shown}")
    assert wrong == []
    assert stored(session) == before


@pytest.mark.parametrize("who", WHO)
def test_no_list_file_or_search_holds_a_word_of_it(
    *, come: Come, session: Session, scene: Scene, somebody: dict[str, Person], who: str
) -> None:
    send = come(somebody[who])
    wrong = []
    for address in LISTS:
        seen = last_number(session)
        status, body = send("GET", address)
        acts = [one.act for one in entries_after(session, seen)]
        if status == 403 and acts != ["refused"]:
            wrong.append(f"{address} was refused and the log says {acts}")
        if status not in {200, 403}:
            wrong.append(f"{address}: {status}")
        if shown := [words for words in (*WORDS, CODE, "CP-905") if words in body]:
            wrong.append(f"{address} shows {shown}")
    assert wrong == []


def test_nothing_that_was_typed_or_is_written_of_a_case_stands_in_the_log_of_refusals(
    come: Come, session: Session, database: House, scene: Scene, somebody: dict[str, Person]
) -> None:
    send = come(somebody["a viewer"])
    seen = last_number(session)
    for method, address in tries(database.app, scene):
        send(method, address)
    said = repr([tuple(one) for one in entries_after(session, seen)])
    assert [words for words in (*WORDS, CODE, TYPED, scene.audit.public_id) if words in said] == []


def test_a_moderator_of_the_same_team_does_not_moderate_it_without_saying_why(
    client: CheckedClient, session: Session, scene: Scene
) -> None:
    same = a_person(session, Role.MODERATOR, "Nia Same-Team", unit_id=scene.audit.case.unit_id)
    session.commit()
    client.sign_in(same)
    seen = last_number(session)
    address = f"/audits/{scene.audit.public_id}/moderate"
    client.get(address)
    assert client.submit({"team_reason": ""}).status_code == 422
    assert "refused" in [one.act for one in entries_after(session, seen)]
    assert moderation_of(session, scene.audit).moderator_id is None


def test_who_wrote_the_audit_does_not_moderate_it_as_a_moderator_either(
    come: Come, session: Session, scene: Scene
) -> None:
    both = a_person(session, Role.AUDITOR, "Both Roles", also=(Role.MODERATOR,))
    own = a_waiting_audit(session, auditor=both, code="CP-906")
    second = str(moderation_of(session, own).id)
    session.commit()
    send = come(both)
    for rest in ("moderate", "moderate/grades", "moderate/comparison", "moderate/return", "panel"):
        seen = last_number(session)
        for method in ("GET", "POST"):
            assert send(method, f"/audits/{own.public_id}/{rest}")[0] == 403, f"{method} {rest}"
        kinds = [(one.act, one.subject_kind, one.subject_id) for one in entries_after(session, seen)]
        assert kinds == [("refused", "moderation", second)] * 2, rest
    with pytest.raises(Forbidden):
        taken(session, own, both)


def test_every_role_is_among_those_who_try() -> None:
    assert {role for role, _ in WHO.values()} == set(Role)
