"""The ways from the list of rounds to the rest of the audit programme; the pages themselves are other modules'."""

from flask import url_for

from tracker.audits import queries
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person
from tracker.web.chips import Chip


def around_audits(*, may_make: bool) -> list[Chip]:
    """Return where a moderator goes from the rounds, what waits said in the words; some only for the whole service."""
    waiting = queries.waiting_count(db_session(), reader=current_person())
    moderation = f"Moderation: {counted(waiting, 'audit waits', 'audits wait')}" if waiting else "Moderation"
    links = [
        Chip("Programme of the year", url_for("audits.programme_index")),
        Chip(moderation, url_for("audits.moderation_index")),
        Chip("Re-audits", url_for("audits.re_audit_index")),
        Chip("More time for audits", url_for("audits.more_time_index")),
        Chip("Declared conflicts", url_for("audits.conflict_index")),
        Chip("Other evidence", url_for("audits.feedback_index")),
    ]
    if may_make:
        links.append(Chip("Reports of audits", url_for("audits.report_index")))
        links.append(Chip("Past audits", url_for("audits.past_index")))
    if allowed(Permission.READLOG_READ):
        links.append(Chip("Who opened what", url_for("audits.read_log_index")))
    if allowed(Permission.RETENTION_APPROVE):
        links.append(Chip("Retention and legal holds", url_for("audits.retention_index")))
    if allowed(Permission.TOOL_MANAGE):
        links.append(Chip("Audit tools", url_for("audits.tool_index")))
    return links
