"""The store of files on a folder and on a local S3 server: kept, given back whole, forgotten, compared."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.support.files import honest
from tracker.core.files import AlteredFileError, Comparison, FileStore, compare, open_store
from tracker.core.uploads import Upload, checked_upload

BUCKET = "council-files"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a local S3 server with one bucket."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        client = boto3.client(
            "s3", endpoint_url=address, region_name="eu-west-2", aws_access_key_id="x", aws_secret_access_key="y"
        )
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        yield address
    finally:
        server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    if request.param == "folder":
        return open_store("", tmp_path / "files")
    for name, value in {
        "AWS_ENDPOINT_URL": request.getfixturevalue("s3"),
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "y",
        "AWS_DEFAULT_REGION": "eu-west-2",
    }.items():
        monkeypatch.setenv(name, value)
    return open_store(f"s3://{BUCKET}/{tmp_path.name}", tmp_path)


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(create_engine("sqlite://")) as own:
        yield own


@pytest.fixture
def upload() -> Upload:
    return checked_upload(BytesIO(honest.pdf()), "report.pdf")


def test_what_is_kept_comes_back_whole(store: FileStore, session: Session, upload: Upload) -> None:
    kept = store.keep(session, upload)
    session.commit()
    assert (kept.name, kept.size, kept.sha256) == ("report.pdf", len(honest.pdf()), sha256(honest.pdf()).hexdigest())
    assert store.read(kept.stored_as, kept.sha256) == honest.pdf()
    assert store.names() == {kept.stored_as}


def test_a_file_goes_again_when_its_record_is_not_saved(store: FileStore, session: Session, upload: Upload) -> None:
    first = store.keep(session, upload)
    session.commit()
    store.keep(session, upload)
    session.rollback()
    assert store.names() == {first.stored_as}


def test_what_was_changed_outside_is_not_given_back(store: FileStore, session: Session, upload: Upload) -> None:
    kept, gone = store.keep(session, upload), store.keep(session, upload)
    session.commit()
    store.system.pipe_file(f"{store.root}/{kept.stored_as}", b"another")
    store.remove(gone.stored_as)
    store.remove(gone.stored_as)
    for one in (kept, gone):
        with pytest.raises(AlteredFileError):
            store.read(one.stored_as, one.sha256)


def test_a_comparison_names_what_is_missing_altered_and_surplus(
    store: FileStore, session: Session, upload: Upload
) -> None:
    whole, altered, surplus, missing = (store.keep(session, upload) for _ in range(4))
    session.commit()
    store.system.pipe_file(f"{store.root}/{altered.stored_as}", b"another")
    store.remove(missing.stored_as)
    found = compare(store, {one.stored_as: one.sha256 for one in (whole, altered, missing)})
    assert (found.missing, found.altered) == ((missing.stored_as,), (altered.stored_as,))
    assert (found.surplus, found.whole) == ((surplus.stored_as,), 1)


def test_an_empty_store_is_whole(store: FileStore) -> None:
    assert compare(store, {}) == Comparison(missing=(), altered=(), surplus=(), whole=0)
