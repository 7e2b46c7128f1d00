"""Themes, counts and linked actions as rows with their final words, shared by the pages of this group."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import Theme
from tracker.audits.rules.votes import LeftOut, ThemeCount
from tracker.core.text import counted
from tracker.impact.queries import LinkedAction
from tracker.impact.rules import Relation, verdict_without_statistics
from tracker.people.policy import Permission
from tracker.web.access import allowed

# A share of fewer files would claim more than they can tell (domain A8).
FEWEST_FOR_SHARE = 10

_LEFT_OUT = {
    LeftOut.VOID: "set aside as void",
    LeftOut.NOT_FINAL: "not sent yet",
    LeftOut.RE_AUDIT: "audited again to check an earlier audit",
    LeftOut.TARGETED: "chosen for a reason",
    LeftOut.VOLUNTEERED: "volunteered by the team",
    LeftOut.INSPECTOR: "chosen by an inspector",
    LeftOut.DIP_FOR_CAUSE: "from a dip sample for a cause",
    LeftOut.NOT_APPLICABLE: "where it does not apply to the child",
    LeftOut.DUPLICATE_CASE: "where a later audit of the same case counts",
}


@dataclass(frozen=True)
class Square:
    """A linked action in a row of squares; it compares with no other day."""

    ref: str
    code: str
    title: str
    url: str
    was: None = None
    way: str = ""


@dataclass(frozen=True)
class ThemeRow:
    """A theme in the list of all."""

    name: str
    url: str
    group: str
    files: str
    strengths: str
    squares: tuple[Square, ...]
    elsewhere: str
    verdict: str
    is_unlinked: bool


@dataclass(frozen=True)
class ActionRow:
    """An action in the list of those meant to change a theme; `unlink_url` only for who may unlink."""

    ref: str
    title: str
    url: str
    plan: str
    lead: str
    relation: str
    code: str
    since: str
    why: str
    unlink_url: str | None


def theme_row(theme: Theme, count: ThemeCount, linked: list[LinkedAction]) -> ThemeRow:
    """Return a theme as the list shows it."""
    working = [action for action in linked if not action.is_withdrawn]
    hidden = sum(not action.is_readable for action in working)
    return ThemeRow(
        name=theme.name,
        url=url_for("themes.theme_show", code=theme.code),
        group=theme.group.words,
        files=with_share(count),
        strengths=str(count.strengths),
        squares=squares(working),
        elsewhere=f"{counted(hidden, 'action')} of a plan that you cannot open" if hidden else "",
        verdict=verdict_without_statistics(len(working)).value,
        is_unlinked=not working,
    )


def squares(actions: Iterable[LinkedAction]) -> tuple[Square, ...]:
    """Return the actions that the reader may open as squares."""
    return tuple(Square(a.ref, a.effective, a.title, _address(a)) for a in actions if a.is_readable)


def action_rows(actions: Iterable[LinkedAction]) -> list[ActionRow]:
    """Return the actions that the reader may open as rows."""
    may_unlink = allowed(Permission.THEME_LINK)
    return [
        ActionRow(
            ref=action.ref,
            title=action.title,
            url=_address(action),
            plan=action.plan_title,
            lead=action.lead or "No lead",
            relation=action.relation.words,
            code=action.effective,
            since=_since(action),
            why=action.why,
            unlink_url=url_for("themes.theme_unlink", link_id=action.link_id) if may_unlink else None,
        )
        for action in actions
        if action.is_readable
    ]


def share(count: ThemeCount) -> str:
    """Return the share of files with a concern as a whole per cent, nothing when the files are too few to tell."""
    if count.answered < FEWEST_FOR_SHARE:
        return ""
    return f"{(200 * count.concerns + count.answered) // (2 * count.answered)}%"


def with_share(count: ThemeCount) -> str:
    """Return in how many files auditors had a concern: "9 of 22 files (41%)"."""
    percent = share(count)
    return f"{count.in_files} ({percent})" if percent else count.in_files


def left_out_words(count: ThemeCount) -> list[str]:
    """Return what was left out of a count and why, in the order of the rule."""
    held = [(reason, number) for reason in LeftOut if (number := count.left_out.get(reason))]
    return [f"{counted(number, 'file')} {_LEFT_OUT[reason]}" for reason, number in held]


def verdict_sentence(linked: list[LinkedAction]) -> str:
    """Return why the verdict on a theme is what it is (domain A6)."""
    working = [action for action in linked if not action.is_withdrawn]
    if not working:
        return "No action is linked to this theme, so nobody can say whether the plan changes it."
    meant = sum(action.relation is Relation.ADDRESSES for action in working)
    told = f"{counted(meant, 'action is', 'actions are')} meant to change it" if meant else "Actions only watch it"
    return (
        f"{told}. Whether that works shows when audits from six months before the change stand beside those from "
        "three months after it."
    )


def _address(action: LinkedAction) -> str:
    return url_for("plans.action_show", slug=action.plan_slug, ref=action.ref)


def _since(action: LinkedAction) -> str:
    if action.done_on is not None:
        return f"Done {action.done_on:%-d %b %Y}"
    return f"Linked {action.set_on:%-d %b %Y}"
