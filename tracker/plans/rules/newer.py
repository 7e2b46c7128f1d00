"""Whether what somebody writes still builds on the update that counts, and the sentence about it; nothing is read."""

from enum import StrEnum


class Since(StrEnum):
    """What became of the update that a form, a draft or a workbook was begun on."""

    UNCHANGED = "unchanged"
    NEWER = "newer"
    # It was withdrawn or returned, and what counts now is older, or nothing.
    TAKEN_OUT = "taken out"


class Begun(StrEnum):
    """What was begun, as the end of a sentence."""

    FORM = "while you were writing"
    DRAFT = "after this draft was begun"
    WORKBOOK = "after this workbook was made"


def since(built_on: int, counts: int) -> Since:
    """Compare the id of the update that something was begun on with that of the update that counts now, 0 for none.

    Ids grow with time, so a smaller one that counts again is no news from anybody: the later one was taken out.
    """
    if counts == built_on:
        return Since.UNCHANGED
    return Since.NEWER if counts > built_on else Since.TAKEN_OUT


def since_words(found: Since, ref: str, begun: Begun, *, who: str = "", when: str = "") -> str:
    """Say what happened meanwhile: "Tom Reid saved an update to 1.3 on 4 Mar 2027 after this workbook was made".

    Empty when nothing did. `who` saved the newer one; `when` is given where the reader was not there.
    """
    if found is Since.UNCHANGED:
        return ""
    if found is Since.TAKEN_OUT:
        return f"The last update of {ref} was taken back or sent back {begun}"
    return " ".join(part for part in (who, f"saved an update to {ref}", when, begun) if part)
