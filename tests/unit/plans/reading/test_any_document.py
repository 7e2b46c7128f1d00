"""What holds of reading whatever the document: nothing is lost, nothing fails, numbers stay unique."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.plans.reading.plans import APPROVED, HEADING, RIVERTON
from tracker.plans.rules.reading import PlanReading, decode_document, read_plan
from tracker.plans.rules.reading.problems import ReadingProblem

LINES = RIVERTON.split("\n")
MARKS = st.text(alphabet="<>/pliu \t*-.;,()1.2IVTBC▪&#\x0b\x0c\x1e\u00a0\u200bé", max_size=30)
DIRTY = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(LINES).map(lambda line: line.replace("\t", "\t\t")),
    st.sampled_from(LINES).map(lambda line: line[: len(line) // 2]),
    st.tuples(st.sampled_from(LINES), st.sampled_from(["", "**", "\t"]), st.sampled_from(LINES)).map("".join),
    st.lists(st.sampled_from(["1.1", "2", "TBC", "May 2015", "Ines Duarte", "One. Two", ""]), max_size=8).map(
        "\t".join
    ),
    MARKS,
)
DOCUMENTS = st.lists(DIRTY, max_size=30).map("\n".join)


def _taken(reading: PlanReading) -> set[int]:
    taken = {unread.line for unread in reading.unread}
    for area in reading.areas:
        taken.update(area.source_lines, *(action.source_lines for action in area.actions))
    return taken


def _has_words(line: str) -> bool:
    return any(character.isalnum() for character in line)


@given(DOCUMENTS)
def test_every_line_with_words_is_read_or_listed_as_unread(text: str) -> None:
    reading = read_plan(text, approved_on=APPROVED)
    with_words = {number for number, line in enumerate(text.split("\n"), start=1) if _has_words(line)}
    assert with_words <= _taken(reading)


@given(DOCUMENTS)
def test_numbers_of_actions_and_areas_are_unique(text: str) -> None:
    reading = read_plan(text, approved_on=None)
    refs = [action.ref for area in reading.areas for action in area.actions]
    numbers = [area.number for area in reading.areas]
    assert len(set(refs)) == len(refs)
    assert len(set(numbers)) == len(numbers)


@given(DOCUMENTS)
def test_every_warning_names_a_line_of_the_document_and_an_action_of_the_plan(text: str) -> None:
    reading = read_plan(text, approved_on=APPROVED)
    refs = {action.ref for area in reading.areas for action in area.actions}
    assert {warning.ref for warning in reading.warnings} <= refs | {None}
    assert all(1 <= warning.line <= text.count("\n") + 1 and warning.message for warning in reading.warnings)


@given(st.permutations([line for line in LINES if "\t" in line and line[:1].isdigit()]))
@settings(max_examples=30)
def test_a_shuffled_plan_loses_no_action(lines: list[str]) -> None:
    reading = read_plan("\n".join([HEADING, *lines]), approved_on=APPROVED)
    assert sum(len(area.actions) for area in reading.areas) == len(lines)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text = decode_document(raw)
    except ReadingProblem as refused:
        text = str(refused)
    assert text.strip()


def test_two_thousand_actions_are_all_read() -> None:
    title = "Improve what children say of visits (1.1) and agree the standard"
    rows = (
        line
        for area in range(1, 101)
        for line in (
            f"AREA FOR IMPROVEMENT {area}: Area number {area}",
            HEADING,
            *(
                f"{area}.{n}\t{title} {n}\t• One • Two\tMay 2015 TBC\tAnn Lee{'abcdefghijklmnopqrst'[n]}"
                for n in range(20)
            ),
        )
    )
    reading = read_plan("\n".join(rows), approved_on=APPROVED)
    assert sum(len(area.actions) for area in reading.areas) == 2000


def test_long_lines_of_marks_come_to_an_end() -> None:
    # An expression that tries every way would run for hours here.
    for line in ("(" * 50_000, "<p " * 20_000, "\t" * 50_000, "**" * 20_000, "1.1\tx\t" + " " * 50_000 + "y\tTBC\tz"):
        assert read_plan(line, approved_on=APPROVED) is not None
