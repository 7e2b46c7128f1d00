"""The process that reads one file: bytes in, text out, and an end when it takes too much; it knows nothing else."""

import importlib
import sys

from tracker.core.documents.pdf import pdf_text
from tracker.core.documents.word import word_text

_SECONDS = 60
_MEMORY = 1536 * 1024 * 1024
_READERS = {"docx": word_text, "pdf": pdf_text}


def _keep_within_limits() -> None:
    """Let the system end this process when it takes too much, where the system can."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    """Read what comes in and write its text."""
    _keep_within_limits()
    text = _READERS[sys.argv[1]](sys.stdin.buffer.read())
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main()
