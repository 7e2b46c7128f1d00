"""Reports as Word and PDF files, made line by line as programs write them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.support.files.honest import pdf, word

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = (
    f"<w:numbering {_W}>"
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/>'
    '<w:pPr><w:ind w:left="643"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f'<w:styles {_W}><w:style w:styleId="Points"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="MyPoints"><w:basedOn w:val="Points"/></w:style></w:styles>'
)


def paragraph(text: str, *, numbers: int = 0, depth: int = 0, style: str = "") -> str:
    """Return a paragraph of a Word file, in a list of that number when it is in one."""
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbers}"/></w:numPr>' if numbers else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_report(*blocks: str) -> bytes:
    """Make a Word file of paragraphs and whatever else is given as it stands in the document."""
    document = f"<w:document {_W}><w:body>{''.join(blocks)}</w:body></w:document>"
    return word(**{"word/document.xml": document, "word/numbering.xml": NUMBERING, "word/styles.xml": STYLES})


def pdf_report(lines: Sequence[str]) -> bytes:
    """Make a PDF with these lines one below the other."""
    placed = [line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") for line in lines]
    return pdf(") Tj 0 -20 Td (".join(placed))
