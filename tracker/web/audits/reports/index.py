"""The way to the reports of audits, and to the report of each round for quality assurance."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import AuditRound
from tracker.audits.queries import reports
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.templating import day

_ROUNDS = 12


@dataclass(frozen=True)
class Entry:
    """One report: what it is for."""

    title: str
    text: str
    url: str


_TEXTS = {
    "activity": (
        "Audit activity",
        "What was planned, done, late and exempt, by team, help and method; who took part; the time to moderation.",
    ),
    "grades": (
        "Grades",
        "Practice and impact, by section, by team and by help, and what moderation changed.",
    ),
    "remedial": (
        "Remedial actions and immediate concerns",
        "What is to be put right, what is late, and how long it took to acknowledge, act and close.",
    ),
    "re-audits": (
        "Re-audits",
        "What is due to be audited again, and the same cases before and after.",
    ),
}


@bp.get("/audits/reports")
@requires(Permission.AUDIT_REPORT_READ, about=reports.report_to_be)
def report_index(_: AuditRound) -> ResponseReturnValue:
    """List the reports, and for quality assurance the latest rounds with a report of their own."""
    whole = allowed(Permission.AUDIT_REPORT_WHOLE)
    found = queries.rounds(db_session(), reader=current_person(), limit=_ROUNDS) if whole else []
    return render_template(
        "audits/report_index.html",
        heading="Reports of audits",
        entries=[Entry(*words, url_for("audits.report_show", name=name)) for name, words in _TEXTS.items()],
        rounds=[
            Entry(row.name, f"{day(row.starts_on)} to {day(row.due_on)}", url_for("audits.round_report", slug=row.slug))
            for row in found
        ],
        whole=whole,
        may_open_rounds=allowed(Permission.ROUND_MANAGE),
    )
