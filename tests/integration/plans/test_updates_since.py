"""What was begun on an update that counts no more: said truly of forms, drafts and workbooks, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import an_update
from tests.support.checked_client import CheckedClient
from tests.support.files.workbooks import filled
from tests.support.workbooks import bring, take
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.plans.commands.answers import Answer, Words
from tracker.plans.commands.updates import return_update, save_update, withdraw_update
from tracker.plans.models import Action, Plan, Update
from tracker.plans.rules.states import DeclaredRag

Out = Callable[[Update], None]
WORDS = "The third post is advertised"
TAKEN_OUT = "The last update of 1.1 was taken back or sent back"


@pytest.fixture
def action(session: Session, plan: Plan) -> Action:
    return session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()


@pytest.fixture(params=["withdrawn", "returned"])
def out(request: pytest.FixtureRequest, session: Session, tom: Person, office: Person) -> Out:
    session.commit()

    def withdraw(update: Update) -> None:
        withdraw_update(session, update, reason="Wrong action", by=tom, version=update.version)
        session.commit()

    def send_back(update: Update) -> None:
        return_update(session, update, reason="Say how many", by=office, version=update.version)
        session.commit()

    return withdraw if request.param == "withdrawn" else send_back


@pytest.fixture
def newest(session: Session, action: Action, tom: Person) -> Update:
    """Of today; Tom's older ones count again when it is taken out."""
    update = an_update(session, action, by=tom, happened="Two posts are filled")
    session.commit()
    return update


@pytest.fixture
def typed(client: CheckedClient, tom: Person, plan: Plan, newest: Update) -> dict[str, Any]:
    """What Tom's form sends, made while the newest update counted."""
    client.sign_in(tom)
    client.get(f"/plans/{plan.slug}/1.1")
    return client.form("happened").filled({"happened": WORDS, "declared": "G"})


@pytest.mark.both_databases
def test_the_command_says_that_it_was_taken_out_and_names_nobody(
    session: Session, action: Action, tom: Person, newest: Update, out: Out
) -> None:
    out(newest)
    answer = Answer(DeclaredRag.GREEN, Words(happened=WORDS))
    with pytest.raises(Conflict, match=f"^{TAKEN_OUT} while you were writing$"):
        save_update(session, action, answer=answer, by=tom, after=newest.id)


def test_the_form_comes_back_with_its_words_and_shows_no_older_update_as_newer(
    *, client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any], newest: Update, out: Out
) -> None:
    out(newest)
    answer = client.post(f"/plans/{plan.slug}/1.1/update", data=typed)
    assert answer.status_code == 409
    assert f"{TAKEN_OUT} while you were writing" in client.text
    assert "Somebody saved an update while you were writing" not in client.text
    assert client.form("happened").sent["happened"] == [WORDS]
    client.submit(button="Save update")
    assert session.scalars(select(Update.happened).order_by(Update.id.desc())).first() == WORDS


def test_a_draft_says_that_what_it_builds_on_was_taken_out(
    client: CheckedClient, plan: Plan, typed: dict[str, Any], newest: Update, out: Out
) -> None:
    client.post(f"/plans/{plan.slug}/1.1/draft", data=typed, headers={"Accept": "application/json"})
    out(newest)
    client.get(f"/plans/{plan.slug}/1.1")
    assert f"{TAKEN_OUT} after this draft was begun. Look at the history before you save." in client.text
    assert "saved an update to 1.1" not in client.text


def test_a_row_of_a_workbook_is_behind_for_the_same_reason(
    client: CheckedClient, session: Session, tom: Person, newest: Update, out: Out
) -> None:
    mine = filled(take(client, tom), {"1.1": {"How is it now?": "Green", "What has happened?": WORDS}})
    out(newest)
    words = bring(client, mine)
    assert "1 row is out of date" in words
    assert f"{TAKEN_OUT} after this workbook was made." in words
    assert "Tom Whitcombe saved" not in words
