"""Tells what one file is, in a process of its own: `apart` starts it, and nobody by hand."""

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.budget import Budget
from tracker.core.uploads.contents import kind_by_content

if __name__ == "__main__":
    answer_apart(lambda data: kind_by_content(data, Budget()))
