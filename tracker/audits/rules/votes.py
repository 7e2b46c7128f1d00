"""How an audit votes on a theme, and which audits are counted in a window (domain A8); no query and no chart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.audits.rules.answers import Standing
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Selection
from tracker.core.text import counted

_COUNTED_SELECTIONS = frozenset({Selection.RANDOM, Selection.STRATIFIED})


class Vote(StrEnum):
    """What one audit says of one theme, however many findings it holds."""

    CONCERN = "concern"
    STRENGTH = "strength"
    MET = "met"


class LeftOut(StrEnum):
    """Why an audit of the window gives no vote; the first that fits is the one."""

    VOID = "void"
    NOT_FINAL = "not_final"
    RE_AUDIT = "re_audit"
    TARGETED = "targeted"
    VOLUNTEERED = "volunteered"
    INSPECTOR = "inspector"
    DIP_FOR_CAUSE = "dip_for_cause"
    NOT_APPLICABLE = "not_applicable"
    DUPLICATE_CASE = "duplicate_case"


@dataclass(frozen=True)
class Asked:
    """What a tool asks of files of one category: the themes with a question or a grade; `every` one where it says so.

    Audits of the same tool and category share one.
    """

    themes: frozenset[str] = frozenset()
    every: bool = False

    def holds(self, theme: str) -> bool:
        """Say whether the theme was asked about at all."""
        return self.every or theme in self.themes


@dataclass(frozen=True)
class AuditFacts:
    """What counting needs to know of one audit; `day` is when it was done, or is due while it is not.

    `standings` holds by theme what the answers and section grades come to, moderated where they were, and nothing for a
    theme that was not answered; `findings` the kinds found on each theme.
    """

    id: int
    case_id: int
    day: date
    state: AuditState
    selection: Selection
    asked: Asked
    standings: Mapping[str, Standing] = field(default_factory=dict)
    findings: Mapping[str, frozenset[FindingKind]] = field(default_factory=dict)


@dataclass(frozen=True)
class ThemeCount:
    """The votes on a theme in a window: `concerns` of `answered`, out of `asked`, out of `due` (domain A8)."""

    due: int
    asked: int
    answered: int
    concerns: int
    strengths: int
    met: int
    left_out: Mapping[LeftOut, int]

    @property
    def in_files(self) -> str:
        """In how many files auditors had a concern: "9 of 22 files"."""
        return f"{self.concerns} of {counted(self.answered, 'file')}" if self.answered else "No files"


def vote_of(audit: AuditFacts, theme: str) -> Vote | None:
    """Return an audit's one vote on a theme, or None when it was not asked or did not answer it.

    A concern is a development finding, an answer partly or not met, or a grade below good; a strength needs a strength
    finding and no concern; otherwise the theme is met. A tool that asks every theme without a question for this one
    counts it as met when nothing was found. "Not enough on file" is no answer by itself.
    """
    if not audit.asked.holds(theme):
        return None
    found = audit.findings.get(theme, frozenset())
    standing = audit.standings.get(theme)
    if FindingKind.DEVELOPMENT in found or standing is Standing.POOR:
        return Vote.CONCERN
    if FindingKind.STRENGTH in found:
        return Vote.STRENGTH
    if theme in audit.asked.themes and standing is not Standing.WELL:
        return None
    return Vote.MET


def _left_out_whole(audit: AuditFacts) -> LeftOut | None:
    if audit.state is AuditState.VOID:
        return LeftOut.VOID
    if not audit.state.is_final:
        return LeftOut.NOT_FINAL
    return None if audit.selection in _COUNTED_SELECTIONS else LeftOut(audit.selection.value)


def left_out(audit: AuditFacts, theme: str) -> LeftOut | None:
    """Return why an audit on its own is not counted for a theme, or None; duplicates need the whole window."""
    if reason := _left_out_whole(audit):
        return reason
    if audit.standings.get(theme) is Standing.NOT_APPLICABLE:
        return LeftOut.NOT_APPLICABLE
    return None


def count_votes(audits: Sequence[AuditFacts], theme: str) -> ThemeCount:
    """Count a window's audits for a theme: of the same case twice, only the latest votes (domain A8).

    An audit whose tool or category did not ask the theme stands in none of the numbers.
    """
    audits = [audit for audit in audits if audit.asked.holds(theme)]
    reasons = {audit.id: left_out(audit, theme) for audit in audits}
    kept = [audit for audit in audits if reasons[audit.id] is None]
    latest = latest_of_each_case(kept)
    for audit in kept:
        if audit.id not in latest:
            reasons[audit.id] = LeftOut.DUPLICATE_CASE
    votes = Counter(vote for audit in kept if audit.id in latest and (vote := vote_of(audit, theme)))
    outside = Counter(reason for reason in reasons.values() if reason)
    return ThemeCount(
        due=len(audits),
        asked=len(kept) + outside[LeftOut.NOT_APPLICABLE],
        answered=votes.total(),
        concerns=votes[Vote.CONCERN],
        strengths=votes[Vote.STRENGTH],
        met=votes[Vote.MET],
        left_out=dict(outside),
    )


def latest_of_each_case(audits: Iterable[AuditFacts]) -> frozenset[int]:
    """Return the audits that are the latest of their case, by day and then by number."""
    latest: dict[int, AuditFacts] = {}
    for audit in audits:
        other = latest.get(audit.case_id)
        if other is None or (other.day, other.id) < (audit.day, audit.id):
            latest[audit.case_id] = audit
    return frozenset(audit.id for audit in latest.values())


def left_out_in_all(audits: Sequence[AuditFacts], counts: Iterable[ThemeCount]) -> dict[LeftOut, int]:
    """Return how much of a window is left out and why, over all themes together.

    Why an audit as a whole is left out counts audits; that something does not apply, or that a later audit of the same
    case votes, holds for one theme and not for another.
    """
    whole = Counter(reason for audit in audits if (reason := _left_out_whole(audit)))
    later = latest_of_each_case(audit for audit in audits if _left_out_whole(audit) is None)
    whole[LeftOut.DUPLICATE_CASE] = sum(1 for audit in audits if _left_out_whole(audit) is None) - len(later)
    spared = sum(count.left_out.get(LeftOut.NOT_APPLICABLE, 0) for count in counts)
    whole[LeftOut.NOT_APPLICABLE] = spared
    return {reason: whole[reason] for reason in LeftOut}
