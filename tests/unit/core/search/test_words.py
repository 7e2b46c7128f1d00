"""Reading typed words, marking them and cutting what stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.search import marked, plain_line, read_words, snippet


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("%", ()),
        ("Voice of the Child", ("voice", "of", "the", "child")),
        ("Zoë's café", ("zoe", "s", "cafe")),
        ("Zoe\u0308 cafe\u0301", ("zoe", "cafe")),
        ("out_of_hours", ("out", "of", "hours")),
        ('"a" AND title:b* NEAR(c)', ("a", "and", "title", "b", "near", "c")),
        ("1.3", ("1", "3")),
        ("plan plan PLAN", ("plan",)),
        ("a b c d e f g h i j", ("a", "b", "c", "d", "e", "f", "g", "h")),
        ("💣 boom", ("boom",)),
    ],
)
def test_words_are_letters_and_figures_in_small_letters_without_accents(typed: str, words: tuple[str, ...]) -> None:
    assert read_words(typed).words == words


@given(typed=st.text(max_size=300))
def test_no_sign_of_a_query_language_is_left(typed: str) -> None:
    for word in read_words(typed).words:
        assert word.isalnum()


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("supervise", "Supervision is supervised", ["Supervision", "supervised"]),
        ("cafe", "The Café-table", ["Café"]),
        ("of super", "Of supervision, of superb", ["Of", "supervision", "of", "superb"]),
        ("super of", "supervision of", ["of"]),
        ("zzz", "nothing here", []),
    ],
)
def test_found_words_are_marked(typed: str, text: str, found: list[str]) -> None:
    assert [part.text for part in marked(text, read_words(typed)) if part.is_marked] == found


@given(text=st.text(max_size=200), typed=st.text(max_size=20))
def test_the_parts_are_the_whole_text(text: str, typed: str) -> None:
    assert "".join(part.text for part in marked(text, read_words(typed))) == text


@given(text=st.text(st.sampled_from("ab cé\n"), max_size=900), typed=st.sampled_from(["a", "cé", "zz"]))
def test_a_snippet_is_short_and_shows_the_word(text: str, typed: str) -> None:
    sought = read_words(typed)
    parts = snippet(text, sought)
    assert sum(len(part.text) for part in parts) <= 202
    whole = any(part.is_marked and len(part.text) < 60 for part in marked(text, sought))
    assert any(part.is_marked for part in parts) or not whole


def test_a_long_text_is_cut_between_words() -> None:
    text = "one two three " * 40 + "heron stands here " + "four five six " * 40
    shown = "".join(part.text for part in snippet(text, read_words("heron")))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "heron stands here" in shown
    assert set(shown.strip("…").split()) <= set(text.split())


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  a \r\n b ", "a b"),
        ("\u202eolleh", "olleh"),
        ("a\x00b\uffff", "a b"),
        ("x" * 500, "x" * 100),
        ("é 💣", "é 💣"),
    ],
)
def test_a_typed_line_holds_nothing_that_nobody_sees(typed: str, line: str) -> None:
    assert plain_line(typed) == line
