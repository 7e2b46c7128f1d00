"""The programme of a year through pages: its mechanisms, planned against done, and what is planned of each."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, queries
from tracker.audits.models import AuditProgramme, Mechanism
from tracker.audits.rules.programme import RecordKind, year_of, year_words
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.programme_forms import MechanismForm, YearForm
from tracker.web.audits.programme_rows import mechanism_lines, month_lines, tally_lines
from tracker.web.forms import answered
from tracker.web.saving import done, saving


@bp.route("/audits/programme", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.programme_to_be)
def programme_index(_: AuditProgramme) -> ResponseReturnValue:
    """List the years that are planned, and begin another."""
    form, today = YearForm(), clock.today()
    years = queries.programme_years(db_session())
    form.offer(year_of(today), years)
    if form.validate_on_submit():
        with saving(form) as session:
            made = commands.make_programme(session, year=int(answered(form.year.data)), by=current_person())
            return done(f"Programme made: {year_words(made.year)}", to="audits.programme_show", year=made.year)
    rows = [(year_words(one), url_for("audits.programme_show", year=one)) for one in years]
    return render_template("audits/programme_index.html", form=form, years=rows), form.status


@bp.get("/audits/programme/<int:year>")
@requires(Permission.ROUND_MANAGE, about=queries.programme)
def programme_show(held: AuditProgramme) -> ResponseReturnValue:
    """Show a year: each mechanism, then the audits of files by month, by team and by category."""
    found = queries.done_of(db_session(), held)
    return render_template(
        "audits/programme_show.html",
        heading=f"Audit programme {year_words(held.year)}",
        year=held.year,
        mechanisms=mechanism_lines(held, found, clock.today()),
        months=month_lines(_of_files(held), held.year, found),
        teams=tally_lines(found.teams),
        categories=tally_lines({one.words: tally for one, tally in found.categories.items()}),
        modes=tally_lines({one.words: tally for one, tally in found.modes.items()}),
    )


@bp.route("/audits/programme/<int:year>/new", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.programme)
def mechanism_add(held: AuditProgramme) -> ResponseReturnValue:
    """Add a mechanism of the council's own."""
    form, year = MechanismForm(), held.year
    people = form.offer(db_session())
    if form.validate_on_submit():
        with saving(form) as session:
            programme = queries.programme(session, year) or abort(404)
            made = commands.add_mechanism(session, programme, form.plan(people), by=current_person())
            return done(f"Added: {made.name}", to="audits.programme_show", year=year)
    if not form.is_submitted():
        form.target.data = "0"
    return render_template(
        "audits/mechanism_show.html",
        form=form,
        heading="Add a mechanism",
        year=year,
        year_name=year_words(year),
        button_label="Add this mechanism",
        months=[],
        kind="",
    ), form.status


@bp.route("/audits/programme/<int:year>/<int:position>", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.mechanism)
def mechanism_show(subject: Mechanism) -> ResponseReturnValue:
    """Show a mechanism month by month, and change what is planned of it."""
    form, year, position = MechanismForm(), subject.programme.year, subject.position
    people = form.offer(db_session(), subject.kind)
    del form.kind
    if form.validate_on_submit():
        with saving(form) as session:
            stored = queries.mechanism(session, year, position) or abort(404)
            plan = form.plan(people, kind=stored.kind)
            commands.change_mechanism(session, stored, plan, version=form.version.number, by=current_person())
            return done(f"Saved: {stored.name}", to="audits.programme_show", year=year)
    stored = queries.mechanism(db_session(), year, position) or abort(404)
    form.version.data = str(stored.version)
    if not form.is_submitted():
        form.fill(stored)
    held = queries.programme(db_session(), year) or abort(404)
    found = queries.done_of(db_session(), held)
    return render_template(
        "audits/mechanism_show.html",
        form=form,
        heading=stored.name,
        year=year,
        year_name=year_words(year),
        button_label="Save",
        months=month_lines([stored], year, found),
        kind=stored.kind.words,
    ), form.status


def _of_files(held: AuditProgramme) -> list[Mechanism]:
    return [one for one in held.mechanisms if one.kind is RecordKind.CASE_AUDIT]
