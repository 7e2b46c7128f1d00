"""Writing an audit section by section: one section a page, in any order, kept as a draft while it is typed."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import queries
from tracker.audits.models import Audit, Theme
from tracker.audits.rules.tool import Section, Tool
from tracker.core import clock
from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.keeping import fall_back
from tracker.web.audits.opening import number_in_address, opened, whole
from tracker.web.audits.section_base import SectionForm
from tracker.web.audits.section_forms import form_of, removed_row
from tracker.web.audits.section_page import onward_url, section_page
from tracker.web.audits.whole_form import is_whole_view, whole_form, whole_url
from tracker.web.saving import done, saving
from tracker.web.templating import clock_time


def _subject(session: Session, public_id: str, number: int) -> Audit | None:
    """Return the audit; whether its tool has such a section is asked once it may be written."""
    del number
    return queries.audit_subject(session, public_id)


@bp.route("/audits/<public_id>/section/<int:number>", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=_subject)
def audit_section(subject: Audit) -> ResponseReturnValue:
    """Show a section of an open audit, and keep what is written in it."""
    number = number_in_address()
    if not subject.state.is_open:
        return redirect(url_for("audits.audit_show", public_id=subject.public_id), 303)
    tool, section = _asked(subject, number)
    themes, before = queries.themes_offered(db_session(), subject, clock.today())
    form = form_of(tool, section, themes)
    if is_whole_view():
        form.set_apart(number)
    form.asks_if_safe = not _stays_here()
    # Side by side the worker sees this file's audit only, and nothing of those before.
    seen = [] if subject.is_side_by_side else before
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            form.save(session, audit, number, current_person())
            if form.is_alarming and not audit.concerns:
                return redirect(url_for("audits.concern_raise", public_id=subject.public_id), 303)
            return _onward(subject, tool, number, asks=form.unasked(seen))
    audit = opened(subject)
    _refresh(form, audit, number)
    if is_whole_view():
        return whole_form(audit, tool, form, number=number, themes=themes, before=seen)
    page = section_page(audit, tool, section, form, more=request.args.get("more") == "1", before=seen)
    return render_template("audits/audit_section.html", page=page, form=form), form.status


@bp.post("/audits/<public_id>/section/<int:number>/draft")
@requires(Permission.AUDIT_WRITE, about=_subject)
def draft_save(subject: Audit) -> ResponseReturnValue:
    """Keep a draft while it is typed, and answer when it was kept and from which version to go on.

    Of what is wrong in it as much is kept as can be, and all the rest; the answer then says what is not.
    """
    number = number_in_address()
    tool, section = _asked(subject, number)
    themes = _themes(subject)
    form = form_of(tool, section, themes)
    if form.validate_on_submit() and (version := _kept(subject, form, number)):
        return jsonify(saved_at=clock_time(clock.now()), version=version)
    words, status = form.problems[0][1], form.status
    stored = form_of(tool, section, themes, is_sent=False)
    for is_again in (False, True):
        stored.show(whole(subject), number)
        if fall_back(form, stored, all_days=is_again) and (version := _kept(subject, form, number)):
            return jsonify(problem=words, saved_at=clock_time(clock.now()), version=version)
    return (jsonify(conflict=words), 409) if form.is_stale else (jsonify(problem=words), status)


def _kept(subject: Audit, form: SectionForm, number: int) -> int | None:
    """Return the version under which a section was kept, or None when it was refused."""
    with saving(form) as session:
        return form.save(session, whole(subject), number, current_person()).version
    return None


def _refresh(form: SectionForm, audit: Audit, number: int) -> None:
    """Put in what is stored when a page is only read; after a conflict keep the person's words and go on from now."""
    if not form.is_submitted() and not form.is_held:
        form.show(audit, number)
    elif form.is_stale:
        form.hold_version(audit, number)


def _asked(subject: Audit, number: int) -> tuple[Tool, Section]:
    """Return what the audit's tool asks of this file, and the section of a number; 404 when it has none such."""
    tool = queries.asked_of(db_session(), subject)
    return tool, tool.by_number.get(number) or abort(404)


def _onward(subject: Audit, tool: Tool, number: int, *, asks: list[str]) -> ResponseReturnValue:
    """Go where the pressed button says, "next" when none is known; or stay once for what the section `asks` by now."""
    pressed = request.form.get("go", "next")
    if is_whole_view():
        return redirect(whole_url(subject.public_id, tool, number, stays=_stays_here(), adds=pressed == "add"), 303)
    if _stays_here():
        more = 1 if pressed == "add" else None
        here = url_for(
            "audits.audit_section", public_id=subject.public_id, number=number, more=more, _anchor="developments"
        )
        return redirect(here, 303)
    if asks:
        return done(
            f"Saved. Was it put right? {joined(asks)}",
            text="An earlier audit of this file found it too. Answer below, or go on.",
            to="audits.audit_section",
            public_id=subject.public_id,
            number=number,
            _anchor="developments",
        )
    if pressed == "leave":
        return done(f"Draft kept at {clock_time(clock.now())}", to="audits.my_audits")
    return redirect(onward_url(subject.public_id, tool, number, pressed), 303)


def _stays_here() -> bool:
    return request.form.get("go") == "add" or removed_row() is not None


def _themes(subject: Audit) -> list[Theme]:
    return queries.themes_on(db_session(), clock.today(), since=subject.created_at.date())
