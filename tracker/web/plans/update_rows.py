"""The card "Your update" in its final words: what each milestone asks, what is carried over, where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from wtforms import Field

from tracker.core import clock
from tracker.core.text import counted
from tracker.plans.queries.history import HistoryRow
from tracker.plans.queries.milestones import MilestoneLine
from tracker.plans.rules.dates import DateProblem, read_target_date
from tracker.plans.rules.newer import Begun, Since, since, since_words
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.repeating import why_not_repeat
from tracker.plans.rules.states import DeclaredRag
from tracker.web.plans.action_page import ActionPage
from tracker.web.plans.draft_rows import KeptDraft, kept_draft, meanwhile
from tracker.web.plans.update_form import writes_for_others
from tracker.web.templating import closing_time, day, long_day


@dataclass(frozen=True)
class MilestoneBox:
    """An open milestone in the form: its fields, and whether the new date stands open at once."""

    line: MilestoneLine
    state: Field | None
    turns: Field | None
    done_on: Field
    new_date: Field
    because: Field
    code: Field
    is_confirmed: Field | None
    read: str
    is_wide: bool
    late: str
    wish: str
    no_date_url: str


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while this form was open: it is shown first, the person's own words below it.

    `problems` are what saving refused besides, for the sentence says already that somebody was first.
    """

    sentence: str
    problems: tuple[str, ...]
    code: str
    words: tuple[tuple[str, str], ...]
    discard_url: str
    draft_url: str


@dataclass(frozen=True)
class Run:
    """Where the person is in going through the updates one by one."""

    place: int
    total: int
    skip_url: str


@dataclass(frozen=True)
class UpdatePanel:
    """The card as a whole."""

    url: str
    lede: str
    closed: str
    carried: str
    no_change: str
    no_change_url: str
    no_change_values: dict[str, str | int]
    boxes: tuple[MilestoneBox, ...]
    finished: tuple[MilestoneLine, ...]
    next_ref: str
    is_for_others: bool
    run: Run | None
    theirs: Theirs | None
    draft_url: str
    draft: KeptDraft | None


def update_panel(page: ActionPage, form: Any) -> UpdatePanel:
    """Return the card of an action's update for the form in hand."""
    slug, ref = page.action.plan.slug, page.action.ref
    run = _run(page)
    address = url_for("plans.action_update", slug=slug, ref=ref, **_kept(run))
    return UpdatePanel(
        url=address,
        lede=_lede(page),
        closed=_closed(page),
        carried=_carried(page.last),
        no_change=_no_change(page),
        no_change_url=url_for("plans.action_no_change", slug=slug, ref=ref),
        no_change_values={"form_token": form.form_token.data or "", "after": page.last.id if page.last else 0},
        boxes=tuple(_box(page, line, form) for line in page.lines if line.is_open),
        finished=tuple(line for line in page.lines if not line.is_open),
        next_ref=page.next_due.ref if page.next_due is not None and run is None else "",
        is_for_others=writes_for_others(page.person, page.action),
        run=run,
        theirs=_theirs(page, form.built_on, form.problems) if form.built_on is not None else None,
        draft_url=url_for("plans.draft_keep", slug=slug, ref=ref),
        draft=kept_draft(page) if form.is_draft else None,
    )


def no_change_words(rag: Rag | None) -> str:
    """Return what the button for an unchanged action says; a draft's is not rated."""
    return f"No change: still {rag.word.lower()}" if rag is not None else "No change"


def _lede(page: ActionPage) -> str:
    window = page.window
    meeting = f"For the assurance meeting on {long_day(window.next_day)}. " if window.next_day else ""
    last = f"Last update: {day(page.last.day)}." if page.last is not None else "No update yet."
    return meeting + last


def _closed(page: ActionPage) -> str:
    window = page.window
    if not window.is_closed_at(clock.now()):
        return ""
    return (
        f"Updates for {day(window.next_day)} closed at {closing_time(window.closes_at)}. "
        "Anything you save now will be marked as after the pack."
    )


