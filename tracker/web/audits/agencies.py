"""The agencies of a multi-agency audit: asking them, entering the part of each, and what all of them agreed."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import queries
from tracker.audits.commands.agencies import agree_agencies, ask_agency, give_part, mark_not_given
from tracker.audits.models import AgencyPart, Audit
from tracker.audits.queries.agencies import Agencies, agencies_of, audit_beside, has_agencies, partners_on
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.agency_forms import AgreeForm, AskForm, PartForm
from tracker.web.audits.agency_rows import agency_lines, agreed_lines, part_lines
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, list_of
from tracker.web.forms import answered
from tracker.web.opening import note_opening
from tracker.web.saving import done, saving


@dataclass(frozen=True)
class AgencyPlace:
    """Where a page of the agencies stands: the audit, and the way back to it and to the list of them."""

    heading: str
    list_label: str
    list_url: str
    audit_url: str
    agencies_url: str


def _subject(session: Session, public_id: str, number: int = 0) -> Audit | None:
    """Return the audit; whether it has such a part is asked once it may be written."""
    del number
    return queries.audit_subject(session, public_id)


@bp.route("/audits/<public_id>/agencies", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=_subject)
def agency_index(subject: Audit) -> ResponseReturnValue:
    """List the agencies of an open audit with how far each is, and ask another for its part."""
    if not _is_written(subject):
        return _to_audit(subject)
    partners = partners_on(db_session(), clock.today())
    form = AskForm()
    form.offer(partners)
    if form.validate_on_submit():
        with saving(form) as session:
            unit = answered(form.unit.chosen(partners))
            part = ask_agency(session, _beside(subject), unit, by=current_person())
            return done(f"Added: {part.unit.name}", to="audits.agency_index", public_id=subject.public_id)
    audit = _opened(subject)
    held = agencies_of(db_session(), audit)
    # A page from before somebody asked it may still send its name, and is told so.
    asked = {part.unit_id for part in held.parts}
    form.offer([one for one in partners if one.id not in asked])
    may_agree = bool(held.parts) and not held.waiting
    return render_template(
        "audits/agency_index.html",
        form=form,
        place=_place(audit),
        rows=agency_lines(audit, held),
        agreed=[("Grade", held.agreement.grade.words), *agreed_lines(held.agreement)] if held.agreement else [],
        missing=held.missing,
        agree_url=url_for("audits.agency_agree", public_id=audit.public_id) if may_agree else None,
    ), form.status


@bp.route("/audits/<public_id>/agencies/<int:number>", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=_subject)
def agency_part(subject: Audit) -> ResponseReturnValue:
    """Enter what an agency gave, or why it gave nothing."""
    if not _is_written(subject):
        return _to_audit(subject)
    number = int((request.view_args or {})["number"])
    stored = _part(agencies_of(db_session(), subject), number)
    form = PartForm()
    themes = form.offer(db_session(), stored)
    if form.validate_on_submit():
        with saving(form) as session:
            said, audit, by = (form.names_confirmed.data, form.version.number), _beside(subject), current_person()
            if form.is_given:
                given = form.part(themes)
                part = give_part(session, audit, number, given, names_confirmed=said[0], version=said[1], by=by)
            else:
                why = form.not_given_why.data or ""
                part = mark_not_given(session, audit, number, why=why, names_confirmed=said[0], version=said[1], by=by)
            title = f"{part.unit.name}: {part.state.words.lower()}"
            return done(title, to="audits.agency_index", public_id=subject.public_id)
    audit = _opened(subject)
    stored = _part(agencies_of(db_session(), audit), number)
    form.version.data = str(stored.version)
    if not form.is_submitted() and not form.is_held:
        form.show(stored)
    shown = part_lines(stored) if form.is_stale else []
    return render_template(
        "audits/agency_part.html", form=form, place=_place(audit), name=stored.unit.name, stored=shown
    ), form.status


@bp.route("/audits/<public_id>/agencies/agreed", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=_subject)
def agency_agree(subject: Audit) -> ResponseReturnValue:
    """Enter what the agencies agreed when every part was in, or said not to be given."""
    if not _is_written(subject):
        return _to_audit(subject)
    form = AgreeForm()
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, version = form.names_confirmed.data, form.version.number
            agree_agencies(
                session,
                _beside(subject),
                form.agreed(),
                names_confirmed=confirmed,
                version=version,
                by=current_person(),
            )
            return done("Agreement saved", to="audits.agency_index", public_id=subject.public_id)
    audit = _opened(subject)
    held = agencies_of(db_session(), audit)
    form.version.data = str(held.agreement.version if held.agreement else 0)
    if held.agreement and not form.is_submitted() and not form.is_held:
        form.show(held.agreement)
    return render_template(
        "audits/agency_agree.html",
        form=form,
        place=_place(audit),
        rows=agency_lines(audit, held),
        stored=agreed_lines(held.agreement) if form.is_stale and held.agreement else [],
    ), form.status


def _is_written(subject: Audit) -> bool:
    """Say whether an audit is still open; 404 for one that has no agencies."""
    if not has_agencies(subject):
        abort(404)
    return subject.state.is_open


def _opened(subject: Audit) -> Audit:
    note_opening(subject)
    return _beside(subject)


def _beside(subject: Audit) -> Audit:
    return audit_beside(db_session(), subject.public_id) or abort(404)


def _part(held: Agencies, number: int) -> AgencyPart:
    return next((part for part in held.parts if part.number == number), None) or abort(404)


def _to_audit(subject: Audit) -> ResponseReturnValue:
    return redirect(url_for("audits.audit_show", public_id=subject.public_id), 303)


def _place(audit: Audit) -> AgencyPlace:
    list_label, list_url = list_of(audit)
    return AgencyPlace(
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        audit_url=url_for("audits.audit_section", public_id=audit.public_id, number=1),
        agencies_url=url_for("audits.agency_index", public_id=audit.public_id),
    )
