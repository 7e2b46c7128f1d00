"""What the card of an update says of the draft that it is filled in with; keeping it is the drafts' own."""

from dataclasses import dataclass

from flask import url_for

from tracker.core import clock
from tracker.plans.rules.newer import Begun, since, since_words
from tracker.web.plans.action_page import ActionPage
from tracker.web.templating import clock_time, day, short_day


@dataclass(frozen=True)
class KeptDraft:
    """When the draft was kept, where it is thrown away, and what was saved by somebody since it was begun."""

    said: str
    discard_url: str
    newer: str


def kept_draft(page: ActionPage) -> KeptDraft | None:
    """Return the words for the draft of the person's own."""
    draft = page.draft
    if draft is None:
        return None
    on = "" if draft.saved_at.astimezone(clock.LONDON).date() == page.today else f" on {short_day(draft.saved_at)}"
    return KeptDraft(
        said=f"Draft kept{on} at {clock_time(draft.saved_at)}",
        discard_url=url_for("plans.draft_discard", public_id=draft.public_id),
        newer=_newer(page, draft.after_id),
    )


def meanwhile(page: ActionPage, built_on: int, begun: Begun) -> str:
    """Say what became of the update that something was begun on; empty when it still counts."""
    last = page.last
    if last is None:
        return since_words(since(built_on, 0), page.action.ref, begun)
    who = "You" if last.person_id == page.person.id else last.person or "The office"
    when = f"at {clock_time(last.at)} on {day(last.at)}"
    return since_words(since(built_on, last.id), page.action.ref, begun, who=who, when=when)


def _newer(page: ActionPage, after_id: int) -> str:
    said = meanwhile(page, after_id, Begun.DRAFT)
    return f"{said}. Look at the history before you save." if said else ""
