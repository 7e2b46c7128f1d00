"""Small files of evidence for the invented council, made while it is loaded; nothing in them is anybody's."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from tracker.core.files import StoredFile
from tracker.core.uploads import checked_upload
from tracker.core.uploads.kinds import Kind, kind_by_name
from tracker.extensions import db_session, file_store

_INVENTED = "Invented for the demonstration."
_OPEN = "http://schemas.openxmlformats.org"
_PACKAGE = "application/vnd.openxmlformats-package"


def made_file(name: str, words: str) -> StoredFile:
    """Make a PDF, a Word or an Excel file that says some words, and keep it as one that a person added."""
    makers = {Kind.EXCEL: _excel, Kind.WORD: _word, Kind.PDF: _pdf}
    data = makers[kind_by_name(name) or Kind.PDF](words)
    return file_store().keep(db_session(), checked_upload(BytesIO(data), name))


def _excel(words: str) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Evidence")
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, words)
        sheet.write_string(1, 0, _INVENTED)
    return made.getvalue()


def _word(words: str) -> bytes:
    """Write the three parts that a Word file needs at least: the list of types, where the text is, and the text."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in (words, _INVENTED))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_OPEN}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="{_PACKAGE}.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{Kind.WORD.media_type}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_OPEN}/wordprocessingml/2006/main"><w:body>{paragraphs}'
        "</w:body></w:document>",
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return made.getvalue()


def _pdf(words: str) -> bytes:
    """Write a PDF of one page by hand: a title, its pages, a font and one line after another."""
    lines = [*_wrapped(words), "", _INVENTED]
    shown = " T* ".join(f"({_quoted(line)}) Tj" for line in lines)
    text = f"BT /F1 12 Tf 18 TL 56 780 Td {shown} ET".encode("cp1252", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _wrapped(words: str, width: int = 80) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _quoted(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
