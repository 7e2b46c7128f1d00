"""How audits vote on a theme and which are counted (domain A8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.answers import STANDINGS, AnswerValue, Standing, standing_of
from tracker.audits.rules.vocabulary import FINAL_STATES, AuditState, FindingKind, Grade, NoGrade, Selection
from tracker.audits.rules.votes import Asked, AuditFacts, LeftOut, Vote, count_votes, left_out, vote_of

S, D = FindingKind.STRENGTH, FindingKind.DEVELOPMENT
DAY = date(2026, 11, 10)
# A tool with a section on assessment, whose auditors were asked to look for every theme; and one with that alone.
EVERY = Asked(frozenset({"assessment"}), every=True)
NAMED = Asked(frozenset({"assessment"}))


def facts(
    number: int = 1,
    *,
    case: int | None = None,
    day: date = DAY,
    state: AuditState = AuditState.FINAL,
    selection: Selection = Selection.RANDOM,
    grade: Grade | NoGrade | AnswerValue | None = Grade.GOOD,
    asked: Asked = EVERY,
    **found: set[FindingKind],
) -> AuditFacts:
    answers = {} if grade is None else {"assessment": standing_of(grade)}
    kinds = {theme: frozenset(held) for theme, held in found.items()}
    return AuditFacts(number, case or number, day, state, selection, asked, answers, kinds)


@pytest.mark.parametrize(
    ("grade", "found", "vote"),
    [
        (Grade.GOOD, set(), Vote.MET),
        (Grade.OUTSTANDING, set(), Vote.MET),
        (Grade.GOOD, {S}, Vote.STRENGTH),
        (Grade.GOOD, {D}, Vote.CONCERN),
        (Grade.OUTSTANDING, {S, D}, Vote.CONCERN),
        (Grade.REQUIRES_IMPROVEMENT, set(), Vote.CONCERN),
        (Grade.REQUIRES_IMPROVEMENT, {S}, Vote.CONCERN),
        (Grade.INADEQUATE, set(), Vote.CONCERN),
        (AnswerValue.MET, set(), Vote.MET),
        (AnswerValue.MET, {S}, Vote.STRENGTH),
        (AnswerValue.PARTLY, {S}, Vote.CONCERN),
        (AnswerValue.NOT_MET, set(), Vote.CONCERN),
        (NoGrade.NOT_ENOUGH, set(), None),
        (NoGrade.NOT_ENOUGH, {D}, Vote.CONCERN),
        (NoGrade.NOT_ENOUGH, {S}, Vote.STRENGTH),
        (None, set(), None),
    ],
)
def test_the_grade_of_a_section_and_its_findings_make_one_vote(
    grade: Grade | NoGrade | AnswerValue | None, found: set[FindingKind], vote: Vote | None
) -> None:
    assert vote_of(facts(grade=grade, assessment=found), "assessment") is vote


@pytest.mark.parametrize(("found", "vote"), [(set(), Vote.MET), ({S}, Vote.STRENGTH), ({D}, Vote.CONCERN)])
def test_a_theme_without_a_section_is_met_unless_something_was_found(found: set[FindingKind], vote: Vote) -> None:
    assert vote_of(facts(fathers=found), "fathers") is vote


@pytest.mark.parametrize(
    ("audit", "reason"),
    [
        (facts(), None),
        (facts(selection=Selection.STRATIFIED), None),
        (facts(state=AuditState.VOID), LeftOut.VOID),
        (facts(state=AuditState.VOID, selection=Selection.TARGETED), LeftOut.VOID),
        (facts(state=AuditState.IN_PROGRESS, selection=Selection.TARGETED), LeftOut.NOT_FINAL),
        (facts(state=AuditState.ALLOCATED), LeftOut.NOT_FINAL),
        (facts(selection=Selection.RE_AUDIT), LeftOut.RE_AUDIT),
        (facts(selection=Selection.TARGETED), LeftOut.TARGETED),
        (facts(selection=Selection.VOLUNTEERED), LeftOut.VOLUNTEERED),
        (facts(selection=Selection.INSPECTOR), LeftOut.INSPECTOR),
        (facts(selection=Selection.DIP_FOR_CAUSE), LeftOut.DIP_FOR_CAUSE),
        (facts(grade=NoGrade.NOT_APPLICABLE), LeftOut.NOT_APPLICABLE),
        (facts(grade=NoGrade.NOT_APPLICABLE, selection=Selection.TARGETED), LeftOut.TARGETED),
        (facts(grade=NoGrade.NOT_ENOUGH), None),
    ],
)
def test_the_first_reason_that_fits_leaves_an_audit_out(audit: AuditFacts, reason: LeftOut | None) -> None:
    assert left_out(audit, "assessment") is reason


@pytest.mark.parametrize("found", [set(), {S}, {D}])
def test_a_theme_that_was_not_asked_has_no_vote_whatever_was_found(found: set[FindingKind]) -> None:
    audit = facts(asked=NAMED, fathers=found)
    assert vote_of(audit, "fathers") is None
    count = count_votes([audit, facts(2, state=AuditState.ALLOCATED, asked=NAMED)], "fathers")
    assert (count.due, count.asked, count.answered, count.left_out) == (0, 0, 0, {})
    assert count_votes([audit, facts(2, fathers={D})], "fathers").due == 1


def test_every_answer_says_something_of_its_theme() -> None:
    assert set(STANDINGS) == set(AnswerValue)
    well = {AnswerValue.MET, AnswerValue.GOOD, AnswerValue.OUTSTANDING}
    assert {value for value, standing in STANDINGS.items() if standing is Standing.WELL} == well


@pytest.mark.parametrize("state", AuditState)
def test_only_final_and_closed_audits_vote(state: AuditState) -> None:
    assert count_votes([facts(state=state)], "assessment").answered == (1 if state in FINAL_STATES else 0)


def test_a_section_that_does_not_apply_leaves_other_themes_counted() -> None:
    assert left_out(facts(grade=NoGrade.NOT_APPLICABLE), "fathers") is None


def test_of_the_same_case_twice_in_a_window_only_the_latest_votes() -> None:
    earlier = facts(1, case=7, grade=Grade.INADEQUATE)
    later = facts(2, case=7, day=DAY + timedelta(3), grade=Grade.GOOD)
    count = count_votes([later, earlier], "assessment")
    assert (count.due, count.asked, count.answered, count.concerns) == (2, 2, 1, 0)
    assert count.left_out == {LeftOut.DUPLICATE_CASE: 1}


def test_a_later_draft_does_not_push_out_the_audit_that_was_sent() -> None:
    sent = facts(1, case=7, grade=Grade.INADEQUATE)
    draft = facts(2, case=7, day=DAY + timedelta(3), state=AuditState.IN_PROGRESS)
    count = count_votes([sent, draft], "assessment")
    assert (count.answered, count.concerns) == (1, 1)
    assert count.left_out == {LeftOut.NOT_FINAL: 1}


def test_a_month_of_audits_counted_by_hand() -> None:
    audits = [
        facts(1, grade=Grade.INADEQUATE),
        facts(2, grade=Grade.REQUIRES_IMPROVEMENT),
        facts(3, assessment={S}),
        facts(4),
        facts(5, grade=NoGrade.NOT_ENOUGH),
        facts(6, grade=NoGrade.NOT_APPLICABLE),
        facts(7, selection=Selection.TARGETED, grade=Grade.INADEQUATE),
        facts(8, state=AuditState.ALLOCATED, grade=None),
        facts(9, state=AuditState.VOID, grade=None),
    ]
    count = count_votes(audits, "assessment")
    assert (count.due, count.asked, count.answered) == (9, 6, 4)
    assert (count.concerns, count.strengths, count.met) == (2, 1, 1)
    assert count.left_out == {
        LeftOut.NOT_APPLICABLE: 1,
        LeftOut.TARGETED: 1,
        LeftOut.NOT_FINAL: 1,
        LeftOut.VOID: 1,
    }


def test_nothing_audited_is_nothing_counted() -> None:
    count = count_votes([], "voice")
    assert (count.due, count.asked, count.answered, count.left_out) == (0, 0, 0, {})


audits_of_any_kind = st.lists(
    st.builds(
        lambda *row: row,
        st.integers(1, 5),
        st.integers(0, 40),
        st.sampled_from(AuditState),
        st.sampled_from(Selection),
        st.sampled_from([*Grade, *NoGrade, *AnswerValue, None]),
        st.sets(st.sampled_from(FindingKind)),
        st.sampled_from([EVERY, NAMED, Asked(), Asked(every=True)]),
    ),
    max_size=30,
).map(
    lambda rows: [
        facts(
            number,
            case=case,
            day=DAY + timedelta(days),
            state=state,
            selection=way,
            grade=said,
            asked=of,
            assessment=found,
        )
        for number, (case, days, state, way, said, found, of) in enumerate(rows, start=1)
    ]
)


@given(audits_of_any_kind)
def test_every_audit_votes_once_or_is_left_out_once_or_gave_no_answer(audits: list[AuditFacts]) -> None:
    count = count_votes(audits, "assessment")
    silent = count.due - count.answered - sum(count.left_out.values())
    assert silent >= 0
    assert count.concerns + count.strengths + count.met == count.answered <= count.asked <= count.due
    assert count.answered <= len({audit.case_id for audit in audits})


@given(audits_of_any_kind)
def test_the_order_of_the_audits_does_not_matter(audits: list[AuditFacts]) -> None:
    assert count_votes(audits, "assessment") == count_votes(audits[::-1], "assessment")
