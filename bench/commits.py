"""Which commit of the program is measured; figures without it prove little."""

import shutil
import subprocess
from pathlib import Path


def commit() -> str | None:
    """Return the commit, with "-dirty" when files differ from it; nothing without git or outside a clone."""
    git = shutil.which("git")
    if git is None:
        return None
    words = [git, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    found = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
