"""What the pages of moderation show of a file: which it is, and grades side by side once they may be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request, url_for
from wtforms import Field

from tracker.audits import queries
from tracker.audits.models import Moderation
from tracker.audits.rules.moderating import Graded
from tracker.audits.rules.tool import Tool
from tracker.extensions import db_session
from tracker.web.audits.moderation_forms import value_words
from tracker.web.templating import day


@dataclass(frozen=True)
class FilePage:
    """A file in moderation, without a word of its auditor."""

    code: str
    address: str
    list_url: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class ComparedRow:
    """A section with the grades that were given, and the field for the next one where there is one."""

    heading: str
    auditor: str
    moderator: str
    agreed: str
    panel: str
    differs: bool
    field: Field | None


def whole_moderation() -> Moderation:
    """Return the last moderation of the audit in the address with all that commands and pages need; 404 when gone."""
    return queries.moderation(db_session(), (request.view_args or {})["public_id"]) or abort(404)


def tool_of(subject: Moderation) -> Tool:
    """Return what the audit's tool asks of its file, for the fields of a form."""
    return queries.asked_of(db_session(), queries.audit_by_id(db_session(), subject.audit_id) or abort(404))


def file_page(moderation: Moderation) -> FilePage:
    """Return which file it is and what of it was read."""
    audit = moderation.audit
    read = [day(audit.read_from), day(audit.read_until)]
    return FilePage(
        code=audit.case.code,
        address=audit.public_id,
        list_url=url_for("audits.moderation_index"),
        facts=[
            ("File", f"{audit.case.code}, {audit.case.category.words}, {audit.case.unit.name}"),
            ("Round", audit.round.name),
            ("Auditor", moderation.auditor.name),
            ("Part of the file that was read", " to ".join(read) if all(read) else "Not said"),
            ("Sent on", day(audit.sent_at)),
            ("Moderate by", day(moderation.due_on)),
        ],
    )


def compared_rows(moderation: Moderation, tool: Tool, fields: Sequence[tuple[int, Field]] = ()) -> list[ComparedRow]:
    """Return the sections with both grades, and the agreed one and the panel's where there are."""
    held: Mapping[int, Field] = dict(fields)
    return [_row(one, tool.by_number[one.number].title, held.get(one.number)) for one in moderation.graded]


def _row(one: Graded, heading: str, field: Field | None) -> ComparedRow:
    return ComparedRow(
        heading=heading,
        auditor=value_words(one.before),
        moderator=value_words(one.own),
        agreed=value_words(one.agreed) if one.agreed else "",
        panel=value_words(one.by_panel) if one.by_panel else "",
        differs=one.differs,
        field=field,
    )


def onward_url(subject: Moderation) -> str:
    """Return the page where a moderation goes on."""
    endpoint = "moderation_take"
    if subject.outcome is not None:
        endpoint = "moderation_show"
    elif subject.compared_at is not None:
        endpoint = "moderation_compare"
    elif subject.moderator_id is not None:
        endpoint = "moderation_grade"
    return url_for(f"audits.{endpoint}", public_id=(request.view_args or {})["public_id"])
