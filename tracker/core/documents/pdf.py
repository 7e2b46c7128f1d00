"""The text of a PDF, page by page, read in a process of its own; pictures are not read."""

from io import BytesIO

from pypdf import PdfReader

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import TOO_MUCH, RefusedFileError

_MOST_PAGES = 500


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, a line for each printed line; raises what its reader raises for a broken one.

    Raises `RefusedFileError` for one with far more pages than a report has.
    """
    pages = PdfReader(BytesIO(data)).pages
    if len(pages) > _MOST_PAGES:
        raise RefusedFileError(TOO_MUCH)
    return "\n".join(page.extract_text() for page in pages)


if __name__ == "__main__":
    answer_apart(pdf_text)
