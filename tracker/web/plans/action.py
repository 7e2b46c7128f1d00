"""The page of an action: what it is, how it stands and why, its history, and the form of an update for who may."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.queries import round_to_be
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.plans.queries.action import action_at
from tracker.plans.rules.months import months_sentence
from tracker.plans.rules.rag import Rag
from tracker.web.access import allowed, current_person, requires
from tracker.web.chips import Chip
from tracker.web.paging import page_of
from tracker.web.plans.action_page import ActionPage, load_page
from tracker.web.plans.action_rows import facts_of, rating_of, strip_of, verdict_of
from tracker.web.plans.acts import acts_of, embedding_note
from tracker.web.plans.blueprint import bp
from tracker.web.plans.edited import earlier_numbers, editing_acts
from tracker.web.plans.history_rows import PER_PAGE, Entry, history_entries
from tracker.web.plans.kept_rows import kept_within
from tracker.web.plans.override_rows import ask_url, override_cards
from tracker.web.plans.reading import carried_day
from tracker.web.plans.update_form import update_form
from tracker.web.plans.update_rows import UpdatePanel, update_panel
from tracker.web.plans.wish_rows import wishes_of

_PRESELECTED = {"red": Rag.RED, "amber": Rag.AMBER, "green": Rag.GREEN, "complete": Rag.COMPLETE}
_SHOWN = ("everything", "updates", "since")


@bp.get("/plans/<slug>/<action_number:ref>")
@requires(Permission.PLAN_READ, about=action_at)
def action_show(action: Action) -> ResponseReturnValue:
    """Show an action; who may update it finds the form on the page."""
    page = load_page(db_session(), action, current_person())
    form = new_form(page) if may_update(action) else None
    return render_template("plans/action_show.html", **page_context(page, form))


def may_update(action: Action) -> bool:
    """Whether the signed-in person may write an update, and the action is open."""
    return action.closed_code is None and allowed(Permission.ACTION_UPDATE, action)


def new_form(page: ActionPage) -> Any:
    """Return the form of an update as it is first shown; `?rag=red` chooses a colour, as links in mails do."""
    chosen = _PRESELECTED.get(request.args.get("rag", ""))
    return update_form(page.lines, page.last, rag=chosen.value if chosen is not None else None, draft=page.draft)


def page_context(page: ActionPage, form: Any) -> dict[str, Any]:
    """Return everything that the page's template shows."""
    action = page.action
    code, words = verdict_of(page)
    marks, strip = strip_of(page)
    panel: UpdatePanel | None = update_panel(page, form) if form is not None else None
    return {
        "action": action,
        "title": f"{action.ref} {action.title}",
        "crumbs": _crumbs(page),
        "around": _around(page),
        "rating": rating_of(page),
        "marks": marks,
        "strip": strip,
        "lines": page.lines,
        "months": page.months,
        "months_sentence": months_sentence(page.months),
        "verdict_code": code,
        "verdict_words": words,
        "themes": page.themes,
        "may_audit_again": allowed(Permission.ROUND_MANAGE, round_to_be(db_session())),
        "facts": [*facts_of(page), *earlier_numbers(page)],
        "wishes": wishes_of(page),
        "acts": [*acts_of(page), *editing_acts(page)],
        "overrides": override_cards(page),
        "override_url": ask_url(page) if page.is_inside else "",
        "acts_note": embedding_note(page),
        "is_inside": page.is_inside,
        "kept": kept_within(action.plan),
        "form": form,
        "panel": panel,
        **_history(page),
    }


def _crumbs(page: ActionPage) -> list[tuple[str, str | None]]:
    plan, area, kept = page.action.plan, page.action.area, carried_day()
    if not allowed(Permission.PLAN_READ, plan):
        return [("My actions", url_for("plans.my_actions")), (page.action.ref, None)]
    return [
        (plan.title, url_for("plans.plan_show", slug=plan.slug, **kept)),
        (f"{area.number} {area.title}", url_for("plans.area_show", slug=plan.slug, number=area.number, **kept)),
        (page.action.ref, None),
    ]


def _around(page: ActionPage) -> list[tuple[str, str] | None]:
    slug, kept = page.action.plan.slug, carried_day()
    refs = (page.related.previous, page.related.following)
    return [(ref, url_for("plans.action_show", slug=slug, ref=ref, **kept)) if ref else None for ref in refs]


def _history(page: ActionPage) -> dict[str, Any]:
    """Return the stretch of the history that was asked for, with the links that ask for others."""
    if not page.is_inside:
        return {"entries": [], "shown": [], "part": None}
    since, asked = page.window.last_held, request.args.get("history", "")
    shown = asked if asked in _SHOWN else _SHOWN[0]
    entries = _chosen(history_entries(page), shown, since)
    part = page_of(len(entries), lambda number: _address(page, history=shown, page=number), size=PER_PAGE)
    return {"entries": entries[part.rows], "shown": _chips(page, shown, since), "part": part}


def _chosen(entries: list[Entry], shown: str, since: date | None) -> list[Entry]:
    if shown == "updates":
        return [entry for entry in entries if entry.is_update]
    if shown == "since" and since is not None:
        return [entry for entry in entries if entry.day >= since]
    return entries


def _address(shown: ActionPage, **chosen: Any) -> str:
    action = shown.action
    address = url_for("plans.action_show", slug=action.plan.slug, ref=action.ref, **carried_day(), **chosen)
    return f"{address}#history"


def _chips(page: ActionPage, shown: str, since: date | None) -> list[Chip]:
    chips = [
        Chip("Updates only", _address(page, history="updates"), shown == "updates"),
        Chip("Everything", _address(page, history="everything"), shown == "everything"),
    ]
    if since is not None:
        label = f"Since {since.day} {since:%B}"
        chips.append(Chip(label, _address(page, history="since"), shown == "since"))
    return chips
