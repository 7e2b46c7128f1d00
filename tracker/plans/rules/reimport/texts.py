"""In which objectives, outcomes and measures an area of a later version differs; taking any in is a command's."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.core.text import one_line
from tracker.plans.rules.reimport.contents import AreaContent, PlanContent, TextContent
from tracker.plans.rules.reimport.kinds import ChangeKind, PlanChange
from tracker.plans.rules.reimport.matching import Named, match
from tracker.plans.rules.wordings import Wording

_PROPOSES = "It stays in the plan; a line under “Things to check” proposes to take it out"


def kinds_said(brought: PlanContent) -> tuple[Wording, ...]:
    """Return the kinds of texts that a file says anything of: a file without measures has more often left them out."""
    said = {text.kind for area in brought.areas for text in area.texts}
    return tuple(kind for kind in Wording if kind in said)


def text_changes(stored: AreaContent, brought: AreaContent, said: tuple[Wording, ...]) -> Iterator[PlanChange]:
    """Yield in what an area differs, kind by kind; of kinds that the file says nothing of, nothing."""
    for kind in said:
        mine = [one for one in stored.texts if one.kind is kind]
        theirs = [one for one in brought.texts if one.kind is kind]
        for pair in match(_named(mine), _named(theirs), by_number_alone=False):
            known = mine[pair.stored] if pair.stored is not None else None
            found = theirs[pair.brought] if pair.brought is not None else None
            place = pair.stored if pair.stored is not None else pair.brought
            change = _change(stored, known, found)
            if change is not None:
                code = f"{change.kind.value}-{stored.number}/{kind.value}-{(place or 0) + 1}"
                yield replace(change, code=code, is_ticked=change.is_ticked and pair.is_sure)


def _change(area: AreaContent, known: TextContent | None, found: TextContent | None) -> PlanChange | None:
    ref = f"Area {area.number}"
    if known is not None and found is not None:
        if one_line(known.text) == one_line(found.text):
            return None
        title = found.kind.words.capitalize()
        kind = ChangeKind.TEXT_REWORDED
        return PlanChange("", kind, ref, title, was=known.text, now=found.text, key=known.key, text=found)
    if found is not None:
        title = found.kind.words.capitalize()
        return PlanChange("", ChangeKind.NEW_TEXT, ref, title, now=found.text, key=area.key, text=found)
    if known is None:
        return None
    title = f"{known.kind.words.capitalize()}: {known.text}"
    gone = PlanChange("", ChangeKind.TEXT_GONE, ref, title, was=known.text, key=known.key)
    return replace(gone, is_ticked=False, note=_PROPOSES)


def _named(texts: list[TextContent]) -> list[Named]:
    return [Named(str(place), one.text) for place, one in enumerate(texts)]
