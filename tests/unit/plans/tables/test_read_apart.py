"""Word and Excel files of plans are read apart: what was read comes back, and a reader that fails is a sentence."""

import json

import pytest

from tests.support.files.honest import excel, word
from tests.unit.plans.tables.reading import read
from tracker.core.problems import Invalid
from tracker.core.uploads import Kind
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.refusals import NOT_READ, TOO_LONG, TOO_MUCH
from tracker.plans.imports import plan_file
from tracker.plans.rules.tables import Document, Row, Sheet, Text, document_from

LETTERS = "Née – “quoted”\n\u2028\U0001f600"


def test_a_document_comes_back_from_json_as_it_was() -> None:
    rows = (Row(("1.1", LETTERS, ""), "Row 1", frozenset({2, 0}), spans=True), Row(()))
    document = Document((Text(LETTERS, "Paragraph 1", is_heading=True), Sheet(rows, "Plan"), Sheet(())), ("Hidden",))
    assert document_from(json.loads(json.dumps(document.plain()))) == document


@pytest.mark.parametrize(("raw", "name"), [(excel(), "plan.xlsx"), (word(), "plan.docx")])
@pytest.mark.parametrize(("reader", "sentence"), [("dies", NOT_READ), ("babbles", NOT_READ), ("grows", TOO_MUCH)])
def test_a_reader_that_fails_is_a_sentence_beside_the_file(
    raw: bytes, name: str, reader: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (Kind.WORD, Kind.EXCEL):
        monkeypatch.setitem(plan_file._READERS, kind, f"tests.support.apart.{reader}")
    with pytest.raises(Invalid) as refused:
        read(raw, name)
    assert (refused.value.field, refused.value.message) == ("file", sentence)


def test_a_reader_that_hangs_is_a_sentence_beside_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def soon(module: str, data: bytes) -> object:
        return read_apart(module, data, seconds=0.5)

    monkeypatch.setattr(plan_file, "read_apart", soon)
    monkeypatch.setitem(plan_file._READERS, Kind.EXCEL, "tests.support.apart.hangs")
    with pytest.raises(Invalid) as refused:
        read(excel(), "plan.xlsx")
    assert (refused.value.field, refused.value.message) == ("file", TOO_LONG)
