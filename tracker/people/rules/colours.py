"""Whether a colour of the organisation can be read: as text on white, and under white text (WCAG 2.2, 1.4.3)."""

import re

LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")


def tidy_colour(typed: str) -> str | None:
    """Return a colour as #rrggbb in small letters, None when it is none; three digits stand for six."""
    found = _COLOUR.fullmatch(typed.strip().lower())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return f"#{digits}"


def contrast_with_white(colour: str) -> float:
    """Return the contrast of a tidy colour with white, from 1 to 21: the same for text on white and for white on it."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def contrast_words(colour: str) -> str:
    """Say the contrast of a tidy colour as a page does; it is cut, not rounded, so that it never says too much."""
    return f"{int(contrast_with_white(colour) * 10) / 10:.1f} to 1"


def is_readable(colour: str) -> bool:
    """Say whether a tidy colour may carry white text and be text on white."""
    return contrast_with_white(colour) >= LEAST_CONTRAST


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
