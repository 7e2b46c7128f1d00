"""Asking the council's virus scanner about a file; which scanner that is says a setting."""

import subprocess
import tempfile

from tracker.core.uploads.refusals import SCANNER_REFUSED, SCANNER_SILENT, RefusedFileError

_SECONDS = 60


def refuse_unless_clean(data: bytes, scanner: str | None) -> None:
    """Hand a file to the scanner as its only argument, with no shell between; only an exit status of 0 lets it pass.

    A scanner that does not answer within a minute, or cannot be started, refuses too: nothing unscanned is taken.
    """
    if not scanner:
        return
    with tempfile.NamedTemporaryFile(prefix="scan-") as waiting:
        waiting.write(data)
        waiting.flush()
        try:
            answer = subprocess.run([scanner, waiting.name], capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RefusedFileError(SCANNER_SILENT) from error
    if answer.returncode != 0:
        raise RefusedFileError(SCANNER_REFUSED)
