"""Whatever a report says: reading it raises nothing and loses no line."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plans.inspecting.reports import NEWER, OLDER, VISIT, accounted, with_words
from tracker.plans.rules.inspecting import read_report
from tracker.plans.rules.reading.lines import physical_lines

_PARTS = sorted({line for text in (OLDER, NEWER, VISIT) for line in text.split("\n")})
_MARKS = ("", "", "  ", "• ", "   – ", "o ", "1. ", "2) ", "7.", "a) ", "(ii) ", "\uf0b7\t", "# ", "**")
_ENDS = ("", ".", ":", "?", " (paragraph 12)", "-", "\t4")
lines = st.one_of(
    st.sampled_from(_PARTS),
    st.builds("".join, st.tuples(st.sampled_from(_MARKS), st.sampled_from(_PARTS), st.sampled_from(_ENDS))),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=40),
)
reports = st.lists(lines, max_size=40).map("\n".join)


@given(reports)
def test_every_line_with_words_is_in_an_item_a_heading_or_a_warning(text: str) -> None:
    printed = {line.number for line in physical_lines(text) if line.text.strip()}
    assert accounted(read_report(text)) >= printed


@given(st.text())
def test_no_text_is_too_odd_to_read(text: str) -> None:
    reading = read_report(text)
    assert set(reading.document()) == {"inspection", "items", "warnings"}
    assert all(item.text for item in reading.items)


@given(reports)
def test_no_line_is_in_two_items(text: str) -> None:
    taken = [number for item in read_report(text).items for number in item.lines]
    assert len(taken) == len(set(taken))


@given(st.integers(0, 60), st.sampled_from([OLDER, NEWER, VISIT]))
def test_a_report_that_is_cut_off_loses_nothing_either(length: int, text: str) -> None:
    cut = "\n".join(text.split("\n")[:length])
    assert accounted(read_report(cut)) >= with_words(cut)
