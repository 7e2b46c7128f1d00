"""What the card of an update says of the draft that it is filled in with; keeping it is the drafts' own."""

from dataclasses import dataclass

from flask import url_for

from tracker.core import clock
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


def _newer(page: ActionPage, after_id: int) -> str:
    last = page.last
    if last is None or last.id == after_id:
        return ""
    who = "You" if last.person_id == page.person.id else last.person or "The office"
    said = f"{who} saved an update to {page.action.ref} at {clock_time(last.at)} on {day(last.at)}"
    return f"{said}, after this draft was begun. Read it in the history before you save."
