"""What can be wrong with what a person asked: problems that know their field; how they are shown is the page's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


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


class Several(Problem):
    """Several answers that break rules, each beside its own field, so that all of them can be put right in one go."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take at least two problems; as a sentence they are the words of all."""
        super().__init__(None, ". ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class Gathered:
    """Gathers the problems of steps of which each can be tried although another failed."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Problem] = []

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Try a step, and go on after it whatever is wrong with it."""
        try:
            yield
        except Several as several:
            self.found.extend(several.problems)
        except Problem as problem:
            self.found.append(problem)

    def ask(self, answer: object, field: str, message: str) -> None:
        """Note an answer that is missing."""
        if not answer:
            self.found.append(Invalid(field, message))

    def tell(self) -> None:
        """Raise what was found: the problem itself when it is the only one, else `Several`."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise Several(self.found)
