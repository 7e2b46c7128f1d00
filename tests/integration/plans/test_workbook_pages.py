"""Updates from Excel: taken away, filled in offline, brought back, looked through, saved in one go."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.files.workbooks import filled, opened, reversed_rows
from tests.support.queries import queries_of
from tests.support.workbooks import bring, take
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.links import add_dependency
from tracker.plans.models import Action, DateChange, Evidence, FilledWorkbook, Milestone, Plan, Update, UpdateDraft
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

HoldClock = Callable[[date | datetime], datetime]
NOW, HAPPENED, WHY, DOING = (
    "How is it now?",
    "What has happened?",
    "Why is it red or at risk?",
    "What are you doing about it?",
)
GREEN = {NOW: "Green", HAPPENED: "Nine offers were made"}


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    """1.1 was updated; 1.2 and 1.3 never; 2.1 is not Tom's."""
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    first, second = an_area(session, made), an_area(session, made, title="Early help")
    for title in ("Start stage 1", "Agree the framework", "Analyse caseloads"):
        an_action(session, made, area=first, title=title, lead=tom)
    an_action(session, made, area=second, title="Agree the model", lead="Joanne Pike")
    an_update(session, session.scalars(select(Action).where(Action.ref == "1.1")).one(), by=tom)
    session.commit()
    return made


def saved(session: Session) -> list[tuple[str, DeclaredRag, str]]:
    session.expire_all()
    query = select(Action.ref, Update.declared, Update.happened).join(Update, Update.action_id == Action.id)
    return [(ref, declared, words) for ref, declared, words in session.execute(query.order_by(Update.id))]


def test_a_leads_workbook_holds_their_open_actions_and_says_what_was_said(
    client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    data = take(client, tom)
    assert client.answer is not None
    assert client.answer.headers["Content-Disposition"] == 'attachment; filename="my-updates-2026-11-26.xlsx"'
    book = opened(data)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "visible", "veryHidden"]
    rows = [[cell.value for cell in row][:4] for row in book["Updates"].iter_rows(min_row=2)]
    assert rows[0] == ["1.1", "Start stage 1", "Green", "Two teams are staffed"]
    assert [row[0] for row in rows] == ["1.1", "1.2", "1.3"]
    assert book["Updates"].protection.sheet
    assert book["Updates"]["A2"].protection.locked
    assert not book["Updates"]["E2"].protection.locked
    entry = session.execute(text("SELECT act, fields FROM log_entry ORDER BY number DESC LIMIT 1")).one()
    assert entry.act == "exported"


