"""An audit and the one that it repeats, side by side; only for whoever may read both."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.audits.rules.comparing import Compared, SectionGrade, change_of, compared, put_right
from tracker.audits.rules.vocabulary import FindingKind
from tracker.extensions import db_session
from tracker.people.policy import Permission, may
from tracker.web.access import current_person, refuse_unless, requires
from tracker.web.audits.blueprint import bp
from tracker.web.opening import note_opening
from tracker.web.templating import day


@dataclass(frozen=True)
class Side:
    """One of both audits: where it is, when it was done and how far it is."""

    title: str
    url: str
    when: str


@dataclass(frozen=True)
class Row:
    """A section, or the whole, before and after."""

    title: str
    before: str
    after: str
    change: str


@bp.get("/audits/<public_id>/before-and-after")
@requires(Permission.AUDIT_READ, about=queries.audit_subject)
def audit_compare(subject: Audit) -> ResponseReturnValue:
    """Show a re-audit beside the audit that it repeats, having written down that both were opened."""
    repeated = subject.re_audit_of_id
    first = queries.audit_by_id(db_session(), repeated) if repeated is not None else None
    if first is None:
        abort(404)
    for one in (first, subject):
        _refuse_unless_readable(one)
    for opened in (first, subject):
        note_opening(opened)
    audits = queries.audits_to_compare(db_session(), first.id, subject.id)
    before, after = audits[first.id], audits[subject.id]
    tools = queries.tools_by_id(db_session(), {before.tool_id, after.tool_id})
    moderated = queries.moderated_sections(db_session(), audits.values())
    grades = {one.id: {**one.section_grades, **moderated.get(one.id, {})} for one in audits.values()}
    rows = compared(tools[before.tool_id], grades[before.id], tools[after.tool_id], grades[after.id])
    wholes = [moderated.get(one.id, {}).get(tools[one.tool_id].overall_number, one.grade) for one in (before, after)]
    themes = put_right(_to_develop(before), _to_develop(after))
    return render_template(
        "audits/audit_compare.html",
        heading=f"Before and after: {after.case.code}",
        file_line=f"{after.case.category.words} · {after.case.unit.name}",
        before=_side("Before", before),
        after=_side("After", after),
        rows=[_overall(*wholes), *(_row(one) for one in rows)],
        themes=[
            ("No longer found", ", ".join(themes.put_right)),
            ("Found again", ", ".join(themes.still)),
            ("New", ", ".join(themes.new)),
        ],
        is_finished=after.state.is_final,
    )


def _refuse_unless_readable(audit: Audit) -> None:
    """Refuse whoever may not read one of both, and whoever may be asked to grade it blind."""
    reader = current_person()
    may_read = may(reader, Permission.AUDIT_READ, audit) and not queries.is_blind(db_session(), audit, reader)
    refuse_unless(may_read, Permission.AUDIT_READ, audit)


def _side(title: str, audit: Audit) -> Side:
    when = f"{day(audit.audited_on)}, {audit.state.words.lower()}" if audit.audited_on else audit.state.words
    return Side(title, url_for("audits.audit_show", public_id=audit.public_id), when)


def _overall(before: SectionGrade, after: SectionGrade) -> Row:
    change = change_of(before, after)
    return Row("The whole", _words(before), _words(after), change.words if change else "")


def _row(one: Compared) -> Row:
    before = _words(one.before) if one.was_asked else "Not asked then"
    after = _words(one.after) if one.is_asked else "Not asked now"
    return Row(one.title, before, after, one.change.words if one.change else "")


def _words(grade: SectionGrade) -> str:
    return grade.words if grade else "Not graded"


def _to_develop(audit: Audit) -> list[str]:
    return [one.theme.name for one in audit.findings if one.kind is FindingKind.DEVELOPMENT and one.theme]
