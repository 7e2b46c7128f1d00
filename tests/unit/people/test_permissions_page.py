"""The page of permissions says exactly what the policy does: every sentence, every role, and what is one's own."""

import re
from datetime import date

import pytest

from tests.architecture.guards.sources import REPOSITORY
from tracker.audits.models import Audit, QuickWin, RemedialAction
from tracker.audits.rules.vocabulary import AuditState
from tracker.people.models import LeadParty, LeadPartyMember, Person, RoleGrant
from tracker.people.policy import SENTENCES, Permission, may
from tracker.people.rules import Role
from tracker.plans.models import Action, ActionLead

PAGE = REPOSITORY / "docs" / "permissions.md"
SOMEBODY, SOMEBODY_ELSE = 1, 2
ABOUT_AUDITS = ("audit", "concern", "finding", "moderation", "remedial")
ABOUT_REMEDIALS = (Permission.REMEDIAL_READ, Permission.REMEDIAL_DO, Permission.REMEDIAL_CHECK)
_ROW = re.compile(r"\| (?P<sentence>[^|]+) `(?P<code>[a-z_:]+)` \| (?P<cells>.+) \|")


def written() -> dict[str, tuple[str, list[str]]]:
    """Return the rows of the page by permission: the sentence and a cell for each role."""
    rows = (_ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return {row["code"]: (row["sentence"], row["cells"].split(" | ")) for row in rows if row}


def person(role: Role) -> Person:
    return Person(id=SOMEBODY, is_active=True, grants=[RoleGrant(role=role, starts_on=date(2000, 1, 1))])


def subject(permission: Permission, owner: int) -> Action | Audit | QuickWin | RemedialAction:
    """Return an audit, a remedial action, a quick win or an action that is this person's."""
    if permission is Permission.QUICK_WIN_DO:
        return QuickWin(owner_id=owner)
    if permission is Permission.AUDIT_RESPOND:
        return Audit(worker_id=owner, state=AuditState.WORKER_RESPONSE)
    if permission in ABOUT_REMEDIALS:
        return RemedialAction(owner_id=owner, audit=Audit(auditor_id=SOMEBODY_ELSE))
    if permission.value.split(":")[0] in ABOUT_AUDITS:
        return Audit(auditor_id=owner)
    party = LeadParty(members=[LeadPartyMember(person_id=owner)])
    return Action(leads=[ActionLead(party=party)])


def cell(permission: Permission, role: Role) -> str:
    own = may(person(role), permission, subject(permission, SOMEBODY))
    other = may(person(role), permission, subject(permission, SOMEBODY_ELSE))
    return {(True, True): "yes", (True, False): "own", (False, True): "not own", (False, False): "–"}[own, other]


def test_the_page_has_a_column_for_each_role() -> None:
    heads = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| Who may")]
    assert heads == ["| Who may | " + " | ".join(role.words for role in Role) + " |"]


def test_the_page_lists_every_permission_with_its_sentence() -> None:
    assert {code: sentence for code, (sentence, _) in written().items()} == {
        permission.value: sentence for permission, sentence in SENTENCES.items()
    }


@pytest.mark.parametrize("permission", Permission, ids=str)
def test_permissions_page_matches_policy(permission: Permission) -> None:
    assert written()[permission.value][1] == [cell(permission, role) for role in Role]
