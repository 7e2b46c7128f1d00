"""The filters of the table of all actions: what may be chosen, what the address chose, and how to take it off again."""

from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from tracker.plans.queries.listing import Due, Wanted
from tracker.plans.rules.leads import lead_words
from tracker.plans.rules.rag import Rag
from tracker.web.plans.reading import Reading

_DUE_WORDS = {
    Due.OVERDUE: "Overdue",
    Due.NEXT_30: "Due in the next 30 days",
    Due.QUARTER: "Due this quarter",
    Due.NO_DATE: "Date to be confirmed",
}


@dataclass(frozen=True)
class Option:
    """One answer that a filter offers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One question of the panel."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Chosen:
    """A filter in force; its address shows the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Filters:
    """Everything about filtering: what is wanted, the panel, and what is in force in words."""

    wanted: Wanted
    panel: tuple[Filter, ...]
    chosen: tuple[Chosen, ...]
    all_url: str


def filters_of(reading: Reading) -> Filters:
    """Read the filters of the address; an answer that no filter offers counts as none."""
    panel = tuple(_panel(reading))
    answers = {one.name: next((option for option in one.options if option.chosen), None) for one in panel}
    taken = {name: option for name, option in answers.items() if option is not None and option.value}
    here = {**reading.address, **{name: option.value for name, option in taken.items()}}
    return Filters(
        wanted=_wanted({name: option.value for name, option in taken.items()}),
        panel=panel,
        chosen=tuple(
            Chosen(option.label, _address(reading, {key: value for key, value in here.items() if key != name}))
            for name, option in taken.items()
        ),
        all_url=_address(reading, reading.address),
    )


def _address(reading: Reading, query: dict[str, Any]) -> str:
    return url_for("plans.action_index", slug=reading.plan.slug, **query)


def _panel(reading: Reading) -> list[Filter]:
    """Return the questions; by lead only readers who see names may ask, as posts would give names away."""
    panel = [
        _filter("rag", "RAG", [(code.value, code.word) for code in Rag]),
        _filter("area", "Area", [(str(area.number), f"{area.number} {area.title}") for area in reading.plan.areas]),
        _filter("due", "Due", [(due.value, _DUE_WORDS[due]) for due in Due]),
        _filter("changed", "Change", [("yes", "Changed only")]),
        _filter("updated", "Update", [("no", "Not updated since then")]),
        _filter("placeholder", "Kind", [("yes", "Placeholders only")]),
        _filter("partner", "Partners", [("yes", "Led by a partner")]),
        _filter("override", "Overrides", [("yes", "Rated by an override")]),
    ]
    if reading.with_names:
        panel.insert(2, _filter("lead", "Lead", _leads(reading)))
    return panel


def _leads(reading: Reading) -> list[tuple[str, str]]:
    leads = {lead.id: lead for action in reading.found.actions for lead in action.row.leads}
    named = [(str(key), lead_words(lead.name, lead.kind, "", with_names=True)) for key, lead in leads.items()]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _filter(name: str, label: str, answers: list[tuple[str, str]]) -> Filter:
    asked = request.args.get(name, "")
    options = [Option("", "All", chosen=False)]
    options += [Option(value, words, chosen=value == asked) for value, words in answers]
    if not any(option.chosen for option in options):
        options[0] = replace(options[0], chosen=True)
    return Filter(name, label, tuple(options))


def _wanted(answers: dict[str, str]) -> Wanted:
    return Wanted(
        rag=Rag(answers["rag"]) if "rag" in answers else None,
        area=int(answers["area"]) if "area" in answers else None,
        lead=int(answers["lead"]) if "lead" in answers else None,
        due=Due(answers["due"]) if "due" in answers else None,
        changed="changed" in answers,
        not_updated="updated" in answers,
        placeholder="placeholder" in answers,
        partner="partner" in answers,
        overridden="override" in answers,
    )
