"""What can be wrong with what a person asked: problems that know their field; how they are shown is the page's."""


class Problem(Exception):
    """Something that the person can put right, said in one sentence, beside the field it is about when there is one."""

    def __init__(self, field: str | None, message: str) -> None:
        """Take the field's name in the form, or None when it is about the whole, and the sentence to show."""
        super().__init__(message)
        self.field = field
        self.message = message


class Invalid(Problem):
    """The answer breaks a rule."""


class Conflict(Problem):
    """The answer does not fit what is stored now: somebody else was quicker, or it exists already."""


class Forbidden(Problem):
    """The person may not do this, whatever the page showed."""


class Unavailable(Problem):
    """The answer may be right, but just now nothing can be stored."""