def test_words_that_look_like_formulas_stay_words(
    client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    an_action(session, plan, title='=HYPERLINK("http://evil.example")', ref="1.9", lead=tom)
    session.commit()
    sheet = opened(take(client, tom))["Updates"]
    assert sheet["B5"].value == '=HYPERLINK("http://evil.example")'
    assert sheet["B5"].data_type == "s"
    assert sheet["B5"].hyperlink is None


def test_what_was_filled_in_is_shown_first_and_saved_in_one_go(
    client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    cells: dict[str, Mapping[str, object]] = {
        "1.1": {NOW: "Red", WHY: "Posts are vacant", DOING: "Interviews", "What shows it?": "The vacancy report"},
        "1.2": GREEN,
        "1.1 (1)": {
            "New date": datetime(2027, 6, 30, tzinfo=UTC).replace(tzinfo=None),
            "Why has it moved?": "Posts are vacant",
        },
        "1.2 (1)": {"How far is it?": "Done", "Done on": "20 Nov 2026"},
    }
    words = bring(client, filled(take(client, tom), cells, reversed_rows))
    assert "2 updates can be saved. Nothing is saved yet." in words
    assert "How is it now?GreenRed" in words
    assert "30 Jun 2027 (Posts are vacant)" in words
    assert "Left as they are: 1" in words
    assert len(saved(session)) == 1
    client.submit(button="Save 2 updates")
    assert "Saved 2 updates from your workbook" in client.text
    assert saved(session)[1:] == [
        ("1.1", DeclaredRag.RED, ""),
        ("1.2", DeclaredRag.GREEN, "Nine offers were made"),
    ]
    assert session.scalars(select(DateChange.to_due)).one() == date(2027, 6, 30)
    assert session.scalars(select(Evidence.text)).one() == "The vacancy report"
    assert session.scalars(select(Update.came_by).order_by(Update.id)).all() == ["", "Workbook", "Workbook"]
    assert session.scalars(select(Milestone.done_on).where(Milestone.state == MilestoneState.DONE)).one() == date(
        2026, 11, 20
    )


def test_a_turn_of_what_repeats_is_ticked(client: CheckedClient, session: Session, tom: Person, plan: Plan) -> None:
    action = session.scalars(select(Action).where(Action.ref == "1.2")).one()
    a_milestone(session, action, title="Report", due="-10d", kind=MilestoneKind.RECURRING, every_months=3)
    session.commit()
    words = bring(client, filled(take(client, tom), {"1.2": GREEN, "1.2 (2)": {"How far is it?": "Done"}}))
    assert "Turn of 16 Nov 2026" in words
    client.submit(button="Save 1 update")
    assert session.scalar(text("SELECT occurrence_due FROM milestone_step WHERE kind = 'done'")) == "2026-11-16"


def test_two_workbooks_for_one_action_the_later_is_told_and_loses_nothing(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    theirs = filled(
        take(client, office, "/plans/plan/workbook.xlsx"), {"1.1": {NOW: "Green", HAPPENED: "The office knows"}}
    )
    mine = filled(take(client, tom), {"1.1": {NOW: "Green", HAPPENED: "Tom knows better"}, "1.2": GREEN})
    client.sign_in(office)
    bring(client, theirs)
    client.submit(button="Save 1 update")
    client.sign_in(tom)
    words = bring(client, mine)
    assert "1 update can be saved. 1 row is out of date." in words
    assert "Daniel Hughes saved an update to 1.1 on 26 Nov 2026 after this workbook was made." in words
    assert "The office knows" in words
    assert "Tom knows better" in words
    client.submit(button="Save 1 update and what is ticked")
    assert [one[2] for one in saved(session)] == ["Two teams are staffed", "The office knows", "Nine offers were made"]
    assert "1 row of my updates.xlsx was not saved." in client.text
    assert "Tom knows better" in client.text
    client.submit(button="Open my words in the form")
    assert client.heading.startswith("1.1") or "1.1" in client.heading
    assert client.form("happened").sent["happened"] == ["Tom knows better"]
    assert session.scalars(select(func.count(UpdateDraft.id))).one() == 1


def test_a_tick_saves_ones_own_words_as_the_newer_update(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    mine = filled(take(client, tom), {"1.1": {NOW: "Green", HAPPENED: "Tom knows better"}})
    action = session.scalars(select(Action).where(Action.ref == "1.1")).one()
    an_update(session, action, by=office, happened="The office knows")
    session.commit()
    bring(client, mine)
    client.submit({f"newer_{action.id}": "y"}, button="Save what is ticked")
    assert [one[2] for one in saved(session)][1:] == ["The office knows", "Tom knows better"]


def test_what_changes_between_looking_and_saving_saves_nothing_and_shows_the_new_state(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    bring(client, filled(take(client, tom), {"1.1": GREEN, "1.2": GREEN}))
    action = session.scalars(select(Action).where(Action.ref == "1.2")).one()
    an_update(session, action, by=office, happened="The office knows")
    session.commit()
    answer = client.submit(button="Save 2 updates")
    assert answer.status_code == 409
    assert "1.2: Daniel Hughes saved an update to 1.2 while you were writing" in client.text
    assert "Out of date: 1" in client.text
    assert len(saved(session)) == 2
    client.submit(button="Save 1 update")
    assert len(saved(session)) == 3


def test_sending_the_same_page_twice_saves_once(
    client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    bring(client, filled(take(client, tom), {"1.2": GREEN}))
    form = client.form(button="Save 1 update")
    for _ in range(2):
        client.post(form.action, data=form.sent, follow_redirects=True)
        assert "Saved: 1 update" in client.text
    assert len(saved(session)) == 2


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({NOW: "Red"}, "Say why it is red"),
        ({NOW: "Amber", WHY: "Late"}, "Say what you are doing about it"),
        ({HAPPENED: "Words alone"}, "Choose how the action is now"),
        ({NOW: "Complete", HAPPENED: "All done"}, "“New structure live” is not done yet, so 1.2 cannot be complete"),
        ({NOW: "Green", HAPPENED: "x" * 700}, "must be 600 characters or fewer (you have 700)"),
    ],
)
def test_a_row_that_the_page_would_not_take_is_refused_with_the_same_sentence(
    *, client: CheckedClient, session: Session, tom: Person, plan: Plan, cells: dict[str, object], reason: str
) -> None:
    words = bring(client, filled(take(client, tom), {"1.2": cells}))
    assert "Cannot be saved: 1" in words
    assert reason in words
    assert len(saved(session)) == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"New date": "someday soon"}, "“New structure live”: Enter a date"),
        ({"How far is it?": "Done", "Done on": "1 Jan 2031"}, "cannot be done or started in the future"),
        ({"How far is it?": "Done", "Done on": "June"}, "Enter the day on which it was done"),
        ({"New date": "30 Dec 2027"}, "Say why the date of “New structure live” has moved"),
    ],
)
def test_a_milestone_that_cannot_be_takes_its_update_with_it(
    *, client: CheckedClient, session: Session, tom: Person, plan: Plan, cells: dict[str, object], reason: str
) -> None:
    words = bring(client, filled(take(client, tom), {"1.2": GREEN, "1.2 (1)": cells}))
    assert reason in words
    assert "Cannot be saved: 1" in words


