"""Lists that arrive as CSV or Excel, as rows of text, each kind with its limits; what a row means is the features'."""

from tracker.core.sheets.reading import SHEETS, rows_in

__all__ = ["SHEETS", "rows_in"]
