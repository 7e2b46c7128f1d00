"""What the column of colours says of one action, by its key, and the doubts that this leaves; the key is elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reading.pairing import Doubt
from tracker.plans.rules.reading.prose import date_suggestion
from tracker.plans.rules.reading.results import WarningCode
from tracker.plans.rules.reading.status import RagKey, status_cell

_CLAIMS = frozenset({Rag.COMPLETE, Rag.EMBEDDED})


@dataclass(frozen=True)
class Declared:
    """A code that was declared, None when none was; the words beside it, and what is doubtful about both."""

    code: Rag | None
    text: str
    doubts: tuple[Doubt, ...]


def read_declared(rows: Iterable[Mapping[str, str]], key: RagKey, *, is_placeholder: bool) -> Declared:
    """Return what the column of colours in an action's rows declares: never a rating, which its dates make (A5).

    Of several rows the one of most concern counts. Complete and embedded is taken as a claim of completion;
    withdrawn needs a decision here; not scheduled declares nothing.
    """
    texts = list(dict.fromkeys(text for row in rows if (text := status_cell(row)[1])))
    text = "; ".join(texts)
    codes = [code for one in texts if (code := key.code_of(one)) is not None]
    code = min(codes, key=lambda one: one.concern, default=None)
    doubts = tuple(_doubts(text, code, is_placeholder=is_placeholder))
    if code in _CLAIMS:
        return Declared(None if is_placeholder else Rag.COMPLETE, text, doubts)
    return Declared(code if code in {Rag.RED, Rag.AMBER, Rag.GREEN} else None, text, doubts)


def _doubts(text: str, code: Rag | None, *, is_placeholder: bool) -> Iterator[Doubt]:
    said = f"The status says “{text}”"
    if code in _CLAIMS and is_placeholder:
        yield WarningCode.PLACEHOLDER, f"{said}, but further actions are still to be agreed. Nothing was declared"
    elif code is Rag.EMBEDDED:
        yield WarningCode.UNREAD, f"{said}. It comes in as a claim of completion: embedding is signed off here"
    elif code is Rag.WITHDRAWN:
        yield WarningCode.UNREAD, f"{said}. The action was kept open. Suggested: withdraw it here, with the reason"
    elif code is None and text and (suggestion := date_suggestion(text)):
        yield WarningCode.UNREAD, f"{said}. It was kept as text. {suggestion}"
