"""The page of an action in its final words: rating, facts, dates asked for, references, decisions that may be taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from tracker.core.text import counted, how_often
from tracker.impact.rules import verdict_without_statistics
from tracker.people.policy import Permission
from tracker.people.rules import PartyKind, has_left, holds_on
from tracker.plans.queries.evidence import EvidenceCount
from tracker.plans.queries.milestones import MilestoneLine
from tracker.plans.queries.related import Link
from tracker.plans.queries.timeline import LeadRow
from tracker.plans.rules.leads import lead_words
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import LinkKind, LinkStatus, SignOffKind, UpdateState
from tracker.plans.rules.strip import strip_words
from tracker.plans.rules.turns import will_turn
from tracker.web.access import allowed
from tracker.web.plans.action_page import ActionPage
from tracker.web.plans.evidence_lines import count_in_words
from tracker.web.templating import day

_CLOSED_AS = {
    SignOffKind.COMPLETE: "Confirmed complete",
    SignOffKind.EMBEDDED: "Signed off as complete and embedded",
    SignOffKind.WITHDRAWN: "Withdrawn",
    SignOffKind.SUPERSEDED: "Superseded, as decided",
    SignOffKind.CAME_BACK: "Came back from complete and embedded to complete",
}


_LABELS = {
    LinkKind.CROSS_REFERENCE: ("Refers to", "Referred to by"),
    LinkKind.DEPENDS_ON: ("Waits for", "Needed by"),
    LinkKind.REPLACED_BY: ("Superseded by", "In place of"),
}


@dataclass(frozen=True)
class Fact:
    """One line of the facts list."""

    label: str
    value: str
    url: str | None = None
    note: str = ""
    alert: str = ""
    change_url: str | None = None


@dataclass(frozen=True)
class Rating:
    """How the action is rated: effective code, both sides when they differ, reasons, and what will come.

    Of a closed action only `closed` counts: the decision that closed it.
    """

    effective: str
    computed: str
    declared: str | None
    reasons: tuple[str, ...]
    turns: tuple[str, ...]
    closed: str = ""
    overridden: str = ""


def rating_of(page: ActionPage) -> Rating | None:
    """Return the rating in words, nothing for an action of a draft; a viewer reads no words of the lead's."""
    standing, today = page.standing, page.today
    outlook = standing.outlook
    if outlook is None:
        return None
    if outlook.closed is not None:
        return Rating(outlook.closed.value, outlook.closed.value, None, (), (), _closing_words(page))
    declared = outlook.declared
    reasons = standing.reasons if page.is_inside else standing.rule_reasons
    turns = will_turn({page.action.ref: outlook}, after=today, by=date.max)
    return Rating(
        effective=outlook.effective_on(today).value,
        computed=outlook.computed_on(today).value,
        declared=declared.value if declared is not None and declared is not outlook.computed_on(today) else None,
        reasons=tuple(dict.fromkeys(reasons)),
        overridden=outlook.overridden_on(today).value if outlook.is_overridden_on(today) else "",
        turns=tuple(f"Turns {turn.to.word.lower()} on {day(turn.on)}: {'; '.join(turn.because)}" for turn in turns),
    )


def _closing_words(page: ActionPage) -> str:
    """Return the decision that closed an action; who took it and why is read inside only (domain A9)."""
    decided = page.timeline.on(page.today).sign_off
    if decided is None:
        return ""
    row = next((row for row in page.history if (row.source, row.id) == ("sign_off", decided.id)), None)
    by = f" by {row.person}" if row is not None and row.person else ""
    why = f": {row.words[0].removesuffix('.')}" if row is not None and row.words[0] else ""
    return f"{_CLOSED_AS[decided.kind]} on {day(decided.effective_on)}{by}{why}."


def _lead_words(lead: LeadRow, page: ActionPage) -> str:
    return lead_words(lead.name, lead.kind, lead.post, with_names=page.is_inside)


def facts_of(page: ActionPage) -> list[Fact]:
    """Return the facts beside the rating (ux 8.7)."""
    facts = [*_lead_facts(page), *_date_facts(page), *_links(page)]
    for item in page.action.area.items:
        number = f" {item.item.number}" if item.item.number else ""
        facts.append(Fact("Inspection", f"{item.item.item_class.words}{number}", note=item.item.words))
    if page.is_inside:
        gone = {row.id for row in page.history if row.source == "update" and row.state == UpdateState.WITHDRAWN}
        pieces = [row for row in page.history if row.source == "evidence" and row.update_id not in gone]
        said = count_in_words(EvidenceCount(len(pieces), sum(not row.state for row in pieces)))
        url = url_for("plans.evidence_index", slug=page.action.plan.slug, ref=page.action.ref)
        facts.append(Fact("Evidence", said, url=url))
    return facts


