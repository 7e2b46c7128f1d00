"""Times the pages of the audit programme among many audits, and the counting of votes by theme.

Run it with `python -m bench.audits`. The audits and a tool of sixty questions are loaded in bulk into a temporary
database, over which a server of our own is started.
"""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

from bench.audit_loading import AuditSubject, load_audits
from bench.browsers import Browser
from bench.houses import House, house_in
from bench.reading import statements_of
from bench.servers import Server, serving

MOST_SECONDS, MOST_QUERIES = 1.0, 11
_MODERATOR, _AUDITOR = "moderator", "auditor"
_TIMES = 3

# The form is opened more often than any other page: it has a limit of queries beside that of seconds.
_FORM = ("section of the form", "check page")
# What is opened: by name the address and who opens it.
PAGES: dict[str, tuple[str, str]] = {
    "section of the form": ("/audits/{writing}/section/4", _AUDITOR),
    "form on one page": ("/audits/{writing}/section/1?view=all", _AUDITOR),
    "check page": ("/audits/{writing}/check", _AUDITOR),
    "my audits": ("/my/audits", _AUDITOR),
    "audit": ("/audits/{final}", _MODERATOR),
    "rounds": ("/audits", _MODERATOR),
    "round": ("/audits/rounds/round-20", _MODERATOR),
    "tools": ("/audits/tools", _MODERATOR),
    "moderation": ("/moderation", _MODERATOR),
    "agreement": ("/moderation/agreement", _MODERATOR),
    "immediate actions": ("/immediate-actions", _MODERATOR),
    "concerns": ("/concerns", _MODERATOR),
    "re-audits": ("/re-audits", _MODERATOR),
    "themes": ("/themes", _MODERATOR),
    "theme": ("/themes/voice", _MODERATOR),
    "words of a theme": ("/themes/voice/words", _MODERATOR),
    "numbers of a theme": ("/themes/voice/numbers.csv", _MODERATOR),
    **{
        name.format(kind): (f"/audits/reports/{kind}{end}", _MODERATOR)
        for kind in ("activity", "grades", "remedial", "re-audits")
        for name, end in (("report: {}", ""), ("file of it: {}", ".csv"))
    },
    "report of a round": ("/audits/rounds/round-20/report", _MODERATOR),
}


@dataclass(frozen=True)
class Opened:
    """What opening a page took: statements to the database, seconds, and the bytes that were sent."""

    name: str
    queries: int
    seconds: float
    size: int

    @property
    def is_good(self) -> bool:
        """Whether it stayed within its limits."""
        return self.seconds <= MOST_SECONDS and (self.name not in _FORM or self.queries <= MOST_QUERIES)


def open_pages(house: House, server: Server, subject: AuditSubject) -> list[Opened]:
    """Open every page several times and return what the middle one took."""
    browsers = {_MODERATOR: server.signed_in(subject.moderator), _AUDITOR: server.signed_in(subject.auditor)}
    return [
        _opened(house, browsers[who], name, address.format(writing=subject.writing, final=subject.final))
        for name, (address, who) in PAGES.items()
    ]


def _opened(house: House, browser: Browser, name: str, address: str) -> Opened:
    queries = statements_of(house, browser, address)
    taken: list[float] = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        status, page = browser.get(address)
        taken.append(time.perf_counter() - began)
        if status != 200:
            raise SystemExit(f"{address} answered {status}.")
    return Opened(name, queries, statistics.median(taken), len(page.encode()))


def count_themes(house: House) -> float:
    """Count the votes of every audit by the command, and return how many seconds that took."""
    began = time.perf_counter()
    result = house.app.test_cli_runner().invoke(args=["theme-counts", "--json"])
    if result.exit_code:
        raise SystemExit(f"tracker theme-counts failed: {result.output}")
    return time.perf_counter() - began


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--audits", default=5000, show_default=True, type=click.IntRange(100, 50_000), help="Audits to load.")
def main(audits: int) -> None:
    """Time the pages of the audit programme; it fails when one takes over a second, or the form twelve queries."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, house_in(Path(name)) as house:
        began = time.perf_counter()
        subject = load_audits(house.app, audits)
        click.echo(f"{audits:,} audits loaded in {time.perf_counter() - began:.1f} s")
        with serving(house) as server:
            found = open_pages(house, server, subject)
        counting = count_themes(house)
    click.echo(f"{'':24}{'queries':>8}{'seconds':>9}{'KiB':>8}")
    for one in found:
        click.echo(
            f"{one.name:24}{one.queries:8}{one.seconds:9.2f}{one.size / 1024:8.0f}{'' if one.is_good else '  !'}"
        )
    click.echo(f"{'tracker theme-counts':32}{counting:9.2f}")
    if not all(one.is_good for one in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
