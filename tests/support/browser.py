"""The browser of the tests: which Chromium, how it is started, and the check of a page's accessibility."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The shell without a window does the same work in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# To tell of violations alone, and to load no sheet a second time, takes a third of the time.
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
_ASK = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WHAT_TO_INSTALL = (
    "Browser tests need Chromium: install it "
    "(on Debian: apt-get install chromium-headless-shell fonts-liberation libatomic1), "
    "name it with CHROMIUM=/path/to/chromium, or skip these tests with ALLOW_NO_BROWSER=1."
)


def find_chromium() -> Path | None:
    """Return the browser that CHROMIUM names, the system's, or Playwright's own download; None when there is none."""
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    # In a process of its own, because a test's browser may be running in this one.
    asked = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=False)
    own = Path(asked.stdout.strip() or "none")
    return own if asked.returncode == 0 and own.exists() else None


def may_do_without() -> bool:
    """Say whether this run allows that the browser tests are skipped."""
    return os.environ.get("ALLOW_NO_BROWSER") == "1"


def launch_arguments(chromium: Path) -> dict[str, Any]:
    """Return how to start the browser: quietly, and as root without the sandbox, which root cannot have."""
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return {"executable_path": str(chromium), "args": flags}


def assert_no_violations(page: Page) -> None:
    """Run axe over the page as it stands now; fails with every violation, its place and what to do."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", AXE_OPTIONS)
    lines = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not lines, "\n".join([f"{page.url} has violations:", *lines])
