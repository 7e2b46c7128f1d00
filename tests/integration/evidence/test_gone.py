"""Evidence that counts no more: of an update that was taken back, and a file that was erased for good."""

from sqlalchemy import select

from tests.integration.evidence.conftest import A_PDF, Desk, add, kept
from tests.support.builders.plans import an_update
from tracker.core import erasures
from tracker.core.changelog import Subject, acting
from tracker.extensions import file_store
from tracker.people.models import Person
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.models import Action, Evidence, Update
from tracker.plans.rules.states import UpdateState


def test_evidence_of_an_update_that_was_taken_back_is_struck_in_the_history_and_nowhere_else(
    desk: Desk, tom: Person, office: Person, action: Action
) -> None:
    client, session, place, _ = desk
    update = an_update(session, action, by=tom)
    piece = add_evidence(session, action, text="11 of 31 posts are vacant", by=tom, update=update)
    session.commit()
    client.sign_in(office)
    client.get(place)
    assert "11 of 31 posts are vacant" in client.text
    session.get_one(Update, update.id).state = UpdateState.WITHDRAWN
    session.commit()
    client.get(place)
    assert "No evidence yet" in client.text
    assert client.get(f"{place}/{piece.code}/verify").status_code == 404
    client.get(f"/plans/improvement-plan/{action.ref}")
    assert "No evidence yet" in client.text
    assert "11 of 31 posts are vacant (withdrawn with the update)" in client.text
    assert [one.text for one in client.page.iter("s") if one.text] == ["“Two teams are staffed”", piece.text]
    client.get("/search?q=vacant")
    assert "11 of 31 posts" not in client.text


def test_an_erased_file_is_told_and_cannot_be_opened(desk: Desk, tom: Person, action: Action) -> None:
    client, session, place, folder = desk
    client.sign_in(tom)
    add(client, place, A_PDF)
    piece = session.scalars(select(Evidence)).one()
    file = f"{place}/{piece.code}/file"
    assert client.get(file).status_code == 200
    with client.application.app_context(), acting("command:erase"):
        keeping = erasures.Keeping(folder.parent / "erasures.jsonl", b"a key", file_store())
        erasures.erase(session, keeping, Subject("evidence", str(piece.id)), ["stored_as"], why="it names a child")
        session.commit()
    assert kept(folder) == []
    assert client.get(file).status_code == 404
    client.get(place)
    assert "The file was erased on 26 Nov 2026: it names a child" in client.text
    assert "Download" not in client.text
    client.get(f"/plans/improvement-plan/{action.ref}")
    assert "(not verified, the file was erased)" in client.text
    (folder.parent / "erasures.jsonl").unlink()
