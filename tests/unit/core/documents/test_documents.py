"""The text of Word and PDF files: lists keep their marks, tables their cells, and a broken file is one sentence."""

import io

import pytest
from pypdf import PdfWriter

from tests.support.files.honest import pdf, png, word, word_parts
from tests.support.files.reports import paragraph, pdf_report, word_report
from tracker.core.documents import reading, text_of
from tracker.core.documents.pdf import pdf_text
from tracker.core.documents.word import word_text
from tracker.core.problems import Invalid
from tracker.core.uploads import EVIDENCE, Kind, checked_upload
from tracker.core.uploads.refusals import RefusedFileError

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lines_of(*blocks: str) -> list[str]:
    return [line for line in word_text(word_report(*blocks)).split("\n") if line]


def text_from(raw: bytes, name: str) -> str:
    return text_of(checked_upload(io.BytesIO(raw), name, EVIDENCE))


def test_lists_that_word_counts_by_itself_keep_their_numbers_and_bullets() -> None:
    assert lines_of(
        paragraph("Areas for improvement"),
        paragraph("First", numbers=1),
        paragraph("nested", numbers=1, depth=1),
        paragraph("nested too", numbers=1, depth=1),
        paragraph("Second", numbers=1),
        paragraph("again", numbers=1, depth=1),
        paragraph("Anew", numbers=3),
        paragraph("A point", numbers=2),
        paragraph("deeper", numbers=2, depth=1),
        paragraph("By its style", style="MyPoints"),
    ) == [
        "Areas for improvement",
        "1. First",
        "    a) nested",
        "    b) nested too",
        "2. Second",
        "    a) again",
        "1. Anew",
        "• A point",
        "    – deeper",
        "• By its style",
    ]


def test_a_list_that_stands_further_in_is_nested() -> None:
    points = [paragraph("Plans", numbers=2), paragraph("steps", numbers=4)]
    assert lines_of(*points) == ["• Plans", "     • steps"]


def test_rows_of_tables_are_lines_with_tabs_and_a_single_cell_is_its_paragraphs() -> None:
    cell = "<w:tc>{}</w:tc>".format
    two = f"<w:tbl><w:tr>{cell(paragraph('Leaders'))}{cell(paragraph('Good'))}</w:tr></w:tbl>"
    one = f"<w:tbl><w:tr>{cell(paragraph('A') + paragraph('B'))}</w:tr></w:tbl>"
    assert lines_of(two, one) == ["Leaders\tGood", "A", "B"]


def test_a_cell_in_a_content_control_is_read_and_a_deleted_row_is_not() -> None:
    cell = "<w:tc>{}</w:tc>".format
    held = f"<w:sdt><w:sdtContent>{cell(paragraph('Leaders'))}</w:sdtContent></w:sdt>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('Old'))}</w:tr>"
    assert lines_of(f"<w:tbl><w:tr>{held}{cell(paragraph('Good'))}</w:tr>{gone}</w:tbl>") == ["Leaders\tGood"]


def test_what_was_deleted_is_left_out_and_what_was_put_in_stays() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    changed = (
        f"<w:p><w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>{run(' words')}</w:p>"
    )
    boxed = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    broken = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>"
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('Wrapped')}</w:sdtContent></w:sdt>"
    assert lines_of(changed, boxed, broken, wrapped) == ["new words", "In a box", "one", "two\tthree", "Wrapped"]


def test_a_pdf_gives_its_lines() -> None:
    made = pdf_report(["What needs to improve", "- Visits (all)", "- Plans"])
    assert pdf_text(made).split("\n") == ["What needs to improve", "- Visits (all)", "- Plans"]


def test_a_process_of_its_own_reads_both() -> None:
    assert text_from(word_report(paragraph("Vacancy report")), "a.docx").strip() == "Vacancy report"
    assert "Vacancy report" in text_from(pdf(), "a.pdf")


@pytest.mark.parametrize(
    ("reader", "sentence"), [("dies", "cannot be read"), ("babbles", "or paste its text"), ("grows", "far more text")]
)
def test_a_reader_that_fails_is_one_sentence(reader: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (Kind.PDF, Kind.WORD):
        monkeypatch.setitem(reading._READERS, kind, f"tests.support.apart.{reader}")
    for raw, name in ((pdf(), "a.pdf"), (word(), "a.docx")):
        with pytest.raises(Invalid, match=sentence):
            text_from(raw, name)


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (pdf(""), "scan.pdf", "pictures of pages and no text"),
        (word_report(), "empty.docx", "holds no text"),
        (word(**{"word/document.xml": "<nothing/>"}), "odd.docx", "holds no text"),
        (b"%PDF-1.4\nnothing that a reader knows\n%%EOF\n", "b.pdf", "cannot be read"),
        (png(), "picture.pdf", "do not agree"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(raw: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        text_from(raw, name)


def test_a_document_type_in_a_word_file_is_never_read() -> None:
    hostile = (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {_W}><w:body>&e;</w:body></w:document>'
    )
    with pytest.raises(Invalid):
        text_from(word(**{"word/document.xml": hostile}), "hostile.docx")


def test_a_file_without_a_document_is_refused() -> None:
    parts = word_parts()
    assert "word/document.xml" in parts
    with pytest.raises(RefusedFileError, match="damaged"):
        word_text(word(**{"other.xml": "<a/>"}).replace(b"word/document.xml", b"word/dokument.xml"))


def test_a_pdf_of_far_too_many_pages_says_what_to_do() -> None:
    writer = PdfWriter()
    for _ in range(501):
        writer.add_blank_page(100, 100)
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(Invalid, match="Paste the part that matters"):
        text_of(checked_upload(io.BytesIO(made.getvalue()), "report.pdf", EVIDENCE))
