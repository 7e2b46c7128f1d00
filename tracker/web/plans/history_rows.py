"""The history of an action as its page tells it, newest first; what was recorded is read elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import url_for

from tracker.core import clock
from tracker.plans.queries.dates import change_in_words
from tracker.plans.queries.history import HistoryRow
from tracker.plans.rules.changes import movement
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reimport import ChangeKind
from tracker.plans.rules.states import DateChangeState, LinkKind, LinkStatus, SignOffKind, StepKind, UpdateState
from tracker.plans.rules.wordings import Wording, wording_sentence
from tracker.plans.rules.workbook import CAME_BY_WORKBOOK
from tracker.web.plans.action_page import ActionPage
from tracker.web.plans.evidence_lines import EvidenceLine, evidence_line
from tracker.web.plans.mention_rows import Piece, Pieces, pieces_of
from tracker.web.plans.override_rows import override_heading, override_quotes
from tracker.web.templating import day

_Quotes = tuple[tuple[str, Pieces], ...]

PER_PAGE = 50
_BACK_DATED = timedelta(days=1)
_SIGN_OFFS = {
    SignOffKind.COMPLETE: "Confirmed as complete",
    SignOffKind.EMBEDDED: "Signed off as complete and embedded",
    SignOffKind.WITHDRAWN: "Withdrawn",
    SignOffKind.ON_HOLD: "Put on hold",
    SignOffKind.RESUMED: "Taken up again",
    SignOffKind.REOPENED: "Re-opened",
    SignOffKind.SUPERSEDED: "Superseded by another action",
    SignOffKind.CAME_BACK: "Came back from complete and embedded to complete",
}
_STEPS = {
    StepKind.STARTED: "started",
    StepKind.DONE: "done",
    StepKind.EXCUSED: "excused",
    StepKind.REOPENED: "not done after all",
}
_WISHES = {
    DateChangeState.ASKED: "asked for, waiting for a decision",
    DateChangeState.APPROVED: "agreed",
    DateChangeState.REFUSED: "not agreed",
    DateChangeState.WITHDRAWN: "no longer asked for",
}
_LABELS = ("", "Why", "What is being done", "Asks the meeting")
_DECISION_LABELS = ("", "Checked", "Why no measure applies", "")


@dataclass(frozen=True)
class Move:
    """A date that moved, or was asked to: old, new, and why."""

    milestone: str
    old: str
    new: str
    because: Pieces
    outcome: str


@dataclass(frozen=True)
class Entry:
    """One entry: an update with all that came with it, or a decision."""

    id: str
    day: date
    is_update: bool
    heading: str = ""
    before: str | None = None
    after: str | None = None
    way: str = ""
    quotes: tuple[tuple[str, Pieces], ...] = ()
    who: str = ""
    notes: tuple[Pieces, ...] = ()
    moves: tuple[Move, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    marks: tuple[str, ...] = ()
    url: str | None = None
    is_struck: bool = False


def history_entries(page: ActionPage) -> list[Entry]:
    """Return the history of an action, newest first; what came with an update stands in its entry."""
    titles = {line.id: line.title for line in page.lines}
    changes = {change.id: change for milestone in page.timeline.milestones for change in milestone.changes}
    inner = _by_update(page.history)
    entries, before = [], None
    for row in page.history:
        if row.source == "update":
            is_withdrawn = row.state == UpdateState.WITHDRAWN
            parts = _Parts(page, titles, changes, inner.get(row.id, []), is_withdrawn)
            entries.append(_update(page, row, before, parts))
            before = Rag(row.code) if row.state == UpdateState.SUBMITTED else before
        elif row.update_id is None:
            entries.append(_alone(row, _Parts(page, titles, changes, [row])))
    return entries[::-1]


def _by_update(history: Iterable[HistoryRow]) -> dict[int, list[HistoryRow]]:
    found: dict[int, list[HistoryRow]] = {}
    for row in history:
        if row.source != "update" and row.update_id is not None:
            found.setdefault(row.update_id, []).append(row)
    return found


@dataclass(frozen=True)
class _Parts:
    """What came with an update, or stands alone: milestones, dates and evidence in words."""

    page: ActionPage
    titles: Mapping[int, str]
    changes: Mapping[int, object]
    rows: Sequence[HistoryRow]
    is_withdrawn: bool = False

    @property
    def notes(self) -> tuple[Pieces, ...]:
        return tuple(self._step(row) for row in self.rows if row.source == "step")

    @property
    def moves(self) -> tuple[Move, ...]:
        return tuple(self._move(row) for row in self.rows if row.source in {"asked", "decided"})

    @property
    def evidence(self) -> tuple[EvidenceLine, ...]:
        pieces = [row for row in self.rows if row.source == "evidence"]
        lines = [(row, evidence_line(row, self.page.action, is_withdrawn=self.is_withdrawn)) for row in pieces]
        return tuple(replace(line, said=self.said(row, line.words)) for row, line in lines)

    @property
    def marks(self) -> tuple[str, ...]:
        late = sorted({back_dated(row) for row in self.rows} - {""})
        return tuple(late)

    def said(self, row: HistoryRow, words: str) -> Pieces:
        """Return words of a record; the numbers of actions in them are links."""
        meant = self.page.related.mentions.get((row.source, row.id), {})
        return () if not words else pieces_of(words, meant, self.page.action.plan.slug)

    def quoted(self, row: HistoryRow, words: Iterable[tuple[str, str]]) -> _Quotes:
        """Return words of a record with their labels, those left out that say nothing."""
        return tuple((label, self.said(row, text)) for label, text in words if text)

    def _step(self, row: HistoryRow) -> Pieces:
        turn = f", turn of {day(row.turn)}" if row.turn else ""
        said = f"“{self.titles.get(row.milestone_id or 0, '')}”{turn}: {_STEPS[StepKind(row.code)]} {day(row.day)}"
        reason = self.said(row, row.words[0]) if row.words[0] else ()
        return (Piece(f"{said}. "), *reason) if reason else (Piece(said),)

    def _move(self, row: HistoryRow) -> Move:
        change = self.changes[row.id]
        return Move(
            milestone=self.titles.get(row.milestone_id or 0, ""),
            old=change_in_words(change, "from"),
            new=change_in_words(change, "to"),
            because=self.said(row, row.words[0]),
            outcome=_WISHES[DateChangeState(row.state)],
        )


def _update(page: ActionPage, row: HistoryRow, before: Rag | None, parts: _Parts) -> Entry:
    action, after = page.action, Rag(row.code)
    quotes = parts.quoted(row, zip(_LABELS, row.words, strict=True))
    return Entry(
        id=f"update-{row.id}",
        day=row.day,
        is_update=True,
        before=before.value if before is not None and before is not after else None,
        after=after.value,
        way="no change" if row.is_no_change or before is after else movement(before, after).value if before else "",
        quotes=() if row.is_no_change else quotes,
        who=_who(row),
        notes=parts.notes,
        moves=parts.moves,
        evidence=parts.evidence,
        marks=(*_update_marks(row), *parts.marks),
        url=url_for("plans.update_show", slug=action.plan.slug, ref=action.ref, update_id=row.id),
        is_struck=row.state == UpdateState.WITHDRAWN,
    )


def _who(row: HistoryRow) -> str:
    name = row.person or "Recorded at import"
    behalf = f" on behalf of {row.place}" if row.place else ""
    return f"{name}{behalf}{_way(row)}"


def _way(row: HistoryRow) -> str:
    if row.way == CAME_BY_WORKBOOK:
        return ", from a workbook"
    return f", reached by {row.way.lower()}" if row.way else ""


def _update_marks(row: HistoryRow) -> tuple[str, ...]:
    marks = []
    if row.state == UpdateState.WITHDRAWN:
        marks.append("Taken back: it does not count")
    if row.state == UpdateState.RETURNED:
        marks.append("Sent back: it does not count")
    if row.is_after_close:
        marks.append("After the pack")
    return tuple(marks)


def _alone(row: HistoryRow, parts: _Parts) -> Entry:
    """Return the entry of a decision, or of a fact that came with no update."""
    heading, quotes, notes = _told(row, parts)
    return Entry(
        id=f"{row.source.replace('_', '-')}-{row.id}",
        day=row.day,
        is_update=False,
        heading=heading,
        quotes=quotes,
        who=row.person or ("By itself" if row.source == "override_lapsed" else "Recorded at import"),
        notes=notes,
        moves=parts.moves,
        evidence=parts.evidence,
        marks=(back_dated(row),) if back_dated(row) else (),
    )


def _told(row: HistoryRow, parts: _Parts) -> tuple[str, _Quotes, tuple[Pieces, ...]]:
    """Return the heading of an entry, the words that somebody gave, and what is noted with it."""
    decided = parts.quoted(row, zip(_DECISION_LABELS, row.words, strict=True))
    if row.source == "sign_off":
        at = f" by the {row.place.removeprefix('The ')}" if row.place else ""
        review = ((Piece(f"To be looked at again by {day(row.turn)}"),),) if row.turn else ()
        return f"{_SIGN_OFFS[SignOffKind(row.code)]}{at}", decided, review
    if row.source in {"link", "ended"}:
        return _link_heading(row), decided, ((Piece(f"{row.place} {row.way}"),),) if row.place else ()
    if row.source in _HEADINGS:
        return _HEADINGS[row.source], (), parts.notes
    heading, words = _changed(row)
    return heading, parts.quoted(row, words), ()


def _changed(row: HistoryRow) -> tuple[str, Iterable[tuple[str, str]]]:
    """Return the heading and the words of an override, or of what became of the action's own number and words."""
    before, after = row.words[:2]
    if row.source == "brought":
        return f"{ChangeKind(row.code).words}: came with {row.place}", _brought_words(row)
    if row.source == "number":
        return "Renumbered", [("", f"It was {before} until then")]
    if row.source == "wording":
        return wording_sentence(Wording(row.code), before, after), [("Before", before), ("After", after)]
    return override_heading(row), override_quotes(row)


