"""Building audit tools through HTTP: drafting, mending, ordering, and what a stale or hand-made form may not do."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme, an_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.tool import Tool, ToolState
from tracker.audits.rules.vocabulary import Category, Grade
from tracker.people.models import Person
from tracker.people.rules import Role

DRAFT = "/audits/tools/case-file-audit/3"
LIVE = "/audits/tools/case-file-audit/2"
# The page of a version takes the same few questions to the database however much is asked.
BUDGETS = {
    "/audits/tools": 5,
    DRAFT: 6,
    f"{DRAFT}/sections/5": 6,
    f"{DRAFT}/sections/2/questions/1": 6,
    f"{DRAFT}/check": 8,
    f"{DRAFT}/equal": 6,
    f"{DRAFT}/compare": 6,
    f"{DRAFT}/preview/2": 5,
    f"{DRAFT}/print": 5,
}


@pytest.fixture
def moderator(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(marcus)
    return marcus


@pytest.fixture
def draft(client: CheckedClient, session: Session, moderator: Person) -> AuditTool:
    """The third version of the default tool, begun through its page."""
    client.get(LIVE)
    client.submit(button="Make a new version")
    assert client.heading == "Case-file audit, version 3"
    return stored(session)


def stored(session: Session, slug: str = "case-file-audit", number: int = 3) -> AuditTool:
    session.rollback()
    session.expire_all()
    found = queries.tool_version(session, slug, number)
    assert found is not None
    return found


def asked(session: Session, slug: str = "case-file-audit", number: int = 3) -> Tool:
    found = stored(session, slug, number)
    return queries.tools_by_id(session, [found.id])[found.id]


def test_the_list_is_reached_from_audits_and_names_every_version(client: CheckedClient, moderator: Person) -> None:
    client.get("/audits")
    client.follow("Audit tools")
    assert client.heading == "Audit tools"
    assert "Case-file audit, version 2 In use" in client.text
    assert "Case-file audit, version 1 No longer in use" in client.text


def test_a_blank_tool_is_made_built_and_put_in_use(client: CheckedClient, session: Session, moderator: Person) -> None:
    client.get("/audits/tools/new")
    client.submit({"name": "Dip sample"})
    assert client.heading == "Dip sample, version 1"
    client.follow("Add a question to 2. Practice")
    client.submit(
        {
            "text": " Is it  on file? ",
            "kind": "yes_no",
            "theme": "recording",
            "nature": "compliance",
            "is_required": "y",
            "of_child_in_care": "y",
        }
    )
    assert "Question added: 2.1" in client.text
    question = asked(session, "dip-sample", 1).sections[1].questions[0]
    assert (question.text, question.kind, question.theme) == ("Is it on file?", AnswerKind.YES_NO, "recording")
    assert (question.nature, question.is_required) == (Nature.COMPLIANCE, True)
    assert question.categories == {Category.CHILD_IN_CARE}
    client.follow("Check and put in use")
    assert "2. Practice: its grade has no theme, so it counts for none" in client.text
    assert "Recording is not asked of: Contact, Early help" in client.text
    client.submit(button="Put Dip sample, version 1 in use")
    assert "In use from today: Dip sample, version 1" in client.text
    assert stored(session, "dip-sample", 1).state is ToolState.LIVE


def test_a_section_is_added_mended_moved_and_removed(client: CheckedClient, session: Session, draft: AuditTool) -> None:
    client.follow("Add a section")
    client.submit(
        {"title": "Health", "question": "Is the child well?", "good": "Seen by a nurse\n\nTeeth are looked at"}
    )
    assert asked(session).sections[8].title == "Health"
    client.get(f"{DRAFT}/sections/9")
    client.submit({"title": "Health and teeth", "theme": "health_education", "means_good": "Well, and staying well."})
    section = asked(session).sections[8]
    assert (section.heading, section.good) == ("9. Health and teeth", ("Seen by a nurse", "Teeth are looked at"))
    assert (section.theme, section.descriptors[Grade.GOOD]) == ("health_education", "Well, and staying well.")
    client.submit(button="Move up 9. Health and teeth")
    assert [one.title for one in asked(session).sections[7:9]] == ["Health and teeth", "Difference made to the child"]
    client.submit(button="Remove 8. Health and teeth")
    assert "Section removed: Health and teeth" in client.text
    assert len(asked(session).sections) == 9


def test_of_the_first_and_the_last_section_only_the_words_are_mended(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    for number, title in ((1, "The file"), (9, "The whole")):
        client.get(f"{DRAFT}/sections/{number}")
        assert not client.form("title").known & {"is_graded", "theme"}
        client.submit({"title": title})
        assert asked(session).by_number[number].title == title
        assert client.get(f"{DRAFT}/sections/{number}/questions/new").status_code == 404


def test_questions_are_mended_moved_and_removed(client: CheckedClient, session: Session, draft: AuditTool) -> None:
    client.get(f"{DRAFT}/sections/2/questions/1")
    client.submit({"text": "Is the child seen?", "section": "8"})
    assert asked(session).by_number[8].questions[-1].text == "Is the child seen?"
    before = [one.text for one in asked(session).by_number[2].questions]
    client.submit(button="Down 2.1")
    assert [one.text for one in asked(session).by_number[2].questions] == [before[1], before[0], before[2]]
    client.submit(button="Remove 2.1")
    assert [one.text for one in asked(session).by_number[2].questions] == [before[0], before[2]]


@pytest.mark.parametrize(
    ("page", "sent", "words"),
    [
        ("/audits/tools/new", {"name": " "}, "Enter a name for the tool"),
        ("/audits/tools/new", {"name": "case-file AUDIT"}, "There is a tool of this name already"),
        (f"{DRAFT}/sections/3", {"title": ""}, "Enter a title"),
        (f"{DRAFT}/sections/3", {"question": "x" * 401}, "What it asks must be 400 characters or fewer"),
        (f"{DRAFT}/sections/3", {"good": "x" * 201}, "keep to 10 points, each of them"),
        (f"{DRAFT}/sections/3/questions/new", {"text": ""}, "Enter a question"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: CheckedClient, draft: AuditTool, page: str, sent: dict[str, str], words: str
) -> None:
    client.get(page)
    assert client.submit(sent).status_code in {409, 422}
    assert words in client.text
    assert {name: client.form(name).sent[name] for name in sent} == {
        name: [typed.strip()] for name, typed in sent.items()
    }
    client.get(DRAFT)
    assert client.form(button="Down 2.1").sent["version"] == [str(draft.version)]


def test_who_began_before_somebody_else_saved_sees_what_is_stored(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    client.get(f"{DRAFT}/sections/2/questions/1")
    mine = client.form("text").filled({"text": "Mine?"})
    client.submit({"text": "Theirs?"})
    answer = client.post(f"{DRAFT}/sections/2/questions/1", data=mine)
    assert answer.status_code == 409
    assert "What is stored here now" in client.text
    assert "Theirs?" in client.text
    assert "Mine?" in answer.text
    client.submit({"text": "Mine?"})
    assert asked(session).by_number[2].questions[0].text == "Mine?"


def test_a_button_of_an_older_page_does_nothing_and_says_why(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    first = [one.text for one in asked(session).by_number[2].questions]
    data = client.form(button="Down 2.1").filled({})
    client.submit(button="Down 2.2")
    moved = [one.text for one in asked(session).by_number[2].questions]
    assert moved != first
    client.post(f"{DRAFT}/sections/2/questions/1/act", data=data, follow_redirects=True)
    assert "Somebody else changed this tool while you were writing" in client.text
    assert [one.text for one in asked(session).by_number[2].questions] == moved


@pytest.mark.parametrize("way", ["sideways", "", "remove" * 900])
def test_no_other_way_is_known(client: CheckedClient, draft: AuditTool, way: str) -> None:
    data = client.form(button="Down 2.1").filled({}) | {"way": way}
    for page in (f"{DRAFT}/sections/2/act", f"{DRAFT}/sections/2/questions/1/act"):
        assert client.post(page, data=data).status_code == 400


def test_a_section_with_questions_is_not_removed_by_hand(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    data = client.form(button="Down 2.1").filled({}) | {"way": "remove"}
    for number in (1, 2, 9):
        client.post(f"{DRAFT}/sections/{number}/act", data=data, follow_redirects=True)
        assert "There is nothing to move or remove there any more" in client.text
    assert len(asked(session).sections) == 9


def test_what_is_in_use_is_only_read(client: CheckedClient, session: Session, draft: AuditTool) -> None:
    before = asked(session, number=2)
    data = client.form(button="Down 2.1").filled({}) | {"title": "x", "question": "x", "text": "x"}
    pages = ("sections/new", "sections/2", "sections/2/act", "sections/2/questions/new", "sections/2/questions/1")
    for page in (*pages, "sections/2/questions/1/act", "check", "equal"):
        assert client.post(f"{LIVE}/{page}", data=data).headers["Location"].endswith(LIVE)
    assert asked(session, number=2) == before
    client.get(LIVE)
    assert "This version is not changed any more" in client.text
    assert not [link for link in client.page.iter("a") if "/sections/" in link.get("href", "")]


def test_one_version_is_drafted_at_a_time(client: CheckedClient, session: Session, moderator: Person) -> None:
    client.get(LIVE)
    data = client.form(button="Make a new version").filled({})
    client.submit(button="Make a new version")
    client.post(f"{LIVE}/next", data=data, follow_redirects=True)
    assert "Version 3 is being drafted already: go on with that" in client.text
    assert "A new version is being drafted: Case-file audit, version 3" in client.text
    session.rollback()
    assert len(queries.tool_versions(session, "case-file-audit")) == 3


def test_a_form_says_that_a_newer_version_exists_and_keeps_its_own(
    client: CheckedClient, session: Session, draft: AuditTool
) -> None:
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    audit = an_audit(session, auditor=ruth)
    page = f"/audits/{audit.public_id}/section/4"
    session.commit()
    client.sign_in(ruth)
    client.get(page)
    assert "A newer version" not in client.text
    commands.make_tool_live(session, stored(session), by=ruth)
    session.commit()
    client.get(page)
    assert "A newer version of the tool exists. This audit keeps version 2." in client.text


def test_pages_keep_to_their_budget_however_much_is_asked(
    client: CheckedClient, draft: AuditTool, database: House
) -> None:
    counts = {}
    for page in BUDGETS:
        with queries_of(database.engine) as statements:
            assert client.get(page).status_code == 200
        counts[page] = len(statements)
    assert {page: count for page, count in counts.items() if count > BUDGETS[page]} == {}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_nobody_else_opens_or_changes_a_tool(
    client: CheckedClient, session: Session, draft: AuditTool, role: Role
) -> None:
    version = draft.version
    reader = a_person(session, role, "Sam Reader")
    session.commit()
    client.sign_in(reader)
    client.get("/my/settings")
    token = next(field.get("value") for field in client.page.iter("input") if field.get("name") == "csrf_token")
    pages = (*BUDGETS, LIVE, "/audits/tools/new")
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 403)
    acts = ("sections/2", "sections/2/act", "sections/2/questions/1", "sections/2/questions/1/act", "check", "equal")
    data = {"csrf_token": token, "version": str(version), "way": "up", "title": "x", "question": "x", "text": "x"}
    assert {act: client.post(f"{DRAFT}/{act}", data=data).status_code for act in acts} == dict.fromkeys(acts, 403)
    assert stored(session).version == version


def test_a_moderator_of_one_plan_is_shown_no_tool(client: CheckedClient, session: Session, draft: AuditTool) -> None:
    reader = a_person(session, Role.MODERATOR, "Sam Reader", scope={"plan_id": a_plan(session).id})
    session.commit()
    client.sign_in(reader)
    assert client.get("/audits/tools").status_code == 403
    client.get("/audits")
    assert "Audit tools" not in client.text


@pytest.mark.parametrize(
    "page",
    ["no-such-tool/1", "case-file-audit/9", f"{DRAFT}/sections/10", f"{DRAFT}/sections/0", f"{DRAFT}/preview/10"],
)
def test_what_does_not_exist_is_not_found(client: CheckedClient, draft: AuditTool, page: str) -> None:
    assert client.get(page if page.startswith("/") else f"/audits/tools/{page}").status_code == 404
    for number in (0, 5, 99999999999):
        assert client.get(f"{DRAFT}/sections/2/questions/{number}").status_code == 404
