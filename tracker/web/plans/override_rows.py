"""Overrides in their final words: in the history of an action, and on its page while one is asked for or counts."""

from dataclasses import dataclass

from flask import url_for

from tracker.people.policy import Permission
from tracker.plans.queries.history import HistoryRow
from tracker.plans.queries.overrides import case_of
from tracker.plans.rules.overrides import VALUES, OverrideState, why_not_override
from tracker.plans.rules.rag import Rag
from tracker.web.access import allowed
from tracker.web.plans.action_page import ActionPage
from tracker.web.plans.wish_rows import Asked
from tracker.web.templating import day

FOR_THE_BODY = "It is more than one step better, so the assurance body decides."
FOR_THE_OFFICE = "It is one step better, so the programme office decides, or the assurance body."


@dataclass(frozen=True)
class OverrideCard:
    """What the page of an action says of an override that is asked for or counts; addresses only for who may."""

    heading: str
    value: str
    over: str
    lines: tuple[tuple[str, str], ...]
    decide_url: str = ""
    withdraw_url: str = ""


def override_heading(row: HistoryRow) -> str:
    """Return what an entry of the history says an override is: asked for, decided, ended early, or lapsed."""
    value, over = Rag(row.code).word.lower(), Rag(row.place).word.lower()
    if row.source == "override":
        return f"Override asked for: {value} in place of {over}"
    if row.source == "override_lapsed":
        return f"The override ended: no longer {value} in place of {over}"
    if row.source == "override_ended":
        return "Override taken back" if row.state == OverrideState.WITHDRAWN else "Override ended early"
    if row.state == OverrideState.APPROVED:
        return f"Override approved: {value} in place of {over} until {day(row.turn)}"
    return "Override not agreed"


def override_quotes(row: HistoryRow) -> tuple[tuple[str, str], ...]:
    """Return the words that came with it: the reason and what it rests on, or what the decider said."""
    if row.source == "override":
        return (("Why", row.words[0]), ("It rests on", row.words[1]))
    if row.source == "override_lapsed":
        return (("", f"Its last day was {day(row.turn)}. Since then the dates and the lead’s word count again"),)
    return (("", row.words[0]),) if row.source == "override_decided" and row.words[0] else ()


def override_cards(page: ActionPage) -> list[OverrideCard]:
    """Return what is to be said now of overrides of an action, the one that counts first; readers inside alone."""
    asked = {row.id: row for row in page.history if row.source == "override"}
    decided = {row.id: row for row in page.history if row.source == "override_decided"}
    ended = {row.id for row in page.history if row.source == "override_ended"}
    cards = []
    outlook = page.standing.outlook
    if outlook is not None and outlook.is_overridden_on(page.today):
        approved = [row for key, row in decided.items() if row.state == OverrideState.APPROVED and key not in ended]
        cards += [_counting(page, asked[row.id], row) for row in approved[-1:]]
    return cards + [_open(page, row) for row in asked.values() if row.state == OverrideState.ASKED]


def ask_url(page: ActionPage) -> str:
    """Return where this person may ask for an override, nothing where it would be refused by what the plan says."""
    is_asked = any(row.source == "override" and row.state == OverrideState.ASKED for row in page.history)
    case = case_of(page.standing, page.today)
    if is_asked or case is None or not allowed(Permission.OVERRIDE_ASK, page.action):
        return ""
    if all(why_not_override(case, value) for value in VALUES):
        return ""
    return url_for("plans.override_ask", slug=page.action.plan.slug, ref=page.action.ref)


def _counting(page: ActionPage, asked: HistoryRow, approved: HistoryRow) -> OverrideCard:
    until = page.standing.outlook.override_until if page.standing.outlook is not None else None
    said = (("They said", approved.words[0]),) if approved.words[0] else ()
    return OverrideCard(
        heading="Rated by an override",
        value=asked.code,
        over=approved.place,
        lines=(
            ("Why", asked.words[0]),
            ("It rests on", asked.words[1]),
            ("Asked by", f"{asked.person}, {day(asked.day)}"),
            ("Approved by", f"{approved.person}, {day(approved.day)}"),
            *said,
            ("Counts until", f"{day(until)}. Then the dates count again"),
        ),
        withdraw_url=_withdraw_url(page, asked),
    )


def _open(page: ActionPage, row: HistoryRow) -> OverrideCard:
    is_bodys = row.way == "body"
    return OverrideCard(
        heading="Override asked for",
        value=row.code,
        over=row.place,
        lines=(
            ("Why", row.words[0]),
            ("It rests on", row.words[1]),
            ("Asked by", f"{row.person}, {day(row.day)}"),
            ("Who decides", FOR_THE_BODY if is_bodys else FOR_THE_OFFICE),
        ),
        decide_url=_decide_url(page, row, is_bodys=is_bodys),
        withdraw_url=_withdraw_url(page, row),
    )


def _decide_url(page: ActionPage, row: HistoryRow, *, is_bodys: bool) -> str:
    if not allowed(Permission.OVERRIDE_DECIDE, Asked(page.action, is_bodys, row.person_id)):
        return ""
    action = page.action
    return url_for("plans.override_decide", slug=action.plan.slug, ref=action.ref, override_id=row.id)


def _withdraw_url(page: ActionPage, row: HistoryRow) -> str:
    if row.person_id != page.person.id or not allowed(Permission.OVERRIDE_ASK, page.action):
        return ""
    action = page.action
    return url_for("plans.override_withdraw", slug=action.plan.slug, ref=action.ref, override_id=row.id)
