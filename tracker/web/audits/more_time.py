"""More time for an audit: asking for it from the audit, and the moderators' list on which it is decided."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit, MoreTime
from tracker.audits.rules import limits
from tracker.audits.rules.tool import ABOUT_NUMBER
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, list_of
from tracker.web.audits.naming_form import NamingForm
from tracker.web.audits.opening import opened, whole
from tracker.web.forms import AtMost, DayField, TextAreaField, VersionField
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class AskForm(NamingForm):
    """Asks for a later day, and why."""

    until = DayField("New day by which it is due", needs_year=True)
    why = TextAreaField("Why does it take longer?", validators=[AtMost(limits.REASON_LENGTH, "Why")])


class DecideForm(NamingForm):
    """Decides on what was asked."""

    version = VersionField()
    note = TextAreaField("What you say to it", validators=[AtMost(limits.REASON_LENGTH, "What you say to it")])


@dataclass(frozen=True)
class AskedRow:
    """A request in the list, with the way to decide on it."""

    code: str
    url: str
    file: str
    who: str
    due: str
    asked_for: str


@bp.route("/audits/<public_id>/more-time", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_more_time(subject: Audit) -> ResponseReturnValue:
    """Show what was asked and decided for an audit, and ask for a later day."""
    if not subject.state.is_open:
        return redirect(url_for("audits.audit_show", public_id=subject.public_id), 303)
    form = AskForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit, why = whole(subject), form.why.data or ""
            commands.ask_more_time(session, audit, until=form.until.day, why=why, by=current_person())
            here = {"to": "audits.audit_more_time", "public_id": audit.public_id}
            return done(f"Asked for more time: {audit.case.code}", **here)
    audit = opened(subject)
    last = queries.latest_request(db_session(), audit)
    list_label, list_url = list_of(audit)
    return render_template(
        "audits/audit_more_time.html",
        form=form,
        heading=heading_of(audit),
        due=day(audit.due_on),
        list_label=list_label,
        list_url=list_url,
        last=_last_words(last),
        may_ask=last is None or last.is_agreed is not None,
        audit_url=url_for("audits.audit_section", public_id=audit.public_id, number=ABOUT_NUMBER),
    ), form.status


def _last_words(asked: MoreTime | None) -> list[tuple[str, str]]:
    """Return what was last asked and decided, each with its name."""
    if asked is None:
        return []
    decided = {None: "Nobody has decided yet", True: "Agreed", False: "Not agreed"}[asked.is_agreed]
    lines = [("Asked for", day(asked.asked_for)), ("Why", asked.why), ("Decision", decided), ("Because", asked.note)]
    return [(name, words) for name, words in lines if words]


@bp.get("/audits/more-time")
@requires(Permission.AUDIT_EXTEND)
def more_time_index() -> ResponseReturnValue:
    """List what waits for a decision, the longest waiting first."""
    me = current_person()
    total = queries.open_request_count(db_session(), reader=me)
    page = page_of(total, lambda number: url_for("audits.more_time_index", page=number))
    waiting = queries.open_requests(db_session(), reader=me, limit=A_PAGE, offset=page.offset)
    return render_template("audits/more_time_index.html", rows=[_row(asked) for asked in waiting], page=page)


def _row(asked: MoreTime) -> AskedRow:
    audit = asked.audit
    return AskedRow(
        code=audit.case.code,
        url=url_for("audits.more_time_decide", number=asked.id),
        file=f"{audit.case.category.words} · {audit.case.unit.name}",
        who=asked.asked_by.name,
        due=day(audit.due_on),
        asked_for=day(asked.asked_for),
    )


@bp.route("/audits/more-time/<int:number>", methods=["GET", "POST"])
@requires(Permission.AUDIT_EXTEND, about=queries.more_time)
def more_time_decide(asked: MoreTime) -> ResponseReturnValue:
    """Show what was asked, and agree or not."""
    number, form = asked.id, DecideForm()
    if form.validate_on_submit():
        with saving(form) as session:
            commands.decide_more_time(
                session,
                asked,
                is_agreed=request.form.get("go") == "agree",
                note=form.note.data or "",
                version=form.version.number,
                by=current_person(),
            )
            return done(f"Decided: {asked.audit.case.code}", to="audits.more_time_index")
    note_opening(asked.audit)
    shown = queries.more_time(db_session(), number) or asked
    form.version.data = str(shown.version)
    return render_template(
        "audits/more_time_decide.html",
        form=form,
        row=_row(shown),
        is_open=shown.is_agreed is None,
        last=_last_words(shown),
    ), form.status
