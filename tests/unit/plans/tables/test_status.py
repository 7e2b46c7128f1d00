"""A column of colours or states says nothing without its key; with one, what it declares comes in."""

import pytest

from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_text, as_word
from tests.unit.plans.tables.reading import actions, doubts, read, read_rows
from tracker.core.problems import Invalid
from tracker.plans.imports.plan_file import KeyNeeded
from tracker.plans.rules.reading.status import columns_without_key, rag_key_from, status_word

HEAD = "No | Action | Date | Lead | {}"
ROW = "{} | Do it | Mar 2027 | Hannah Osei | {}"


def with_column(heading: str, *words: str, key: str = "") -> dict[str, str]:
    """Read a plan whose last column says these words, and return what each of its actions declares."""
    rows = [ROW.format(number, word) for number, word in enumerate(words, start=1)]
    found = actions(read_rows(HEAD.format(heading), *rows, key=key))
    return {one.status_text: str(one.declared) if one.declared else "" for one in found.values()}


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", as_word), ("a.xlsx", as_excel), ("a.csv", as_csv), ("a.txt", as_text), ("pasted text", as_pasted)],
)
def test_without_its_key_the_import_stops_and_names_the_words(name: str, make: object) -> None:
    assert callable(make)
    with pytest.raises(KeyNeeded, match=r"“rag” \(Green: 2, Amber: 1, Red: 1\)") as stopped:
        read(make(), name)
    assert (stopped.value.field, stopped.value.words) == ("rag_key", ("Green", "Amber", "Red"))


def test_a_key_that_lacks_one_word_stops_at_that_word() -> None:
    with pytest.raises(KeyNeeded, match=r"\(Purple: 1\)"):
        with_column("BRAG", "Green", "Purple", key="Green = G")


@pytest.mark.parametrize(
    ("scheme", "words", "meant"),
    [
        ("on track", "Red, Amber, Green, Blue", "Red = R, Amber = A, Green = G, Blue = C"),
        ("green is complete", "Red, Amber, Green", "Red = R, Amber = G, Green = C"),
        ("blue is checked", "Red, Amber, Green, Blue", "Red = R, Amber = G, Green = C, Blue = E"),
        ("letters", "R, A, G, B", "R = R, A = A, G = G, B = C"),
        ("states", "Not started, In progress, Complete", "Not started = N, In progress = G, Complete = C"),
    ],
)
def test_the_key_of_a_scheme_decides_what_its_words_declare(scheme: str, words: str, meant: str) -> None:
    key = dict(pair.split(" = ") for pair in meant.split(", "))
    declared = {"E": "C", "N": ""}
    assert with_column("RAG status", *words.split(", "), key=meant) == {
        word: declared.get(key[word], key[word]) for word in words.split(", ")
    }, scheme


def test_words_after_the_colour_do_not_hide_it_and_the_longer_word_wins() -> None:
    key = "Amber = A, Amber E = C, Complete = C, Completed next phase = G"
    found = with_column("Status", "Amber - late", "Amber E", "Complete (May)", key=key)
    assert found == {"Amber - late": "A", "Amber E": "C", "Complete (May)": "C"}


def test_a_status_column_of_prose_needs_no_key_and_is_kept_as_text() -> None:
    found = with_column("Status", "stage 1 done, stage 2 Mar 2027", "waiting for legal advice")
    assert found == {"stage 1 done, stage 2 Mar 2027": "", "waiting for legal advice": ""}


def test_prose_in_a_column_of_colours_is_kept_with_a_suggestion() -> None:
    rows = (HEAD.format("RAG"), ROW.format(1, "Green"), ROW.format(2, "stage 1 done, stage 2 Mar 2027"))
    (words,) = doubts(read_rows(*rows), "unread")
    assert words.endswith("It was kept as text. Suggested: “stage 1” done; “stage 2” due by 31 March 2027")


def test_painted_cells_without_words_are_not_read_and_it_says_so() -> None:
    (words,) = doubts(read_rows(HEAD.format("RAG"), ROW.format(1, ""), ROW.format(2, "")), "unread")
    assert "Painted cells are not read" in words


def test_what_cannot_be_declared_is_told() -> None:
    rows = (HEAD.format("RAG"), ROW.format(1, "Blue"), ROW.format(2, "Dropped"), "3 | Further actions | TBC | | Green")
    found = read_rows(*rows, key="Blue = E, Dropped = X, Green = C")
    assert [str(one.declared) for one in actions(found).values()] == ["C", "None", "None"]
    embedded, withdrawn = doubts(found, "unread")
    assert "claim of completion" in embedded
    assert "Suggested: withdraw it here" in withdrawn
    assert "Nothing was declared" in doubts(found, "placeholder")[1]


def test_of_several_rows_of_an_action_the_worst_counts() -> None:
    rows = (HEAD.format("RAG"), ROW.format(1, "Green"), " | | May 2027 | | Red")
    (action,) = actions(read_rows(*rows, key="Green = C, Red = R")).values()
    assert (str(action.declared), action.status_text) == ("R", "Green; Red")


@pytest.mark.parametrize(
    "text", ["Green", "Green = Z", "= G", "{", "[1]", '{"Green": 1}', "{" * 5000, "a = G\n" + "=\n"]
)
def test_a_key_that_is_none_is_refused_with_its_form(text: str) -> None:
    with pytest.raises(Invalid, match="The key is given as") as refused:
        with_column("RAG", "Green", key=text)
    assert refused.value.field == "rag_key"


def test_a_key_survives_being_kept() -> None:
    key = rag_key_from('{"Green": "C", "On hold": "A"}')
    assert rag_key_from(key.as_json()) == key


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("green", "Green"),
        ("G", "G"),
        ("On track: all well", "On track"),
        ("A bit late", ""),
        ("Complete the work by all means and soon", ""),
    ],
)
def test_the_word_of_a_cell(text: str, word: str) -> None:
    assert status_word(text, in_colours=False) == word


def test_no_rows_need_no_key() -> None:
    assert columns_without_key([], rag_key_from("")) == ()
