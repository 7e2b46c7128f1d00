"""Who may audit which file, and that files are shared out fairly, the same way each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.independence import (
    Auditor,
    FileToGive,
    NotIndependent,
    share_out,
    why_not_independent,
)

TEAM, LOCALITY, SERVICE, OTHER = 1, 2, 3, 9
FILE = FileToGive(case_id=50, unit_id=TEAM, line=frozenset({LOCALITY, SERVICE}), workers=frozenset({6}))


@pytest.mark.parametrize(
    ("unit", "conflicts", "why"),
    [
        (TEAM, (), NotIndependent.OWN_TEAM),
        (LOCALITY, (), NotIndependent.LINE),
        (SERVICE, (), NotIndependent.LINE),
        (OTHER, ((7, 50),), NotIndependent.DECLARED),
        (OTHER, ((8, 50), (7, 51)), None),
        (None, (), None),
    ],
)
def test_nobody_audits_their_own_team_the_teams_they_manage_or_what_they_declared(
    unit: int | None, conflicts: tuple[tuple[int, int], ...], why: NotIndependent | None
) -> None:
    assert why_not_independent(Auditor(7, unit), FILE, conflicts) is why


def test_nobody_audits_a_file_whose_worker_they_were() -> None:
    found = [why_not_independent(Auditor(number, OTHER), FILE) for number in (6, 7)]
    assert found == [NotIndependent.WORKER, None]
    assert share_out([FILE], [Auditor(6, OTHER), Auditor(7, OTHER, load=9)]) == {50: 7}


FILES = st.lists(st.builds(FileToGive, st.integers(1, 500), st.integers(1, 3)), unique_by=lambda one: one.case_id)
AUDITORS = st.lists(
    st.builds(Auditor, st.integers(1, 20), st.none() | st.integers(1, 4), st.integers(0, 5)),
    unique_by=lambda one: one.id,
)


@given(FILES, AUDITORS, st.integers(0, 99))
def test_sharing_out_keeps_to_independence_and_is_the_same_in_any_order(
    files: list[FileToGive], auditors: list[Auditor], seed: int
) -> None:
    given_out = share_out(files, auditors, seed=seed)
    assert share_out(files[::-1], auditors[::-1], seed=seed) == given_out
    seats = {one.id: one for one in auditors}
    for file in files:
        auditor_id = given_out[file.case_id]
        free = [one for one in auditors if why_not_independent(one, file) is None]
        assert (auditor_id is None) == (not free)
        assert auditor_id is None or why_not_independent(seats[auditor_id], file) is None


@given(st.integers(1, 40), st.integers(1, 8))
def test_where_everybody_may_audit_everything_nobody_has_two_files_more_than_another(files: int, auditors: int) -> None:
    given_out = share_out(
        [FileToGive(number, TEAM) for number in range(files)], [Auditor(number, OTHER) for number in range(auditors)]
    )
    loads = [list(given_out.values()).count(number) for number in range(auditors)]
    assert max(loads) - min(loads) <= 1


def test_whoever_has_more_to_do_already_is_given_less() -> None:
    given_out = share_out([FileToGive(n, TEAM) for n in range(3)], [Auditor(1, OTHER, load=3), Auditor(2, OTHER)])
    assert list(given_out.values()).count(2) == 3


def test_a_file_that_only_one_may_audit_goes_to_them_before_they_are_busy() -> None:
    files = [*(FileToGive(n, unit_id=OTHER) for n in range(4)), FileToGive(50, TEAM)]
    auditors = [Auditor(1, TEAM), Auditor(2, None)]
    given_out = share_out(files, auditors)
    assert given_out[50] == 2
    assert list(given_out.values()).count(1) == 3
