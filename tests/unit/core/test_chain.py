"""The seals and spellings of the change log, as docs/change-log.md writes them down."""

import hashlib
import hmac
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.changelog import Checkpoint, CheckpointError, act_as, acting, current_actor
from tracker.core.changelog.chain import GENESIS, Entry, keyed, moment, payload_hash, same, seal
from tracker.core.changelog.values import canonical, plain

KEY = bytes(range(32))
ENTRY = Entry(
    number=1,
    at="2026-03-31T08:00:00.000000Z",
    actor="person:12",
    act="update",
    subject_kind="action",
    subject_id="7",
    fields="due,title",
    payload_hash="ab" * 32,
    previous_hash=GENESIS,
)


class Colour(StrEnum):
    RED = "R"


def test_a_seal_can_be_made_by_another_program_from_the_document_alone() -> None:
    spelled = (
        '["tracker-log-entry v1",1,"2026-03-31T08:00:00.000000Z","person:12","update","action","7","due,title",'
        f'"{"ab" * 32}","{"0" * 64}"]'
    )
    assert seal(KEY, ENTRY) == hmac.new(KEY, spelled.encode(), hashlib.sha256).hexdigest()


def test_a_payload_hash_can_be_made_by_another_program_from_the_document_alone() -> None:
    spelled = r'["tracker-log-payload v1","00ff",null,"{\"title\":\"Z\\u00fcrich\"}"]'
    assert payload_hash("00ff", None, canonical({"title": "Zürich"})) == hashlib.sha256(spelled.encode()).hexdigest()


@pytest.mark.parametrize("part", [field.name for field in fields(Entry)])
def test_every_part_of_an_entry_is_under_its_seal(part: str) -> None:
    changed: dict[str, Any] = {part: 2 if part == "number" else "x"}
    assert seal(KEY, replace(ENTRY, **changed)) != seal(KEY, ENTRY)


@given(st.binary(min_size=32, max_size=64))
def test_another_key_makes_another_seal(key: bytes) -> None:
    assert (seal(key, ENTRY) == seal(KEY, ENTRY)) == (key.rstrip(b"\0") == KEY.rstrip(b"\0"))


@given(st.text(), st.text())
def test_what_moves_from_one_field_to_the_next_changes_the_seal(left: str, right: str) -> None:
    moved = replace(ENTRY, subject_kind=left + right, subject_id="")
    assert right == "" or seal(KEY, moved) != seal(KEY, replace(ENTRY, subject_kind=left, subject_id=right))


def test_the_same_words_with_another_salt_have_another_hash() -> None:
    assert payload_hash("aa", None, "{}") != payload_hash("ab", None, "{}")
    assert payload_hash("aa", "{}", None) != payload_hash("aa", None, "{}")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (Colour.RED, "R"),
        (date(2015, 2, 28), "2015-02-28"),
        (datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1))), "2026-07-01T09:00:00+00:00"),
        (timedelta(minutes=2), "120.0 s"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\x00\xff", "00ff"),
        ({"b": {3, 1}, "a": (date(2026, 1, 1),)}, {"b": [1, 3], "a": ["2026-01-01"]}),
    ],
)
def test_how_a_value_is_written(value: object, written: object) -> None:
    assert plain(value) == written


def test_a_value_of_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="no spelling for a value of type object"):
        plain(object())


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda part: st.dictionaries(st.text(), part))
)
def test_the_canonical_spelling_is_ascii_and_reads_back(value: object) -> None:
    spelled = canonical(value)
    assert spelled.isascii()
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled


def test_a_moment_is_always_as_long_and_in_utc() -> None:
    early = moment(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))))
    assert early == "2026-06-30T23:30:00.000000Z"
    assert early < moment(datetime(2026, 6, 30, 23, 30, 0, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("one", "other", "alike"), [("a", "a", True), ("a", "b", False), ("ü", "ü", True), ("a", "\udcff", False)]
)
def test_hashes_of_any_text_can_be_compared(one: str, other: str, alike: bool) -> None:
    assert same(one, other) is alike


def a_checkpoint(number: int = 52) -> Checkpoint:
    at = "2026-03-31T08:00:00.000000Z"
    return Checkpoint(number, "cd" * 32, at, keyed(KEY, ["tracker-log-checkpoint v1", number, "cd" * 32, at]))


def test_a_checkpoint_is_one_line_that_reads_back() -> None:
    line = a_checkpoint().line()
    assert line.startswith("tracker-log v1 52 cdcd")
    assert Checkpoint.parse(f"  {line}\r\n") == a_checkpoint()
    Checkpoint.parse(line).check(KEY)


@given(st.data())
def test_a_checkpoint_with_any_character_changed_is_refused(data: st.DataObject) -> None:
    line = a_checkpoint().line()
    place = data.draw(st.integers(0, len(line) - 1))
    letter = data.draw(st.characters().filter(lambda drawn: drawn != line[place]))
    with pytest.raises(CheckpointError):
        Checkpoint.parse(line[:place] + letter + line[place + 1 :]).check(KEY)


@given(st.text(max_size=300))
def test_no_other_text_is_a_checkpoint(text: str) -> None:
    with pytest.raises(CheckpointError, match="not a checkpoint"):
        Checkpoint.parse(text)


@pytest.mark.parametrize("actor", ["Priya Shah", "person:", "person:0", "person:12 ", "command:Import", "", "nobody\n"])
def test_an_actor_of_another_shape_is_refused(actor: str) -> None:
    with pytest.raises(ValueError, match="knows actors as"):
        act_as(actor)


def test_who_acts_is_put_back_after_the_block() -> None:
    with acting("command:import-plan"):
        with acting("person:12"):
            assert current_actor() == "person:12"
        assert current_actor() == "command:import-plan"
    assert current_actor() == "nobody"
