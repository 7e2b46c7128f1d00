"""The preview of an import rates every action as the page of the plan does once it is in."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting
from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, say_key, send_plan
from tracker.people.models import Person

HEADINGS = ("Area", "No.", "Action", "Milestones", "Target date", "Lead", "RAG")
ROWS = (
    ("1. Workloads", "1.1", "Was due long ago", "Done", "March 2026", "Hannah Osei", ""),
    ("", "1.2", "Was due last week", "Done", "20 Nov 2026", "Hannah Osei", "Green"),
    ("", "1.3", "Is due much later", "Done", "Mar 2028", "Hannah Osei", "Green"),
    ("", "1.4", "Has no date", "Done", "TBC", "Hannah Osei", ""),
    ("", "1.5", "Has no lead", "Done", "Mar 2028", "TBC", ""),
    ("", "1.6", "Is said to be red", "Done", "Mar 2028", "Hannah Osei", "Red"),
    ("", "1.7", "Is said to be complete", "Done", "Mar 2028", "Hannah Osei", "Blue"),
    ("2. Supervision", "2.1", "Repeats", "Report", "First report June 2026 and then quarterly", "Ines Duarte", "Green"),
    ("", "2.2", "Waits", "Agreed", "January Riverton Board to agree target dates", "Ines Duarte", "Amber"),
    ("", "2.3", "Further actions to be agreed", "TBC", "TBC", "TBC", ""),
    ("", "2.4", "Was never said anything of", "Done", "Mar 2028", "Ines Duarte", ""),
)
KEY = {"Green": "G", "Red": "R", "Blue": "C", "Amber": "A"}


def squares(client: CheckedClient) -> list[str]:
    """Return the squares of a page in words; what they were before the plan was here is left out."""
    labels = (link.get("aria-label", "") for link in client.page.iter("a") if "square" in link.get("class", ""))
    return sorted(re.sub(", was [A-Z][a-z ]+:", ":", label) for label in labels)


def bring(client: CheckedClient, session: Session, office: Person, approved_on: str = "13/1/2026") -> str:
    session.commit()
    client.sign_in(office)
    send_plan(client, text="\n".join("\t".join(row) for row in (HEADINGS, *ROWS)), approved_on=approved_on)
    say_key(client, KEY)
    return address_of(client)


@pytest.mark.parametrize("approved_on", ["13/1/2026", "1/10/2026", "26/11/2026"])
def test_the_preview_shows_each_action_as_the_plan_will(
    client: CheckedClient, session: Session, office: Person, approved_on: str
) -> None:
    a_meeting(session, a_body(session, "Riverton Board"), date(2027, 1, 14))
    here = bring(client, session, office, approved_on=approved_on)
    client.get(f"{here}/preview")
    foretold = squares(client)
    assert len(foretold) == len(ROWS)
    assert import_it(client) == 200
    client.get("/plans/improvement-plan")
    assert squares(client) == foretold


def test_the_preview_says_the_colour_in_a_word_with_its_first_reason(
    client: CheckedClient, session: Session, office: Person
) -> None:
    here = bring(client, session, office)
    client.get(f"{here}/preview")
    assert "1.1 Red: Was due long ago" in squares(client)
    assert "1.3 Green: Is due much later" in squares(client)
    assert "The lead says red: The imported plan says: Red" in client.text


def test_a_draft_and_a_plan_not_yet_approved_have_no_colours(
    client: CheckedClient, session: Session, office: Person
) -> None:
    for approved_on in ("", "1/6/2027"):
        here = bring(client, session, office, approved_on=approved_on)
        client.get(f"{here}/preview")
        assert squares(client) == []
        assert client.text.count("Not rated") == len(ROWS)
