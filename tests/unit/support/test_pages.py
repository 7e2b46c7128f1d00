"""The reader of pages accepts a good page and names each fault of a bad one."""

import pytest

from tests.support.pages import faults

GOOD = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>My actions, Improvement Tracker</title>
<link rel="stylesheet" href="/static/a.css"><script src="/static/a.js" nonce="x" defer></script></head>
<body>
<a href="#main">Skip to main content</a>
<main id="main" tabindex="-1">
<h1>My actions</h1>
<form method="post" action="/save">
<input type="hidden" name="csrf_token" value="abc">
<label for="words">What changed</label>
<textarea id="words" name="words" aria-describedby="hint"></textarea><p id="hint">In plain words</p>
<label><input type="checkbox" name="sure"> I am sure</label>
<button>Save</button>
</form>
<details><summary>More</summary><svg role="img" aria-label="On track"><path d="M0 0"/></svg></details>
</main>
</body>
</html>
"""

# what is written instead of what, and the fault that must be named
BREAKS = [
    ('<html lang="en-GB">', "<html>", "html has no lang"),
    ("<h1>My actions</h1>", "<h2>My actions</h2>", "has 0 h1, not one"),
    ("<h1>My actions</h1>", "<h1>My actions</h1><h1>Again</h1>", "has 2 h1, not one"),
    ("<title>My actions,", "<title>Actions,", "does not start with the h1"),
    ('<p id="hint">', '<p id="words">', "id 'words' stands 2 times"),
    ('<p id="hint">', "<p>", "names 'hint', which is not there"),
    ('<label for="words">What changed</label>', "<p>What changed</p>", "textarea 'words' has no label"),
    (' name="sure"> I am sure</label>', ' name="sure"></label>', "input 'sure' has no label"),
    ("<button>Save</button>", '<button name="save"></button>', "button 'save' says nothing"),
    ("<summary>More</summary>", "<summary></summary>", "summary '' says nothing"),
    ("<button>Save</button>", '<button>Save</button><img src="/a.png">', "img '/a.png' has no alt"),
    ("<h1>", '<h1 style="color:red">', "h1 has the attribute style"),
    ("<button>", '<button onclick="go()">', "button has the attribute onclick"),
    ("<h1>", "<script>go()</script><h1>", "script stands inline"),
    ("</title>", "</title><style>a {}</style>", "style stands inline"),
    ('<main id="main"', "<main", "the skip link leads to #main, which is not there"),
    ('<a href="#main">', '<a href="/home">', "the first link does not skip to the content"),
    ('value="abc"', 'value=""', "the form to '/save' carries no csrf_token"),
    ("</main>", "</div></main>", "not valid HTML5, line"),
    ("<!DOCTYPE html>", "", "not valid HTML5, line"),
    ("</form>", "</form><p><ul><li>One</li></ul></p>", "not valid HTML5, line"),
]


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD) == []


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    assert faults(GOOD.replace("<title>My", "<title>Error: My")) == []


@pytest.mark.parametrize(("good", "bad", "fault"), BREAKS)
def test_each_fault_is_named(good: str, bad: str, fault: str) -> None:
    assert good in GOOD
    found = faults(GOOD.replace(good, bad))
    assert any(fault in line for line in found), found
