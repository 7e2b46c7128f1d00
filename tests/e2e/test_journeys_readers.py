"""Members who read and do not write, by keyboard alone: what changed, what turns red, posts for names, never a case."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.signposts import signposts

SitDown = Callable[[str], Keyboard]
TITLE = "Children's social care improvement plan 2025"
PLAN = "/plans/childrens-social-care-improvement-plan-2025"
CLOSED_TO_READERS = (
    "/my/audits",
    "/audits",
    "/audits/{sent}",
    "/audits/rounds/{round}",
    "/concerns",
    "/concerns/{concern}",
    "/themes/supervision/words",
)


def test_an_assurance_member_reads_what_changed_and_what_will_turn_red(sit_down: SitDown) -> None:
    ellery = sit_down("assurance")
    ellery.visit("/")
    ellery.follow(TITLE)
    main = ellery.page.locator("main")
    expect(main).to_contain_text("4 actions went red")
    expect(main).to_contain_text("11 of 31 community posts are still vacant")
    ellery.write("By another day", "31 dec 2026")
    ellery.send("Show")
    expect(main.get_by_role("heading", name="Will turn red by 31 Dec 2026")).to_be_visible()
    ellery.skip_to_content()
    ellery.follow(re.compile(r"^See all \d+ changes"))
    expect(main.get_by_role("table", name="Went red (4)")).to_be_visible()


def test_an_assurance_member_reads_counts_of_a_theme_and_no_case(sit_down: SitDown) -> None:
    ellery = sit_down("assurance")
    ellery.visit("/themes")
    ellery.skip_to_content()
    ellery.follow("Supervision")
    ellery.open("Show the numbers")
    expect(ellery.page.get_by_role("table", name="Supervision by month")).to_be_visible()
    expect(ellery.page.get_by_role("link", name="Read the words of findings")).to_have_count(0)


def test_an_assurance_member_meets_no_case_on_any_page_that_links_lead_to(sit_down: SitDown, records: Session) -> None:
    ellery = sit_down("assurance")
    ellery.visit("/")
    addresses = {"/plans", PLAN, f"{PLAN}/2.1", f"{PLAN}/areas/2", "/search?q=A-", "/themes/supervision"}
    addresses |= _local_links(ellery) - {"/sign-out"}
    cases = stored.words_of_cases(records)
    for address in sorted(addresses):
        ellery.visit(address)
        shown = ellery.page.content()
        assert not [words for words in cases if words in shown], address
    for address in CLOSED_TO_READERS:
        ellery.visit(address.format(**signposts(records)))
        expect(ellery.page.get_by_role("heading", level=1)).to_have_text("You cannot see this page")


def test_a_viewer_reads_posts_in_place_of_names(sit_down: SitDown) -> None:
    bevan = sit_down("viewer")
    bevan.visit("/")
    bevan.follow(TITLE)
    bevan.skip_to_content()
    bevan.follow("Give every social worker a caseload they can manage")
    main = bevan.page.locator("main")
    expect(main).to_contain_text("Head of service, community")
    expect(main).not_to_contain_text("Tom Whitcombe")
    expect(main).not_to_contain_text("What auditors are finding")
    bevan.follow("Start stage 1 of the reorganisation, so that children change social worker less often")
    expect(main).to_contain_text("Head of service, community")
    expect(main).not_to_contain_text("Tom Whitcombe")
    bevan.visit("/themes")
    expect(bevan.page.get_by_role("heading", level=1)).to_have_text("You cannot see this page")


def _local_links(reader: Keyboard) -> set[str]:
    found: list[str] = reader.page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return set(found)
