"""Adding what shows that something was done; files come with their own store."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.plans.models import Action, Evidence, Update
from tracker.plans.rules.states import EvidenceKind

_LONGEST_URL = 500


def add_evidence(
    session: Session,
    action: Action,
    *,
    text: str,
    by: Person,
    url: str = "",
    on: date | None = None,
    update: Update | None = None,
) -> Evidence:
    """Add a sentence, or a link with a sentence on what it shows; the day is when the evidence itself is from."""
    if not text:
        raise Invalid("evidence", "Say what the evidence shows")
    if url and not is_web_address(url):
        raise Invalid("evidence_url", "The link must begin with https:// or http://")
    if on is not None and on > clock.today():
        raise Invalid("evidence_on", "Evidence cannot be from the future")
    evidence = Evidence(
        action_id=action.id,
        update_id=update.id if update else None,
        kind=EvidenceKind.LINK if url else EvidenceKind.SENTENCE,
        text=text,
        url=url,
        effective_on=on or clock.today(),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(evidence)
    session.flush()
    return evidence


def is_web_address(url: str) -> bool:
    """Say whether a typed address may be shown as a link: http or https, with no white space or control character."""
    begins = url.lower().startswith(("https://", "http://"))
    return begins and len(url) <= _LONGEST_URL and not any(letter <= " " or letter == "\x7f" for letter in url)
