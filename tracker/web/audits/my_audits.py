"""The auditor's home: files to audit with the state of each draft in words, and those that were sent."""

from dataclasses import dataclass, replace

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import draft_words, first_unfinished, late_words, when_words
from tracker.web.paging import A_PAGE, page_of
from tracker.web.to_answer import to_answer


@dataclass(frozen=True)
class AuditCard:
    """One of a person's own audits as its card shows it."""

    code: str
    url: str
    file: str
    round: str
    when: str
    state: str
    late: str | None
    button: str
    kind: str
    conflict_url: str
    outcome: str = ""
    outcome_url: str | None = None


@bp.get("/my/audits")
@requires(Permission.AUDIT_MINE)
def my_audits() -> ResponseReturnValue:
    """Show the files that are allocated to the signed-in auditor."""
    person = current_person()
    total = queries.finished_count(db_session(), person)
    page = page_of(total, lambda number: url_for("audits.my_audits", page=number))
    to_do = queries.my_audits(db_session(), person, is_open=True, limit=A_PAGE)
    finished = queries.my_audits(db_session(), person, is_open=False, limit=A_PAGE, offset=page.offset)
    outcomes = queries.outcomes_of(db_session(), [*to_do, *finished])
    tools = queries.tools_by_id(db_session(), {audit.tool_id for audit in to_do})
    g.navigation_counts = {"audits.my_audits": len(to_do)}
    return render_template(
        "audits/my_audits.html",
        heading=_heading(to_do),
        to_do=_moderated(
            [_begun(one, tools[one.tool_id].asked_of(one.case.category)) for one in to_do], to_do, outcomes
        ),
        finished=_moderated([_finished(audit) for audit in finished], finished, outcomes),
        page=page,
        waiting=to_answer(),
    )


def _heading(to_do: list[Audit]) -> str:
    """Say how many are to be finished and by when the first is due."""
    if not to_do:
        return "My audits"
    return f"{counted(len(to_do), 'audit')} to finish by {to_do[-1].due_on.strftime('%-d %B')}"


def _begun(audit: Audit, whole_tool: Tool) -> AuditCard:
    tool = whole_tool.asked_of(audit.case.category)
    number = first_unfinished(audit, tool)
    return _card(
        audit,
        url=url_for("audits.audit_section", public_id=audit.public_id, number=number),
        state=draft_words(audit, tool),
        button="Start" if audit.state is AuditState.ALLOCATED else "Continue",
        kind="",
    )


def _finished(audit: Audit) -> AuditCard:
    url = url_for("audits.audit_show", public_id=audit.public_id)
    return _card(audit, url=url, state=audit.state.words, button="Read", kind="button-second")


def _moderated(cards: list[AuditCard], audits: list[Audit], outcomes: dict[int, Outcome]) -> list[AuditCard]:
    """Say on each card what came of a moderation, with the way to read it."""
    return [
        replace(
            card,
            outcome=f"Moderated: {outcomes[audit.id].words}",
            outcome_url=url_for("audits.moderation_show", public_id=audit.public_id),
        )
        if audit.id in outcomes
        else card
        for card, audit in zip(cards, audits, strict=True)
    ]


def _card(audit: Audit, *, url: str, state: str, button: str, kind: str) -> AuditCard:
    return AuditCard(
        code=audit.case.code,
        url=url,
        file=f"{audit.case.category.words} · {audit.case.unit.name}",
        round=audit.round.name,
        when=when_words(audit),
        state=state,
        late=late_words(audit),
        button=button,
        kind=kind,
        conflict_url=url_for("audits.audit_conflict", public_id=audit.public_id)
        if audit.state is AuditState.ALLOCATED
        else "",
    )
