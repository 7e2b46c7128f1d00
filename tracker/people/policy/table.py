"""The policy as one table of predicates, and the two questions that it answers: `may` and `visible`."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from tracker.people.models import Person
from tracker.people.policy.leading import leads_it
from tracker.people.policy.permissions import Permission
from tracker.people.policy.predicates import (
    Rule,
    all_of,
    any_of,
    given,
    grants_now,
    has_role,
    has_role_everywhere,
    is_not,
    of_action,
    roles_of,
)
from tracker.people.rules import Role


def _has_leads(kind: Any) -> bool:
    return hasattr(kind, "leads")


own_audit = Rule(
    lambda person, audit: audit.auditor_id == person.id,
    lambda person, kind: kind.auditor_id == person.id,
)
# A remedial action is reached through nothing but itself: its owner reads it, and neither its audit nor its case.
_owns_it = Rule(
    lambda person, subject: getattr(subject, "owner_id", None) == person.id,
    lambda person, kind: kind.owner_id == person.id if hasattr(kind, "owner_id") else false(),
)
_of_own_audit = Rule(
    lambda person, subject: hasattr(subject, "audit") and subject.audit.auditor_id == person.id,
    lambda person, kind: kind.audit.has(auditor_id=person.id) if hasattr(kind, "audit") else false(),
)
_CARRIERS = frozenset({Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE})
# What one was given to do is one's own wherever one's role holds, as long as there is one.
_has_work = Rule(
    lambda person, _: bool(roles_of(person) & _CARRIERS),
    lambda person, _: true() if roles_of(person) & _CARRIERS else false(),
)
_own_work = all_of(_has_work, _owns_it)
is_office = has_role(Role.OFFICE)
is_moderator = has_role(Role.MODERATOR)
is_admin = has_role(Role.ADMIN)
_governs = has_role_everywhere(Role.ADMIN, Role.OFFICE)
_inside = has_role(Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE, partners=False)
_reads_reports = has_role(Role.OFFICE, Role.LEAD, Role.MODERATOR, Role.ASSURANCE, partners=False)
_is_partner = given(lambda person: [grant for grant in grants_now(person) if grant.is_partner])
# A partner's lead reads own actions, and neither the plan around them nor anybody else's (domain A9).
_own_as_partner = Rule(
    lambda person, subject: (
        _has_leads(subject) and _is_partner.holds(person, subject) and leads_it.holds(person, subject)
    ),
    lambda person, kind: (
        and_(_is_partner.clause(person, kind), leads_it.clause(person, kind)) if _has_leads(kind) else false()
    ),
)
_own_as_auditor = all_of(has_role(Role.AUDITOR), own_audit)
_office_not_own = of_action(all_of(is_office, is_not(leads_it)))


def _stands_in(column: str, *, where: str) -> Rule:
    """Hold for who stands in a column of a record that has the mark `where`; of any other record, for nobody."""
    return Rule(
        lambda person, subject: hasattr(subject, where) and getattr(subject, column) == person.id,
        lambda person, kind: getattr(kind, column) == person.id if hasattr(kind, where) else false(),
    )


_added_it = _stands_in("created_by", where="verified_by_id")
_head_of_service = given(lambda person: [grant for grant in grants_now(person) if grant.is_head])
_raised_it = _stands_in("raised_by_id", where="raised_by_id")
_own_task = _stands_in("owner_id", where="owner_id")
_asked_it = _stands_in("asked_by_id", where="asked_by_id")
# The worker of an audited file needs no role: they read and answer that one audit.
_its_worker = _stands_in("worker_id", where="worker_id")
_anybody = Rule(lambda _, __: True, lambda _, __: true())
# Of a moderation: whose it is already; an audit by itself is nobody's to moderate yet.
_moderated_it = _stands_in("moderator_id", where="moderator_id")
_nobody_else_moderates = Rule(
    lambda person, subject: getattr(subject, "moderator_id", None) in {None, person.id},
    lambda person, kind: (
        or_(kind.moderator_id.is_(None), kind.moderator_id == person.id) if hasattr(kind, "moderator_id") else true()
    ),
)
# Of a date or an override: more than the programme office may approve by itself (domain A4, A5).
_is_the_bodys = Rule(
    lambda _, subject: bool(getattr(subject, "needs_body", False)),
    lambda _, kind: kind.needs_body if hasattr(kind, "needs_body") else false(),
)
_body_not_own = of_action(all_of(has_role(Role.ASSURANCE), is_not(leads_it)))
_office_or_body = any_of(all_of(_office_not_own, is_not(_is_the_bodys)), _body_not_own)
_updates_it = of_action(any_of(is_office, all_of(has_role(Role.LEAD), leads_it)))

POLICY: dict[Permission, Rule] = {
    Permission.PLAN_READ: any_of(_inside, has_role(Role.VIEWER), _own_as_partner),
    Permission.PLAN_IMPORT: has_role_everywhere(Role.OFFICE),
    Permission.PLAN_EDIT: of_action(is_office),
    Permission.PLAN_EXPORT: any_of(is_office, is_moderator, all_of(has_role(Role.LEAD), leads_it)),
    Permission.LEAD_NAMES: of_action(any_of(_inside, _own_as_partner)),
    Permission.LEAD_CHASE: is_office,
    Permission.ACTION_UPDATE: _updates_it,
    Permission.ACTION_ON_BEHALF: _office_not_own,
    Permission.ACTION_MINE: has_role(Role.LEAD),
    Permission.ACTION_CONFIRM: _office_not_own,
    Permission.ACTION_EMBED: all_of(has_role(Role.ASSURANCE), is_not(leads_it)),
    Permission.DATE_APPROVE: _office_or_body,
    Permission.OVERRIDE_ASK: _updates_it,
    Permission.OVERRIDE_DECIDE: all_of(_office_or_body, is_not(_asked_it)),
    Permission.EVIDENCE_READ: of_action(any_of(_inside, _own_as_partner)),
    Permission.EVIDENCE_VERIFY: all_of(_office_not_own, is_not(_added_it)),
    Permission.AUDIT_MINE: has_role(Role.AUDITOR),
    Permission.AUDIT_READ: any_of(is_moderator, _own_as_auditor),
    # A draft is its auditor's alone: whoever else reads it could not grade it blind.
    Permission.AUDIT_WRITE: _own_as_auditor,
    Permission.AUDIT_EXTEND: all_of(is_moderator, is_not(_asked_it)),
    Permission.AUDIT_RESPOND: _its_worker,
    Permission.ROUND_MANAGE: is_moderator,
    Permission.TOOL_MANAGE: has_role_everywhere(Role.MODERATOR),
    Permission.EXEMPTION_DECIDE: all_of(has_role_everywhere(Role.ASSURANCE), is_not(_asked_it)),
    Permission.CONCERN_RAISE: any_of(is_moderator, _own_as_auditor),
    Permission.CONCERN_READ: is_moderator,
    Permission.CONCERN_ACKNOWLEDGE: all_of(is_moderator, is_not(_raised_it)),
    Permission.CONCERN_CLOSE: _head_of_service,
    Permission.REMEDIAL_ADD: any_of(is_moderator, _own_as_auditor),
    Permission.REMEDIAL_READ: any_of(is_moderator, _own_work, all_of(has_role(Role.AUDITOR), _of_own_audit)),
    Permission.REMEDIAL_DO: _own_work,
    Permission.REMEDIAL_CHECK: all_of(is_moderator, is_not(_owns_it)),
    Permission.FINDING_READ: any_of(is_moderator, _own_as_auditor),
    Permission.MODERATION_READ: is_moderator,
    Permission.MODERATION_WRITE: all_of(is_moderator, is_not(own_audit), _nobody_else_moderates),
    Permission.MODERATION_DISPUTE: any_of(is_moderator, _own_as_auditor),
    Permission.MODERATION_PANEL: all_of(is_moderator, is_not(own_audit), is_not(_moderated_it)),
    Permission.MODERATION_COMPARE: has_role_everywhere(Role.MODERATOR),
    Permission.AUDIT_REPORT_READ: _reads_reports,
    Permission.AUDIT_REPORT_WHOLE: has_role_everywhere(Role.MODERATOR),
    Permission.AUDIT_REPORT_EXPORT: has_role_everywhere(Role.OFFICE, Role.MODERATOR),
    Permission.READLOG_READ: has_role_everywhere(Role.MODERATOR),
    Permission.RETENTION_ASK: has_role_everywhere(Role.ADMIN),
    Permission.RETENTION_APPROVE: all_of(has_role_everywhere(Role.MODERATOR), is_not(_asked_it)),
    Permission.HOLD_MANAGE: has_role_everywhere(Role.MODERATOR),
    Permission.THEME_READ: _inside,
    Permission.THEME_EDIT: has_role_everywhere(Role.MODERATOR),
    Permission.THEME_LINK: any_of(is_office, is_moderator),
    Permission.THEME_EXPORT: any_of(is_office, is_moderator),
    Permission.ALERT_MANAGE: is_moderator,
    Permission.OTHER_EVIDENCE_READ: _inside,
    Permission.OTHER_EVIDENCE_WRITE: is_moderator,
    Permission.OTHER_EVIDENCE_EXPORT: any_of(is_office, is_moderator),
    Permission.QUICK_WIN_DO: any_of(is_moderator, all_of(_inside, _own_task)),
    Permission.QUICK_WIN_LINK: any_of(is_office, is_moderator),
    Permission.PERSON_MANAGE: is_admin,
    Permission.UNIT_MANAGE: is_admin,
    Permission.BODY_MANAGE: _governs,
    Permission.PARTY_MANAGE: _governs,
    Permission.ORGANISATION_MANAGE: is_admin,
}


def may(person: Person | None, permission: Permission, subject: object = None) -> bool:
    """Say whether a person may do this to a loaded subject; nobody and the deactivated may nothing.

    A rule about what is somebody's own needs its subject: asked without one, as for a menu, only roles count.
    """
    if person is None or not person.is_active:
        return False
    rule = POLICY[permission] if subject is not None else _MENU[permission]
    return rule.holds(person, subject)


def visible(person: Person, permission: Permission, kind: type) -> ColumnElement[bool]:
    """Return the condition under which rows of a mapped class may be shown to a person under a permission."""
    if not person.is_active:
        return false()
    return POLICY[permission].clause(person, kind)


_MENU: dict[Permission, Rule] = {
    **POLICY,
    Permission.PLAN_READ: any_of(_inside, has_role(Role.VIEWER), _is_partner),
    Permission.LEAD_NAMES: any_of(_inside, _is_partner),
    Permission.PLAN_EXPORT: has_role(Role.OFFICE, Role.MODERATOR, Role.LEAD),
    Permission.ACTION_UPDATE: has_role(Role.OFFICE, Role.LEAD),
    Permission.ACTION_ON_BEHALF: is_office,
    Permission.ACTION_CONFIRM: is_office,
    Permission.ACTION_EMBED: has_role(Role.ASSURANCE),
    Permission.DATE_APPROVE: has_role(Role.OFFICE, Role.ASSURANCE),
    Permission.OVERRIDE_ASK: has_role(Role.OFFICE, Role.LEAD),
    Permission.OVERRIDE_DECIDE: has_role(Role.OFFICE, Role.ASSURANCE),
    Permission.EVIDENCE_READ: any_of(_inside, _is_partner),
    Permission.EVIDENCE_VERIFY: is_office,
    Permission.AUDIT_READ: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.AUDIT_WRITE: has_role(Role.AUDITOR),
    Permission.AUDIT_EXTEND: is_moderator,
    Permission.AUDIT_RESPOND: _anybody,
    Permission.CONCERN_RAISE: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.CONCERN_ACKNOWLEDGE: is_moderator,
    Permission.REMEDIAL_ADD: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.REMEDIAL_READ: _has_work,
    Permission.REMEDIAL_DO: _has_work,
    Permission.REMEDIAL_CHECK: is_moderator,
    Permission.FINDING_READ: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.MODERATION_WRITE: is_moderator,
    Permission.MODERATION_DISPUTE: has_role(Role.MODERATOR, Role.AUDITOR),
    Permission.MODERATION_PANEL: is_moderator,
    Permission.RETENTION_APPROVE: has_role_everywhere(Role.MODERATOR),
    Permission.QUICK_WIN_DO: _inside,
}
