"""Reading themes: who sees what, what the pages say, and that no case is named where counts are read (domain A9)."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.themes.conftest import SECRET, Loop
from tests.support.builders.audits import a_round, a_sent_audit, a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.audits.commands import change_theme
from tracker.audits.rules.vocabulary import Selection
from tracker.people.rules import Role

INSIDE = {Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE}
PAGES = ("/themes", "/themes?sort=common", "/unlinked", "/themes/assessment")
CASE_LEVEL = ("CP-10", "Ruth Osei", SECRET, "He was asked")


def rows(client: CheckedClient, caption: str) -> list[list[str]]:
    table = next(t for t in client.page.iter("table") if caption in words(next(t.iter("caption"))))
    return [
        [words(cell) for cell in row if cell.tag in {"th", "td"}]
        for body in table.iter("tbody")
        for row in body.iter("tr")
    ]


def events(session: Session) -> list[tuple[Any, ...]]:
    found = session.execute(text("SELECT act, actor, subject_kind, subject_id FROM log_entry ORDER BY number"))
    return [tuple(row) for row in found]


def test_counts_are_for_everyone_inside_and_name_no_case(app: Flask, loop: Loop) -> None:
    for role, person in loop.people.items():
        client = CheckedClient(app)
        client.sign_in(person)
        for page in PAGES:
            answer = client.get(page)
            assert answer.status_code == (200 if role in INSIDE else 403), (role, page)
            assert not [secret for secret in CASE_LEVEL if secret in answer.text], (role, page)


def test_words_are_for_moderators_and_their_auditor(app: Flask, loop: Loop) -> None:
    for role, person in loop.people.items():
        client = CheckedClient(app)
        client.sign_in(person)
        answer = client.get("/themes/assessment/words")
        assert answer.status_code == (200 if role in {Role.MODERATOR, Role.AUDITOR} else 403), role
        assert (SECRET in answer.text) == (role is Role.MODERATOR), role


def test_an_auditor_reads_own_words_with_the_way_to_the_audit(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.auditor)
    client.get("/themes/assessment")
    client.follow("Read the words of findings")
    assert rows(client, "Words of findings")[0][:2] == [
        "CP-100 Child protection plan, 10 Nov 2026",
        "Needs work",
    ]
    assert client.get("/themes/fathers/words").text.count("He was asked") == 3


def test_what_is_linked_stands_in_the_list(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.people[Role.ASSURANCE])
    client.get("/themes")
    assert client.heading == "Themes"
    practice = {row[0]: row[1:] for row in rows(client, "Themes, with")}
    assert practice["Assessment and analysis"] == ["2 of 2 files", "0", "A", "Too early to tell"]
    assert practice["Fathers and wider family"] == ["0 of 2 files", "2", "No action is linked", "Not measured"]
    assert "22 themes have no action linked" in client.text


def test_the_list_can_be_ordered_and_narrowed(client: CheckedClient, loop: Loop, session: Session) -> None:
    client.sign_in(loop.people[Role.OFFICE])
    client.get("/themes?sort=common")
    assert rows(client, "Themes, with")[0][0].startswith("Assessment and analysis")
    client.get("/themes?sort=unlinked&group=practice")
    listed = [row[0] for row in rows(client, "Themes, with")]
    assert listed[-1].startswith("Assessment and analysis")
    assert not any("Supervision" in name for name in listed)
    assert client.get("/themes?sort=%00&group=nothing").status_code == 200


def test_a_share_is_given_from_ten_files(client: CheckedClient, loop: Loop, session: Session) -> None:
    for _ in range(8):
        a_sent_audit(session)
    session.commit()
    client.sign_in(loop.people[Role.LEAD])
    client.get("/themes")
    assert ["Assessment and analysis", "2 of 10 files (20%)"] in [row[:2] for row in rows(client, "Themes, with")]


def test_a_theme_says_what_was_found_and_left_out(client: CheckedClient, loop: Loop, session: Session) -> None:
    targeted = a_round(session, name="A closer look", selection=Selection.TARGETED)
    a_sent_audit(session, audit_round=targeted)
    session.commit()
    client.sign_in(loop.people[Role.ASSURANCE])
    client.get("/themes/assessment")
    assert client.heading == "Theme: Assessment and analysis"
    assert "In November 2026 auditors had a concern about this in 1 of 1 file." in client.text
    assert "From December 2025 to November 2026 it was 3 of 3 files" in client.text
    assert "1 file chosen for a reason" in client.text
    assert "Too early to tell" in client.text
    assert "What auditors wrote" not in client.text
    numbers = rows(client, "by month")
    assert [row[:3] for row in numbers] == [
        ["Nov 2026", "1 of 1 file", "Too few"],
        ["Oct 2026", "1 of 1 file", "Too few"],
        ["Sep 2026", "No files", "None"],
        ["Aug 2026", "1 of 1 file", "Too few"],
    ]
    assert rows(client, "Actions linked") == [
        [
            "15.1",
            "Agree a standard Joanne Pike · Improvement plan 2026",
            "Amber",
            "Meant to change it Linked 6 Nov 2026",
            "The guide says how to weigh what is known.",
        ]
    ]


def picture(client: CheckedClient) -> Element:
    return next(element for element in client.page.iter() if element.get("role") == "img")


def test_the_chart_can_be_heard_and_points_to_the_table(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.people[Role.LEAD])
    client.get("/themes/assessment")
    chart = picture(client)
    named = {element.get("id"): words(element) for element in chart.iter() if element.get("id")}
    about = [named[name] for name in chart.get("aria-labelledby", "").split()]
    assert about[0] == "Share of audited files with a concern on Assessment and analysis, month by month"
    assert "Show the numbers" in about[1]
    assert "Show the numbers" in [words(summary) for summary in client.page.iter("summary")]
    assert len(_parts(chart, "circle")) == 3
    assert "15.1" in [words(label) for label in _parts(chart, "text")]
    sizes = [float(element.get("font-size", "13")) for element in _parts(chart, "text")]
    assert min(sizes) >= 12
    assert chart.get("viewBox") is None, "a scaled picture would shrink its words on a phone"


def _parts(chart: Element, tag: str) -> list[Element]:
    return [element for element in chart.iter() if str(element.tag).rpartition("}")[2] == tag]


def test_a_theme_without_files_says_so(client: CheckedClient, loop: Loop, clock_at: Callable[[date], object]) -> None:
    clock_at(date(2029, 11, 26))
    client.sign_in(loop.people[Role.OFFICE])
    client.get("/themes/assessment")
    assert "Auditors have not used this theme yet" in client.text
    client.get("/themes")
    assert "No audited files from September to November 2029" in client.text


def test_more_months_can_be_asked_for(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.people[Role.OFFICE])
    for asked, months in (("24", 24), ("36", 36), ("", 12), ("-1", 12), ("9999999", 12)):
        client.get(f"/themes/assessment?months={asked}")
        chosen = [words(link) for link in client.page.iter("a") if link.get("aria-current") == "true"]
        assert chosen == [f"{months} months"]


def test_what_is_not_there_answers_404(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    for address in ("/themes/nothing", "/themes/a%00b", "/themes/nothing/words", "/themes/x/link", "/plans/x/1.1/link"):
        assert client.get(address).status_code == 404, address


def test_both_lists_of_what_stands_alone(client: CheckedClient, loop: Loop, session: Session) -> None:
    client.sign_in(loop.people[Role.OFFICE])
    client.get("/unlinked")
    themes = [row[0] for row in rows(client, "Themes that no action")]
    assert len(themes) == 22
    assert "Assessment and analysis" not in themes
    assert [row[:2] for row in rows(client, "no theme is linked")] == [["2.1", "Check supervision"]]
    client.follow("Link a theme to 2.1")
    assert client.heading == "Link a theme to 2.1"


def test_a_long_list_of_actions_comes_in_pages(client: CheckedClient, loop: Loop, session: Session) -> None:
    for _ in range(100):
        an_action(session, loop.plan, due=None)
    session.commit()
    client.sign_in(loop.people[Role.LEAD])
    client.get("/unlinked")
    assert len(rows(client, "no theme is linked")) == 100
    client.follow("Next →")
    assert len(rows(client, "no theme is linked")) == 1
    assert client.get("/unlinked?page=99999").status_code == 200
    assert client.get("/unlinked?page=x").status_code == 200


def test_a_lead_of_one_plan_sees_counts_and_no_action_of_another(
    client: CheckedClient, loop: Loop, session: Session
) -> None:
    other = a_plan(session, title="Other plan")
    reader = a_person(session, Role.LEAD, "Lena", scope={"plan_id": other.id})
    session.commit()
    client.sign_in(reader)
    for page in ("/themes", "/themes/assessment"):
        client.get(page)
        assert "15.1" not in client.text
        assert "Too early to tell" in client.text
        assert "plan that you cannot open" in client.text


def test_an_ended_theme_is_marked_and_leaves_the_list_after_three_months(
    client: CheckedClient, loop: Loop, session: Session
) -> None:
    for code, ago in (("voice", 30), ("identity", 120)):
        theme = a_theme(session, code)
        ends_on = date(2026, 11, 26) - timedelta(days=ago)
        change_theme(
            session, theme, name=theme.name, group=theme.group, synonyms=(), ends_on=ends_on, version=1, by=loop.auditor
        )
    session.commit()
    client.sign_in(loop.people[Role.OFFICE])
    client.get("/themes")
    listed = [row[0] for row in rows(client, "Themes, with")]
    assert any("Voice" in name for name in listed)
    assert not any("Identity" in name for name in listed)
    client.get("/themes/identity")
    assert "No longer in use since 29 July 2026" in client.text
    assert "Link an action" not in client.text


def test_opening_the_words_is_written_down_before_they_are_shown(
    client: CheckedClient, loop: Loop, session: Session
) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    client.get("/themes/assessment/words")
    moderator = loop.people[Role.MODERATOR]
    assert events(session)[-1] == ("opened", f"person:{moderator.id}", "theme", str(loop.theme.id))


def test_no_log_no_words(client: CheckedClient, loop: Loop, session: Session) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    session.execute(text("ALTER TABLE log_entry RENAME TO log_entry_away"))
    session.commit()
    answer = client.get("/themes/assessment/words")
    assert answer.status_code == 503
    assert SECRET not in answer.text


def test_the_numbers_can_be_taken_away_by_office_and_moderator(
    client: CheckedClient, loop: Loop, session: Session
) -> None:
    client.sign_in(loop.people[Role.OFFICE])
    client.get("/themes/assessment")
    answer = client.follow("Download the numbers")
    assert answer.mimetype == "text/csv"
    assert "theme-assessment-2026-11-26.csv" in answer.headers["Content-Disposition"]
    table = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["month"], row["concerns"], row["answered"]) for row in table] == [
        ("2026-08", "1", "1"),
        ("2026-10", "1", "1"),
        ("2026-11", "1", "1"),
    ]
    assert events(session)[-1][0] == "exported"


def test_nobody_else_takes_the_numbers_away(app: Flask, loop: Loop) -> None:
    for role in set(Role) - {Role.OFFICE, Role.MODERATOR}:
        client = CheckedClient(app)
        client.sign_in(loop.people[role])
        assert client.get("/themes/assessment/numbers.csv").status_code == 403, role
        client.get("/themes/assessment")
        assert "Download the numbers" not in client.text, role
        assert "Link an action" not in client.text, role


def test_each_page_asks_as_often_for_little_as_for_much(
    client: CheckedClient, loop: Loop, session: Session, database: House
) -> None:
    client.sign_in(loop.people[Role.OFFICE])
    asked = []
    for more in (0, 6):
        for number in range(more):
            a_sent_audit(session, developments={"risk": "Say who acts"})
            a_link(session, loop.theme, an_action(session, loop.plan))
            a_link(session, a_theme(session, ("risk", "voice", "plan")[number % 3]), an_action(session, loop.plan))
        session.commit()
        asked.append({page: _queries(client, page, database) for page in (*PAGES, "/themes/assessment/link")})
    assert asked[0] == asked[1]
    assert max(asked[0].values()) <= 12


def _queries(client: CheckedClient, page: str, database: House) -> int:
    client.get(page)
    with queries_of(database.engine) as statements:
        client.get(page)
    return len(statements)
