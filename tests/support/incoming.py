"""Walks the steps of an import as a person does, so that tests begin where they want to."""

import io
import re

from tests.support.checked_client import CheckedClient
from tests.support.pages import words

KEY = {"Green": "G", "Amber": "A", "Red": "R"}


def send_plan(
    client: CheckedClient, raw: bytes = b"", name: str = "plan.xlsx", *, title: str = "Improvement plan", **fields: str
) -> int:
    """Choose a file, or give fields with a pasted text, and go to the page that follows; return its status."""
    client.get("/plans/new")
    token = client.form("title").filled({})["csrf_token"]
    file = {"file": (io.BytesIO(raw), name)} if raw or name != "plan.xlsx" else {}
    data = {"csrf_token": token, "title": title, "approved_on": "13/1/2026", **fields, **file}
    return client.post("/plans/new", data=data, follow_redirects=True).status_code


def address_of(client: CheckedClient) -> str:
    """Return the address of the import whose page is open."""
    assert client.answer is not None
    found = re.search(r"/plans/import/[\w-]+", client.answer.request.path)
    assert found, client.answer.request.path
    return found.group()


def say_key(client: CheckedClient, meanings: dict[str, str] | None = None, **more: str) -> int:
    """Say what each word of colour means, by its own words, and save the page of what was found."""
    return client.submit({**_fields(client, "means", meanings or KEY), **more}).status_code


def import_it(client: CheckedClient) -> int:
    """Go to the last step and import."""
    client.get(f"{address_of(client)}/confirm")
    return client.submit(button="Import ").status_code


def say_columns(client: CheckedClient, holds: dict[str, str]) -> int:
    """Say what columns hold, by their headings, and save the page of what was found."""
    return client.submit(_fields(client, "holds", holds)).status_code


def _fields(client: CheckedClient, verb: str, answers: dict[str, str]) -> dict[str, str]:
    """Return the fields of the open page whose labels name these words."""
    labels = {label.get("for", ""): words(label) for label in client.page.iter("label")}
    named = {label: field for field, label in labels.items() if label.endswith(verb)}
    return {named[f"What “{word}” {verb}"]: answer for word, answer in answers.items()}
