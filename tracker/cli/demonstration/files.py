"""Small files of evidence for the invented council, made while it is loaded; nothing in them is anybody's."""

from io import BytesIO

import xlsxwriter

from tracker.core.files import StoredFile
from tracker.core.uploads import checked_upload
from tracker.core.uploads.kinds import Kind, kind_by_name
from tracker.extensions import db_session, file_store


def made_file(name: str, words: str) -> StoredFile:
    """Make a PDF or an Excel file that says some words, and keep it as one that a person added."""
    data = _excel(words) if kind_by_name(name) is Kind.EXCEL else _pdf(words)
    return file_store().keep(db_session(), checked_upload(BytesIO(data), name))


def _excel(words: str) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Evidence")
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, words)
        sheet.write_string(1, 0, "Invented for the demonstration.")
    return made.getvalue()


def _pdf(words: str) -> bytes:
    """Write a PDF of one page by hand: a title, its pages, a font and one line after another."""
    lines = [*_wrapped(words), "", "Invented for the demonstration."]
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
