"""How actions make the rating of an area and areas that of the plan, as tables of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.rag import Rag
from tracker.plans.rules.rollup import Rated, Rollup, area_rollup, plan_rollup


def read(codes: str) -> list[Rated]:
    """Read "R A g": capitals are actions, small letters placeholders."""
    return [Rated(Rag(code.upper()), is_placeholder=code.islower()) for code in codes.split()]


def area(codes: str, *, priority: bool = False) -> Rollup:
    return area_rollup(read(codes), priority=priority)


@pytest.mark.parametrize(
    ("codes", "rag", "why"),
    [
        ("G G G G", "G", "all on track"),
        ("G G G A", "A", "one amber is enough"),
        ("G G G G R", "A", "one red of five is less than a quarter"),
        ("G G G R", "R", "one red of four is a quarter"),
        ("G G G G G G R R", "R", "two of eight is a quarter"),
        ("N N N", "N", "all not scheduled"),
        ("N", "N", "its only action is not scheduled"),
        ("G G G N", "A", "a quarter not scheduled"),
        ("G G G G N", "G", "less than a quarter not scheduled"),
        ("N A", "A", "not all of them are not scheduled"),
        ("C C C G", "G", "complete ones are not live"),
        ("C C C C R", "R", "the one live action is red"),
        ("X X X X R G G G G", "A", "withdrawn ones do not count"),
        ("C N N", "N", "all live ones are not scheduled"),
        ("C C", "C", "nothing live, complete"),
        ("E E", "E", "nothing live, all embedded"),
        ("E C", "C", "not all embedded"),
        ("E X", "E", "all that counts is embedded"),
        ("X", "C", "nothing live, none embedded"),
        ("", "N", "no action at all"),
    ],
)
def test_an_area_is_rated_by_its_live_actions(codes: str, rag: str, why: str) -> None:
    assert area(codes).rag == rag, why


@pytest.mark.parametrize(
    ("codes", "rag", "why"),
    [
        ("G G n", "G", "a grey placeholder is no share of the area"),
        ("G a", "A", "any amber makes amber"),
        ("N n", "N", "all of them are not scheduled"),
        ("n", "N", "only a placeholder, not scheduled"),
        ("a", "A", "only a placeholder, amber"),
        ("r", "R", "a red placeholder counts"),
        ("G G G r", "R", "a red placeholder is one of four"),
        ("G G G G r", "A", "a red placeholder is one of five"),
        ("G G G R n n n n", "R", "one red of four, placeholders left out"),
        ("G G G N n", "A", "one of four not scheduled, the placeholder left out"),
        ("G G G G N n n n", "G", "one of five not scheduled, placeholders left out"),
    ],
)
def test_placeholders_stay_out_of_the_shares_unless_red(codes: str, rag: str, why: str) -> None:
    assert area(codes).rag == rag, why


def test_one_red_makes_a_priority_area_red() -> None:
    assert area("G G G G G R").rag is Rag.AMBER
    assert area("G G G G G R", priority=True).rag is Rag.RED
    assert area("G G G G G A", priority=True).rag is Rag.AMBER


def test_an_action_that_was_red_in_the_last_two_packs_makes_its_area_red() -> None:
    rows = [*read("G G G G"), Rated(Rag.GREEN, red_in_last_packs=True)]
    assert area_rollup(rows, priority=False).rag is Rag.RED
    assert area_rollup([*read("G"), Rated(Rag.COMPLETE, red_in_last_packs=True)], priority=False).rag is Rag.GREEN


def test_the_counts_stand_in_order_with_live_placeholders_told_apart() -> None:
    result = area("R A A G n C E X x")
    assert [(code.value, number) for code, number in result.counts.items()] == [
        ("R", 1),
        ("A", 2),
        ("G", 1),
        ("N", 1),
        ("C", 1),
        ("E", 1),
        ("X", 2),
    ]
    assert result.placeholders == 1
    assert result.total == 7


@pytest.mark.parametrize(
    ("areas", "priority", "rag"),
    [
        (["G", "G", "G", "G"], None, "G"),
        (["G", "G", "G", "R"], None, "R"),
        (["G", "G", "G", "G", "R"], None, "A"),
        (["G", "G", "G", "G", "R"], 4, "R"),
        (["G", "G", "G", "G", "R"], 0, "A"),
        (["G", "G", "G", "N"], None, "A"),
        (["N", "N"], None, "N"),
        (["C", "C", "G"], None, "G"),
        (["C", "E"], None, "C"),
        (["E", "E"], None, "E"),
        (["N", "C"], None, "N"),
        ([], None, "N"),
    ],
)
def test_a_plan_is_rated_by_its_areas(areas: list[str], priority: int | None, rag: str) -> None:
    rows = [(area(codes), number == priority) for number, codes in enumerate(areas)]
    assert plan_rollup(rows).rag == rag


def test_a_plan_counts_the_actions_of_all_areas() -> None:
    result = plan_rollup([(area("R G n"), False), (area("R C"), True)])
    assert {code.value: number for code, number in result.counts.items() if number} == {"R": 2, "G": 1, "N": 1, "C": 1}
    assert (result.placeholders, result.total) == (1, 5)


any_rows = st.lists(st.builds(Rated, st.sampled_from(Rag), is_placeholder=st.booleans()), max_size=12)


@given(rows=any_rows, priority=st.booleans())
def test_no_action_is_lost_from_the_counts(rows: list[Rated], priority: bool) -> None:
    assert sum(area_rollup(rows, priority=priority).counts.values()) == len(rows)


@given(rows=any_rows)
def test_a_priority_area_is_never_rated_better(rows: list[Rated]) -> None:
    assert area_rollup(rows, priority=True).rag.concern <= area_rollup(rows, priority=False).rag.concern


@given(rows=any_rows, priority=st.booleans())
def test_a_red_action_never_leaves_its_area_green(rows: list[Rated], priority: bool) -> None:
    assert area_rollup([*rows, Rated(Rag.RED)], priority=priority).rag in {Rag.RED, Rag.AMBER}
