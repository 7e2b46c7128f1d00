"""The colours of the stylesheet can be told apart: every pair that meets on a page, from the sheet itself."""

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[3] / "tracker" / "static" / "css"
TEXT, GRAPHIC = 4.5, 3.0

WORDS_ON_GROUND = [
    ("ink", "card"),
    ("ink", "page"),
    ("ink", "tint"),
    ("ink", "meeting-tint"),
    ("ink", "demo-tint"),
    ("ink-2", "card"),
    ("ink-2", "page"),
    ("ink-2", "tint"),
    ("ink-2", "meeting-tint"),
    ("link", "card"),
    ("link", "page"),
    ("link", "tint"),
    ("link", "meeting-tint"),
    ("link", "demo-tint"),
    ("link-hover", "card"),
    ("on-brand", "brand"),
    ("on-brand-2", "brand"),
    ("on-brand", "link-hover"),
    ("brand", "card"),
    ("brand", "tint"),
    ("alert", "card"),
    ("alert", "page"),
    ("alert", "tint"),
    ("ok", "card"),
    ("ok", "page"),
    ("meeting", "card"),
    ("meeting", "meeting-tint"),
    ("data", "card"),
    ("reference", "card"),
    *((f"{status}-text", f"{status}-fill") for status in ("red", "amber", "green", "complete", "embedded", "unset")),
]
GRAPHICS_ON_GROUND = [
    ("quiet-edge", "card"),
    ("focus", "ink"),
    ("focus", "brand"),
    ("ink", "card"),
    ("ink", "page"),
    ("meeting-edge", "meeting-tint"),
    ("demo-edge", "demo-tint"),
    *((f"{status}-edge", "card") for status in ("red", "amber", "green", "complete", "embedded", "unset")),
]


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_can_be_read_on_their_ground(words: str, ground: str) -> None:
    assert contrast(token(words), token(ground)) >= TEXT


@pytest.mark.parametrize(("line", "ground"), GRAPHICS_ON_GROUND)
def test_lines_and_shapes_can_be_seen_on_their_ground(line: str, ground: str) -> None:
    assert contrast(token(line), token(ground)) >= GRAPHIC


def test_the_darker_a_status_prints_the_worse_it_is() -> None:
    red, amber, green, complete = (luminance(token(f"{name}-fill")) for name in ("red", "amber", "green", "complete"))
    assert red < amber < green < complete


def test_every_colour_is_a_token() -> None:
    loose = {
        path.name: found
        for path in SHEETS.glob("*.css")
        if path.name not in {"tokens.css", "print.css", "tracker.css"}
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")))
    }
    assert loose == {}


def test_every_token_that_is_used_has_a_value() -> None:
    known = set(re.findall(r"--([\w-]+):", tokens()))
    used = {
        name
        for path in SHEETS.glob("*.css")
        for name in re.findall(r"var\(--([\w-]+)\)", path.read_text("utf-8"))
        if path.name != "tracker.css"
    }
    assert used - known == set()


def test_the_sheets_and_scripts_stay_light() -> None:
    assert sum(path.stat().st_size for path in SHEETS.glob("*.css")) <= 60 * 1024
    assert sum(path.stat().st_size for path in (SHEETS.parent / "js").glob("*.js")) <= 30 * 1024


def tokens() -> str:
    """Return the sheet of tokens."""
    return (SHEETS / "tokens.css").read_text(encoding="utf-8")


def token(name: str) -> str:
    """Return the colour of a token."""
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", tokens())
    assert found, f"no token --{name}"
    return found[1]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
