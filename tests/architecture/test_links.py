"""What the guides link to is there: files and pictures beside them; addresses elsewhere are not tried."""

import re
from pathlib import Path

from tests.architecture.guards.handbook import guides
from tests.architecture.guards.sources import REPOSITORY

LARGEST_PICTURE = 200_000
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")


def dead_links(page: Path) -> list[str]:
    """Name the links of a page that lead to no file."""
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    near = (target for target in targets if "://" not in target and not target.startswith("mailto:"))
    return [f"{page.name}: {target}" for target in near if not (page.parent / target).exists()]


def test_every_link_of_the_guides_leads_somewhere() -> None:
    pages = [*guides(REPOSITORY), REPOSITORY / "CHANGELOG.md"]
    assert [fault for page in pages for fault in dead_links(page)] == []


def test_every_guide_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [REPOSITORY / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / target).resolve() for target in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert [page.name for page in (REPOSITORY / "docs").rglob("*.md") if page not in reached] == []


def test_pictures_are_small() -> None:
    pictures = (REPOSITORY / "docs").rglob("*.png")
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


def test_a_dead_link_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("Here.")
    page = tmp_path / "page.md"
    page.write_text("[a](there.md#part) [b](https://council.example/x) ![c](gone.png)")
    assert dead_links(page) == ["page.md: gone.png"]
