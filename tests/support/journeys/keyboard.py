"""A person who has a keyboard and nothing else: no pointer, and no script that moves the focus for them."""

import re

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 400
_HAS_FOCUS = "element => element === document.activeElement"
_HOLDS_FOCUS = "group => group.contains(document.activeElement) && document.activeElement.type === 'radio'"
_CHOSEN = "select => select.selectedOptions[0]?.label ?? ''"
_CHOICES = "select => [...select.options].map(option => option.label)"
# A mark of the focus may be drawn by the control, by the card around it, or beside a control that is not drawn itself.
_SHOWS_FOCUS = """element => {
  const marked = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const around = [element, element.parentElement, element.closest('label'), element.nextElementSibling];
  const box = element.getBoundingClientRect();
  const isInView = box.bottom > 0 && box.top < innerHeight;
  return isInView && element.matches(':focus-visible') && around.some((one) => one && marked(one));
}"""


class Keyboard:
    """Tabs to what has a name, types, and presses; fails when a control is out of reach or does not show its focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visit(self, address: str) -> None:
        """Open an address, as from a bookmark or a mail."""
        self.page.goto(address)

    def skip_to_content(self) -> None:
        """Take the first link of a page, over the header to the content."""
        self.press("Tab")
        expect(self.page.get_by_role("link", name="Skip to main content")).to_be_focused()
        self.press("Enter")
        expect(self.page.locator("main")).to_be_focused()

    def press(self, key: str) -> None:
        """Press one key or chord."""
        self.page.keyboard.press(key)

    def is_told(self, words: str) -> None:
        """See the notice that the last act left at the top of the page."""
        expect(self.page.locator("main").get_by_role("status").filter(has_text=words)).to_be_visible()

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab until the target has the focus, which must then be seen."""
        expect(target).to_be_visible()
        element = target.element_handle()
        for _ in range(MOST_TABS):
            if element.evaluate(_HAS_FOCUS):
                assert element.evaluate(_SHOWS_FOCUS), f"no mark of the focus on {target}"
                return
            self.press(key)
        raise AssertionError(f"{target} was not reached with {MOST_TABS} times {key} on {self.page.url}")

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Go to a link and follow it to another page."""
        self.reach((within or self.page).get_by_role("link", name=name, exact=True).first)
        self._leave()

    def send(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Go to a button and press it; the answer is another page."""
        self.reach((within or self.page).get_by_role("button", name=name, exact=True).first)
        self._leave()

    def open(self, words: str | re.Pattern[str]) -> None:
        """Open what is folded behind a summary."""
        self.reach(self.page.locator("summary").filter(has_text=words).first)
        self.press("Enter")

    def write(self, label: str | re.Pattern[str], words: str, within: Locator | None = None) -> None:
        """Go to a box, put words there in place of what stands in it."""
        self.reach((within or self.page).get_by_label(label, exact=True).first)
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def choose(self, group: str | re.Pattern[str], answer: str | re.Pattern[str]) -> None:
        """Go to a group of answers, of which one is to be chosen, and move to it by arrow."""
        answers = self.page.get_by_role("group", name=group).first
        wanted = answers.get_by_role("radio", name=answer).first
        self.enter(answers)
        for _ in range(answers.get_by_role("radio").count()):
            if wanted.evaluate(_HAS_FOCUS):
                break
            self.press("ArrowDown")
        if not wanted.is_checked():
            self.press("Space")
        expect(wanted).to_be_focused()
        expect(wanted).to_be_checked()

    def enter(self, group: Locator) -> None:
        """Press Tab until the focus is on an answer of a group."""
        expect(group).to_be_visible()
        for _ in range(MOST_TABS):
            if group.evaluate(_HOLDS_FOCUS):
                return
            self.press("Tab")
        raise AssertionError(f"{group} was not reached with {MOST_TABS} tabs on {self.page.url}")

    def pick(self, label: str, answer: str | re.Pattern[str]) -> None:
        """Go to a list and move to an entry by arrow."""
        choices = self.page.get_by_label(label, exact=True)
        self.reach(choices)
        entries: list[str] = choices.evaluate(_CHOICES)
        for _ in entries:
            if re.search(answer, str(choices.evaluate(_CHOSEN))):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{label!r} does not offer {answer!r} but {entries}")

    def tick(self, label: str) -> None:
        """Go to a box to tick, and tick it."""
        box = self.page.get_by_label(label, exact=True)
        self.reach(box)
        self.press("Space")
        expect(box).to_be_checked()

    def _leave(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")
