"""What is asked of every answer in text: how long it may be, in one sentence for forms and commands alike."""

from tracker.core.problems import Invalid


def length_fault(text: str, *, what: str, most: int) -> str | None:
    """Return what is wrong with text of more than so many characters, None when it fits; `what` begins the sentence."""
    if len(text) <= most:
        return None
    return f"{what} must be {most:,} characters or fewer (you have {len(text):,})"


def keep_to(field: str, text: str, *, what: str, most: int) -> None:
    """Refuse text of more than so many characters beside its field: raises `Invalid`."""
    if fault := length_fault(text, what=what, most=most):
        raise Invalid(field, fault)
