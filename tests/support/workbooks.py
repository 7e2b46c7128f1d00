"""Takes an update workbook away and brings a filled one back through the pages, as people do; filling is the files'."""

from io import BytesIO

from tests.support.checked_client import CheckedClient
from tracker.people.models import Person


def take(client: CheckedClient, person: Person, path: str = "/my/actions/workbook.xlsx") -> bytes:
    client.sign_in(person)
    answer = client.get(path)
    assert answer.status_code == 200
    data: bytes = answer.data
    return data


def bring(client: CheckedClient, data: bytes, name: str = "my updates.xlsx") -> str:
    client.get("/workbooks/new")
    token = client.form("file").sent["csrf_token"][0]
    sent = {"csrf_token": token, "file": (BytesIO(data), name)}
    client.post("/workbooks/new", data=sent, content_type="multipart/form-data", follow_redirects=True)
    return client.text
