"""The rows of the programme office's home in their final words: what to do now, and how far the updates are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.core.text import counted, joined
from tracker.notices.queries.waiting import Counts, Waiting
from tracker.notices.rules.asking import Lead
from tracker.notices.rules.other_news import LeadLeft, PlanWork
from tracker.people.models import BodyMeeting
from tracker.web.templating import ago, day

_MOST_LINES = 5


@dataclass(frozen=True)
class Task:
    """One thing to do; without an address somebody else sees to it."""

    words: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """How far one lead is with the updates for the next meeting."""

    name: str
    asked: str
    given: int
    missing: int
    of: int
    url: str


@dataclass(frozen=True)
class ToDo:
    """What the tasks are made of."""

    leads: Sequence[Lead]
    counts: Counts
    doubts: Sequence[PlanWork]
    undated: Sequence[PlanWork]
    left: Sequence[LeadLeft]
    # Whether the reader may say who leads what; who leads is set for the whole service.
    may_link: bool
    may_bring_in: bool
    # The next meeting of each body that decides on dates and overrides.
    body_meets: Sequence[BodyMeeting]
    today: date


def tasks_of(todo: ToDo) -> list[Task]:
    """Return what waits for the office, one line each, only what there is (ux 8.13)."""
    return [*_about_leads(todo), *_about_plans(todo), *_about_audits(todo.counts)]


def progress_of(leads: Sequence[Lead], today: date) -> list[Progress]:
    """Return the rows of leads, those first who owe most."""
    rows = [_progress(lead) for lead in leads]
    return sorted(rows, key=lambda row: (-row.missing, row.name.casefold()))


def asked_words(asked_on: date | None) -> str:
    """Return when a lead was asked."""
    return f"Asked {day(asked_on)}, {ago(asked_on)}" if asked_on is not None else "Not asked"


def _progress(lead: Lead) -> Progress:
    total, missing = len(lead.accountable), len(lead.due)
    url = url_for("home.office_chase", shown=lead.person_id, _anchor="the-mail") if missing else ""
    return Progress(lead.name, asked_words(lead.asked_on), total - missing, missing, total, url)


def _about_leads(todo: ToDo) -> Iterator[Task]:
    owing = [lead for lead in todo.leads if lead.due]
    free = [lead for lead in owing if lead.may_be_asked(todo.today)]
    if owing:
        number = counted(len({action.id for lead in owing for action in lead.due}), "update")
        asked = (
            f"{counted(len(owing) - len(free), 'lead')} asked within the last week" if len(free) < len(owing) else ""
        )
        note = ", ".join(part for part in (f"{number} missing", asked) if part)
        yield Task(f"Chase {counted(len(owing), 'lead')}", note, url_for("home.office_chase"))
    for one in todo.left[:_MOST_LINES]:
        since = f"{counted(one.actions, 'open action')}, left {day(one.left_on)}"
        url = url_for("settings.party_show", party_id=one.party_id) if todo.may_link else ""
        yield Task(f"Say who follows {one.name}", since, url)
    leads = url_for("settings.party_index") if todo.may_link else ""
    if len(todo.left) > _MOST_LINES:
        more = counted(len(todo.left) - _MOST_LINES, "more lead")
        yield Task(f"{more} left with open actions", "", leads)
    if todo.counts.unlinked:
        words = f"Link {counted(todo.counts.unlinked, 'lead')} to people"
        yield Task(words, "Until then nobody can update for them", leads)


def _about_plans(todo: ToDo) -> Iterator[Task]:
    if todo.may_bring_in and not todo.counts.plans:
        yield Task("Bring in a plan", "From the text of the published plan", url_for("plans.plan_new"))
    if todo.counts.checks:
        words = f"Check {counted(todo.counts.checks, 'action')} said to be complete"
        yield Task(words, "", url_for("home.office_waiting", what=Waiting.CHECKS.value))
    yield from _about_dates(todo)
    for work in todo.doubts[:_MOST_LINES]:
        words = f"Settle {counted(work.count, 'doubt')} of an import"
        yield Task(words, work.title, url_for("plans.plan_checks", slug=work.slug))
    if len(todo.doubts) > _MOST_LINES:
        more = counted(len(todo.doubts) - _MOST_LINES, "more import")
        yield Task(f"{more} with open doubts", "", url_for("plans.plan_index"))


def _about_dates(todo: ToDo) -> Iterator[Task]:
    if todo.counts.dates:
        words = f"Decide on new dates of {counted(todo.counts.dates, 'action')}"
        yield Task(words, "", url_for("home.office_waiting", what=Waiting.DATES.value))
    if todo.counts.overrides:
        words = f"Decide on overrides of {counted(todo.counts.overrides, 'action')}"
        yield Task(words, "", url_for("plans.decision_index"))
    if todo.counts.body:
        words = f"Put {counted(todo.counts.body, 'action')} before the assurance body"
        yield Task(words, _body_note(todo.body_meets), _waiting_url(Waiting.BODY))
    if todo.counts.ending:
        words = f"Overrides of {counted(todo.counts.ending, 'action')} end within 7 days"
        yield Task(words, "Then the dates count again", _waiting_url(Waiting.ENDING))
    if todo.counts.reviews:
        words = f"Look again at {counted(todo.counts.reviews, 'action')} on hold"
        yield Task(words, "The day of the review has come", _waiting_url(Waiting.REVIEWS))
    if todo.counts.ask_again:
        words = f"Ask again for the dates of {counted(todo.counts.ask_again, 'action')}"
        yield Task(words, "The day on which somebody was to decide has come", _waiting_url(Waiting.ASK_AGAIN))
    if number := sum(work.count for work in todo.undated):
        words = f"Get dates for {counted(number, 'action')}"
        yield Task(words, "Past the time in which a date had to be set", _waiting_url(Waiting.UNDATED))


def _body_note(meetings: Sequence[BodyMeeting]) -> str:
    """Say when each body that decides meets next; a decision there is recorded whichever of them took it."""
    said = [f"{one.body.name}: {day(one.day)}" for one in meetings]
    return f"A date or an override waits. Next meeting of {joined(said)}" if said else "No meeting is in the calendar"


def _waiting_url(what: Waiting) -> str:
    return url_for("home.office_waiting", what=what.value)


def _about_audits(counts: Counts) -> Iterator[Task]:
    if counts.concerns:
        words = f"{counted(counts.concerns, 'immediate concern')} not acknowledged"
        yield Task(words, "The QA lead sees to it")
    if counts.late_audits:
        yield Task(f"{counted(counts.late_audits, 'audit')} late", "The QA lead sees to it")
