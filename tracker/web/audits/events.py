"""Practice weeks and assurance days: the list, one with its findings and quick wins, and recording what was found."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.events import EventFacts, add_event, add_finding, change_event, change_finding
from tracker.audits.models import AssuranceEvent, EventFinding
from tracker.audits.queries import events
from tracker.audits.queries.events import EventRow
from tracker.audits.rules import limits
from tracker.audits.rules.other_words import EventKind
from tracker.audits.rules.vocabulary import FindingKind
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.impact.queries import actions_of_quick_wins
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import OtherForm, ThemedForm, lists, period_words
from tracker.web.audits.win_rows import win_line
from tracker.web.forms import (
    AtMost,
    DayField,
    FromList,
    NotBlank,
    StringField,
    TextAreaField,
    answered,
    choice,
    choices_of,
)
from tracker.web.own_wins import own_wins
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving

_KINDS = {FindingKind.STRENGTH: "Strength", FindingKind.DEVELOPMENT: "Needs work"}


class EventForm(OtherForm):
    """Asks what an event is called, when it is and what it looks at."""

    kind = FromList(
        "What is it?",
        choices=[choice("", "Choose"), *choices_of(EventKind)],
        validators=[NotBlank("Choose what it is")],
    )
    name = StringField("Name", [NotBlank("Enter the name of the event"), AtMost(120, "The name")])
    starts_on = DayField("First day", needs_year=True, validators=[NotBlank("Enter the first day")])
    ends_on = DayField("Last day", needs_year=True, validators=[NotBlank("Enter the last day")])
    focus = StringField(
        "What does it look at?",
        [NotBlank("Say what the event looks at"), AtMost(limits.QUESTION_LENGTH, "The focus")],
    )

    def facts(self) -> EventFacts:
        """Return what was answered."""
        return EventFacts(
            kind=EventKind(self.kind.data),
            name=answered(self.name.data),
            starts_on=answered(self.starts_on.day),
            ends_on=answered(self.ends_on.day),
            focus=answered(self.focus.data),
        )


class FindingForm(ThemedForm):
    """Asks for one headline finding."""

    kind = FromList(
        "What kind of finding is it?",
        choices=[choice("", "Choose"), *(choice(kind.value, words) for kind, words in _KINDS.items())],
        validators=[NotBlank("Choose the kind of finding")],
    )
    words = TextAreaField(
        "What was found?", [NotBlank("Say what was found"), AtMost(limits.HEADLINE_LENGTH, "The finding")]
    )


@dataclass(frozen=True)
class EventLine:
    """An event in the list, with its quick wins in words."""

    name: str
    url: str
    kind: str
    when: str
    focus: str
    found: str
    wins: str
    late: str


@dataclass(frozen=True)
class FindingLine:
    """A headline finding with its theme; `change_url` only for who may change it."""

    kind: str
    words: str
    theme: str
    theme_url: str | None
    change_url: str | None


@bp.get("/events")
@requires(Permission.OTHER_EVIDENCE_READ)
def event_index() -> ResponseReturnValue:
    """List the events, the latest first."""
    session, reader = db_session(), current_person()
    total = events.event_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.event_index", page=number))
    found = events.events(session, reader=reader, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/event_index.html",
        chips_of_lists=lists("audits.event_index"),
        rows=[_line(row) for row in found],
        own_wins=own_wins(),
        page=page,
        may_add=allowed(Permission.OTHER_EVIDENCE_WRITE, events.other_evidence_to_be(session)),
    )


@bp.route("/events/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.other_evidence_to_be)
def event_new(_: AssuranceEvent) -> ResponseReturnValue:
    """Record an event, planned or over."""
    form = EventForm()
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, token = form.names_confirmed.data, form.form_token.data or None
            made = add_event(session, form.facts(), names_confirmed=confirmed, form_token=token, by=current_person())
            return done(f"Event recorded: {made.name}", to="audits.event_show", public_id=made.public_id)
    form.give_token()
    return render_template(
        "audits/event_form.html", form=form, heading="Record an event", stored="", button="Record it"
    ), form.status


@bp.get("/events/<public_id>")
@requires(Permission.OTHER_EVIDENCE_READ, about=events.event)
def event_show(event: AssuranceEvent) -> ResponseReturnValue:
    """Show what an event found and what became of its quick wins."""
    may_write = allowed(Permission.OTHER_EVIDENCE_WRITE, event)
    actions = actions_of_quick_wins(db_session(), [win.id for win in event.wins])
    return render_template(
        "audits/event_show.html",
        event=event,
        when=period_words(event.starts_on, event.ends_on),
        findings=[_finding(finding, may_write=may_write) for finding in event.findings],
        wins=[win_line(win, actions.get(win.id)) for win in event.wins],
        may_write=may_write,
    )


@bp.route("/events/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.event)
def event_change(event: AssuranceEvent) -> ResponseReturnValue:
    """Put an event right."""
    public_id = event.public_id
    form = EventForm(
        data={
            "version": event.version,
            "kind": event.kind.value,
            "name": event.name,
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
            "focus": event.focus,
        }
    )
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, version = form.names_confirmed.data, form.version.number
            change_event(session, event, form.facts(), names_confirmed=confirmed, version=version, by=current_person())
            return done(f"Event saved: {event.name}", to="audits.event_show", public_id=public_id)
    stored = events.event(db_session(), public_id) or event
    if form.is_stale:
        form.version.data = str(stored.version)
    shown = f"{stored.name}, {period_words(stored.starts_on, stored.ends_on)}. {stored.focus}" if form.is_stale else ""
    return render_template(
        "audits/event_form.html", form=form, heading=f"Change {stored.name}", stored=shown, button="Save it"
    ), form.status


@bp.route("/events/<public_id>/findings/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.event)
def event_finding_new(event: AssuranceEvent) -> ResponseReturnValue:
    """Add a headline finding to an event."""
    form, public_id, name = FindingForm(), event.public_id, event.name
    themes = form.offer_themes(db_session(), none="No theme")
    if form.validate_on_submit():
        with saving(form) as session:
            add_finding(
                session,
                event,
                kind=FindingKind(form.kind.data),
                words=answered(form.words.data),
                theme=form.theme.chosen(themes),
                names_confirmed=form.names_confirmed.data,
                form_token=form.form_token.data or None,
                by=current_person(),
            )
            return done("Finding added", to="audits.event_show", public_id=public_id)
    form.give_token()
    heading, back = "Add a headline finding", url_for("audits.event_show", public_id=public_id)
    return render_template(
        "audits/finding_form.html", form=form, heading=heading, name=name, back_url=back, stored="", button="Add it"
    ), form.status


@bp.route("/event-findings/<public_id>", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.finding_of_event)
def event_finding_change(finding: EventFinding) -> ResponseReturnValue:
    """Put a headline finding right."""
    public_id, event_id, name = finding.public_id, finding.event.public_id, finding.event.name
    theme_id = str(finding.theme_id or "")
    stored_now = {"version": finding.version, "kind": finding.kind.value, "words": finding.words, "theme": theme_id}
    form = FindingForm(data=stored_now)
    themes = form.offer_themes(db_session(), none="No theme", kept=finding.theme)
    if form.validate_on_submit():
        with saving(form) as session:
            change_finding(
                session,
                finding,
                kind=FindingKind(form.kind.data),
                words=answered(form.words.data),
                theme=form.theme.chosen(themes),
                names_confirmed=form.names_confirmed.data,
                version=form.version.number,
                by=current_person(),
            )
            return done("Finding saved", to="audits.event_show", public_id=event_id)
    stored = events.finding_of_event(db_session(), public_id) or finding
    if form.is_stale:
        form.version.data = str(stored.version)
    heading, back = "Change a headline finding", url_for("audits.event_show", public_id=event_id)
    shown = stored.words if form.is_stale else ""
    return render_template(
        "audits/finding_form.html", form=form, heading=heading, name=name, back_url=back, stored=shown, button="Save it"
    ), form.status


def _line(row: EventRow) -> EventLine:
    return EventLine(
        name=row.name,
        url=url_for("audits.event_show", public_id=row.public_id),
        kind=row.kind.words,
        when=period_words(row.starts_on, row.ends_on),
        focus=row.focus,
        found=counted(row.findings, "headline finding"),
        wins=f"{row.done} of {counted(row.wins, 'quick win')} done" if row.wins else "No quick wins",
        late=f"{row.late} late" if row.late else "",
    )


def _finding(finding: EventFinding, *, may_write: bool) -> FindingLine:
    return FindingLine(
        kind=_KINDS[finding.kind],
        words=finding.words,
        theme=finding.theme.name if finding.theme else "No theme",
        theme_url=url_for("themes.theme_show", code=finding.theme.code) if finding.theme else None,
        change_url=url_for("audits.event_finding_change", public_id=finding.public_id) if may_write else None,
    )
