"""Bringing past audits in through pages: the file, what its columns hold, the preview; nothing is stored before."""

import secrets

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.past_files import discard_past_file, keep_past_file, refuse_stale, say_columns
from tracker.audits.imports.past_audits import PastFile, PastReport, bring_in, file_table, read_past_file
from tracker.audits.models import AuditRound, UnfinishedPast
from tracker.audits.queries import round_to_be
from tracker.audits.queries.imports import past_file
from tracker.audits.queries.themes import themes
from tracker.audits.rules.past import mapping_from
from tracker.audits.rules.past.keeping import MOST_ROWS_ON_A_PAGE
from tracker.core.problems import Invalid
from tracker.core.text import counted
from tracker.core.uploads import LARGEST, safe_name
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.past_forms import (
    MOST_COLUMNS,
    ColumnsForm,
    PastFileForm,
    boxes_of,
    columns_form,
    mapping_said,
    names_of,
)
from tracker.web.audits.past_place import incoming, place_of, scanner
from tracker.web.audits.past_rows import coming_words, doubt_lines, refused_lines
from tracker.web.forms import Form, VersionField
from tracker.web.saving import done, saving
from tracker.web.security import takes_files

_TOO_MANY = (
    f"The file has more than {MOST_ROWS_ON_A_PAGE:,} rows, which take longer than a page may. Bring it in parts, or "
    "ask whoever runs the service to use “tracker import-audits”"
)
_TOO_WIDE = f"The file has more than {MOST_COLUMNS} columns. Bring only those that are needed"


class ImportForm(Form):
    """Asks for nothing more than the word."""

    version = VersionField()


@bp.route("/audits/imports/new", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=round_to_be)
@takes_files(21)
def past_new(_: AuditRound) -> ResponseReturnValue:
    """Take a file of past audits in; nothing of it is stored as an audit yet."""
    form = PastFileForm()
    if form.validate_on_submit():
        public_id = secrets.token_urlsafe(18)
        with saving(form) as session:
            sent = form.file.data
            file = PastFile(sent.read(LARGEST + 1), safe_name(sent.filename), "", scanner())
            _refuse_large(file)
            keep_past_file(session, public_id=public_id, file_name=file.name, by=current_person())
            place_of(public_id).keep(file.raw)
        if not form.problems:
            return redirect(url_for("audits.past_show", public_id=public_id), 303)
    return render_template("audits/past_new.html", form=form), form.status


def _refuse_large(file: PastFile) -> None:
    """Raise `Invalid` for a file that pages do not take."""
    table = file_table(file)
    if len(table.rows) > MOST_ROWS_ON_A_PAGE:
        raise Invalid("file", _TOO_MANY)
    if len(table.headings) > MOST_COLUMNS:
        raise Invalid("file", _TOO_WIDE)


@bp.route("/audits/imports/<public_id>", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=past_file)
def past_show(kept: UnfinishedPast) -> ResponseReturnValue:
    """Ask what the columns of a file hold and what each version of the tool asked."""
    there, public_id = incoming(kept), kept.public_id
    offered = themes(db_session())
    form: ColumnsForm = columns_form(there, offered)
    if form.validate_on_submit():
        with saving(form) as session:
            said = mapping_said(form, there).as_json()
            # What every audit has is named, and once.
            mapping_from(said, themes={one.code for one in offered})
            say_columns(session, there.kept, mapping=said, version=form.version.number)
        if not form.problems:
            return redirect(url_for("audits.past_preview", public_id=public_id), 303)
    columns = [form[f"column_{place}"] for place in range(len(names_of(there)))]
    page = render_template(
        "audits/past_show.html", form=form, kept=there.kept, columns=columns, versions=boxes_of(form, there)
    )
    return page, form.status


@bp.route("/audits/imports/<public_id>/preview", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=past_file)
def past_preview(kept: UnfinishedPast) -> ResponseReturnValue:
    """Show what would come in and what is refused, by row, and bring it in."""
    there, public_id = incoming(kept), kept.public_id
    if not there.kept.mapping:
        return redirect(url_for("audits.past_show", public_id=public_id), 303)
    form = ImportForm(data={"version": str(there.kept.version)})
    if form.validate_on_submit():
        with saving(form) as session:
            refuse_stale(there.kept, form.version.number)
            report = bring_in(session, there.file, by=current_person().id)
            discard_past_file(session, there.kept)
            answer = _brought_in(report)
        if not form.problems:
            place_of(public_id).remove()
            return answer
    report = _trial(there.file)
    page = render_template(
        "audits/past_preview.html",
        form=form,
        kept=there.kept,
        how=coming_words(there.mapping),
        report=report,
        button_label=f"Bring in {counted(report.accepted, 'audit')}",
        refused=refused_lines(report.refused),
        doubts=doubt_lines(report.doubts),
    )
    return page, form.status


def _brought_in(report: PastReport) -> ResponseReturnValue:
    told = f"Brought in: {counted(report.accepted, 'past audit')}"
    refused = f"{counted(len(report.refused), 'row')} refused." if report.refused else ""
    return done(told, text=refused, to="audits.past_index")


def _trial(file: PastFile) -> PastReport:
    """Return what would come in, without what only storing can tell: which of it is new here."""
    found = read_past_file(db_session(), file)
    return PastReport(found.rows, found.refused, found.doubts)


@bp.post("/audits/imports/<public_id>/discard")
@requires(Permission.ROUND_MANAGE, about=past_file)
def past_discard(kept: UnfinishedPast) -> ResponseReturnValue:
    """Throw a file away that has not come in."""
    there, public_id = incoming(kept), kept.public_id
    form = Form()
    if form.validate_on_submit():
        with saving(form) as session:
            discard_past_file(session, there.kept)
        if not form.problems:
            place_of(public_id).remove()
            return done("The file was thrown away", to="audits.past_index")
    return redirect(url_for("audits.past_show", public_id=public_id), 303)
