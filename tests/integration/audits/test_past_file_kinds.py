"""The file with every trap in it says the same in every form in which a council may have it."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tracker.audits.imports.table_file import read_table
from tracker.audits.rules.past.words import read_day
from tracker.core.problems import Invalid
from tracker.people.models import Unit

FILES = Path(__file__).parents[2] / "support" / "audits"
MAPPING = str(FILES / "past.json")
# A name that UTF-8, UTF-16 and Windows spell in different bytes.
TEAM = "Team Zoë"
_DAY = 9


def rows() -> list[list[str]]:
    text = (FILES / "past.csv").read_text(encoding="utf-8").replace("North team", TEAM)
    return list(csv.reader(StringIO(text), delimiter=";"))


def text_of(mark: str) -> str:
    made = StringIO()
    csv.writer(made, delimiter=mark).writerows(rows())
    return made.getvalue()


def workbook() -> bytes:
    """Return the file as Excel keeps it: an empty sheet first, titles over merged cells, days as days."""
    title, headings, *lines = rows()
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Notes")
        sheet = book.add_worksheet("Audits")
        sheet.merge_range(0, 0, 0, len(headings) - 1, title[0])
        sheet.merge_range(1, 10, 1, 11, "Grades")
        sheet.write_row(2, 0, headings)
        written = book.add_format({"num_format": "dd/mm/yyyy"})
        for at, line in enumerate(lines, start=3):
            for column, cell in enumerate(line):
                day = read_day(cell) if column == _DAY else None
                if day is not None:
                    sheet.write_datetime(at, column, day, written)
                else:
                    sheet.write_string(at, column, cell)
    return made.getvalue()


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "semicolons, Windows": ("past.csv", lambda: text_of(";").encode("cp1252")),
    "commas, UTF-8 with its mark": ("past.csv", lambda: text_of(",").encode("utf-8-sig")),
    "tabs, UTF-16 as Excel saves text": ("past.txt", lambda: text_of("\t").encode("utf-16")),
    "Excel": ("past.xlsx", workbook),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_the_file_gives_the_same_audits_and_votes(
    app: Flask, session: Session, tmp_path: Path, kind: str
) -> None:
    a_theme(session)
    session.commit()
    name, made = KINDS[kind]
    file = tmp_path / name
    file.write_bytes(made())
    result = app.test_cli_runner().invoke(args=["import-audits", str(file), "--mapping", MAPPING, "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["counts"] == {"rows": 20, "accepted": 13, "rejected": 7}
    assert [one["row"] for one in report["rejected"]] == [10, 11, 12, 13, 14, 19, 20]
    assert TEAM in set(session.scalars(select(Unit.name)))
    counted = app.test_cli_runner().invoke(args=["theme-counts", "--json"])
    found = {code: tuple(figures.values()) for code, figures in json.loads(counted.stdout)["themes"].items()}
    # As worked by hand in test_past_audits.
    assert found["voice"] == (13, 7, 4, 2, 0)
    assert found["plan"] == (13, 7, 3, 2, 0)
    assert found["supervision"] == (11, 5, 2, 1, 0)
    assert found["risk"] == (11, 5, 2, 2, 0)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_file_that_is_too_wide_is_told_so_whatever_parts_its_columns(mark: str) -> None:
    wide = mark.join(f"c{number}" for number in range(40_000))
    with pytest.raises(Invalid, match="more than 300 columns"):
        read_table(f"{wide}\n{wide}\n".encode(), "wide.csv")


def test_a_cell_that_nothing_divides_is_told_of() -> None:
    with pytest.raises(Invalid, match="One cell of this file"):
        read_table(b"ref,date\n" + b"A" * 200_000, "long.csv")


def test_what_reads_a_workbook_starts_without_the_database() -> None:
    script = "import sys, tracker.audits.imports.excel_rows; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
