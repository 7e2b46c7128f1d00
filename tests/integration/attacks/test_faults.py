"""A database that cannot be written, is locked, full, damaged or gone: reading goes on, and no typed word is lost."""

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import cast

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.hostile import forms_of
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import fingerprint
from tests.integration.attacks.visitor import Visitor, words_of
from tests.support.houses import House
from tracker.core.changelog import verify
from tracker.extensions import db

LOG_KEY = b"another key for tests only, as long"
WORDS = "Fourteen posts are filled, and seven start in January"


@contextmanager
def each_connection(engine: Engine, *pragmas: str) -> Iterator[None]:
    """Let every connection of the service begin with these pragmas."""

    def say(connection: Connection, record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    engine.dispose()
    event.listen(engine, "connect", say)
    try:
        yield
    finally:
        event.remove(engine, "connect", say)
        engine.dispose()


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Hold the only write lock, as a backup gone wrong would, while the service waits for a moment only."""
    with each_connection(engine, "busy_timeout=50"):
        own = engine.connect()
        own.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            own.rollback()
            own.close()


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    with each_connection(engine, "query_only=ON"):
        yield


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """Let the file of the database grow no more."""
    with engine.connect() as own:
        pages = own.exec_driver_sql("PRAGMA page_count").scalar()
    with each_connection(engine, f"max_page_count={pages}"):
        yield


@contextmanager
def failing_disk(engine: Engine) -> Iterator[None]:
    """Let the disk refuse what is written to it, as a broken one does: SQLite then speaks of a disk I/O error.

    The operating system refuses to write past a limit; the log of SQLite is already longer, and a reader keeps it so.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with engine.connect() as own:
        own.exec_driver_sql("CREATE TABLE filler AS SELECT zeroblob(200000) AS room")
        own.commit()
        own.exec_driver_sql("DROP TABLE filler")
        own.commit()
        own.exec_driver_sql("BEGIN")
        own.exec_driver_sql("SELECT count(*) FROM person").scalar()
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            own.rollback()


@contextmanager
def damaged(engine: Engine) -> Iterator[None]:
    """Let all but the first page of the file be nonsense, as after a fault of the disk; what it was comes back."""
    file = Path(engine.url.database or "")
    with engine.connect() as own:
        own.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    sound = file.read_bytes()
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xa5" * (len(sound) - 4096))
    try:
        yield
    finally:
        engine.dispose()
        with file.open("r+b") as opened:
            opened.write(sound)


@contextmanager
def crowded(house: House) -> Iterator[None]:
    """Leave the service one connection only, which somebody has and does not give back."""
    with house.app.app_context():
        engines = cast("dict[str | None, Engine]", db.engines)
    ample = engines[None]
    narrow = create_engine(ample.url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    engines[None] = narrow
    try:
        with narrow.connect():
            yield
    finally:
        engines[None] = ample
        narrow.dispose()


Fault = Callable[[Engine], AbstractContextManager[None]]
FAULTS = pytest.mark.parametrize("fault", [read_only, locked, failing_disk])


def _filled(visitor: Visitor, address: str, field: str, **fields: str) -> dict[str, object]:
    form = next(form for form in forms_of(visitor.get(address).text) if field in form.known)
    return {**form.sent, field: WORDS, **fields}


@FAULTS
def test_plans_and_themes_are_read_whatever_cannot_be_written(
    fault: Fault, town: House, places: Places, come: SignIn
) -> None:
    office, lead, viewer = come("office"), come("lead"), come("viewer")
    plan = f"/plans/{places['slug']}"
    with fault(town.engine):
        for address in ("/plans", plan, f"{plan}/areas/1", f"{plan}/actions", f"{plan}/print", f"{plan}/changes"):
            for visitor in (office, lead, viewer):
                assert visitor.get(address).status_code == 200, address
        assert lead.get("/my/actions").status_code == 200
        assert office.get("/themes/supervision").status_code == 200
        assert office.get(f"/search?q={places['my_ref']}").status_code == 303


@FAULTS
def test_a_refusal_stays_one_when_the_log_cannot_take_it(
    fault: Fault, town: House, places: Places, come: SignIn
) -> None:
    viewer = come("viewer")
    with fault(town.engine):
        assert viewer.get("/themes").status_code == 403
        assert viewer.get(f"/audits/{places['their_audit']}").status_code == 403
        assert viewer.send(f"/plans/{places['slug']}/{places['my_ref']}/update", {"happened": WORDS}).status_code == 403


@FAULTS
def test_an_update_that_cannot_be_saved_stays_in_its_form(
    fault: Fault, town: House, places: Places, stored: Session, come: SignIn
) -> None:
    lead, before = come("lead"), fingerprint(stored)
    address = f"/plans/{places['slug']}/{places['my_ref']}/update"
    sending = _filled(lead, address, "happened", declared="G")
    stored.rollback()
    lead.is_broken = True
    with fault(town.engine):
        answer = lead.post(address, data=sending)
        assert answer.status_code == 503
        assert "The service cannot save just now" in answer.text
        assert "Update saved" not in answer.text, "what was not saved is not said to be"
        form = next(form for form in forms_of(answer.text) if "happened" in form.known)
        assert form.sent["happened"] == [WORDS]
        assert fingerprint(stored) == before
    lead.is_broken = False
    assert lead.post(address, data={**form.sent, "declared": "G"}).status_code == 303, "it heals by itself"


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    town: House, places: Places, stored: Session, come: SignIn
) -> None:
    lead = come("lead")
    address = f"/plans/{places['slug']}/{places['my_ref']}"
    known = stored.scalars(text("SELECT count(*) FROM progress_update")).one()
    stored.rollback()
    lead.is_broken = True
    said = []
    with full(town.engine):
        for number in range(200):
            words = f"{number} " + "words that fill the disk " * 20
            answer = lead.post(
                f"{address}/update",
                data=_filled(lead, f"{address}/update", "happened") | {"declared": "G", "happened": words},
            )
            if answer.status_code != 303:
                break
            said.append(words.strip())
        assert answer.status_code == 503
        assert words.strip() in words_of(answer)
        assert lead.get(address).status_code == 200
        assert lead.get(f"/plans/{places['slug']}/print").status_code == 200
    kept = stored.scalars(text("SELECT happened FROM progress_update ORDER BY id DESC")).all()
    assert list(reversed(kept[: len(kept) - known])) == said
    assert verify(stored, LOG_KEY).whole


@FAULTS
def test_case_level_records_stay_closed_while_their_opening_cannot_be_logged(
    fault: Fault, town: House, places: Places, come: SignIn
) -> None:
    auditor, moderator = come("auditor"), come("moderator")
    draft = f"/audits/{places['my_draft']}/section/4"
    sending = _filled(auditor, draft, "strengths")
    auditor.is_broken = moderator.is_broken = True
    with fault(town.engine):
        for visitor, address in (
            (auditor, f"/audits/{places['my_audit']}"),
            (auditor, "/themes/supervision/words"),
            (moderator, f"/audits/{places['their_audit']}"),
            (moderator, f"/audits/rounds/{places['round']}"),
            (moderator, f"/concerns/{places['concern']}"),
            (moderator, f"/immediate-actions/{places['to_check']}"),
            (moderator, f"/audits/{places['re_audit']}/before-and-after"),
            (moderator, "/themes/supervision/numbers.csv"),
            (moderator, f"/plans/{places['slug']}/actions.csv"),
        ):
            assert visitor.get(address).status_code == 503, address
        answer = auditor.post(draft, data=sending)
        assert answer.status_code == 503
        assert WORDS in answer.text, "what was typed can be copied"
        kept = auditor.post(f"{draft}/draft", data=sending)
        assert (kept.status_code, list(kept.get_json())) == (503, ["problem"])


@FAULTS
def test_nobody_is_let_in_or_misled_while_guesses_cannot_be_counted(fault: Fault, town: House, come: SignIn) -> None:
    visitor = come()
    visitor.is_broken = True
    with fault(town.engine):
        answer = visitor.sign_in("office@demo.example", "tracker-demonstration")
        assert answer.status_code == 503
        assert "Check your e-mail address" not in answer.text
        assert "tracker-demonstration" not in answer.text
        assert visitor.get("/plans").status_code == 302


@pytest.mark.parametrize("fault", [read_only, locked])
def test_signing_out_works_here_though_it_cannot_be_stored(fault: Fault, town: House, come: SignIn) -> None:
    visitor = come("lead")
    token = visitor.token
    with fault(town.engine):
        assert visitor.post("/sign-out", data={"csrf_token": token}).status_code == 303
        assert visitor.get("/plans").status_code == 302


@pytest.mark.parametrize("fault", [read_only, locked, full, failing_disk])
def test_a_fault_is_over_with_its_test(fault: Fault, town: House) -> None:
    def ways() -> list[object]:
        with town.engine.connect() as own:
            return [
                own.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("query_only", "busy_timeout", "max_page_count")
            ]

    before, limit = ways(), resource.getrlimit(resource.RLIMIT_FSIZE)
    with fault(town.engine):
        pass
    assert (ways(), resource.getrlimit(resource.RLIMIT_FSIZE)) == (before, limit)


def test_a_disk_that_refuses_speaks_of_itself(town: House) -> None:
    with failing_disk(town.engine), town.engine.connect() as own:
        own.exec_driver_sql("UPDATE person SET name = name || ' again'")
        with pytest.raises(OperationalError, match="disk I/O error"):
            own.commit()


def _gone(house: House) -> AbstractContextManager[None]:
    return each_connection(house.engine, "this is no pragma(")


def _damaged(house: House) -> AbstractContextManager[None]:
    return damaged(house.engine)


@pytest.mark.parametrize("fault", [_gone, _damaged, crowded])
def test_a_database_that_cannot_be_reached_or_read_is_said_in_plain_words(
    fault: Callable[[House], AbstractContextManager[None]], town: House, places: Places, stored: Session, come: SignIn
) -> None:
    lead, newcomer = come("lead"), come()
    address = f"/plans/{places['slug']}/{places['my_ref']}/update"
    sending = _filled(lead, address, "happened", declared="G")
    lead.is_broken = newcomer.is_broken = True
    who = {"email": "office@demo.example", "password": "tracker-demonstration", "csrf_token": newcomer.token}
    stored.close()
    with fault(town):
        sent = lead.post(address, data=sending)
        for answer in (sent, lead.get("/plans"), lead.get("/sign-in"), newcomer.post("/sign-in", data=who)):
            assert answer.status_code == 503
            assert "The service cannot save just now" in answer.text
            assert "tracker-demonstration" not in answer.text
        assert WORDS in words_of(sent), "what was typed can be copied"
        assert lead.get("/healthz").status_code == 200
        assert lead.get("/help").status_code == 200
    lead.is_broken = newcomer.is_broken = False
    assert lead.post(address, data=sending).status_code == 303, "it heals by itself"
    assert newcomer.post("/sign-in", data=who).status_code == 303
