"""Words of an audit that look as if they tell who somebody is, by section; what such words are is a rule."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.audits.models import Audit
from tracker.audits.rules.names import identifiers_in, longest
from tracker.audits.rules.tool import ABOUT_NUMBER, Section, Tool
from tracker.core import clock
from tracker.people.queries import own_names


@dataclass(frozen=True, slots=True)
class NamingWords:
    """Words that may name somebody, and the section that they stand in."""

    words: str
    section: Section


def naming_words(session: Session, audit: Audit, tool: Tool) -> tuple[NamingWords, ...]:
    """Return what looks like names or numbers of people (domain A13); the council and its teams are none.

    The audit comes with its sections, findings and answers, and with what its tool asks of it.
    """
    known = own_names(session)
    return tuple(
        NamingWords(found.words, section)
        for section in tool.sections
        for found in longest(identifiers_in(_text_of(audit, tool, section), today=clock.today(), known=known))
    )


def _text_of(audit: Audit, tool: Tool, section: Section) -> str:
    number, asked = section.number, {question.id for question in section.questions}
    texts = [stored.strengths for stored in audit.sections if stored.number == number]
    texts += [stored.worker_words for stored in audit.sections if stored.number == number]
    texts += [finding.text for finding in audit.findings if finding.section_number == number]
    texts += [answer.note for answer in audit.answers if answer.question_id in asked]
    if number == ABOUT_NUMBER:
        texts.append(audit.family_note)
    if number == tool.overall_number:
        texts += [audit.grade_reason, audit.feedback]
    return "\n".join(texts)
