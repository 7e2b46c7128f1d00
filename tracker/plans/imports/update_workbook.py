"""A filled workbook as it arrives, understood: its sheets are read apart, and its rows by the rules."""

from tracker.core.problems import Invalid
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.rules.workbook import Filled, Stamps, read_workbook


def filled_workbook(data: bytes, stamps: Stamps) -> Filled:
    """Return what a filled workbook says; `data` has passed the checks of `core.uploads`.

    Raises `Invalid` with a sentence.
    """
    try:
        tables = read_apart("tracker.plans.imports.workbook_sheets", data)
    except RefusedFileError as refused:
        raise Invalid("file", refused.sentence) from refused
    return read_workbook(tables, stamps)
