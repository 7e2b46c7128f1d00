"""Check before sending: what is missing first, words that look like names, then the whole audit as it will stand."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.queries.agencies import agencies_of
from tracker.audits.rules.checking import missing_items
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.agency_rows import AgencyCard, agency_cards, agency_missing
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import heading_of, late_words, list_of, summary_of
from tracker.web.audits.follow_up import RemedialLine, nothing_follows, remedial_lines, remedial_url
from tracker.web.audits.opening import opened, whole
from tracker.web.audits.reading import SectionCard, section_cards
from tracker.web.forms import Form, VersionField
from tracker.web.saving import done, saving

# The auditor hears that it is moderated, and not why: they learn that with the outcome.
_FOLLOWS = {
    AuditState.MODERATION: "It was chosen for moderation: somebody else grades this file too.",
    AuditState.WORKER_RESPONSE: "The worker is asked by e-mail to read it, and has five working days to answer.",
}


class CheckForm(Form):
    """Sends an audit as it was checked."""

    version = VersionField()
    names_confirmed = BooleanField("I have looked at these words. They name no child, no family and no member of staff")


@dataclass(frozen=True)
class Suspicion:
    """Words that look as if they tell who somebody is, and the section to change them in."""

    words: str
    section: str
    url: str


@dataclass(frozen=True)
class CheckPage:
    """What is shown before an audit is sent."""

    heading: str
    list_label: str
    list_url: str
    summary: str
    late: str | None
    missing: list[tuple[str, str]]
    suspicions: list[Suspicion]
    cards: list[SectionCard]
    agencies: list[AgencyCard]
    concern_url: str
    remedials: list[RemedialLine]
    remedial_url: str | None


@bp.route("/audits/<public_id>/check", methods=["GET", "POST"])
@requires(Permission.AUDIT_WRITE, about=queries.audit_subject)
def audit_check(subject: Audit) -> ResponseReturnValue:
    """Show an open audit before it is sent, and send it."""
    if not subject.state.is_open:
        return redirect(url_for("audits.audit_show", public_id=subject.public_id), 303)
    form = CheckForm()
    if form.validate_on_submit():
        with saving(form) as session:
            audit = whole(subject)
            commands.send_audit(
                session,
                audit,
                names_confirmed=bool(form.names_confirmed.data),
                version=form.version.number,
                by=current_person(),
            )
            text = f"File {audit.case.code}. {_FOLLOWS.get(audit.state, '')}".strip()
            if commands.why_not_recalled(session, audit) is None:
                text += " You can take it back until 5pm today."
            return done("Audit sent", text=text, to="audits.my_audits")
    audit = opened(subject)
    form.version.data = str(audit.version)
    return render_template("audits/audit_check.html", page=_page(audit), form=form), form.status


def _page(audit: Audit) -> CheckPage:
    tool = queries.asked_of(db_session(), audit)
    missing, agencies = missing_items(tool, audit.said), agencies_of(db_session(), audit)
    list_label, list_url = list_of(audit)
    return CheckPage(
        heading=heading_of(audit),
        list_label=list_label,
        list_url=list_url,
        summary=summary_of(audit, tool),
        late=late_words(audit),
        missing=[
            *((item.words, _section_url(audit, item.section_number)) for item in missing),
            *nothing_follows(audit),
            *agency_missing(audit, agencies),
        ],
        suspicions=_suspicions(audit, tool),
        cards=section_cards(audit, tool, may_change=True),
        agencies=agency_cards(audit, agencies, may_change=True),
        concern_url=url_for("audits.concern_raise", public_id=audit.public_id),
        remedials=remedial_lines(audit),
        remedial_url=remedial_url(audit),
    )


def _section_url(audit: Audit, number: int) -> str:
    return url_for("audits.audit_section", public_id=audit.public_id, number=number)


def _suspicions(audit: Audit, tool: Tool) -> list[Suspicion]:
    """Return what looks like names or numbers of people, each with the way to its section."""
    return [
        Suspicion(found.words, found.section.heading, _section_url(audit, found.section.number))
        for found in queries.naming_words(db_session(), audit, tool)
    ]
