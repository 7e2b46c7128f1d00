"""Documents that nobody should bring in: refused in a sentence, and nothing of them is stored.

Each is so large that a reader whose work grows faster than the document would not come to an end.
"""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.state import fingerprint
from tests.support.houses import House

HEAD = "AREA FOR IMPROVEMENT I: Workloads\nACTION\tMILESTONES\tTARGET DATE\tDELIVERY LEAD\n"
ROW = "1.{number}\tAction {number}\tStep {number}\tMarch 2027\tPriya Nair\n"
Made = Callable[[], bytes]


def nested() -> str:
    return HEAD + "1.1\tAct\t" + "<ul><li>" * 10_000 + "deep" + "</li></ul>" * 10_000 + "\tMarch 2027\tA\n"


def many_rows() -> bytes:
    return (HEAD + "".join(ROW.format(number=number) for number in range(100_000))).encode()


REFUSED: dict[str, Made] = {
    "empty": bytes,
    "blank": lambda: b" \n\t\n" * 1000,
    "noise": lambda: os.urandom(200_000),
    "zeros": lambda: bytes(1_000_000),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + os.urandom(5_000),
    "a zip file": lambda: b"PK\x03\x04" + os.urandom(5_000),
    "a PDF": lambda: b"%PDF-1.7\n" + b"x" * 5_000,
    "too large": lambda: b"x" * 50_000_000,
    "a long line": lambda: b"x" * 1_000_000,
    "many tabs": lambda: b"\t" * 1_000_000,
    "half of UTF-16": lambda: b"\xff\xfea",
    "UTF-32": lambda: HEAD.encode("utf-32"),
    "EBCDIC": lambda: HEAD.encode("cp500"),
    "a hundred thousand rows": many_rows,
    "no action": lambda: b"Dear all,\nplease find the plan attached.\n" * 100,
}
READ: dict[str, str] = {
    "nested lists": nested(),
    "a bomb of entities": (HEAD + "1.1\t" + "&amp;" * 200_000 + "\tStep\tMarch 2027\tA\n"),
    "long numbers of characters": (HEAD + "1.1\tAct &#" + "9" * 5000 + ";\tStep\tMarch 2027\tA\n"),
    "a long cell": (HEAD + "1.1\tAct\t" + "Do this. Then that " * 5_000 + "\tMarch 2027\tA\n"),
    "many dates": (HEAD + "1.1\tAct\tStep\t" + "March 2027; " * 5_000 + "\tA\n"),
    "many leads": (HEAD + "1.1\tAct\tStep\tMarch 2027\t" + "A B, " * 5_000 + "\n"),
    "open tags": (HEAD + "1.1\tAct\t" + "<" * 50_000 + "li" * 50_000 + "\tMarch 2027\tA\n"),
    "bold marks": (HEAD + "1.1\tAct\t" + "**" * 50_000 + "\tMarch 2027\tA\n"),
    "quotation marks": (HEAD + '1.1\t"Act\t' + '"' * 100_001 + "\tMarch 2027\tA\n"),
    "one number a thousand times": (HEAD + ROW.format(number=1) * 4_000),
    "many areas": ("".join(f"AREA FOR IMPROVEMENT {n}: A\n" for n in range(3_000)) + HEAD + ROW.format(number=1)),
}


def _run(town: House, file: Path, *more: str) -> tuple[int, str, str]:
    done = town.app.test_cli_runner().invoke(args=["import-plan", str(file), "--title", "Hostile", *more])
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("what", REFUSED)
def test_the_command_refuses_in_a_sentence(what: str, town: House, stored: Session, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(REFUSED[what]())
    before = fingerprint(stored)
    code, said, told = _run(town, file)
    assert (code, said) == (1, "")
    assert told.splitlines()[-1].startswith("Error: ")
    assert fingerprint(stored) == before


@pytest.mark.parametrize("what", READ)
def test_the_command_reads_the_odd_or_refuses_it_in_a_sentence(
    what: str, town: House, stored: Session, tmp_path: Path
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(READ[what])
    before = fingerprint(stored)
    code, _, told = _run(town, file, "--approved-on", "2026-01-13", "--dry-run")
    assert code in {0, 1}
    assert code == 0 or told.splitlines()[-1].startswith("Error: ")
    assert fingerprint(stored) == before


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-13-01", "yesterday", "", "\u0662\u0660\u0662\u0666-01-01"]
)
def test_a_day_that_no_plan_was_approved_on_is_refused(day: str, town: House, stored: Session, tmp_path: Path) -> None:
    file, before = tmp_path / "plan.txt", fingerprint(stored)
    file.write_text(HEAD + ROW.format(number=1))
    code, _, told = _run(town, file, "--approved-on", day)
    assert code in {1, 2}
    assert told.splitlines()[-1].startswith("Error: ")
    assert fingerprint(stored) == before


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "a\x00b.txt", "x" * 3000 + ".txt", "<script>.txt", "=cmd.txt", "\u202etxt.exe"]
)
def test_the_page_takes_no_harm_from_a_name(name: str, stored: Session, come: SignIn) -> None:
    office = come("office")
    plan = (HEAD + ROW.format(number=1)).encode()
    fields = {"title": "Hostile", "approved_on": "13 Jan 2026", "file": (BytesIO(plan), name)}
    answer = office.send("/plans/new", fields, content_type="multipart/form-data")
    assert answer.status_code == 303
    page = office.get(answer.location)
    assert page.status_code == 200
    assert "<script>.txt" not in page.text


def test_the_page_reads_no_more_than_it_takes(stored: Session, come: SignIn) -> None:
    office, before = come("office"), fingerprint(stored)
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    head = part.format("csrf_token", "") + office.token + "\r\n" + part.format("file", '; filename="plan.txt"')
    sending = head.encode() + b"x" * 50_000_000 + b"\r\n--x--\r\n"
    answer = office.post("/plans/new", data=sending, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert fingerprint(stored) == before


@pytest.mark.parametrize("what", ["empty", "noise", "a zip file", "UTF-32", "blank"])
def test_the_page_refuses_in_words_beside_the_field(what: str, stored: Session, come: SignIn) -> None:
    office, before = come("office"), fingerprint(stored)
    fields = {"title": "Hostile", "approved_on": "", "file": (BytesIO(REFUSED[what]()), "plan.txt")}
    answer = office.send("/plans/new", fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert fingerprint(stored) == before
