"""Plans in the layouts in which they arrive, brought in through the pages step by step: the records are as expected."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, say_key, send_plan
from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_text, as_word, excel_file
from tracker.people.models import LeadParty, Person
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.models import Action, ActionLead, Milestone, Plan, Update
from tracker.plans.rules.states import ActionState

FORMS = (
    ("plan.txt", as_text),
    ("plan.docx", as_word),
    ("plan.xlsx", as_excel),
    ("plan.csv", as_csv),
    ("pasted text", as_pasted),
)
BY_QUESTIONS = [
    ["What", "Who", "How", "When", "Status"],
    ["Count caseloads in every team", "Hannah Osei", "Count shared", "Jan 2027", "On track"],
    ["Open a second duty desk", "Marek Nowak", "Desk open", "End of February 2027", "Delayed"],
    ["Write a supervision standard", "Ines Duarte", "Standard agreed", "15 Oct 2026", "Completed"],
    ["Report on it", "Hannah Osei", "Report made", "TBC", "Not started"],
]
GREEN_IS_COMPLETE = [
    ["No.", "Action", "Milestone", "Target date", "Lead", "RAG"],
    ["1.1", "Count caseloads", "Count shared", "Oct 2026", "Hannah Osei", "Green"],
    ["1.2", "Open a desk", "Desk open", "Feb 2027", "Hannah Osei", "Amber"],
    ["1.3", "Write a standard", "Standard agreed", "Mar 2027", "Ines Duarte", "Red"],
    ["1.4", "Report on it", "Report made", "Oct 2026", "Ines Duarte", "Blue"],
]


def stored(session: Session, plan: Plan) -> list[Any]:
    """Return everything that is stored of a plan but where in its document it stood."""
    areas: list[Any] = plan_document(session, plan)["areas"]
    for area in areas:
        area.pop("source_line", None)
        for action in area["actions"]:
            action.pop("source_lines")
            action.pop("source_cells", None)
    return areas


def test_the_five_forms_of_a_plan_make_the_same_records_through_the_pages(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    found = []
    for name, make in FORMS:
        if name == "pasted text":
            send_plan(client, text=make().decode().replace("\n", "\r\n"), title=name)
        else:
            send_plan(client, make(), name, title=name)
        assert "2 areas, 5 actions" in client.text, name
        assert say_key(client) == 200
        assert import_it(client) == 200
        session.expire_all()
        plan = session.scalars(select(Plan).where(Plan.title == name)).one()
        found.append(stored(session, plan))
    assert len(found) == 5
    assert all(one == found[0] for one in found)


def walk(client: CheckedClient, rows: list[list[str]], key: dict[str, str]) -> None:
    """Bring a workbook in step by step: it stops for the key, and each later step answers."""
    send_plan(client, excel_file({"Plan": rows}))
    here = address_of(client)
    assert client.get(f"{here}/preview", follow_redirects=True).request.path == here
    for word in key:
        assert f"What “{word}” means" in client.text
    assert say_key(client, key) == 200
    for step, heading in (("checks", "Things to check"), ("preview", "Preview"), ("leads", "Who leads")):
        assert client.get(f"{here}/{step}").status_code == 200
        assert client.heading.startswith(heading)
    assert import_it(client) == 200
    assert "Imported 4 actions" in client.text


def actions(session: Session) -> list[tuple[str, str, str, date | None, ActionState]]:
    """Return each action with its lead, its only milestone, the day of that and its state."""
    session.expire_all()
    query = (
        select(Action.title, LeadParty.name, Milestone.title, Milestone.due, Action.state)
        .join(ActionLead, ActionLead.action_id == Action.id)
        .join(LeadParty, LeadParty.id == ActionLead.party_id)
        .join(Milestone, Milestone.action_id == Action.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(query.order_by(Action.position))]


def declared(session: Session) -> dict[str, str]:
    query = select(Action.title, Update.declared).join(Update, Update.action_id == Action.id)
    return {title: said.value for title, said in session.execute(query)}


def test_what_who_how_when_and_status_are_understood(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    walk(client, BY_QUESTIONS, {"On track": "G", "Delayed": "A", "Completed": "C", "Not started": "N"})
    going, claimed = ActionState.IN_PROGRESS, ActionState.CLAIMED
    assert actions(session) == [
        ("Count caseloads in every team", "Hannah Osei", "Count shared", date(2027, 1, 31), going),
        ("Open a second duty desk", "Marek Nowak", "Desk open", date(2027, 2, 28), going),
        ("Write a supervision standard", "Ines Duarte", "Standard agreed", date(2026, 10, 15), claimed),
        ("Report on it", "Hannah Osei", "Report made", None, ActionState.AGREED),
    ]
    assert declared(session) == {
        "Count caseloads in every team": "G",
        "Open a second duty desk": "A",
        "Write a supervision standard": "C",
    }


def test_where_green_is_complete_and_amber_on_track_the_key_says_so(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    walk(client, GREEN_IS_COMPLETE, {"Green": "C", "Amber": "G", "Red": "R", "Blue": "E"})
    assert declared(session) == {
        "Count caseloads": "C",
        "Open a desk": "G",
        "Write a standard": "R",
        "Report on it": "C",
    }
    states = {title: state for title, *_, state in actions(session)}
    assert (states["Count caseloads"], states["Report on it"]) == (ActionState.CLAIMED, ActionState.CLAIMED)
    assert (states["Open a desk"], states["Write a standard"]) == (ActionState.IN_PROGRESS, ActionState.IN_PROGRESS)
    # A claim is no rating: nothing is complete before somebody has checked it.
    client.get("/plans/improvement-plan")
    labels = [link.get("aria-label", "") for link in client.page.iter("a") if "square" in link.get("class", "")]
    assert not [label for label in labels if "Complete" in label]
    assert "1.2 Green: Open a desk" in labels
