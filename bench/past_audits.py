"""Times a large file of past audits from its rows to the audits that count, by the command and through the pages.

Run it with `python -m bench.past_audits`. Memory counts the command, or the server, with the processes it starts.
"""

import csv
import json
import tempfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import click

from bench.audit_rows import staff_rows
from bench.houses import House, house_in
from bench.imports import Clock, Taken, run_command
from bench.loading import insert_rows
from bench.memory import watched
from bench.rows import email, people_rows
from bench.servers import serving
from bench.sizes import PASSWORD
from tracker.audits.rules.past.keeping import MOST_ROWS_ON_A_PAGE
from tracker.extensions import db
from tracker.people.commands import hash_password

MOST_MEMORY = 400.0
_FIRST = date(2009, 4, 1)
_QUESTIONS = {"Child seen?": "voice", "Plan up to date?": "plan", "Supervised?": "supervision", "Safe?": "risk"}
_COLUMNS = {
    "Round": "round",
    "Audit no": "ref",
    "Case no": "case",
    "Help": "category",
    "Team": "unit",
    "Auditor": "auditor",
    "Form": "tool",
    "How": "mode",
    "Chosen": "selection",
    "Done on": "date",
    "Overall": "grade",
    "Moderated": "moderated_grade",
    "At risk?": "immediate_concern",
}
_MAPPING = {"columns": _COLUMNS, "questions": _QUESTIONS, "tools": {"v1": list(_QUESTIONS)[:2], "v2": list(_QUESTIONS)}}
# What a moderator chooses for each column on the page.
_HELD = [*(f"field:{field}" for field in _COLUMNS.values()), *(f"theme:{code}" for code in _QUESTIONS.values())]
_SAID = {f"column_{number}": held for number, held in enumerate(_HELD)}


def past_file(rows: int) -> bytes:
    """Return a CSV file with so many audits of five years, spread over rounds of a month, teams and auditors."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow([*_COLUMNS, *_QUESTIONS])
    writer.writerows(_row(number) for number in range(1, rows + 1))
    return made.getvalue().encode()


def _row(number: int) -> list[str]:
    day = _FIRST + timedelta(days=number % 1800)
    answers = ("met", "partly met", "not met", "N/A", "")
    return [
        f"{day:%B %Y}",
        f"A-{number:05}",
        f"C-{number % 30_000:05}",
        ("CIN", "CP", "LAC", "Early help")[number % 4],
        f"Team {number % 20 + 1}",
        f"Auditor {number % 30 + 1}",
        f"v{number % 2 + 1}",
        "desk",
        ("random", "random", "stratified", "targeted")[number % 4],
        f"{day:%d/%m/%Y}",
        ("good", "RI", "inadequate", "outstanding")[number % 4],
        "RI" if number % 9 == 0 else "",
        "yes" if number % 200 == 0 else "no",
        *(answers[(number + turn) % len(answers)] for turn in range(len(_QUESTIONS))),
    ]


def by_command(house: House, folder: Path, rows: int) -> Taken:
    """Bring a file in as an operator does, and count the votes of what came in."""
    taken = Taken("command")
    file = folder / "past.csv"
    file.write_bytes(past_file(rows))
    clock = Clock(taken)
    taken.peak = run_command(house, folder, ["import-audits", str(file), "--mapping", json.dumps(_MAPPING)])
    clock.note("brought in")
    taken.peak = max(taken.peak, run_command(house, folder, ["theme-counts", "--json"]))
    clock.note("votes counted")
    return taken


def through_pages(house: House, rows: int) -> Taken:
    """Bring a file in as a moderator does who says what each column holds."""
    taken = Taken("pages")
    with house.app.app_context(), db.engine.begin() as connection:
        hashed = hash_password(PASSWORD)
        insert_rows(connection, people_rows(hashed))
        staff = staff_rows(hashed)
        insert_rows(connection, {"person": staff["person"], "role_grant": staff["role_grant"]})
    with serving(house) as server:
        browser = server.signed_in(email("moderator"))
        new = "/audits/imports/new"
        asked = browser.form(new, "csrf_token")
        with watched(server.process) as watch:
            clock = Clock(taken)
            status, here = browser.send_file(new, asked, ("past.csv", past_file(rows)))
            _expect(status, "the file")
            clock.note("file sent")
            _expect(browser.post(here, browser.form(here, "version") | _SAID), "the columns")
            clock.note("columns said")
            last = f"{here}/preview"
            sent = browser.form(last, "version")
            clock.note("preview")
            _expect(browser.post(last, sent), "the import")
            clock.note("brought in")
        taken.peak = watch.peak
    return taken


def _expect(status: int, what: str) -> None:
    if status != 303:
        raise SystemExit(f"{what[0].upper()}{what[1:]}: the answer was {status}, not 303.")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rows", default=50_000, show_default=True, type=click.IntRange(1, 50_000), help="Rows of the file.")
def main(rows: int) -> None:
    """Time the import of past audits; it fails when a way takes more than 400 MiB."""
    found = []
    for way, number in (("command", rows), ("pages", min(rows, MOST_ROWS_ON_A_PAGE))):
        with tempfile.TemporaryDirectory(prefix="bench-") as name, house_in(Path(name)) as house:
            taken = by_command(house, Path(name), number) if way == "command" else through_pages(house, number)
        found.append(taken)
        click.echo(f"{way}: {number:,} rows in {taken.seconds:.1f} s, at most {taken.peak:.0f} MiB")
        for step, seconds in taken.steps:
            click.echo(f"  {step:<26}{seconds:6.1f} s")
    if any(taken.peak > MOST_MEMORY for taken in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
