"""The text of a PDF, page by page, read in a process of its own; pictures are not read."""

from io import BytesIO

from pypdf import PdfReader

from tracker.core.uploads.apart import answer_apart

_MOST_PAGES = 500


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, a line for each printed line; raises what its reader raises for a broken one."""
    pages = PdfReader(BytesIO(data)).pages
    if len(pages) > _MOST_PAGES:
        raise ValueError(f"{len(pages)} pages are more than a report has")
    return "\n".join(page.extract_text() for page in pages)


if __name__ == "__main__":
    answer_apart(pdf_text)
