"""Planning that a theme is audited again, in a round of its own or in one that is there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.allocation import RoundFocus, make_round
from tracker.audits.commands.other_records import (
    Wording,
    check_theme,
    check_words,
    new_address,
    refuse_future,
    sent_before,
)
from tracker.audits.models import AuditRound, Theme, ThemeReAudit
from tracker.audits.rules.limits import LARGEST_SAMPLE, REASON_LENGTH
from tracker.audits.rules.vocabulary import Selection
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.people.models import Person


@dataclass(frozen=True)
class ThemeReAuditPlan:
    """What is planned: since when the change is in place, by when and with how many files it is looked at, and why."""

    in_place_on: date
    due_on: date
    files: int
    why: str
    # A round of re-audits of the theme that takes the files in; without it one is made.
    round: AuditRound | None = None


def plan_theme_re_audit(
    session: Session,
    theme: Theme,
    plan: ThemeReAuditPlan,
    *,
    names_confirmed: bool,
    by: Person,
    form_token: str | None = None,
) -> ThemeReAudit:
    """Plan that a theme is audited again (domain A8, A10.13), making or filling a round; the same form twice plans one.

    Raises `Invalid` for a change to come, a day that has passed, a theme that is not in use, a number of files out of
    bounds, a round of something else, and words that are missing, too long or look like names.
    """
    address = new_address(form_token)
    if again := sent_before(session, ThemeReAudit, form_token, by):
        return again
    check_theme(theme, clock.today())
    refuse_future("in_place_on", plan.in_place_on)
    if plan.due_on < clock.today():
        raise Invalid("due_on", "The day it is due must be today or later")
    if not 1 <= plan.files <= LARGEST_SAMPLE:
        raise Invalid("files", f"Enter a number of files from 1 to {LARGEST_SAMPLE:,}")
    wording = Wording(plan.why, "Why", REASON_LENGTH, "Say why the theme is audited again")
    check_words(session, {"why": wording}, confirmed=names_confirmed)
    planned = ThemeReAudit(
        public_id=address,
        theme=theme,
        round=_filled(plan.round, theme, plan, by) if plan.round else _made(session, theme, plan, by),
        in_place_on=plan.in_place_on,
        due_on=plan.due_on,
        files=plan.files,
        why=plan.why,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(planned)
    session.flush()
    return planned


def _filled(found: AuditRound, theme: Theme, plan: ThemeReAuditPlan, by: Person) -> AuditRound:
    """Let a round take the files in, and run until the last of them is due."""
    is_fit = found.theme_id == theme.id and found.selection is Selection.RE_AUDIT and found.closed_on is None
    if not is_fit:
        raise Invalid("round", "Choose an open round of re-audits of this theme")
    found.sample_target = min(found.sample_target + plan.files, LARGEST_SAMPLE)
    found.due_on, found.changed_by = max(found.due_on, plan.due_on), by.id
    return found


def _made(session: Session, theme: Theme, plan: ThemeReAuditPlan, by: Person) -> AuditRound:
    name = f"Re-audit of {theme.name.lower()}, {plan.due_on:%B %Y}"[:100]
    taken = session.scalar(select(func.count(AuditRound.id)).where(AuditRound.name.startswith(name))) or 0
    return make_round(
        session,
        name=f"{name}, part {taken + 1}" if taken else name,
        starts_on=clock.today(),
        due_on=plan.due_on,
        selection=Selection.RE_AUDIT,
        sample_target=plan.files,
        focus=RoundFocus(theme_id=theme.id),
        by=by,
    )