def _lead_facts(page: ActionPage) -> Iterable[Fact]:
    leads = page.standing.row.leads
    if not leads:
        yield Fact("Lead", "No lead is named")
        return
    left = f"left {day(leads[0].left_on)}" if has_left(leads[0].left_on, page.today) else ""
    settle = _address(page, "plans.action_contributors") if allowed(Permission.PLAN_EDIT, page.action) else None
    is_with_post = leads[0].kind is PartyKind.PERSON  # whose post stands beside the name already
    note = leads[0].post if page.is_inside and not is_with_post else ""
    yield Fact("Lead", _lead_words(leads[0], page), note=note, alert=left, change_url=settle)
    if len(leads) > 1:
        yield Fact("Helping", ", ".join(_lead_words(lead, page) for lead in leads[1:]))
    if not page.is_inside:
        return
    others = sorted(_updaters(page) - {lead.name for lead in leads})
    if others:
        yield Fact("Can also update", ", ".join(others))


def _updaters(page: ActionPage) -> set[str]:
    """Name the people linked to the leads and the holders of posts today; who is gone stays there, and shows it."""
    parties, today = [lead.party for lead in page.action.leads], page.today
    linked = [one.person for party in parties for one in party.members if holds_on(today, None, one.ends_on)]
    holding = [one for party in parties for one in party.holdings if holds_on(today, one.starts_on, one.ends_on)]
    people = [*linked, *(one.person for one in holding)]
    return {person.name if person.is_active else f"{person.name} (left)" for person in people}


def _date_facts(page: ActionPage) -> Iterable[Fact]:
    is_withdrawn = page.standing.rag is Rag.WITHDRAWN
    line = _line_to_show(page)
    if line is None:
        return
    moved = f"moved {how_often(line.times_moved)}" if line.times_moved else ""
    if line.first_shown:
        yield Fact("First due", line.first_shown, note=f"({moved})" if moved else "")
    if line.done_on is not None:
        yield Fact("Finished", day(line.done_on), note=f"(was due {line.shown})" if line.due else "")
        return
    late = f"Overdue {counted(line.days_late, 'day')}" if line.days_late and not is_withdrawn else ""
    yield Fact("Was due" if is_withdrawn else "Due now", line.shown, alert=late)


def _line_to_show(page: ActionPage) -> MilestoneLine | None:
    """Return the open milestone that matters first; of an action that is finished, the one that was done last."""
    is_open = [line for line in page.lines if line.is_open]
    if is_open and page.standing.rag not in {Rag.COMPLETE, Rag.EMBEDDED}:
        return max(is_open, key=_matters)
    done = [(line.done_on, place, line) for place, line in enumerate(page.lines) if line.done_on is not None]
    return max(done)[2] if done else None


def _matters(line: MilestoneLine) -> tuple[int, int]:
    """Put what is late longest first, then what falls due first, then what has no date."""
    return line.days_late, -line.due.toordinal() if line.due is not None else -date.max.toordinal()


def _links(page: ActionPage) -> Iterable[Fact]:
    for link in page.related.links:
        if link.status is LinkStatus.REJECTED:
            continue
        name = f"{link.ref} {link.title}" if link.ref else f"“{link.text}”"
        url = _of(page, link.ref) if link.ref else None
        note = "not confirmed yet" if link.status is LinkStatus.PROPOSED else ""
        yield Fact(_label(link), name, url=url, note=note, alert=_held_up(link, page), change_url=_change(link, page))


def _change(link: Link, page: ActionPage) -> str | None:
    """Return where a link is settled or ended; what took the place of an action ends when that is re-opened."""
    if not link.is_out or link.kind is LinkKind.REPLACED_BY or not allowed(Permission.PLAN_EDIT, page.action):
        return None
    endpoint = "plans.reference_decide" if link.status is LinkStatus.PROPOSED else "plans.link_end"
    return _address(page, endpoint, link_id=link.id)


def _held_up(link: Link, page: ActionPage) -> str:
    """Say on both actions that one is held up by the other, which is red (domain A5)."""
    if link.kind is not LinkKind.DEPENDS_ON or link.status is not LinkStatus.CONFIRMED:
        return ""
    if link.is_out:
        is_red = link.ref in page.standing.red_blockers
        return f"Blocked by {link.ref}, which is red" if is_red else ""
    outlook = page.standing.outlook
    is_red = outlook is not None and outlook.computed_on(page.today) is Rag.RED
    return f"Blocks {link.ref} while this is red" if is_red else ""


def _label(link: Link) -> str:
    out, back = _LABELS[link.kind]
    return out if link.is_out else back


def strip_of(page: ActionPage) -> tuple[list[str], str]:
    """Return the boxes of the milestones, and the words that say the same."""
    rag = page.standing.rag
    words = strip_words(page.standing.steps, page.today, is_closed=rag is not None and rag.is_closed)
    return [line.mark.value for line in page.lines], words.whole


def verdict_of(page: ActionPage) -> tuple[str, str]:
    """Return whether the action makes a difference, as far as may be said before windows are compared."""
    verdict = verdict_without_statistics(len(page.themes))
    return verdict.value, verdict.words


def _address(page: ActionPage, endpoint: str, **values: Any) -> str:
    return url_for(endpoint, slug=page.action.plan.slug, ref=page.action.ref, **values)


def _of(page: ActionPage, ref: str) -> str:
    return url_for("plans.action_show", slug=page.action.plan.slug, ref=ref)