def _brought_words(row: HistoryRow) -> Iterable[tuple[str, str]]:
    """Return what a later version of the plan changed, as it was and as it is since."""
    was, now, title, _ = row.words
    about = "" if title in {was, now} else title
    return ("About", about), ("Was", was), ("Is", now)


def _link_heading(row: HistoryRow) -> str:
    said = _LINKS[LinkKind(row.code)]
    if row.source == "ended":
        return f"No longer {said}"
    return "Reference that holds no longer" if row.state == LinkStatus.REJECTED else said.capitalize()


_LINKS = {
    LinkKind.CROSS_REFERENCE: "refers to",
    LinkKind.DEPENDS_ON: "waits for",
    LinkKind.REPLACED_BY: "superseded by",
}
_HEADINGS = {
    "step": "Milestone",
    "asked": "A new date was asked for",
    "decided": "Date decided",
    "evidence": "Evidence",
}


def back_dated(row: HistoryRow) -> str:
    """Return the mark of a fact that was entered more than a day after its effect; imports have none (domain A0)."""
    entered = row.at.astimezone(clock.LONDON).date()
    if row.person_id == 0 or row.source == "evidence" or entered - row.day <= _BACK_DATED:
        return ""
    return f"Back-dated: entered {day(entered)} for {day(row.day)}"
