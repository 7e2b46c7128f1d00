"""The mechanism of searching: indexes, typed words, marks, many sources at once; what is searched is the features'."""

from tracker.core.search.indexes import create_index, drop_index, mend_indexes, prepare_words, remove_words
from tracker.core.search.looking import Index, Looking
from tracker.core.search.marking import Part, marked, snippet
from tracker.core.search.sources import MOST, Hit, Rows, Source, columns, counts, hits
from tracker.core.search.typed import Sought, plain_line, read_words

__all__ = [
    "MOST",
    "Hit",
    "Index",
    "Looking",
    "Part",
    "Rows",
    "Sought",
    "Source",
    "columns",
    "counts",
    "create_index",
    "drop_index",
    "hits",
    "marked",
    "mend_indexes",
    "plain_line",
    "prepare_words",
    "read_words",
    "remove_words",
    "snippet",
]
