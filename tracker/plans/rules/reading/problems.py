"""Why a document cannot be read as a plan, in a sentence; when that is so is the readers' to say."""


class ReadingProblem(ValueError):
    """A file that cannot be imported; its text is one sentence that says why and what to do."""