def _carried(last: HistoryRow | None) -> str:
    if last is None or last.code not in {DeclaredRag.RED.value, DeclaredRag.AMBER.value}:
        return ""
    return f"Carried over from {day(last.day)}. Edit it if needed."


def _no_change(page: ActionPage) -> str:
    """Return the words of the button for who has nothing to report, none when nothing may be repeated."""
    last = page.last
    refusal = why_not_repeat(
        page.action.ref,
        declared=DeclaredRag(last.code) if last is not None else None,
        state=page.action.state,
        rag=page.standing.rag,
        is_overdue=any(line.days_late for line in page.lines),
    )
    return f"No change since {day(last.day)}" if last is not None and refusal is None else ""


def _box(page: ActionPage, line: MilestoneLine, form: Any) -> MilestoneBox:
    fields = {name: form[f"m{line.id}_{name}"] for name in ("new_date", "because", "code", "done_on")}
    confirmed = None if line.repeats else form[f"m{line.id}_is_confirmed"]
    # A kind of reason is always chosen: alone it says nothing of a date.
    is_begun = any(field.errors or (field.data and name != "code") for name, field in fields.items())
    asks_to_confirm = confirmed is not None and (confirmed.data or _is_early(fields["done_on"]))
    return MilestoneBox(
        line=line,
        state=None if line.repeats else form[f"m{line.id}_state"],
        turns=form[f"m{line.id}_turns"] if line.repeats and line.turns else None,
        **fields,
        is_confirmed=confirmed if asks_to_confirm else None,
        read=_read(fields["new_date"].data),
        is_wide=line.days_late > 0 or is_begun,
        late=f"Overdue {counted(line.days_late, 'day')}" if line.days_late else "",
        wish=_wish(line),
        no_date_url=_no_date_url(page, line) if line.without_date else "",
    )


def _no_date_url(page: ActionPage, line: MilestoneLine) -> str:
    return url_for("plans.no_date", slug=page.action.plan.slug, ref=page.action.ref, milestone_id=line.id)


def _wish(line: MilestoneLine) -> str:
    if line.wish is None:
        return ""
    decider = "assurance body" if line.wish.needs_body else "programme office"
    return f"{line.wish.to} was asked for; the {decider} has not decided yet."


def _is_early(field: Field) -> bool:
    return any("Confirm" in error for error in field.errors)


def _read(text: str | None) -> str:
    """Return how a typed date was read, for the page that comes back without a script (ux 6)."""
    if not text:
        return ""
    try:
        return read_target_date(text, today=clock.today()).sentence()
    except DateProblem:
        return ""


def _theirs(page: ActionPage, built_on: int, problems: Iterable[tuple[str | None, str]]) -> Theirs | None:
    """Return the newer update, none when the one that the form was made from still counts or was taken out."""
    last = page.last
    if last is None or since(built_on, last.id) is not Since.NEWER:
        return None
    labels = ("", "Why", "What is being done", "Asks the meeting")
    refusal = since_words(Since.NEWER, page.action.ref, Begun.FORM, who=last.person or "")
    return Theirs(
        sentence=f"{meanwhile(page, built_on, Begun.FORM)}. It is shown first; yours is below and is not saved yet.",
        problems=tuple(words for _, words in problems if words != refusal),
        code=last.code,
        words=tuple((label, words) for label, words in zip(labels, last.words, strict=True) if words),
        discard_url=url_for("plans.action_show", slug=page.action.plan.slug, ref=page.action.ref),
        draft_url=url_for("plans.draft_discard", public_id=page.draft.public_id) if page.draft is not None else "",
    )


def _run(page: ActionPage) -> Run | None:
    """Read from the address where somebody is who goes through their updates one by one: skipped, and saved."""
    skipped, saved = _count("skipped"), _count("saved")
    if skipped is None or saved is None:
        return None
    skip = url_for("plans.my_actions_run", skipped=skipped + 1, saved=saved)
    return Run(place=skipped + saved + 1, total=max(len(page.due) + saved, skipped + saved + 1), skip_url=skip)


def _count(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _kept(run: Run | None) -> dict[str, Any]:
    return {name: request.args[name] for name in ("skipped", "saved")} if run is not None else {}
