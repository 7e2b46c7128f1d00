"""A lead on a small phone, from the mail: nothing changed in two interactions, gone red in six and one save (ux 14)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from tests.e2e.conftest import A_THURSDAY
from tests.support import mail_server
from tests.support.browser import assert_no_violations
from tests.support.journeys import records as stored
from tests.support.journeys.looks import jutting_out
from tests.support.live import LiveServer
from tests.support.mail_server import texts
from tracker.core import clock
from tracker.plans.rules.states import DateChangeState, DeclaredRag


class Counting:
    """A phone with one page, on which every tap, every field filled and every page loaded is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.interactions, self.loads = page, 0, 0
        page.on("load", lambda _: self._loaded())

    def _loaded(self) -> None:
        self.loads += 1

    def begin(self) -> None:
        """Begin to count, with the mail open."""
        self.interactions = self.loads = 0

    def tap(self, target: Locator) -> None:
        """Tap what leads to another page."""
        self.interactions += 1
        with self.page.expect_navigation():
            target.click()

    def fill(self, label: str, words: str) -> None:
        """Fill one field in."""
        self.interactions += 1
        self.page.get_by_label(label, exact=True).filter(visible=True).first.fill(words)


@pytest.fixture
def mail(live_server: LiveServer) -> Iterator[str]:
    """The HTML of the mail that Tom gets on the last working day before updates close."""
    app = live_server.house.app
    before = app.config["SETTINGS"]
    with mail_server.listening(app) as box, clock.at(A_THURSDAY):
        box.serve(base_url=live_server.url)
        done = app.test_cli_runner().invoke(args=["send-notices", "--demonstration"])
        assert done.exit_code == 0, done.output
        app.config["SETTINGS"] = before
        yield texts(box.mails[box.addresses.index("lead@demo.example")])[1]


@contextmanager
def phone(page_of: Callable[..., Page], mail: str) -> Iterator[Counting]:
    """Give Tom a phone of 320 px on which the mail is open."""
    page = page_of("lead")
    page.set_viewport_size({"width": 320, "height": 640})
    counting = Counting(page)
    page.set_content(mail)
    assert not jutting_out(page), jutting_out(page)
    counting.begin()
    yield counting
    assert not jutting_out(page), jutting_out(page)
    assert_no_violations(page)


def test_nothing_to_say_takes_two_interactions_and_two_loads(
    page_of: Callable[..., Page], mail: str, records: Session
) -> None:
    before = stored.latest_update(records, "6.3").id
    with phone(page_of, mail) as tom:
        tom.tap(tom.page.locator('a[href$="/6.3/no-change"]'))
        expect(tom.page.get_by_role("heading", level=1)).to_contain_text("6.3")
        assert stored.latest_update(records, "6.3").id == before
        tom.tap(tom.page.get_by_role("button", name="No change: still green", exact=True))
        assert (tom.interactions, tom.loads) == (2, 2)
    assert stored.latest_update(records, "6.3").is_no_change


def test_gone_red_with_reason_plan_and_a_moved_milestone_takes_six_and_one_save(
    page_of: Callable[..., Page], mail: str, records: Session
) -> None:
    with phone(page_of, mail) as tom:
        tom.tap(tom.page.get_by_role("link", name="Update 1.3", exact=True))
        expect(tom.page.get_by_role("radio", name="Red")).to_be_checked()
        tom.fill("Why is it red?", "11 of 31 community posts are still vacant.")
        tom.fill("What are you doing about it?", "Interviews end on 18 December (HR).")
        tom.fill("New date", "jan 2027")
        tom.fill("Why has it moved?", "11 vacancies")
        tom.tap(tom.page.get_by_role("button", name="Save update", exact=True))
        assert (tom.interactions, tom.loads) == (6, 2)
    update, asked = stored.latest_update(records, "1.3"), stored.latest_date_change(records, "1.3")
    assert (update.declared, update.why) == (DeclaredRag.RED, "11 of 31 community posts are still vacant.")
    assert (asked.state, asked.reason) == (DateChangeState.ASKED, "11 vacancies")
