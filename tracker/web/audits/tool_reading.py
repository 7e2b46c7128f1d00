"""A tool as others will see it: each section as an auditor's form shows it, and the blank tool on paper."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.answers import offered, words_of
from tracker.audits.rules.impact_grades import IMPACT_DESCRIPTORS
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.tool_facts import category_words, place_of
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.question_fields import AskedField
from tracker.web.audits.section_base import SectionForm
from tracker.web.audits.section_forms import GradedForm, form_of
from tracker.web.audits.section_page import GradedParts, OverallParts
from tracker.web.audits.tool_rows import address_part, url_of, whole_tool
from tracker.web.chips import Chip


@dataclass(frozen=True)
class PreviewPage:
    """What the parts of the audit form ask a page for, of a section that nobody is answering."""

    section: Section
    place: str
    fields: str
    descriptors: dict[str, str]
    questions: list[AskedField]
    graded: GradedParts
    overall: OverallParts


@dataclass(frozen=True)
class PaperQuestion:
    """A question on paper: its number and words, what may be ticked, and of which files it is asked."""

    place: str
    text: str
    boxes: list[str]
    asked_of: str
    is_required: bool


@dataclass(frozen=True)
class PaperSection:
    """A section on paper."""

    heading: str
    question: str
    good: tuple[str, ...]
    grades: list[tuple[str, str]]
    questions: list[PaperQuestion]
    asks_days: bool
    asks_findings: bool


def _version(session: Session, slug: str, edition: int, section: int) -> AuditTool | None:
    """Return the version; whether it has such a section is asked once it may be read."""
    del section
    return queries.tool_version(session, slug, edition)


@bp.get("/audits/tools/<slug>/<int:edition>/preview/<int:section>")
@requires(Permission.TOOL_MANAGE, about=_version)
def tool_preview(stored: AuditTool) -> ResponseReturnValue:
    """Show a section as an auditor will see it, of a file of one category; nothing can be answered here."""
    category = _category()
    tool = whole_tool(stored)
    shown = tool.asked_of(category) if category else tool
    section = shown.by_number.get(address_part("section")) or abort(404)
    form = form_of(shown, section, queries.themes_on(db_session(), clock.today()))
    return render_template(
        "audits/tool_preview.html",
        heading=f"Preview of {stored.title}",
        tool=(stored.title, url_of(stored)),
        chips_of=_chips(stored, section.number, category),
        items=[_item(stored, one, section, category) for one in shown.sections],
        page=_page(shown, section, form),
        form=form,
    )


@bp.get("/audits/tools/<slug>/<int:edition>/print")
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_print(stored: AuditTool) -> ResponseReturnValue:
    """Show the whole blank tool, for paper."""
    tool = whole_tool(stored)
    return render_template(
        "audits/tool_print.html",
        heading=f"{stored.title}: blank",
        tool=(stored.title, url_of(stored)),
        state=stored.state.words,
        sections=[_paper(tool, section) for section in tool.sections],
    )


def _category() -> Category | None:
    asked = request.args.get("of", "")
    return next((one for one in Category if one.value == asked), None)


def _chips(stored: AuditTool, number: int, chosen: Category | None) -> list[Chip]:
    everything = Chip("All questions", url_of(stored, "audits.tool_preview", section=number), chosen is None)
    return [
        everything,
        *(
            Chip(one.words, url_of(stored, "audits.tool_preview", section=number, of=one.value), one is chosen)
            for one in Category
        ),
    ]


def _item(stored: AuditTool, section: Section, here: Section, category: Category | None) -> tuple[str, str, bool]:
    of = {"of": category.value} if category else {}
    url = url_of(stored, "audits.tool_preview", section=section.number, **of)
    return section.heading, url, section.number == here.number


def _page(tool: Tool, section: Section, form: SectionForm) -> PreviewPage:
    graded = form if isinstance(form, GradedForm) else None
    named = {1: "about", tool.overall_number: "overall"}.get(section.number, "graded")
    return PreviewPage(
        section=section,
        place=f"Section {section.number} of {len(tool.sections)}",
        fields=f"audits/parts/{named}.html",
        descriptors={grade.value: words for grade, words in section.descriptors.items()},
        questions=graded.asked if graded else [],
        graded=GradedParts(
            asks_grade=section.is_graded,
            strengths=graded.strength_fields if graded else [],
            developments=graded.development_rows(1, {}) if graded else [],
        ),
        overall=OverallParts(
            grades=[(one.heading, "Not graded yet") for one in tool.sections if one.is_graded],
            agreed="",
            reason_needed=None,
            impact_descriptors={grade.value: words for grade, words in IMPACT_DESCRIPTORS.items()},
        ),
    )


def _paper(tool: Tool, section: Section) -> PaperSection:
    is_last, is_first = section.number == tool.overall_number, section.number == 1
    grades = [(grade.words, section.descriptors.get(grade, "")) for grade in Grade]
    instead = [] if is_last else [(one.words, "") for one in NoGrade]
    return PaperSection(
        heading=section.heading,
        question=section.question,
        good=section.good,
        grades=[*grades, *instead] if section.is_graded or is_last else [],
        questions=_paper_questions(section),
        asks_days=is_first,
        asks_findings=not is_first and not is_last,
    )


def _paper_questions(section: Section) -> list[PaperQuestion]:
    return [
        PaperQuestion(
            place=place_of(section, position),
            text=one.text,
            boxes=[words_of(one.kind, value) for value in offered(one.kind)],
            asked_of=f"Only of: {category_words(one.categories)}" if one.categories else "",
            is_required=one.is_required,
        )
        for position, one in enumerate(section.questions, start=1)
    ]
