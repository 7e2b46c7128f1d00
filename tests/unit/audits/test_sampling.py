"""Drawing samples: the same seed and list give the same files, whatever the order; shares and sizes are right."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.sampling import Draw, DrawPlan, ListedFile, Strata, draw, list_digest, shares
from tracker.audits.rules.vocabulary import Category, Selection

NOVEMBER = date(2025, 11, 1)
CATEGORIES = st.sampled_from(Category)
FILES = st.lists(
    st.builds(ListedFile, code=st.integers(100, 999).map("K{}".format), category=CATEGORIES, unit_id=st.integers(1, 4)),
    unique_by=lambda one: one.code,
    min_size=1,
    max_size=60,
)


def plan(
    size: int, *, seed: int = 7, selection: Selection = Selection.RANDOM, strata: Strata | None = None
) -> DrawPlan:
    return DrawPlan(selection, size, seed, NOVEMBER, strata)


def some_files(
    count: int, category: Category = Category.CONTACT, unit_id: int = 1, first: int = 100
) -> list[ListedFile]:
    return [ListedFile(f"K{first + number}", category, unit_id) for number in range(count)]


def codes(drawn: Draw) -> list[str]:
    return [one.code for one in drawn.files]


@given(FILES, st.integers(1, 80), st.integers(0, 2**31 - 1), st.sampled_from([None, *Strata]), st.randoms())
def test_a_draw_is_the_same_whenever_it_is_made_and_the_order_of_rows_does_not_matter(
    files: list[ListedFile], size: int, seed: int, strata: Strata | None, shuffled: Random
) -> None:
    selection = Selection.STRATIFIED if strata else Selection.RANDOM
    first = draw(files, plan(size, seed=seed, selection=selection, strata=strata))
    mixed = list(files)
    shuffled.shuffle(mixed)
    assert draw(mixed, plan(size, seed=seed, selection=selection, strata=strata)) == first
    assert list_digest(mixed) == list_digest(files)
    assert len(first.files) == len(set(codes(first))) == min(size, len(files))
    spare = {one.code for stratum in first.strata for one in stratum.reserves}
    assert not spare & set(codes(first))


@given(FILES, st.integers(1, 60))
def test_every_group_gets_its_share_within_one_file(files: list[ListedFile], size: int) -> None:
    drawn = draw(files, plan(size, selection=Selection.STRATIFIED, strata=Strata.CATEGORY_AND_TEAM))
    size = min(size, len(files))
    for stratum in drawn.strata:
        assert abs(len(stratum.drawn) - size * stratum.listed / len(files)) < 1


@pytest.mark.parametrize(
    ("counts", "size", "expected"),
    [
        ((50, 30, 20), 10, (5, 3, 2)),
        ((55, 30, 15), 10, (6, 3, 1)),  # 5.5, 3.0, 1.5: of equal remainders the larger group's comes first
        ((1, 1, 98), 10, (0, 0, 10)),  # 0.1, 0.1, 9.8
        ((3, 3, 3), 2, (1, 1, 0)),  # equal in all: by the order of the groups
        ((4, 2), 9, (4, 2)),  # more than there are: everything
        ((4, 2), 0, (0, 0)),
    ],
)
def test_shares_go_by_largest_remainder(counts: tuple[int, ...], size: int, expected: tuple[int, ...]) -> None:
    groups = {(name, 0): count for name, count in zip("abc", counts, strict=False)}
    assert tuple(shares(groups, size).values()) == expected


def test_another_seed_draws_another_sample() -> None:
    files = some_files(100)
    assert codes(draw(files, plan(10, seed=1))) != codes(draw(files, plan(10, seed=2)))


def test_files_audited_in_the_twelve_months_before_are_left_out_and_counted() -> None:
    day_before, same_day = date(2025, 10, 31), NOVEMBER
    files = [
        *some_files(3),
        ListedFile("K900", Category.CONTACT, 1, last_audited_on=same_day),
        ListedFile("K901", Category.CONTACT, 1, last_audited_on=day_before),
    ]
    drawn = draw(files, plan(9))
    assert drawn.audited_lately == 1
    assert sorted(codes(drawn)) == ["K100", "K101", "K102", "K901"]


@pytest.mark.parametrize(
    "selection", [Selection.TARGETED, Selection.VOLUNTEERED, Selection.INSPECTOR, Selection.RE_AUDIT]
)
def test_where_somebody_named_the_files_all_are_taken_and_nothing_stands_in_reserve(selection: Selection) -> None:
    files = [*some_files(6), ListedFile("K900", Category.CONTACT, 1, last_audited_on=date(2026, 5, 1))]
    drawn = draw(files, plan(2, selection=selection))
    assert len(drawn.files) == 7
    assert (drawn.audited_lately, drawn.strata[0].reserves) == (0, ())


def test_a_dip_sample_for_a_cause_is_drawn_from_the_files_of_that_cause() -> None:
    assert len(draw(some_files(30), plan(5, selection=Selection.DIP_FOR_CAUSE)).files) == 5


def test_one_file_for_every_five_stands_in_reserve_from_its_own_group() -> None:
    files = [*some_files(30), *some_files(10, Category.CARE_LEAVER, 2, first=500)]
    drawn = draw(files, plan(8, selection=Selection.STRATIFIED, strata=Strata.CATEGORY))
    found = {one.key[0]: (len(one.drawn), len(one.reserves)) for one in drawn.strata}
    assert found == {"contact": (6, 2), "care_leaver": (2, 1)}
    for stratum in drawn.strata:
        assert {one.category.value for one in (*stratum.drawn, *stratum.reserves)} == {stratum.key[0]}


def test_brothers_and_sisters_are_kept_and_their_groups_counted() -> None:
    files = [ListedFile(f"K{n}", Category.CONTACT, 1, siblings="S1" if n < 103 else "S2") for n in range(100, 104)]
    assert draw(files, plan(4)).siblings == 1


def test_a_sample_from_nothing_is_empty() -> None:
    assert draw([], plan(5)).files == ()
    assert draw([], plan(5, selection=Selection.TARGETED)).files == ()
