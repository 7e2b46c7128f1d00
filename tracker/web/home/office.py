"""Pages: the home of the programme office, and the lists of actions behind its tasks."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import counted, shortened
from tracker.extensions import db_session
from tracker.notices.queries import waiting
from tracker.notices.queries.asking import leads_of
from tracker.notices.queries.closings import Calendar, calendar
from tracker.notices.queries.waiting import Waiting
from tracker.notices.rules.asking import Lead
from tracker.people.policy import Permission
from tracker.plans.models import Action, Plan
from tracker.web.access import allowed, current_person, requires
from tracker.web.home.blueprint import bp
from tracker.web.home.office_rows import ToDo, progress_of, tasks_of
from tracker.web.paging import page_of
from tracker.web.templating import closing_time, long_day

_MOST_MEETINGS = 5
_HEADINGS = {
    Waiting.CHECKS: ("Said to be complete", "Open an action to confirm it or to send it back."),
    Waiting.DATES: ("New dates to decide on", "Open an action to approve the date or to refuse it."),
    Waiting.ASK_AGAIN: ("Dates to ask for again", "The day on which somebody was to decide on a date has come."),
    Waiting.BODY: (
        "For the assurance body",
        "A date or an override that is more than the office decides. Somebody of the body records what it decided.",
    ),
    Waiting.ENDING: (
        "Overrides that end within 7 days",
        "Open an action to see its last day. From the day after its dates count again, with nobody to do anything.",
    ),
    Waiting.REVIEWS: (
        "On hold, to be looked at again",
        "Open an action to take it up again or to withdraw it.",
    ),
    Waiting.UNDATED: ("Still without a date", "The time in which a date had to be set is over for these."),
}


@bp.get("/office")
@requires(Permission.LEAD_CHASE)
def office() -> ResponseReturnValue:
    """Show what waits for the programme office, and how far the updates for the next meeting are."""
    session, person = db_session(), current_person()
    around = calendar(session)
    leads = leads_of(session, person, around)
    actions, plans = waiting.reach(person, Action), waiting.reach(person, Plan)
    todo = ToDo(
        leads=leads,
        counts=waiting.counts(session, person),
        doubts=waiting.open_doubts(session, plans),
        undated=waiting.past_grace(session, actions, around.meetings),
        left=waiting.leads_left(session, actions),
        may_link=allowed(Permission.PARTY_MANAGE),
        may_bring_in=allowed(Permission.PLAN_IMPORT),
        body_meets=around.assurance_ahead,
        today=clock.today(),
    )
    rows = progress_of(leads, clock.today())
    part = page_of(len(rows), lambda number: url_for("home.office", page=number, _anchor="updates"))
    return render_template(
        "home/office.html",
        tasks=tasks_of(todo),
        lede=_lede(around),
        summary=_summary(leads),
        rows=rows[part.rows],
        part=part,
        plans=[
            (title, url_for("plans.plan_quality", slug=slug)) for slug, title in waiting.running_plans(session, plans)
        ],
        meetings=[
            (long_day(one.day), one.body.name, closing_time(one.updates_close_at))
            for one in around.ahead[:_MOST_MEETINGS]
        ],
    )


@bp.get("/office/waiting/<what>")
@requires(Permission.LEAD_CHASE)
def office_waiting(what: str) -> ResponseReturnValue:
    """List the actions that wait for one decision of the office."""
    if what not in set(Waiting):
        abort(404)
    kind, person = Waiting(what), current_person()
    found = waiting.waiting_actions(db_session(), kind, waiting.reach(person, Action))
    part = page_of(len(found), lambda number: url_for("home.office_waiting", what=what, page=number))
    heading, lede = _HEADINGS[kind]
    return render_template(
        "home/office_waiting.html",
        heading=f"{heading}: {counted(len(found), 'action')}",
        lede=lede,
        rows=[
            (one.ref, shortened(one.title, 160), one.plan, url_for("plans.action_show", slug=one.slug, ref=one.ref))
            for one in found[part.rows]
        ],
        part=part,
    )


def _lede(around: Calendar) -> str:
    if around.closing is not None:
        meeting = long_day(around.closing.meeting_on)
        return f"The next assurance meeting is on {meeting}. Updates close {around.closing.when}."
    if around.last_closing is not None:
        last = around.last_closing
        return f"The next assurance meeting is on {long_day(last.meeting_on)}. Updates closed {last.when}."
    return ""


def _summary(leads: list[Lead]) -> str:
    """Say how many of the updates are in: each action counts once, however many people lead it."""
    wanted = {action.id: action.is_due for lead in leads for action in lead.accountable}
    missing = sum(wanted.values())
    if not wanted:
        return ""
    return f"{len(wanted) - missing} of {counted(len(wanted), 'update')} in; {missing} missing"
