"""What of a whole report a person should look at: lines that no item took, and facts that it does not say."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.plans.rules.inspecting.results import Doubt, InspectionWarning, ItemReading, ReportFacts
from tracker.plans.rules.inspecting.shapes import ReportLine

_LONGEST_LIST = 8


def doubts_of(
    facts: ReportFacts, items: Sequence[ItemReading], unread: Sequence[ReportLine], left_out: Sequence[ReportLine]
) -> Iterator[InspectionWarning]:
    """Yield the doubts about a report as a whole."""
    if facts.published_on is None:
        yield InspectionWarning(Doubt.UNDATED, 1, "The day of publication was not found; enter it")
    if not facts.authority:
        yield InspectionWarning(Doubt.NO_AUTHORITY, 1, "The name of the authority was not found; enter it")
    if not facts.is_kind_said:
        yield InspectionWarning(Doubt.KIND_GUESS, 1, "The text does not say its kind; it was taken as an inspection")
    if not items:
        yield InspectionWarning(Doubt.NO_ITEMS, 1, "No item was found")
    yield from _blocks(unread, left_out, items)
    if left_out:
        yield _repeated(left_out)


def _blocks(
    unread: Sequence[ReportLine], left_out: Sequence[ReportLine], items: Sequence[ItemReading]
) -> Iterator[InspectionWarning]:
    """Yield one doubt for all lines that stand together; page numbers do not divide them."""
    between = {number for item in items for number in item.lines} - {line.number for line in left_out}
    block: list[ReportLine] = []
    for line in unread:
        if block and any(number in between for number in range(block[-1].number + 1, line.number)):
            yield _block(block)
            block = []
        block.append(line)
    if block:
        yield _block(block)


def _block(block: Sequence[ReportLine]) -> InspectionWarning:
    first, last = block[0].number, block[-1].number
    begins = block[0].text[:60]
    where = f"Lines {first} to {last} hold" if last > first else "The line holds"
    return InspectionWarning(
        Doubt.UNREAD, first, f"{where} no item; it begins “{begins}”", tuple(line.number for line in block)
    )


def _repeated(left_out: Sequence[ReportLine]) -> InspectionWarning:
    numbers = tuple(line.number for line in left_out)
    message = f"Page numbers and lines repeated on every page were left out: lines {_listed(numbers)}"
    return InspectionWarning(Doubt.UNREAD, numbers[0], message, numbers)


def _listed(numbers: Iterable[int]) -> str:
    found = [str(number) for number in numbers]
    more = f" and {len(found) - _LONGEST_LIST} more" if len(found) > _LONGEST_LIST else ""
    return ", ".join(found[:_LONGEST_LIST]) + more
