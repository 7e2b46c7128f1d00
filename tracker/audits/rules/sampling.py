"""Drawing a sample from a list of case files (domain A2, Round; B5): the same seed and list give the same sample."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from tracker.audits.rules.vocabulary import Category, Selection

# A file drawn to stand in when one of the sample cannot be audited: one for every five, and one at least.
_FILES_A_RESERVE = 5
# Where somebody names the files, all that are named are taken; elsewhere the seed decides.
_NAMED = frozenset({Selection.TARGETED, Selection.VOLUNTEERED, Selection.INSPECTOR, Selection.RE_AUDIT})
# The category and the unit of a stratum, each empty where the sample is not divided by it.
Key = tuple[str, int]


class Strata(StrEnum):
    """What a stratified sample is divided by, so that each group has its share."""

    CATEGORY = "category"
    TEAM = "team"
    CATEGORY_AND_TEAM = "category_and_team"

    @property
    def words(self) -> str:
        """What it is divided by, as pages name it."""
        return _STRATA_WORDS[self]


_STRATA_WORDS = {
    Strata.CATEGORY: "What help the child gets",
    Strata.TEAM: "Team",
    Strata.CATEGORY_AND_TEAM: "What help the child gets, and team",
}


@dataclass(frozen=True)
class ListedFile:
    """A row of a case list: a code that says nothing, and what a sample is drawn by."""

    code: str
    category: Category
    unit_id: int
    siblings: str = ""
    last_audited_on: date | None = None


@dataclass(frozen=True)
class DrawPlan:
    """How to draw: how many, by which seed, and from when on a file counts as audited lately."""

    selection: Selection
    size: int
    seed: int
    lately_from: date
    strata: Strata | None = None


@dataclass(frozen=True)
class Stratum:
    """A group of the list: how many could be drawn from it, which were, and which stand in for them, in order."""

    key: Key
    listed: int
    drawn: tuple[ListedFile, ...]
    reserves: tuple[ListedFile, ...]


@dataclass(frozen=True)
class Draw:
    """A sample with the groups that it was drawn from, and how many files were left out because audited lately."""

    strata: tuple[Stratum, ...]
    audited_lately: int

    @property
    def files(self) -> tuple[ListedFile, ...]:
        """The sample, group by group in the order of the draw."""
        return tuple(one for stratum in self.strata for one in stratum.drawn)

    @property
    def siblings(self) -> int:
        """How many groups of siblings have more than one file in the sample; they are kept (domain A8)."""
        names = [one.siblings for one in self.files if one.siblings]
        return sum(1 for name in set(names) if names.count(name) > 1)


def is_drawn(selection: Selection) -> bool:
    """Say whether the seed decides which files are audited; elsewhere somebody names them."""
    return selection not in _NAMED


def draw(files: Iterable[ListedFile], plan: DrawPlan) -> Draw:
    """Draw a sample: files audited lately left out, each group its share of the size by largest remainder.

    Within a group files come in the order of a digest of seed and code, so that the order of the rows does not matter
    and anybody can draw again. Where somebody named the files all of them are taken, lately audited or not.
    """
    held = list(files)
    if not is_drawn(plan.selection):
        whole = _ranked(held, plan.seed)
        return Draw((Stratum(("", 0), len(held), tuple(whole), ()),) if held else (), 0)
    fit = [one for one in held if not _is_recent(one, plan.lately_from)]
    groups: defaultdict[Key, list[ListedFile]] = defaultdict(list)
    for one in fit:
        groups[_key(one, plan.strata)].append(one)
    sizes = shares({key: len(members) for key, members in groups.items()}, plan.size)
    strata = tuple(_stratum(key, groups[key], sizes[key], plan.seed) for key in sorted(groups))
    return Draw(strata, len(held) - len(fit))


def shares(counts: Mapping[Key, int], size: int) -> dict[Key, int]:
    """Divide a size among groups in proportion to their counts, the rest by largest remainder.

    A size beyond the whole takes everything. Equal remainders go to the larger group, then by the groups' order.
    """
    total = sum(counts.values())
    if size >= total:
        return dict(counts)
    sizes = {key: size * count // total for key, count in counts.items()}
    by_remainder = sorted(counts, key=lambda key: (-(size * counts[key] % total), -counts[key], key))
    for key in by_remainder[: size - sum(sizes.values())]:
        sizes[key] += 1
    return sizes


def list_digest(files: Iterable[ListedFile]) -> str:
    """Return the SHA-256 of a list whatever the order of its rows: the proof that a second draw has the same list."""
    lines = sorted(
        f"{one.code}|{one.category}|{one.unit_id}|{one.siblings}|{one.last_audited_on or ''}" for one in files
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def _stratum(key: Key, members: Sequence[ListedFile], size: int, seed: int) -> Stratum:
    ranked = _ranked(members, seed)
    spare = -(-size // _FILES_A_RESERVE)
    return Stratum(key, len(members), tuple(ranked[:size]), tuple(ranked[size : size + spare]))


def _ranked(files: Iterable[ListedFile], seed: int) -> list[ListedFile]:
    return sorted(files, key=lambda one: (sha256(f"{seed}:{one.code}".encode()).digest(), one.code))


def _key(one: ListedFile, strata: Strata | None) -> Key:
    has_category = strata in {Strata.CATEGORY, Strata.CATEGORY_AND_TEAM}
    has_team = strata in {Strata.TEAM, Strata.CATEGORY_AND_TEAM}
    return one.category.value if has_category else "", one.unit_id if has_team else 0


def _is_recent(one: ListedFile, since: date) -> bool:
    return one.last_audited_on is not None and one.last_audited_on >= since
