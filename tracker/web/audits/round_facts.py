"""What the page of a round says of the round itself: where it belongs, what it looks at, its sample, its end."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits import queries
from tracker.audits.models import Audit, AuditRound, Exemption
from tracker.audits.rules.programme import year_words
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.audits.sample_rows import Fact
from tracker.web.templating import day


@dataclass(frozen=True)
class RoundSample:
    """Where a round's sample stands, in words, and the button that goes on with it."""

    words: str
    label: str
    url: str


def round_facts(audit_round: AuditRound) -> list[Fact]:
    """Return what was said of a round when it was made, and when it was closed."""
    facts = []
    if (mechanism := audit_round.mechanism) is not None:
        year = mechanism.programme.year
        url = url_for("audits.programme_show", year=year)
        facts.append(Fact("Programme", f"{mechanism.name}, {year_words(year)}", url=url))
    if audit_round.theme is not None:
        facts.append(Fact("Theme", audit_round.theme.name))
    if audit_round.tool is not None:
        facts.append(Fact("Tool", audit_round.tool.name))
    if audit_round.mode is not Mode.DESK:
        facts.append(Fact("How", audit_round.mode.words))
    if audit_round.read_months and audit_round.judged_months:
        window = f"The last {audit_round.read_months} months are read, the last {audit_round.judged_months} judged"
        facts.append(Fact("Window", window))
    if audit_round.closed_on is not None:
        facts.append(Fact("Closed", day(audit_round.closed_on)))
    return facts


def round_sample(audit_round: AuditRound) -> RoundSample:
    """Say whether the sample is drawn and whether files of it wait for an auditor, with two queries at most."""
    slug = audit_round.slug
    sample = queries.sample_of(db_session(), audit_round)
    if sample is None and audit_round.closed_on is not None:
        return RoundSample("No sample was drawn. Files were given out one by one.", "", "")
    if sample is None:
        words = "No sample is drawn. Bring a list of cases, or give files out one by one below."
        return RoundSample(words, "Draw the sample", url_for("audits.sample_show", slug=slug))
    waiting = len(queries.files_without_auditor(db_session(), audit_round))
    drawn = f"Drawn: {counted(sample.size, 'file')} of {sample.listed:,} listed."
    if waiting:
        words = f"{drawn} {counted(waiting, 'file waits', 'files wait')} for an auditor."
        return RoundSample(words, "Give files out", url_for("audits.sample_share", slug=slug))
    return RoundSample(drawn, "See the sample", url_for("audits.sample_show", slug=slug))


def round_report_url(audit_round: AuditRound) -> str:
    """Return where the report of a round is, nothing for who may not read it."""
    may_read = allowed(Permission.AUDIT_REPORT_WHOLE, audit_round)
    return url_for("audits.round_report", slug=audit_round.slug) if may_read else ""


def state_words(audit: Audit, asked: Exemption | None) -> str:
    """Say how far an audit is, and while it is still to be done what came of the wish to exempt it."""
    if asked is None or not audit.state.is_open:
        return audit.state.words
    if asked.decided_at is None:
        return f"{audit.state.words}, asked to exempt"
    return f"{audit.state.words}, not exempt: {asked.decided_note}"


def change_links(audit: Audit, asked: Exemption | None, *, is_dependent: bool) -> tuple[tuple[str, str], ...]:
    """Return what can be done about who audits a file: another auditor while nobody has begun, or an exemption."""
    links = []
    if audit.state is AuditState.ALLOCATED:
        label = "Conflict declared: give to another" if is_dependent else "Give to another"
        links.append((label, url_for("audits.audit_swap", public_id=audit.public_id)))
    if audit.state.is_open and (asked is None or asked.decided_at is not None):
        links.append(("Ask to exempt", url_for("audits.audit_exempt", public_id=audit.public_id)))
    return tuple(links)
