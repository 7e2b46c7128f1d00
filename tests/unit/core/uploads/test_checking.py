"""What arrives is taken when it is what it says, and refused with a sentence when it is not."""

import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.files import honest
from tests.support.files.hostile import REFUSED
from tracker.core.problems import Invalid
from tracker.core.uploads import LARGEST, WORKBOOK, Kind, checked_upload
from tracker.core.uploads.budget import Budget
from tracker.core.uploads.contents import kind_by_content
from tracker.core.uploads.refusals import RefusedFileError

TAKEN: list[tuple[str, Callable[[], bytes], Kind]] = [
    ("report.pdf", honest.pdf, Kind.PDF),
    ("REPORT.PDF", honest.pdf, Kind.PDF),
    ("report.docx", honest.word, Kind.WORD),
    ("report.docx", lambda: honest.word(**{"word/embeddings/a.bin": honest.excel()}), Kind.WORD),
    ("figures.xlsx", honest.excel, Kind.EXCEL),
    ("chart.png", honest.png, Kind.PNG),
    ("chart.jpeg", honest.jpeg, Kind.JPEG),
    ("chart.gif", honest.gif, Kind.GIF),
    ("chart.webp", honest.webp, Kind.WEBP),
    ("note.eml", honest.letter, Kind.EMAIL),
    ("note.eml", lambda: honest.letter(honest.pdf(), "report.pdf"), Kind.EMAIL),
    ("note.msg", honest.outlook, Kind.OUTLOOK),
    ("note.msg", lambda: honest.outlook(honest.large_word()), Kind.OUTLOOK),
]


@pytest.mark.parametrize(("name", "make", "kind"), TAKEN)
def test_a_file_that_is_what_it_says_is_taken(name: str, make: Callable[[], bytes], kind: Kind) -> None:
    data = make()
    taken = checked_upload(BytesIO(data), name)
    assert (taken.kind, taken.size, taken.name, taken.data) == (kind, len(data), name, data)


@pytest.mark.parametrize(("name", "make", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_hostile_file_is_refused_beside_its_field(name: str, make: Callable[[], bytes], said: str) -> None:
    data = make()
    with pytest.raises(Invalid) as refused:
        checked_upload(BytesIO(data), name, field="files")
    assert refused.value.field == "files"
    assert said in refused.value.message


@pytest.mark.parametrize("what", ["bomb", "nested bomb", "lying sizes", "21 MB"])
def test_a_bomb_costs_no_more_memory_than_a_file_may(what: str) -> None:
    _, make = next(row[1:3] for row in REFUSED if row[0] == what)
    data = make()
    tracemalloc.start()
    with suppress(RefusedFileError):
        kind_by_content(data, Budget())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * LARGEST


def test_a_stream_without_end_is_read_no_further_than_the_limit() -> None:
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(Invalid, match="smaller than 20 MB"):
        checked_upload(stream, "a.pdf")
    assert stream.given <= LARGEST + 64 * 1024


def test_only_the_kinds_asked_for_are_taken() -> None:
    with pytest.raises(Invalid, match=r"^The file must be an Excel file$"):
        checked_upload(BytesIO(honest.pdf()), "report.pdf", WORKBOOK)
    assert checked_upload(BytesIO(honest.excel()), "figures.xlsx", WORKBOOK).kind is Kind.EXCEL


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/report.pdf", "report.pdf"),
        ("C:\\Users\\Grace\\report.pdf", "report.pdf"),
        ("report\x00\r\n.pdf", "report.pdf"),
        ("\u202ereport\u2066.pdf", "report.pdf"),
        ('a"b<c>;d.pdf', "a_b_c__d.pdf"),
        (".pdf", "file.pdf"),
        ("  Bericht   über Alltag .pdf", "Bericht über Alltag.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_the_name_is_kept_without_what_could_harm(typed: str, kept: str) -> None:
    assert checked_upload(BytesIO(honest.pdf()), typed).name == kept


MAKERS = {"docx": honest.word, "xlsx": honest.excel, "msg": honest.outlook, "eml": honest.letter, "pdf": honest.pdf}


@given(st.binary(max_size=300))
def test_any_bytes_are_known_or_refused_in_words(data: bytes) -> None:
    with suppress(RefusedFileError):
        assert kind_by_content(data, Budget()) in {None, *Kind}


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4), st.sampled_from(list(MAKERS)))
def test_a_file_with_any_bytes_changed_is_known_or_refused_in_words(place: int, bytes_: bytes, end: str) -> None:
    data = bytearray(MAKERS[end]())
    place %= len(data)
    data[place : place + len(bytes_)] = bytes_
    with suppress(RefusedFileError):
        assert kind_by_content(bytes(data), Budget()) in {None, *Kind}


def scanner(folder: Path, script: str) -> str:
    program = folder / "scanner"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return str(program)


def test_the_scanner_sees_the_file_and_its_answer_counts(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    clean = scanner(tmp_path, f'cat "$1" > "{seen}"')
    assert checked_upload(BytesIO(honest.pdf()), "report.pdf", scanner=clean).kind is Kind.PDF
    assert seen.read_bytes() == honest.pdf()
    with pytest.raises(Invalid, match="virus scanner refused"):
        checked_upload(BytesIO(honest.pdf()), "report.pdf", scanner=scanner(tmp_path, "exit 1"))


def test_a_scanner_that_cannot_answer_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="does not answer"):
        checked_upload(BytesIO(honest.pdf()), "report.pdf", scanner=str(tmp_path / "gone"))
    monkeypatch.setattr("tracker.core.uploads.scanning._SECONDS", 0.2)
    with pytest.raises(Invalid, match="does not answer"):
        checked_upload(BytesIO(honest.pdf()), "report.pdf", scanner=scanner(tmp_path, "exec sleep 5"))
