"""Small files as programs write them, one of each kind that may arrive; hostile ones stand beside."""

import base64
import random
import struct
import zipfile
import zlib
from io import BytesIO

import xlsxwriter

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>Vacancy report</w:t></w:r></w:p></w:body></w:document>"
)


def types(main: str = WORD_TYPE, more: str = "") -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts as they are given, in their order."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def word_parts() -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": DOCUMENT,
    }


def word(**more: str | bytes) -> bytes:
    """Make a Word file, with more parts by their names."""
    return archive({**word_parts(), **more})


def excel() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Vacancies").write(0, 0, "Post")
    return made.getvalue()


def large_word(**more: str | bytes) -> bytes:
    """Make a Word file of more than one block of a message."""
    return word(**{"word/media/a.emf": random.Random(5).randbytes(5000), **more})


def pdf(words: str = "Vacancy report", extra: bytes = b"") -> bytes:
    text = f"BT /F1 18 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    body = b"%PDF-1.4\n" + extra
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 7\n0000000000 65535 f \n" + table + end


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png() -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 40 + b"\xff\xd9"


def gif() -> bytes:
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    return head + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def webp() -> bytes:
    return b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


def letter(attached: bytes | None = None, name: str = "report.bin") -> bytes:
    head = b"From: priya@council.example\r\nTo: office@council.example\r\nDate: Mon, 2 Nov 2026 09:00:00 +0000\r\n"
    head += b"Subject: Structure chart\r\nMIME-Version: 1.0\r\n"
    if attached is None:
        return head + b"Content-Type: text/plain\r\n\r\nThe chart is live.\r\n"
    body = (
        b'Content-Type: multipart/mixed; boundary="part"\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n'
    )
    inner = f'--part\r\nContent-Type: application/octet-stream; name="{name}"\r\n'.encode()
    return (
        head
        + body
        + inner
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(attached)
        + b"\r\n--part--\r\n"
    )


def outlook(attached: bytes = b"") -> bytes:
    streams = {"__properties_version1.0": b"\x00" * 64, "__substg1.0_0037001F": "Structure chart".encode("utf-16-le")}
    return compound(streams | ({"__substg1.0_37010102": attached} if attached else {}))


def compound(streams: dict[str, bytes]) -> bytes:
    """Make the small file system that older office files, messages and protected files are."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, child=1 if streams else -1, start=-2, size=0)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        filled = content.ljust(4096, b"\x00")
        count = -(-len(filled) // 512)
        begin = len(sectors)
        sectors += [filled[place * 512 : place * 512 + 512].ljust(512, b"\x00") for place in range(count)]
        chain += [*range(begin + 1, begin + count), -2]
        entries.append(
            _entry(name, 2, right=number + 1 if number < len(streams) else -1, start=begin, size=len(filled))
        )
    entries += [b"\x00" * 128] * (-len(entries) % 4)
    directory = len(sectors)
    sectors += [b"".join(entries[place : place + 4]) for place in range(0, len(entries), 4)]
    chain += [*range(directory + 1, len(sectors)), -2, -3]
    assert len(chain) <= 128, "one sector of the table is enough for tests"
    table = struct.pack("<128i", *chain, *([-1] * (128 - len(chain))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHHHIIiiIIiiii", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, directory, 0, 4096, -2, 0, -2, 0)
    head += struct.pack("<109i", len(sectors), *([-1] * 108))
    return head + b"".join(sectors) + table


def _entry(name: str, kind: int, *, child: int = -1, right: int = -1, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBiii", len(raw) + 2, kind, 1, -1, right, child)
    return head + b"\x00" * 36 + struct.pack("<iQ", start, size)
