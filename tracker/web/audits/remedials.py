"""What must be put right for a child: giving it to somebody, the list by day, and one of them with its steps."""

from dataclasses import dataclass

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import Audit, RemedialAction, RemedialStep
from tracker.audits.rules.remedials import Lateness, Step, lateness, steps_from
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of
from tracker.web.audits.opening import whole
from tracker.web.audits.remedial_forms import RemedialForm, StepForm
from tracker.web.opening import note_opening
from tracker.web.own_wins import own_wins
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class RemedialRow:
    """A remedial action in a list, without its words."""

    code: str
    url: str
    file: str
    owner: str
    due: str
    state: str
    late: str


@dataclass(frozen=True)
class StepRow:
    """One step that was taken, in the order of the page."""

    words: str
    who: str
    note: str


@dataclass(frozen=True)
class Press:
    """A button that takes a step."""

    value: str
    label: str
    kind: str


@dataclass(frozen=True)
class RemedialPage:
    """One remedial action as its page shows it; `audit_url` only for who may read the audit."""

    heading: str
    row: RemedialRow
    words: str
    given: str
    steps: list[StepRow]
    presses: list[Press]
    asks: str
    audit_url: str | None


# The buttons of a page, in the order of the steps.
_LABELS = {
    Step.TAKE: ("I have it in hand", "second"),
    Step.CLAIM: ("It is done", ""),
    Step.VERIFY: ("I saw it on the file: it is done", ""),
    Step.SEND_BACK: ("Send it back: it is not done", "alert"),
    Step.CLOSE: ("Close it", ""),
}


@bp.get("/immediate-actions")
@requires(Permission.REMEDIAL_READ)
def remedial_index() -> ResponseReturnValue:
    """List the remedial actions that the reader may see, those to do first, without a word of any case."""
    session, reader = db_session(), current_person()
    counts = queries.remedial_counts(session, reader=reader)
    page = page_of(counts.total, lambda number: url_for("audits.remedial_index", page=number))
    found = queries.remedial_page(session, reader=reader, limit=A_PAGE, offset=page.offset)
    g.navigation_counts = {"audits.remedial_index": counts.to_do}
    return render_template(
        "audits/remedial_index.html",
        heading="Remedial actions",
        summary=f"{counts.to_do} to do, {counts.to_check} to be checked" if counts.total else "",
        late=f"{counts.late} late" if counts.late else "",
        rows=[remedial_row(one) for one in found],
        page=page,
        own_wins=own_wins(),
    )


@bp.route("/audits/<public_id>/remedial", methods=["GET", "POST"])
@requires(Permission.REMEDIAL_ADD, about=queries.audit_subject)
def remedial_add(subject: Audit) -> ResponseReturnValue:
    """Ask what must be put right for the child, by whom and by when; nothing that the audit says is shown."""
    form = RemedialForm()
    form.prepare(queries.remedial_owners(db_session()))
    if form.validate_on_submit():
        with saving(form) as session:
            made = form.save(session, whole(subject), current_person())
            title = f"Given to {made.owner.name}, due by {day(made.due_on)}"
            endpoint, public_id = _onward(subject, made)
            return done(title, to=endpoint, public_id=public_id)
    audit = whole(subject)
    suspicions = queries.naming_in(db_session(), form.text.data or "") if form.is_submitted() else ()
    return render_template(
        "audits/remedial_add.html",
        form=form,
        heading="Put something right",
        file=heading_of(audit),
        file_line=_file(audit),
        suspicions=suspicions,
        back_url=url_for("audits.audit_show", public_id=audit.public_id),
    ), form.status


@bp.route("/immediate-actions/<public_id>", methods=["GET", "POST"])
@requires(Permission.REMEDIAL_READ, about=queries.remedial)
def remedial_show(subject: RemedialAction) -> ResponseReturnValue:
    """Show what is to be put right, having written down who reads it, and take a step of it."""
    form = StepForm()
    if form.validate_on_submit():
        with saving(form) as session:
            remedial, step = _found(subject), _asked()
            commands.take_step(
                session,
                remedial,
                step,
                note=form.note.data or "",
                version=form.version.number,
                by=current_person(),
            )
            title = f"{remedial.audit.case.code}: {remedial.state.words}"
            return done(title, to="audits.remedial_show", public_id=remedial.public_id)
    note_opening(subject)
    remedial = _found(subject)
    form.version.data = str(remedial.version)
    return render_template("audits/remedial_show.html", form=form, page=_page(remedial)), form.status


def _onward(audit: Audit, made: RemedialAction) -> tuple[str, str]:
    """Return where to go on: who was about to decide on a grade goes back to that, anybody else to what was given."""
    moderation = queries.moderation_subject(db_session(), audit.public_id)
    if (
        moderation is not None
        and audit.state is AuditState.MODERATION
        and moderation.moderator_id == current_person().id
    ):
        return "audits.moderation_take", audit.public_id
    if audit.state is AuditState.PANEL and allowed(Permission.MODERATION_PANEL, moderation):
        return "audits.panel_show", audit.public_id
    return "audits.remedial_show", made.public_id


def _page(remedial: RemedialAction) -> RemedialPage:
    audit = remedial.audit
    steps = [step for step in steps_from(remedial.state) if _may_take(remedial, step)]
    audit_url = url_for("audits.audit_show", public_id=audit.public_id)
    return RemedialPage(
        heading=f"To put right: {audit.case.code}",
        row=remedial_row(remedial),
        words=remedial.text,
        given=day(remedial.created_at),
        steps=[_step_row(step) for step in remedial.steps],
        presses=[Press(step.value, *_LABELS[step]) for step in steps],
        asks=" ".join(f"{step.asks}." for step in steps if step.asks),
        audit_url=audit_url if allowed(Permission.AUDIT_READ, audit) else None,
    )


def remedial_row(remedial: RemedialAction) -> RemedialRow:
    """Return a remedial action as lists show it; it comes with its owner, its audit, case and unit."""
    late = lateness(remedial.state, remedial.due_on, clock.today())
    return RemedialRow(
        code=remedial.audit.case.code,
        url=url_for("audits.remedial_show", public_id=remedial.public_id),
        file=_file(remedial.audit),
        owner=remedial.owner.name,
        due=f"{remedial.priority.words}, {day(remedial.due_on)}",
        state=remedial.state.words,
        late=_late_words(late),
    )


def _late_words(late: Lateness | None) -> str:
    if late is None:
        return ""
    if late.is_further:
        return f"{late.words}, since {day(late.further_on)}"
    return f"{late.words}, from {day(late.further_on)} for the head of service"


def _file(audit: Audit) -> str:
    return f"{audit.case.category.words} · {audit.case.unit.name}"


def _found(subject: RemedialAction) -> RemedialAction:
    return queries.remedial(db_session(), subject.public_id) or subject


def _asked() -> Step:
    """Return the step whose button was pressed."""
    answer = request.form.get("answer", "")
    if answer not in set(Step):
        raise Invalid(None, "Choose what you did")
    return Step(answer)


def _may_take(remedial: RemedialAction, step: Step) -> bool:
    return allowed(Permission.REMEDIAL_DO if step.is_of_owner else Permission.REMEDIAL_CHECK, remedial)


def _step_row(taken: RemedialStep) -> StepRow:
    who = f"{taken.person.name}, {day(taken.created_at)} at {clock_time(taken.created_at)}"
    return StepRow(taken.step.words, who, taken.note)
