"""The page that leads to the reports of a plan, with what each would tell today; the reports are beside it."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted, joined
from tracker.people.policy import Permission
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.exceptions import exceptions
from tracker.plans.queries.reports.slippage import slipped_actions
from tracker.plans.queries.reports.turning import turning
from tracker.plans.rules.rag import Rag
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.report_reading import ReportReading, read_report


@dataclass(frozen=True)
class Entry:
    """One report: what it is for, and what it would say now."""

    title: str
    text: str
    now: str
    url: str


@bp.get("/plans/<slug>/reports")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_reports(plan: Plan) -> ResponseReturnValue:
    """Show which reports there are."""
    return render_template("plans/plan_reports.html", plan=plan, entries=_entries(plan, read_report(plan)))


def _entries(plan: Plan, reading: ReportReading | None) -> list[Entry]:
    entries = [
        Entry(
            "Exception report",
            "Everything red or at risk, and what has had no date for too long: why, how late, and what is being done.",
            _exceptions_now(reading),
            url_for("plans.plan_exceptions", slug=plan.slug),
        ),
        Entry(
            "What turns amber or red",
            "What gets worse before a day that you choose if nothing is done, and what would stop it.",
            _turning_now(reading),
            url_for("plans.plan_turning", slug=plan.slug),
        ),
        Entry(
            "Slippage",
            "Which dates moved, how often and how far from the first ones, by action, by lead and by reason.",
            _slippage_now(reading),
            url_for("plans.plan_slippage", slug=plan.slug),
        ),
    ]
    entries += _about_leads(plan) if allowed(Permission.LEAD_NAMES, plan) else []
    return [
        *entries,
        Entry(
            "What the plan answers",
            "Which items of the inspection have actions, and which actions answer none.",
            "",
            url_for("plans.plan_coverage", slug=plan.slug),
        ),
    ]


def _about_leads(plan: Plan) -> list[Entry]:
    """Return the reports that name leads, for who may see names."""
    return [
        Entry(
            "Plan quality",
            "What is weak in how the plan is written, each with the page that mends it.",
            "",
            url_for("plans.plan_quality", slug=plan.slug),
        ),
        Entry(
            "Leads",
            "Who carries how much, who has left, and for whom nobody may update.",
            "",
            url_for("plans.lead_index", slug=plan.slug),
        ),
        Entry(
            "Declared better than computed",
            "How often a lead called an action better than its dates did that day, by lead and by area.",
            "",
            url_for("plans.plan_declared", slug=plan.slug),
        ),
    ]


def _exceptions_now(reading: ReportReading | None) -> str:
    if reading is None:
        return ""
    found = [action.rag for action in exceptions(reading.report)]
    told = [f"{number} {rag.word.lower()}" for rag in Rag if (number := found.count(rag))]
    return f"Now: {joined(told)}." if told else "Now: nothing is off track."


def _turning_now(reading: ReportReading | None) -> str:
    if reading is None:
        return ""
    number = len({found.about.id for found in turning(reading.report, before=reading.ahead.day)})
    words = f"{counted(number, 'action')} {'turns' if number == 1 else 'turn'}" if number else "nothing turns"
    return f"{words[:1].upper()}{words[1:]} {reading.ahead.words}."


def _slippage_now(reading: ReportReading | None) -> str:
    if reading is None:
        return ""
    number = len(slipped_actions(reading.report))
    return f"Now: dates of {counted(number, 'action')} have moved." if number else "Now: no date has moved."
