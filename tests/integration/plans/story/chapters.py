"""What happens in the story, chapter by chapter, each through the pages and asserted where it happens."""

from tests.integration.plans.story.plan import DIFFERENCES, LATER, PLAN
from tests.integration.plans.story.telling import HOME, Story
from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, send_plan
from tests.support.plan_forms import as_excel
from tracker.plans.rules.states import DateChangeState


def the_plan_comes_in(story: Story) -> None:
    """2 March: the office brings the plan in step by step, as a draft, with its leads matched to people."""
    story.on(2, 3)
    client = story.client
    client.sign_in(story.people.daniel)
    send_plan(client, as_excel(PLAN), approved_on="")
    assert client.heading == "What we found in plan.xlsx"
    here = address_of(client)
    assert client.get(f"{here}/checks").status_code == 200
    assert "Open a second duty desk" in client.get(f"{here}/preview").text
    client.get(f"{here}/leads")
    assert client.heading == "Who leads: 3 leads"
    assert client.form("kind_0").sent["person_0"] == [str(story.people.tom.id)]
    client.submit({"kind_0": "person"})
    import_it(client)
    assert "Imported 4 actions" in client.text
    assert "Draft" in story.read(story.people.daniel, "/versions")


def a_body_approves_it(story: Story) -> None:
    """9 March: the assurance board approves the plan; the office records it, and the plan is live."""
    story.on(9, 3)
    client = story.client
    story.read(story.people.daniel, "/approve")
    board = next(value for value in sorted(client.form("body").choices["body"]) if value)
    client.submit({"body": board, "approved_on": "9 Mar 2026", "note": ""})
    assert "Approved: version 1 of Improvement plan" in client.text
    assert "Live." in client.text


def work_begins_and_slips(story: Story) -> None:
    """20 April: the lead begins. 18 May: three days late, she asks for 49 days more, which the body decides on."""
    rota = {"state": story.field("Rota agreed", "state"), "date": story.field("Rota agreed", "new_date")}
    story.on(20, 4)
    priya = story.people.priya
    story.update(priya, declared="G", happened="Both teams sit together", **{rota["state"]: "started"})
    story.on(18, 5)
    asked = {rota["date"]: "3 July 2026", story.field("Rota agreed", "because"): "Two teams have not signed"}
    asked[story.field("Rota agreed", "code")] = "partner"
    story.update(priya, declared="A", why="Two teams have not signed", doing="Priya meets both on 22 May", **asked)
    assert "the assurance body decides on it" in story.client.text


def nobody_agrees_to_their_own_wish(story: Story) -> None:
    """19 May: the asker, the lead who sits on the body and the office, for whom it is too much, are all refused."""
    story.on(19, 5)
    wish = story.wish()
    path = f"/1.3/dates/{wish.id}"
    for person in (story.people.priya, story.people.joanne, story.people.daniel):
        story.is_refused(person, path, answer="approve", note="", version=str(wish.version))
    story.client.sign_in(story.people.joanne)
    story.client.get("/decisions/open")
    assert "Nothing waits for you" in story.client.text
    assert story.wish().state is DateChangeState.ASKED
    assert f"{story.milestone('Rota agreed').due}" == "2026-05-15"


def the_body_agrees(story: Story) -> None:
    """21 May: a member of the body who does not lead the action agrees."""
    story.on(21, 5)
    client = story.client
    client.sign_in(story.people.helen)
    client.get("/decisions/open")
    client.follow("Open a second duty desk")
    client.submit(button="Agree to 3 Jul 2026")
    assert "Date agreed: 1.3" in client.text
    rota = story.milestone("Rota agreed")
    assert (f"{rota.first_due}", f"{rota.due}") == ("2026-05-15", "2026-07-03")


