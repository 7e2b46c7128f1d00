"""Adding what shows that something was done, verifying it and taking it from view; where files are kept is core's."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.files import StoredFile
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, is_office, leads_it, may
from tracker.plans.commands.deciding import refuse_over
from tracker.plans.commands.mentions import note_mentions
from tracker.plans.models import Action, Evidence, Update
from tracker.plans.rules.states import EvidenceKind, EvidenceResult, EvidenceSensitivity, MentionedIn

_LONGEST_URL = 500
_CHANGED = "This evidence has changed since you opened the page"


@dataclass(frozen=True)
class About:
    """What is said of a piece of evidence beside its content; the day is when the evidence itself is from."""

    title: str = ""
    on: date | None = None
    sensitivity: EvidenceSensitivity = EvidenceSensitivity.ORDINARY
    form_token: str | None = None


def add_evidence(
    session: Session,
    action: Action,
    *,
    text: str,
    by: Person,
    url: str = "",
    stored: StoredFile | None = None,
    on: date | None = None,
    update: Update | None = None,
    about: About | None = None,
) -> Evidence:
    """Add a sentence, a link with a sentence on what it shows, or a file, whose name speaks when no sentence does."""
    refuse_over(session, action.plan_id)
    about = about or About(on=on)
    if stored is not None:
        text = text or about.title or stored.name
    _check(text, url, about)
    evidence = Evidence(
        action_id=action.id,
        update_id=update.id if update else None,
        kind=EvidenceKind.FILE if stored else EvidenceKind.LINK if url else EvidenceKind.SENTENCE,
        text=text,
        url=url,
        effective_on=about.on or clock.today(),
        title=about.title,
        sensitivity=about.sensitivity,
        form_token=about.form_token,
        created_by=by.id,
        changed_by=by.id,
    )
    if stored is not None:
        evidence.file_name, evidence.file_kind, evidence.file_size = stored.name, stored.kind, stored.size
        evidence.file_sha256, evidence.stored_as = stored.sha256, stored.stored_as
    session.add(evidence)
    session.flush()
    note_mentions(session, action, MentionedIn.EVIDENCE, evidence.id, text, by=by)
    return evidence


def added_before(session: Session, action: Action, form_token: str, *, by: Person) -> bool:
    """Say whether the same form has added its evidence already; raises `Conflict` when it was another's form."""
    found = session.scalar(select(Evidence).where(Evidence.form_token == form_token))
    if found is not None and (found.action_id, found.created_by) != (action.id, by.id):
        raise Conflict(None, "This form was used for other evidence. Open the page again")
    return found is not None


def verify_evidence(
    session: Session,
    action: Action,
    evidence: Evidence,
    *,
    result: EvidenceResult,
    by: Person,
    note: str = "",
    version: int | None = None,
) -> None:
    """Record what somebody found who neither added the evidence nor leads the action (domain A2, A9)."""
    refuse_over(session, action.plan_id)
    _refuse_changed(evidence, version)
    if not may(by, Permission.EVIDENCE_VERIFY, action):
        raise Forbidden(None, f"You may not verify evidence of {action.ref}")
    if evidence.created_by == by.id:
        raise Forbidden(None, "Somebody other than who added it must verify it")
    if result is not EvidenceResult.SHOWS and not note:
        raise Invalid("note", "Say what is missing")
    evidence.result, evidence.verified_note = result, note
    evidence.verified_on, evidence.verified_by_id, evidence.changed_by = clock.today(), by.id, by.id
    session.flush()


def remove_evidence(
    session: Session, action: Action, evidence: Evidence, *, why: str, by: Person, version: int | None = None
) -> None:
    """Take evidence from view, saying why; the record and its file stay until retention ends (domain A2)."""
    refuse_over(session, action.plan_id)
    _refuse_changed(evidence, version)
    if not why:
        raise Invalid("why", "Say why it is removed")
    if not may_remove(evidence, action, by):
        raise Forbidden(None, "Only the programme office may remove this evidence")
    evidence.removed_at, evidence.removed_by_id, evidence.removed_why = clock.now(), by.id, why
    evidence.changed_by = by.id
    session.flush()


def may_remove(evidence: Evidence, action: Action, person: Person) -> bool:
    """Whether a person may remove evidence: the office any, a lead what they added and nobody has verified yet."""
    if is_office.holds(person, action) and not leads_it.holds(person, action):
        return True
    return (
        evidence.created_by == person.id and evidence.result is None and may(person, Permission.ACTION_UPDATE, action)
    )


def is_web_address(url: str) -> bool:
    """Say whether a typed address may be shown as a link: http or https, with no white space or control character."""
    begins = url.lower().startswith(("https://", "http://"))
    return begins and len(url) <= _LONGEST_URL and not any(letter <= " " or letter == "\x7f" for letter in url)


def _check(text: str, url: str, about: About) -> None:
    wrong = Gathered()
    wrong.ask(text, "evidence", "Say what the evidence shows")
    wrong.ask(not url or is_web_address(url), "evidence_url", "The link must begin with https:// or http://")
    is_past = about.on is None or about.on <= clock.today()
    wrong.ask(is_past, "evidence_on", "Evidence cannot be from the future")
    wrong.tell()


def _refuse_changed(evidence: Evidence, version: int | None) -> None:
    if evidence.removed_at is not None or (version is not None and evidence.version != version):
        raise Conflict(None, _CHANGED)
