"""What an update asks in words, and how long each answer may be; page, workbook and command all read it here."""

from dataclasses import dataclass

from tracker.core.answers import length_fault


@dataclass(frozen=True)
class Question:
    """A question: its name in the program, as it is asked, and how a sentence about its answer begins."""

    name: str
    asked: str
    what: str
    most: int

    def fault(self, text: str) -> str | None:
        """Return what is wrong with an answer that is too long, None when it fits."""
        return length_fault(text, what=self.what, most=self.most)


HAPPENED = Question("happened", "What has happened?", "What has happened", 600)
WHY = Question("why", "Why is it red or at risk?", "Why it is red or at risk", 400)
DOING = Question("doing", "What are you doing about it?", "What you are doing about it", 400)
ASK = Question("ask", "What do you need from the meeting?", "What you need from the meeting", 400)
EVIDENCE = Question("evidence", "What shows it?", "Evidence", 400)
NEW_DATE = Question("new_date", "New date", "New date", 300)
BECAUSE = Question("because", "Why has it moved?", "Why it has moved", 200)
DONE_ON = Question("done_on", "Done on", "Done on", 60)
ON_BEHALF_OF = Question("on_behalf_of", "Whose update is this?", "The name", 200)

STORY = (HAPPENED, WHY, DOING, ASK)
