"""All sections of an audit on one page, each with a form of its own that is kept by itself; saving is the sections'."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.models import Audit, Theme
from tracker.audits.queries import FoundBefore
from tracker.audits.rules.tool import ABOUT_NUMBER, Section, Tool
from tracker.web.audits.beside import found_before_words
from tracker.web.audits.facts import SectionItem, section_items
from tracker.web.audits.section_base import SectionForm
from tracker.web.audits.section_forms import GradedForm, form_of
from tracker.web.audits.section_page import SectionPage, section_page

_NOWHERE = 0


@dataclass(frozen=True)
class WholePart:
    """One section with its form."""

    page: SectionPage
    form: SectionForm


def is_whole_view() -> bool:
    """Say whether all sections are asked for on one page."""
    return request.args.get("view") == "all"


def whole_form(
    audit: Audit,
    tool: Tool,
    sent: SectionForm,
    *,
    number: int,
    themes: list[Theme],
    before: Sequence[FoundBefore],
) -> ResponseReturnValue:
    """Show every section; the form of the one with `number` is `sent`, filled in and perhaps refused."""
    forms = {number: sent}
    for section in tool.sections:
        if section.number != number:
            forms[section.number] = _stored_form(audit, tool, section, themes)
    parts = [_part(audit, tool, one, forms[one.number], before) for one in tool.sections]
    first = replace(parts[0].page, items=_items(audit, tool))
    check_url = url_for("audits.audit_check", public_id=audit.public_id)
    shown = render_template("audits/audit_whole.html", page=first, parts=parts, form=sent, check_url=check_url)
    return shown, sent.status


def whole_url(public_id: str, tool: Tool, number: int, *, stays: bool, adds: bool) -> str:
    """Return where a saved section of the page of all sections leads: to the next one, or to where it is added to.

    Themes are chosen on the section's own page: all their lists together would make this one too long to send.
    """
    if adds:
        return url_for("audits.audit_section", public_id=public_id, number=number, more=1, _anchor="developments")
    onward = number if stays or number == tool.overall_number else number + 1
    anchor = f"s{number}-developments" if stays else f"section-{onward}"
    return url_for("audits.audit_section", public_id=public_id, number=ABOUT_NUMBER, view="all", _anchor=anchor)


def _part(audit: Audit, tool: Tool, section: Section, form: SectionForm, before: Sequence[FoundBefore]) -> WholePart:
    """Return a section among all: its themes offer no other, and no empty row stands below what was found."""
    own = section_page(audit, tool, section, form, more=False, before=before)
    graded = own.graded
    if isinstance(form, GradedForm):
        strengths = form.keep_short()
        rows = form.development_rows(form.filled_rows, found_before_words(before))
        graded = replace(graded, strengths=strengths, developments=rows)
    page = replace(
        own,
        graded=graded,
        here_url=own.other_view_url,
        other_view_url=own.here_url,
        next_label="Save this section",
        prefix=f"s{section.number}-",
    )
    return WholePart(page, form)


def _stored_form(audit: Audit, tool: Tool, section: Section, themes: list[Theme]) -> SectionForm:
    form = form_of(tool, section, themes, is_sent=False)
    form.set_apart(section.number)
    form.show(audit, section.number)
    return form


def _items(audit: Audit, tool: Tool) -> list[SectionItem]:
    """Return the list of sections, leading to each of them on this page."""
    items = section_items(audit, tool, _NOWHERE)
    return [replace(item, url=f"#section-{one.number}") for item, one in zip(items, tool.sections, strict=True)]
