"""Who leads an action, out of the words of one cell."""

import pytest

from tests.unit.plans.reading.plans import codes_beside, plan_of, rows_of
from tracker.people.rules import PartyKind
from tracker.plans.rules.reading.aliases import alike
from tracker.plans.rules.reading.lead_kinds import lead_kind
from tracker.plans.rules.reading.leads import split_names

KINDS = [
    ("Hannah Osei", "person"),
    ("Dr Mary-Jane O'Neil", "person"),
    ("J. Smith", "person"),
    ("Councillor Khan", "person"),
    ("Quality Programme Manager", "post"),
    ("IT programme manager", "post"),
    ("Lead Officer IT", "post"),
    ("Chair of RSCB", "post"),
    ("Head of Children and Young People", "post"),
    ("Assistant Director", "post"),
    ("Children's Social Care Senior Management Team", "team"),
    ("Service Managers", "team"),
    ("Improvement Board", "body"),
    ("Corporate Parenting Panel", "body"),
    ("Cabinet", "body"),
    ("RSCP", "body"),
    ("Partner Agency Leads", "partner"),
    ("Riverton Police", "partner"),
    ("NHS England", "partner"),
    ("CCG", "partner"),
    ("all staff", "unknown"),
    ("Hannah", "unknown"),
    ("Young People", "unknown"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_lead_is_known_by_its_words(name: str, kind: str) -> None:
    assert lead_kind(name) is PartyKind(kind)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Hannah Osei and Marek Nowak", ("Hannah Osei", "Marek Nowak")),
        ("Hannah Osei & Marek Nowak", ("Hannah Osei", "Marek Nowak")),
        ("Hannah Osei/Marek Nowak", ("Hannah Osei", "Marek Nowak")),
        ("Hannah Osei, Marek Nowak and Ines Duarte", ("Hannah Osei", "Marek Nowak", "Ines Duarte")),
        ("Head of Legal Services and Hannah Osei", ("Head of Legal Services", "Hannah Osei")),
        ("Police / CCG", ("Police", "CCG")),
        ("Children and Families Team", ("Children and Families Team",)),
        ("Head of Children and Young People", ("Head of Children and Young People",)),
        ("Director of People, Places and Health", ("Director of People, Places and Health",)),
    ],
)
def test_separators_set_leads_apart_only_where_each_side_is_one(cell: str, names: tuple[str, ...]) -> None:
    assert split_names(cell) == names


@pytest.mark.parametrize("cell", ["TBC", "tbc", "To be confirmed", "", "TBC<br>TBC"])
def test_a_lead_still_to_be_named_is_no_lead(cell: str) -> None:
    assert codes_beside("One thing", "May 2015", cell) == ["no_lead"]


def test_leads_without_a_separator_are_told_apart_only_for_as_many_milestones() -> None:
    two, one = rows_of(
        "1.1\tWrite it\t• One • Two\tMay 2015 May 2015\tQuality Programme Manager Ines Duarte",
        "1.2\tUse it\tOne thing\tMay 2015\tQuality Programme Manager Ines Duarte",
    )
    assert [lead.name for lead in two.leads] == ["Quality Programme Manager", "Ines Duarte"]
    assert [lead.name for lead in one.leads] == ["Quality Programme Manager Ines Duarte"]


def test_a_break_after_capitals_helps_to_tell_leads_apart() -> None:
    (action,) = rows_of("1.1\tWrite it\t• One • Two\tMay 2015 May 2015\tChair of RSCB Partner Agency Leads")
    assert [(lead.name, lead.kind.value) for lead in action.leads] == [
        ("Chair of RSCB", "post"),
        ("Partner Agency Leads", "partner"),
    ]
    assert [step.leads for step in action.milestones] == [("Chair of RSCB",), ("Partner Agency Leads",)]


def test_a_team_stays_one_beside_two_milestones() -> None:
    team = "Children's Services Extended Management Team"
    (action,) = rows_of(f"1.1\tWrite it\t• One • Two\tMay 2015 May 2015\t{team}")
    assert [lead.name for lead in action.leads] == [team]
    assert [step.leads for step in action.milestones] == [(), ()]


def test_leads_in_lines_of_their_own_go_to_their_milestones() -> None:
    (action,) = rows_of("1.1\tWrite it\t• One • Two\tMay 2015 May 2015\t<p>Ines Duarte</p><p>Ines Duarte</p>")
    assert [lead.name for lead in action.leads] == ["Ines Duarte"]
    assert [step.leads for step in action.milestones] == [("Ines Duarte",), ("Ines Duarte",)]


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (
            ["IT Change programme manager", "IT Programme Manager"],
            [("IT Change programme manager", "IT Programme Manager")],
        ),
        (["Alison Booth", "Allison Booth"], [("Alison Booth", "Allison Booth")]),
        (["A Booth", "Alison Booth"], [("A Booth", "Alison Booth")]),
        (["ines duarte", "Ines Duarte"], [("ines duarte", "Ines Duarte")]),
        (["Jane Smith", "Peter Smith"], []),
        (["Head of Service", "Head of Legal Services"], []),
    ],
)
def test_names_alike_but_not_equal_are_paired(names: list[str], pairs: list[tuple[str, str]]) -> None:
    assert list(alike(names)) == pairs


def test_a_likeness_is_warned_of_where_the_second_name_stands() -> None:
    reading = plan_of(
        "1.1\tWrite it\tOne thing\tMay 2015\tQuality Manager",
        "1.2\tUse it\tOne thing\tMay 2015\tLocal Quality Manager",
    )
    (warning,) = reading.warnings
    assert (warning.code, warning.ref, warning.line) == ("lead_alias", "1.2", 2)
    alike_words = "“Local Quality Manager” may be the same lead as “Quality Manager” of 1.1. They were kept apart"
    assert warning.message == alike_words
