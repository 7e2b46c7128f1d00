"""From bytes to a plan, or to one sentence on why not."""

import pytest

from tests.unit.plans.reading.plans import APPROVED, RIVERTON
from tracker.plans.rules.reading import ReadingProblem, decode_document, read_document, read_plan


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_plan_is_read_in_the_usual_encodings(encoding: str) -> None:
    text = RIVERTON.replace("▪", "•")
    assert read_document(text.encode(encoding), approved_on=APPROVED) == read_plan(text, approved_on=APPROVED)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"%PDF-1.7 and so on", "This looks like a PDF"),
        (b"PK\x03\x04 and so on", "This looks like a Word, Excel or zip file"),
        (b"{\\rtf1 and so on}", "This looks like a rich text file"),
        (b"text\x00with a nought", "not plain text"),
        (bytes(range(128, 256)) * 40, "not plain text"),
        (b"\xff\xfea", "not plain text"),
        (b"\x01\x02\x03\x04" * 100, "not plain text"),
        (b"a" * (20 * 1024 * 1024 + 1), "smaller than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(ReadingProblem, match=words):
        decode_document(raw)


def test_a_text_without_actions_is_refused() -> None:
    with pytest.raises(ReadingProblem, match="We could not find any actions in this file"):
        read_document(b"Dear all,\nthe plan follows.", approved_on=APPROVED)