def the_lead_says_it_is_complete(story: Story) -> None:
    """1 and 8 June: back on track. 29 June: both milestones done, with evidence: a claim, which no lead confirms."""
    priya = story.people.priya
    story.on(1, 6)
    story.update(priya, declared="G", happened="The last team has signed")
    story.on(8, 6)
    story.update(priya, declared="G", happened="The room is ready", **{story.field("Desk open", "state"): "started"})
    story.on(29, 6)
    done: dict[str, str] = {}
    for title, day in (("Rota agreed", "26 June 2026"), ("Desk open", "29 June 2026")):
        done |= {story.field(title, "state"): "done", story.field(title, "done_on"): day}
    story.update(priya, declared="C", happened="The desk is open", evidence="The signed rota for July", **done)
    story.on(30, 6)
    for person in (priya, story.people.joanne):
        story.is_refused(person, "/1.3/decide/confirm", reason="It is open", version="99")
        story.is_refused(person, f"/1.3/evidence/{story.evidence().code}/verify", result="shows", version="1")


def another_person_verifies_it(story: Story) -> None:
    """2 July: somebody of the office, who leads nothing of it, looks at the evidence and confirms."""
    story.on(2, 7)
    client = story.client
    story.read(story.people.grace, f"/1.3/evidence/{story.evidence().code}/verify")
    client.submit({"result": "shows", "note": "Read the rota"})
    story.read(story.people.grace, "/1.3/decide/confirm")
    client.submit({"reason": "Saw the desk at work"}, button="Confirm 1.3")
    assert "Confirmed: 1.3" in client.text


def it_falls_back(story: Story) -> None:
    """7 September: the desk has closed again, so the office re-opens the action and the milestone."""
    story.on(7, 9)
    story.read(story.people.grace, "/1.3/decide/reopen")
    desk = str(story.milestone("Desk open").id)
    story.client.submit({"reason": "The desk has closed again", "not_done": [desk]}, button="Re-open 1.3")
    assert "Re-opened: 1.3" in story.client.text


def it_comes_again(story: Story) -> None:
    """10 September: a later version; what is ticked is taken in, and the date in it is asked for and not written."""
    story.on(10, 9)
    client = story.client
    client.sign_in(story.people.daniel)
    story.bring(f"{HOME}/later-versions/new", as_excel(LATER), "plan-2.xlsx")
    offered = client.form("seen")
    assert {name.removeprefix("take_") for name in offered.known if name.startswith("take_")} == DIFFERENCES
    client.submit({"take_lead-1.1": None})
    assert "Took in 3 differences from plan-2.xlsx" in client.text
    desk = story.milestone("Desk open")
    assert (f"{desk.first_due}", f"{desk.due}") == ("2026-06-30", "2026-06-30")
    wish = story.wish()
    story.is_refused(story.people.daniel, f"/1.3/dates/{wish.id}", answer="approve", version=str(wish.version))
    assert "Tom Whitcombe" in story.read(story.people.daniel, "/1.1")
    assert "Ines Duarte" not in client.text


def the_body_agrees_again(story: Story) -> None:
    """17 September: the body agrees to the later date of the desk; the first one stays beside it."""
    story.on(17, 9)
    client = story.client
    story.read(story.people.helen, "/1.3")
    client.submit(button="Agree to 31 Oct 2026")
    desk = story.milestone("Desk open")
    assert (f"{desk.first_due}", f"{desk.due}") == ("2026-06-30", "2026-10-31")


def the_plan_is_renumbered(story: Story) -> None:
    """8 October: the lead has the form of 1.3 open; the office makes it 2.1 after a look; what she sends is for 2.1."""
    story.on(8, 10)
    client, hers = story.client, CheckedClient(story.client.application)
    hers.sign_in(story.people.priya)
    hers.get(f"{HOME}/1.3")
    story.on(8, 10, minute=10)
    story.read(story.people.daniel, "/1.3/place")
    client.submit({"to": "2.1"})
    client.follow("See what would be renumbered: 3 numbers")
    for seen in ("1.3 becomes 2.1", "2.1 becomes 2.2", "2.2 becomes 2.3"):
        assert seen in client.text
    client.submit(button="Change 3 numbers")
    assert "3 numbers changed" in client.text
    story.on(8, 10, minute=20)
    hers.submit({"declared": "G", "happened": "A new room is found"}, button="Save update")
    assert "Update saved: 2.1" in hers.text
    story.ref = "2.1"
    answer = client.get(f"{HOME}/1.3")
    assert answer.location == f"{HOME}/2.1"
    client.get(answer.location)
    assert "1.3 is now 2.1 since 8 Oct 2026" in client.text
