"""The filters of reports: what may be chosen, what the address chose, and how to take it off again."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from tracker.plans.queries.listing import Wanted
from tracker.plans.queries.reports.reported import Reported, area_words
from tracker.plans.rules.rag import Rag
from tracker.web.plans.listing_filters import Chosen, Filter, Option


@dataclass(frozen=True)
class ReportFilters:
    """What is wanted, the panel, what is in force in words, and how it all stands in addresses.

    `rag` is the colour asked for, which means another thing in each report; `taken` are the answers by name.
    """

    wanted: Wanted
    rag: Rag | None
    panel: tuple[Filter, ...]
    chosen: tuple[Chosen, ...]
    taken: dict[str, str]


def report_filters(report: Reported, *, rags: tuple[Rag, ...], rag_label: str, kept: dict[str, str]) -> ReportFilters:
    """Read the filters of the address; an answer that no filter offers counts as none.

    `kept` are the other parts of the address, which taking a filter off leaves alone.
    """
    panel = tuple(_panel(report, rags, rag_label))
    answers = {one.name: next(option for option in one.options if option.chosen) for one in panel}
    taken = {name: option.value for name, option in answers.items() if option.value}
    chosen = tuple(Chosen(answers[name].label, _without(report, {**kept, **taken}, name)) for name in taken)
    rag = Rag(taken["rag"]) if "rag" in taken else None
    wanted = Wanted(
        area=int(taken["area"]) if "area" in taken else None, lead=int(taken["lead"]) if "lead" in taken else None
    )
    return ReportFilters(wanted, rag, panel, chosen, taken)


def _panel(report: Reported, rags: tuple[Rag, ...], rag_label: str) -> list[Filter]:
    """Return the questions; by lead only readers who see names may ask, as posts would give names away."""
    panel = [_filter("area", "Area", [(str(area.number), area_words(area)) for area in report.plan.areas])]
    if report.with_names:
        leads = {lead.id: lead.name for action in report.actions for lead in action.row.leads}
        named = sorted(leads.items(), key=lambda pair: pair[1].casefold())
        panel.append(_filter("lead", "Lead", [(str(key), name) for key, name in named]))
    if rags:
        panel.append(_filter("rag", rag_label, [(rag.value, rag.word) for rag in rags]))
    return panel


def _filter(name: str, label: str, answers: list[tuple[str, str]]) -> Filter:
    asked = request.args.get(name, "")
    options = [Option(value, words, chosen=value == asked) for value, words in answers]
    is_any = any(option.chosen for option in options)
    return Filter(name, label, (Option("", "All", chosen=not is_any), *options))


def _without(report: Reported, taken: dict[str, Any], name: str) -> str:
    rest = {key: value for key, value in taken.items() if key != name}
    return url_for(request.endpoint or "", slug=report.plan.slug, **rest)
