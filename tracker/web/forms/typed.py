"""Typed text as the program takes it, before any field knows what it means."""

from typing import TypeVar

T = TypeVar("T")


def trimmed(value: str | None) -> str:
    """Return typed text without white space around it and with one kind of line end; NUL has no place in text."""
    return (value or "").replace("\r\n", "\n").replace("\x00", "").strip()


def answered(value: T | None) -> T:
    """Return an answer that the form's own checks have made sure is there."""
    assert value is not None
    return value
