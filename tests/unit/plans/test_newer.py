"""What became of the update that something was begun on, and the one sentence that says so."""

import pytest

from tracker.plans.rules.newer import Begun, Since, since, since_words

HAPPENED = [
    # begun on, counts now, 0 for none
    (0, 0, Since.UNCHANGED),
    (7, 7, Since.UNCHANGED),
    (0, 7, Since.NEWER),
    (7, 9, Since.NEWER),
    (7, 0, Since.TAKEN_OUT),
    (7, 5, Since.TAKEN_OUT),
]


@pytest.mark.parametrize(("built_on", "counts", "found"), HAPPENED)
def test_an_older_update_that_counts_again_is_no_newer_one(built_on: int, counts: int, found: Since) -> None:
    assert since(built_on, counts) is found


@pytest.mark.parametrize(
    ("found", "begun", "sentence"),
    [
        (Since.UNCHANGED, Begun.FORM, ""),
        (Since.NEWER, Begun.FORM, "Tom Reid saved an update to 1.3 while you were writing"),
        (Since.TAKEN_OUT, Begun.FORM, "The last update of 1.3 was taken back or sent back while you were writing"),
        (Since.TAKEN_OUT, Begun.DRAFT, "The last update of 1.3 was taken back or sent back after this draft was begun"),
    ],
)
def test_nobody_is_named_for_what_was_taken_out(found: Since, begun: Begun, sentence: str) -> None:
    assert since_words(found, "1.3", begun, who="Tom Reid") == sentence


def test_who_was_not_there_is_told_when() -> None:
    words = since_words(Since.NEWER, "1.3", Begun.WORKBOOK, who="Tom Reid", when="on 4 Mar 2027")
    assert words == "Tom Reid saved an update to 1.3 on 4 Mar 2027 after this workbook was made"
