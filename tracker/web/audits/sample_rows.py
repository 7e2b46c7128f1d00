"""What the pages of samples say in words: what was listed and left out, groups, files, and how it was drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import AuditRound, AuditSample, SampleFile
from tracker.audits.rules.case_list import CaseList
from tracker.audits.rules.sampling import Draw, ListedFile, is_drawn
from tracker.audits.rules.vocabulary import Category
from tracker.core.text import counted

Units = Mapping[int, str]


@dataclass(frozen=True)
class Group:
    """A group that the sample is divided into: how many of it were listed and how many drawn."""

    name: str
    listed: int
    drawn: int


@dataclass(frozen=True)
class DrawnFile:
    """A file of a sample that nobody has been given yet, or one in reserve."""

    code: str
    file: str
    state: str
    leave_out_url: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact of a list of facts."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    alert: str = ""
    change_url: str = ""


def found_facts(listed: CaseList, draw: Draw, audit_round: AuditRound) -> list[Fact]:
    """Return what was read of a list and what would be drawn from it."""
    reserves = sum(len(stratum.reserves) for stratum in draw.strata)
    facts = [
        Fact("Files on the list", f"{len(listed.files):,}"),
        Fact(
            "Rows refused", f"{len(listed.refused):,}", note="Each is named below by its row." if listed.refused else ""
        ),
        Fact("Left out", _lately(draw.audited_lately, audit_round)),
        Fact("In the sample", counted(len(draw.files), "file"), alert=_short(draw, audit_round)),
    ]
    if reserves:
        facts.append(
            Fact("In reserve", counted(reserves, "file"), note="They stand in for files that cannot be audited.")
        )
    return [*facts, *_siblings(draw.siblings), *_seed(audit_round.seed, audit_round)]


def sample_facts(sample: AuditSample, audit_round: AuditRound) -> list[Fact]:
    """Return how a sample was drawn, with all that somebody needs to draw it again."""
    return [
        Fact("How", audit_round.selection.words),
        Fact("Drawn", counted(sample.size, "file"), note=f"from {sample.listed:,} listed; {sample.refused:,} refused"),
        Fact("Left out", _lately(sample.audited_lately, audit_round)),
        *_siblings(sample.siblings),
        *_seed(sample.seed, audit_round),
        Fact("Print of the list", sample.list_digest, note="The same list has the same print, whatever its order."),
    ]


def groups_of(draw: Draw, units: Units) -> list[Group]:
    """Return the groups of a draw; a sample that is not divided has none to show."""
    found = [Group(_group_name(one.key, units), one.listed, len(one.drawn)) for one in draw.strata]
    return found if any(one.key != ("", 0) for one in draw.strata) else []


def stored_groups(sample: AuditSample, units: Units) -> list[Group]:
    """Return the groups of a stored sample."""
    found = []
    for text, listed, drawn in sample.groups:
        category, unit = str(text).split("|")
        found.append(Group(_group_name((category, int(unit or 0)), units), listed, drawn))
    return found if len(found) > 1 else []


def listed_file(one: ListedFile, units: Units) -> DrawnFile:
    """Return a file that would be drawn."""
    return DrawnFile(one.code, f"{one.category.words} · {units.get(one.unit_id, '')}", "")


def kept_file(one: SampleFile, slug: str, *, is_closed: bool) -> DrawnFile:
    """Return a file of a stored sample, with where to take it out while it can be."""
    state = "Left out" if one.left_out_reason else "In reserve" if one.is_reserve else "In the sample"
    may_leave = not (one.left_out_reason or one.is_reserve or is_closed)
    url = url_for("audits.file_leave_out", slug=slug, position=one.position) if may_leave else ""
    words = f"{state}. {one.left_out_reason}" if one.left_out_reason else state
    if one.stands_for_id:
        words = f"{words}, in place of one that was left out"
    return DrawnFile(one.case.code, f"{one.case.category.words} · {one.case.unit.name}", words, url)


def _group_name(key: tuple[str, int], units: Units) -> str:
    parts = [Category(key[0]).words if key[0] else "", units.get(key[1], "")]
    return ", ".join(part for part in parts if part) or "All files"


def _lately(count: int, audit_round: AuditRound) -> str:
    if not is_drawn(audit_round.selection):
        return "None: the files were named, so all of them are taken"
    return f"{counted(count, 'file', 'files')} audited in the 12 months before the round"


def _short(draw: Draw, audit_round: AuditRound) -> str:
    missing = audit_round.sample_target - len(draw.files)
    return f"{missing:,} fewer than planned." if missing > 0 else ""


def _siblings(groups: int) -> list[Fact]:
    return [Fact("Brothers and sisters", f"{counted(groups, 'group')} with more than one file in it")] if groups else []


def _seed(seed: int | None, audit_round: AuditRound) -> list[Fact]:
    if not is_drawn(audit_round.selection):
        return []
    return [Fact("Seed", str(seed), note="The same list and seed give the same sample. A round keeps its seed.")]
