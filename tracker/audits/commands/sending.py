"""Ending an audit: sent, or void; what follows when it is sent is another file's (domain A3)."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.audits.commands.choosing import put_onward
from tracker.audits.commands.re_audits import follow_up, unplan_re_audit
from tracker.audits.commands.responding import reopen_answer
from tracker.audits.models import Audit
from tracker.audits.queries import asked_of, naming_words
from tracker.audits.queries.agencies import agencies_of
from tracker.audits.rules.checking import missing_items
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, ChoosingRule
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.remedials import Unplanned, remedial_missing
from tracker.audits.rules.vocabulary import AuditState
from tracker.audits.rules.voiding import void_fault
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person

_SHORTEST_REASON = 10


def send_audit(
    session: Session,
    audit: Audit,
    *,
    audited_on: date | None = None,
    names_confirmed: bool = False,
    version: int | None = None,
    rule: ChoosingRule = MODERATE_AS_AGREED,
    seed: str | None = None,
    by: Person,
) -> Audit:
    """Send an open audit, when nothing is missing: to its worker, to moderation, or at once to where it counts.

    The day of the audit is the one given, else the one kept in section 1, else today in England. `rule` says which
    audits are moderated; `seed` draws among the rest, and is made up unless it is given. `version` is the audit's when
    the person checked it, or None when nobody looked at a page. The audit comes with all that was said.
    Raises `Conflict` when it was written since, `Invalid` when words look like names and nobody confirmed that they are
    none (domain A13), or with the first thing that is missing.
    """
    _refuse_unready(session, audit, names_confirmed=names_confirmed, version=version)
    day = audited_on or audit.audited_on or clock.today()
    if day > clock.today():
        raise Invalid(None, "The day of the audit must be today or in the past")
    audit.audited_on = day
    audit.sent_at = clock.now()
    if names_confirmed:
        audit.names_confirmed_at = clock.now()
    audit.changed_by = by.id
    put_onward(session, audit, rule=rule, seed=seed, by=by)
    reopen_answer(session, audit, by=by)
    follow_up(session, audit, by=by)
    session.flush()
    return audit


def _refuse_unready(session: Session, audit: Audit, *, names_confirmed: bool, version: int | None) -> None:
    """Raise with the first thing that keeps an audit from being sent."""
    if not audit.state.is_open:
        raise Conflict(None, "This audit was sent or made void already")
    if version is not None and version != audit.version:
        raise Conflict(None, "This audit was changed while you were checking it. What is stored now is shown")
    tool = asked_of(session, audit)
    if not names_confirmed and naming_words(session, audit, tool):
        raise Invalid("names_confirmed", "Replace the words that look like names, or confirm that they name nobody")
    missing = [item.words for item in missing_items(tool, audit.said)]
    if nothing_follows := remedial_missing(audit.grade, len(audit.remedials)):
        missing.append(nothing_follows)
    missing.extend(agencies_of(session, audit).missing)
    if missing:
        raise Invalid(None, missing[0])


def void_audit(session: Session, audit: Audit, *, reason: str, version: int, by: Person) -> Audit:
    """Set an audit aside, as when it looked at the wrong case, saying why; it stays readable and is not counted.

    A re-audit that was planned for it and given to nobody goes from the list, whoever asked for it.
    Raises `Forbidden` to its auditor and its worker, `Conflict` when it is void already or changed since, `Invalid`
    when the reason is missing or too long.
    """
    if fault := void_fault(audit.auditor_id, audit.worker_id, by.id):
        raise Forbidden(None, fault)
    if audit.state is AuditState.VOID:
        raise Conflict(None, "This audit is void already")
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were writing. What is stored now is shown")
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise Invalid("reason", f"Say why in {_SHORTEST_REASON} characters or more")
    keep_to("reason", reason, what="Why", most=REASON_LENGTH)
    audit.state = AuditState.VOID
    audit.void_reason = reason
    audit.changed_by = by.id
    unplan_re_audit(session, audit, because=Unplanned.VOID)
    session.flush()
    return audit
