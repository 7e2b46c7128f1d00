"""What pages say of the parts of a multi-agency audit, as plain rows; whoever may read the audit may read them."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import AgencyAgreement, AgencyPart, Audit
from tracker.audits.queries.agencies import Agencies, has_agencies
from tracker.audits.rules.agencies import PartState
from tracker.audits.rules.vocabulary import FindingKind
from tracker.web.templating import day

_POINTS = {FindingKind.STRENGTH: "Strength", FindingKind.DEVELOPMENT: "To develop"}


@dataclass(frozen=True)
class AgencyCard:
    """The part of an agency, or what all agreed, shown as a section of the audit is."""

    heading: str
    answer: str
    lines: list[tuple[str, str]]
    change_url: str | None


@dataclass(frozen=True)
class AgencyLine:
    """An agency in the list of those that take part."""

    name: str
    url: str
    state: str
    grade: str
    given: str


def agency_cards(audit: Audit, agencies: Agencies, *, may_change: bool) -> list[AgencyCard]:
    """Return the parts as they are read, then what was agreed; nothing for an audit of one agency."""
    address = audit.public_id
    cards = [
        AgencyCard(
            heading=part.unit.name,
            answer=part.grade.words if part.grade else part.state.words,
            lines=part_lines(part),
            change_url=url_for("audits.agency_part", public_id=address, number=part.number) if may_change else None,
        )
        for part in agencies.parts
    ]
    if agencies.agreement is not None:
        url = url_for("audits.agency_agree", public_id=address) if may_change else None
        agreed = agencies.agreement
        cards.append(AgencyCard("What the agencies agreed", agreed.grade.words, agreed_lines(agreed), url))
    return cards


def part_lines(part: AgencyPart) -> list[tuple[str, str]]:
    """Return a part in words, each under its name."""
    if part.state is PartState.NOT_GIVEN:
        return [("Why it was not given", part.not_given_why)]
    if part.state is PartState.AWAITED:
        return []
    points = [(f"{_POINTS[point.kind]}: {point.theme.name}", point.words) for point in part.points]
    return [("Given by", f"{part.given_by}, {day(part.given_on)}"), *points]


def agreed_lines(agreed: AgencyAgreement) -> list[tuple[str, str]]:
    """Return an agreement in words, each under its name."""
    return [("Agreed by", f"{agreed.agreed_by}, {day(agreed.agreed_on)}"), ("In their words", agreed.words)]


def agency_lines(audit: Audit, agencies: Agencies) -> list[AgencyLine]:
    """Return the agencies in the order in which they were asked."""
    return [
        AgencyLine(
            name=part.unit.name,
            url=url_for("audits.agency_part", public_id=audit.public_id, number=part.number),
            state=part.state.words,
            grade=part.grade.words if part.grade else "",
            given=f"{part.given_by}, {day(part.given_on)}" if part.given_on else "",
        )
        for part in agencies.parts
    ]


def agency_missing(audit: Audit, agencies: Agencies) -> list[tuple[str, str]]:
    """Return what the agencies still owe an audit, each with the way to the page where it is entered."""
    url = url_for("audits.agency_index", public_id=audit.public_id)
    return [(words, url) for words in agencies.missing]


def agencies_url(audit: Audit) -> str | None:
    """Return where the parts of the agencies are written, for an audit that has any."""
    if not has_agencies(audit):
        return None
    return url_for("audits.agency_index", public_id=audit.public_id)
