"""How many columns a plan may have is one limit: what is kept under a name can be read again, or is not kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, send_plan
from tests.support.plan_forms import excel_file
from tracker.people.models import Person
from tracker.plans.commands.mappings import keep_mapping
from tracker.plans.models import KeptMapping, UnfinishedImport
from tracker.plans.rules.reading import ReadingProblem, rag_key_from
from tracker.plans.rules.tables import MOST_COLUMNS, mapping_from

REFUSED = "What columns hold can be said of 100 headings at most. Save the plan with fewer columns"


def wide(number: int, *, first: int = 0, action: str = "Count caseloads") -> list[list[str]]:
    """Return a plan of one action in so many columns, of which most are for colours and empty."""
    more = [f"RAG of week {first + one}" for one in range(number - 3)]
    return [["Action", "Target date", "Lead", *more], [action, "Mar 2027", "Hannah Osei", *[""] * len(more)]]


def lines(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


@pytest.fixture(autouse=True)
def signed_in(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)


@pytest.mark.parametrize("columns", [61, MOST_COLUMNS])
def test_as_many_columns_as_a_file_may_have_are_kept_and_read_again(
    client: CheckedClient, session: Session, columns: int
) -> None:
    send_plan(client, text=lines(wide(columns)))
    client.submit({"keep_as": "Our wide tracker"}, button="Save and")
    assert len(mapping_from(session.scalars(select(KeptMapping.columns)).one()).columns) == columns
    session.rollback()
    import_it(client)
    assert "Imported 1 action" in client.text
    send_plan(client, text=lines(wide(columns, action="Share caseloads")), title="Next plan")
    here = address_of(client)
    token = client.form("title").filled({})["csrf_token"]
    client.post(f"{here}/mapping", data={"csrf_token": token, "mapping": "Our wide tracker"}, follow_redirects=True)
    assert client.heading == "What we found in pasted text"
    import_it(client)
    assert "Imported 1 action" in client.text


def test_more_columns_than_can_be_read_again_are_refused_and_the_import_goes_on(
    client: CheckedClient, session: Session
) -> None:
    sheets = {"One": wide(60), "Two": wide(60, first=60, action="Share caseloads")}
    send_plan(client, excel_file(sheets))
    answer = client.submit({"keep_as": "Too wide", "title": "As it is called now"}, button="Save and")
    assert answer.status_code == 422
    assert REFUSED in client.text
    assert client.form("title").sent["title"] == ["As it is called now"]
    assert session.scalars(select(KeptMapping)).all() == []
    kept = session.scalars(select(UnfinishedImport)).one()
    assert (kept.columns, kept.title) == ("", "Improvement plan")
    session.rollback()
    client.submit({"keep_as": ""}, button="Save and")
    import_it(client)
    assert "Imported 2 actions" in client.text


def test_a_mapping_from_before_that_cannot_be_read_changes_nothing(
    client: CheckedClient, session: Session, office: Person
) -> None:
    kept = keep_mapping(session, name="Ours", headings=["Action"], columns="", rag_key="", by=office)
    kept.columns = "\n".join(f"Heading {one} = action" for one in range(MOST_COLUMNS + 1))
    session.commit()
    send_plan(client, text=lines(wide(5)))
    here = address_of(client)
    token = client.form("title").filled({})["csrf_token"]
    client.post(f"{here}/mapping", data={"csrf_token": token, "mapping": "Ours"}, follow_redirects=True)
    assert REFUSED in client.text
    assert session.scalars(select(UnfinishedImport.columns)).one() == ""
    session.rollback()
    import_it(client)
    assert "Imported 1 action" in client.text


def test_a_key_explains_so_many_words_and_no_more() -> None:
    words = [f"Word {one} = G" for one in range(41)]
    assert len(rag_key_from("\n".join(words[:40])).words) == 40
    with pytest.raises(ReadingProblem, match="at most"):
        rag_key_from("\n".join(words))
