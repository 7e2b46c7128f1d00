"""The row of links by which a page is narrowed or ordered, as the component of that name shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    """One link of the row; `current` says that the page already shows this."""

    label: str
    url: str
    current: bool = False