def test_rows_of_actions_that_are_not_the_persons_are_refused_one_by_one(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    data = filled(take(client, office, "/plans/plan/workbook.xlsx"), {"2.1": GREEN, "1.2": GREEN})
    client.sign_in(tom)
    words = bring(client, data)
    assert "1 update can be saved. 1 row cannot be saved." in words
    assert "You may not write updates of this action" in words
    client.submit(button="Save 1 update")
    assert [one[0] for one in saved(session)] == ["1.1", "1.2"]


def test_nobody_sees_or_saves_the_workbook_of_another(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    bring(client, filled(take(client, tom), {"1.2": GREEN}))
    kept = session.scalars(select(FilledWorkbook)).one()
    action_id = session.scalars(select(Action.id).where(Action.ref == "1.2")).one()
    client.sign_in(office)
    address = f"/workbooks/{kept.public_id}"
    assert client.get(address).status_code == 404
    client.get("/workbooks/new")
    token = {"csrf_token": client.form("file").sent["csrf_token"][0]}
    for path in (address, f"{address}/discard", f"{address}/rows/{action_id}/write"):
        assert client.post(path, data=token).status_code == 404
    assert len(saved(session)) == 1


@pytest.mark.parametrize("role", [Role.ASSURANCE, Role.VIEWER, Role.MODERATOR, Role.AUDITOR, Role.ADMIN])
def test_who_writes_no_updates_has_no_workbook(client: CheckedClient, session: Session, plan: Plan, role: Role) -> None:
    person = a_person(session, role, "Nobody Much")
    session.commit()
    client.sign_in(person)
    for path in ("/my/actions/workbook.xlsx", "/plans/plan/workbook.xlsx", "/workbooks/new"):
        assert client.get(path).status_code == 403


def test_after_an_hour_it_is_to_be_brought_again(
    client: CheckedClient, session: Session, tom: Person, plan: Plan, clock_at: HoldClock
) -> None:
    clock_at(datetime(2026, 11, 26, 10, 0, tzinfo=UTC))
    bring(client, filled(take(client, tom), {"1.2": GREEN}))
    form = client.form(button="Save 1 update")
    clock_at(datetime(2026, 11, 26, 10, 29, tzinfo=UTC))
    client.get(form.action)
    clock_at(datetime(2026, 11, 26, 10, 58, tzinfo=UTC))
    client.get(form.action)
    clock_at(datetime(2026, 11, 26, 11, 1, tzinfo=UTC))
    client.post(form.action, data=form.sent, follow_redirects=True)
    assert "brought more than an hour ago" in client.text
    assert len(saved(session)) == 1


def test_a_refusal_is_shown_as_a_problem_in_the_words_of_the_command(
    client: CheckedClient, session: Session, tom: Person, plan: Plan, clock_at: HoldClock
) -> None:
    clock_at(datetime(2026, 11, 26, 10, 0, tzinfo=UTC))
    bring(client, filled(take(client, tom), {"1.2": {NOW: "Red"}}))
    page = f"/workbooks/{session.scalars(select(FilledWorkbook.public_id)).one()}"
    write = f"{page}/rows/{session.scalars(select(Action.id).where(Action.ref == '1.2')).one()}/write"
    session.commit()
    client.get("/plans/plan/1.2")
    draft = client.form("happened").filled({"happened": "Begun on the page"})
    client.post("/plans/plan/1.2/draft", data=draft, headers={"Accept": "application/json"})
    token = {"csrf_token": draft["csrf_token"]}
    refused = client.post(write, data=token, follow_redirects=True)
    assert "1.2: You have a draft of it from another window" in client.text
    assert 'class="notice notice-problem" role="alert"' in refused.text
    assert "notice-saved" not in refused.text
    clock_at(datetime(2026, 11, 26, 11, 1, tzinfo=UTC))
    client.sign_in(tom)
    shown = client.get(page, follow_redirects=True)
    assert "brought more than an hour ago" in client.text
    assert "notice-problem" in shown.text
    token = {"csrf_token": client.form("file").sent["csrf_token"][0]}
    client.post(write, data=token, follow_redirects=True)
    assert "brought more than an hour ago" in client.text


def test_what_a_workbook_says_reaches_the_outlook_of_actions_that_wait(
    client: CheckedClient, session: Session, tom: Person, office: Person, plan: Plan
) -> None:
    first = session.scalars(select(Action).where(Action.ref == "1.2")).one()
    waiting = an_action(session, plan, lead=tom, due="+400d")
    add_dependency(session, waiting, on=first, by=office)
    session.commit()
    before = first.red_from, waiting.amber_from
    session.commit()
    moved = {"New date": "30 Jun 2027", "Why has it moved?": "Nobody applied"}
    red = {NOW: "Red", WHY: "Nobody applied", DOING: "A second round"}
    bring(client, filled(take(client, tom), {"1.2": red, "1.2 (1)": moved}))
    client.submit(button="Save 1 update")
    session.expire_all()
    day = clock.today()
    for action in (first, waiting):
        fresh = outlooks(session, session.get_one(Plan, action.plan_id), day=day)[action.id]
        assert (action.amber_from, action.red_from) == (fresh.amber_from, fresh.red_from)
    assert (first.red_from, waiting.amber_from) != before
    assert first.declared_code == "R"


def test_a_workbook_may_be_discarded(client: CheckedClient, session: Session, tom: Person, plan: Plan) -> None:
    bring(client, filled(take(client, tom), {"1.2": GREEN}))
    client.submit(button="Discard this workbook")
    assert "Workbook discarded" in client.text
    assert session.scalars(select(func.count(FilledWorkbook.id))).one() == 0


def test_the_workbook_and_the_page_ask_the_database_no_more_for_many_actions(
    client: CheckedClient, session: Session, tom: Person, plan: Plan, engine: Engine
) -> None:
    counts: list[Any] = []
    for more in (0, 40):
        area = an_area(session, plan)
        for _ in range(more):
            an_action(session, plan, area=area, lead=tom)
        session.commit()
        data = take(client, tom)
        with queries_of(engine) as asked_to_take:
            client.get("/my/actions/workbook.xlsx")
        rows = [row[0].value for row in opened(data)["Updates"].iter_rows(min_row=2)]
        bring(client, filled(data, {str(number): GREEN for number in rows}))
        address = client.form(button="Save").action
        with queries_of(engine) as asked_to_show:
            client.get(address)
        counts.append((len([one for one in asked_to_take if one.startswith("SELECT")]), len(asked_to_show)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
