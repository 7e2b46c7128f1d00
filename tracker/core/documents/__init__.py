"""The text of Word and PDF files that passed the checks of `core.uploads`; what the text says is the features'."""

from tracker.core.documents.reading import text_of

__all__ = ["text_of"]
