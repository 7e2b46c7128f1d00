"""Telling what a file is from what is in it; whether its name agrees is asked elsewhere."""

from tracker.core.uploads.archives import BEGINS, ENDS
from tracker.core.uploads.budget import Budget
from tracker.core.uploads.compound import COMPOUND, kind_of_compound
from tracker.core.uploads.kinds import Kind
from tracker.core.uploads.letters import check_letter, check_message, is_letter
from tracker.core.uploads.packages import kind_of_package
from tracker.core.uploads.refusals import DAMAGED, FOREIGN_PARTS, PROTECTED, RefusedFileError

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
)
_PAGE_MARKS = (b"<html", b"<script", b"<!doctype html", b"<body", b"<iframe", b"<svg", b"<?php")
# A second format hides at the beginning, as comments do, or at the end, where archives have their directory.
_NEAR_BEGINNING = 4096
_NEAR_END = 66 * 1024


def kind_by_content(data: bytes, budget: Budget) -> Kind | None:
    """Return the kind that the content of a file shows, or None; raises `RefusedFileError` when it is not taken."""
    if data.startswith(BEGINS):
        return kind_of_package(data, budget)
    if data.startswith(COMPOUND):
        kind = kind_of_compound(data)
        if kind is not None:
            check_message(data, budget)
        return kind
    if data.startswith(b"%PDF-"):
        _check_pdf(data)
        return Kind.PDF
    if kind := _image(data):
        _refuse_second_format(data)
        return kind
    if is_letter(data):
        check_letter(data, budget)
        return Kind.EMAIL
    return None


def _image(data: bytes) -> Kind | None:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    kind = next((kind for mark, kind in _IMAGES if data.startswith(mark)), None)
    if kind is Kind.PNG and (data[12:16] != b"IHDR" or b"IEND" not in data[-_NEAR_END:]):
        raise RefusedFileError(DAMAGED)
    return kind


def _check_pdf(data: bytes) -> None:
    """Refuse a PDF that is cut off, protected, or a web page or an archive as well."""
    if b"%%EOF" not in data[-1024:]:
        raise RefusedFileError(DAMAGED)
    if b"/Encrypt" in data:
        raise RefusedFileError(PROTECTED)
    _refuse_second_format(data)


def _refuse_second_format(data: bytes) -> None:
    beginning = data[:_NEAR_BEGINNING].lower()
    if any(mark in beginning for mark in _PAGE_MARKS) or ENDS in data[-_NEAR_END:]:
        raise RefusedFileError(FOREIGN_PARTS)
