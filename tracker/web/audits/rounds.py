"""Rounds of audits: the list with progress, making one, and one round with its files, grades and allocation."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import Audit, AuditRound, Exemption
from tracker.audits.queries import GradedFile, RoundCounts, RoundRow
from tracker.audits.rules.vocabulary import Grade
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.people.queries import open_teams
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.around import around_audits
from tracker.web.audits.blueprint import bp
from tracker.web.audits.concerns import waiting_words
from tracker.web.audits.facts import late_words, when_words
from tracker.web.audits.round_facts import change_links, round_facts, round_report_url, round_sample, state_words
from tracker.web.audits.round_forms import AllocateForm, RoundForm
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


@dataclass(frozen=True)
class RoundLine:
    """A round in the list, its progress in words."""

    name: str
    url: str
    when: str
    chosen: str
    progress: str
    late: str


@dataclass(frozen=True)
class FileLine:
    """A file of a round: who looks at it and how far that is."""

    code: str
    url: str
    file: str
    auditor: str
    state: str
    due: str
    late: str | None
    grade: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GradeSquare:
    """One sent audit in the picture of grades, worst first; its name says the code and the grade, no more."""

    tone: str
    letter: str
    words: str
    code: str
    url: str


MOST_SQUARES = 200
"""Of more final audits no square is found, so that their counts are said in words alone."""

# The darker it prints, the worse it is.
_DRAWN = {
    Grade.INADEQUATE: ("rag-r", "I"),
    Grade.REQUIRES_IMPROVEMENT: ("rag-a", "RI"),
    Grade.GOOD: ("rag-g", "G"),
    Grade.OUTSTANDING: ("rag-c", "O"),
}


@bp.get("/audits")
@requires(Permission.ROUND_MANAGE)
def round_index() -> ResponseReturnValue:
    """List the rounds with how far each has come."""
    session, reader = db_session(), current_person()
    total = queries.round_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.round_index", page=number))
    found = queries.rounds(session, reader=reader, limit=A_PAGE, offset=page.offset)
    waiting = queries.open_concern_count(session, reader=reader)
    g.navigation_counts = {"audits.concern_index": waiting}
    may_make = allowed(Permission.ROUND_MANAGE, queries.round_to_be(session))
    return render_template(
        "audits/round_index.html",
        heading="Audits",
        rounds=[_line(row) for row in found],
        concerns=waiting_words(waiting),
        page=page,
        may_make=may_make,
        around=around_audits(may_make=may_make),
    )


@bp.route("/audits/rounds/new", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.round_to_be)
def round_new(_: AuditRound) -> ResponseReturnValue:
    """Make a round, which is one of the whole service."""
    form = RoundForm()
    form.offer(db_session())
    if form.validate_on_submit():
        with saving(form) as session:
            made = form.save(session, current_person())
            return done(f"Round made: {made.name}", to="audits.round_show", slug=made.slug)
    return render_template("audits/round_new.html", form=form, heading="Make a round"), form.status


@bp.route("/audits/rounds/<slug>", methods=["GET", "POST"])
@requires(Permission.ROUND_MANAGE, about=queries.round_by_slug)
def round_show(subject: AuditRound) -> ResponseReturnValue:
    """Show one round, having written down who opened it, and give its files to auditors."""
    form = AllocateForm()
    form.offer(open_teams(db_session(), clock.today()), queries.auditors(db_session()))
    if form.validate_on_submit():
        with saving(form) as session:
            audit = form.save(session, _found(subject.slug), current_person())
            title = f"Allocated: {audit.case.code} to {audit.auditor.name}"
            return done(title, to="audits.round_show", slug=subject.slug)
    note_opening(subject)
    audit_round = _found(subject.slug)
    counts = queries.round_counts(db_session(), audit_round)
    page = page_of(counts.listed, lambda number: url_for("audits.round_show", slug=audit_round.slug, page=number))
    found = queries.round_audits(db_session(), audit_round, limit=A_PAGE, offset=page.offset)
    form.offer_code(db_session())
    conflicts = queries.open_conflicts(db_session())
    asked = queries.latest_exemptions(db_session(), [audit.id for audit, _ in found])
    return render_template(
        "audits/round_show.html",
        form=form,
        heading=audit_round.name,
        slug=audit_round.slug,
        version=audit_round.version,
        is_closed=audit_round.closed_on is not None,
        summary=_summary(audit_round, counts),
        facts=round_facts(audit_round),
        sample=round_sample(audit_round),
        report_url=round_report_url(audit_round),
        files=[_file(audit, conflicts, grade, asked.get(audit.id)) for audit, grade in found],
        page=page,
        squares=_squares(audit_round, counts, found),
        grades=_grade_words(counts),
    ), form.status


def _found(slug: str) -> AuditRound:
    audit_round = queries.round_by_slug(db_session(), slug)
    if audit_round is None:
        abort(404)
    return audit_round


def _line(row: RoundRow) -> RoundLine:
    return RoundLine(
        name=row.name,
        url=url_for("audits.round_show", slug=row.slug),
        when=f"{day(row.starts_on)} to {day(row.due_on)}",
        chosen=row.selection.words,
        progress=_progress(row),
        late=f"{row.late} late" if row.late else "",
    )


def _progress(row: RoundRow) -> str:
    exempt = f"{row.exempt} exempt, " if row.exempt else ""
    closed = ", closed" if row.closed_on else ""
    return f"{row.sent} sent, {exempt}{row.allocated} allocated, {row.sample_target} planned{closed}"


def _summary(audit_round: AuditRound, counts: RoundCounts) -> str:
    return (
        f"{audit_round.selection.words} · due {audit_round.due_on.strftime('%-d %B %Y')} · "
        f"{counts.sent} of {counted(counts.allocated, 'allocated file')} sent · {audit_round.sample_target} planned"
    )


def _file(
    audit: Audit, conflicts: Collection[tuple[int, int]], grade: Grade | None, asked: Exemption | None
) -> FileLine:
    return FileLine(
        code=audit.case.code,
        url=url_for("audits.audit_show", public_id=audit.public_id),
        file=f"{audit.case.category.words} · {audit.case.unit.name}",
        auditor=audit.auditor.name,
        state=state_words(audit, asked),
        due=when_words(audit),
        late=late_words(audit),
        changes=change_links(audit, asked, is_dependent=(audit.auditor_id, audit.case_id) in conflicts),
        grade=grade.words if grade else "",
    )


def _squares(
    audit_round: AuditRound, counts: RoundCounts, found: list[tuple[Audit, Grade | None]]
) -> list[GradeSquare]:
    """Return the picture of grades, nothing where it would be no picture any more: the counts in words say it."""
    if not 0 < counts.grades.total() <= MOST_SQUARES:
        return []
    here = [GradedFile(audit.case.code, audit.public_id, grade) for audit, grade in found if grade]
    graded = here if counts.listed == len(found) else queries.graded_files(db_session(), audit_round)
    return [
        GradeSquare(
            tone=tone,
            letter=letter,
            words=grade.words,
            code=one.code,
            url=url_for("audits.audit_show", public_id=one.public_id),
        )
        for grade, (tone, letter) in _DRAWN.items()
        for one in graded
        if one.grade is grade
    ]


def _grade_words(counts: RoundCounts) -> str:
    """Say in words what the squares show, or would."""
    parts = [f"{counts.grades[grade]:,} {grade.words}" for grade in Grade if counts.grades[grade]]
    return f"Of {counted(counts.grades.total(), 'final audit')}: {', '.join(parts)}." if parts else ""
