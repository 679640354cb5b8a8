"""The store keeps bytes unchanged under their hash, on a disk and in a bucket alike."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obstore
import pytest

from intake.errors import (
    EmptyFileError,
    FileTooLargeError,
    InvalidSettingError,
    StoreDamagedError,
    StoreUnavailableError,
)
from models.base import new_id
from models.store import BucketStore, FileStore, Kept, Store, open_store
from tests.conftest import running_bucket

BODY = b"\x89PNG scanned paper" * 1000
ADDRESS = hashlib.sha256(BODY).hexdigest()
UNKNOWN = "0" * 64


@pytest.fixture(scope="session")
def bucket_url() -> Iterator[str]:
    """An S3 that is not one, with a bucket in it."""
    with running_bucket() as url:
        yield url


@pytest.fixture(params=["file", "s3"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The test runs on both kinds of store."""
    if request.param == "file":
        return open_store(f"file://{tmp_path}/a%20store")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    return open_store(request.getfixturevalue("bucket_url"))


def _spoil(store: Any, path: str) -> None:
    """Change what lies under an address, as a failing disk or a person might."""
    if isinstance(store, FileStore):
        (store.root / path).write_bytes(b"other bytes")
    elif isinstance(store, BucketStore):
        obstore.put(store.bucket, path, b"other bytes")


def test_what_is_kept_comes_back_unchanged(any_store: Store) -> None:
    """As a stream and as a file, under the hash of its bytes; twice is once."""
    for _ in range(2):
        assert any_store.put(io.BytesIO(BODY), len(BODY)) == Kept(ADDRESS, len(BODY))
    with any_store.open(ADDRESS) as stream:
        assert stream.read() == BODY
    with any_store.local(ADDRESS) as path:
        assert path.read_bytes() == BODY


@pytest.mark.parametrize(("body", "error"), [(b"", EmptyFileError), (BODY, FileTooLargeError)])
def test_empty_and_oversized_files_are_refused(any_store: Store, body: bytes, error: type[Exception]) -> None:
    """Nothing of them is kept."""
    with pytest.raises(error):
        any_store.put(io.BytesIO(body), len(BODY) - 1)
    if body:
        any_store.put(io.BytesIO(BODY), len(BODY))


def test_other_bytes_under_an_address_are_never_given_out(any_store: Store) -> None:
    """A reviewer never sees a paper that was swapped or spoilt; keeping the original again heals it."""
    any_store.put(io.BytesIO(BODY), len(BODY))
    _spoil(any_store, f"originals/{ADDRESS[:2]}/{ADDRESS[2:4]}/{ADDRESS}")
    with pytest.raises(StoreDamagedError):
        any_store.open(ADDRESS)
    with pytest.raises(StoreDamagedError), any_store.local(ADDRESS):
        pass
    any_store.put(io.BytesIO(BODY), len(BODY))
    any_store.open(ADDRESS).close()


def test_pictures_are_kept_under_their_keys(any_store: Store) -> None:
    """The key given back is the one to ask by; the latest bytes count."""
    key = f"{ADDRESS[:2]}/{ADDRESS}/0.jpg"
    for body in (b"first", b"second"):
        assert any_store.put_picture(key, body) == key
    assert any_store.picture(key) == b"second"


def test_what_is_not_there_is_an_error_of_the_store(any_store: Store) -> None:
    """It may come back (a disk that is not mounted), so the job is tried again."""
    for ask in (lambda: any_store.open(UNKNOWN), lambda: any_store.picture("a/b.jpg")):
        with pytest.raises(StoreUnavailableError):
            ask()


@pytest.mark.parametrize("key", ["../secret.jpg", "/etc/passwd.jpg", "a//b.jpg", "a/b", "a/../b.jpg", ""])
def test_no_key_leads_out_of_the_store(any_store: Store, key: str) -> None:
    """Keys are built by the program; anything else is a programming error."""
    with pytest.raises(ValueError, match="key"):
        any_store.picture(key)
    with pytest.raises(ValueError, match="address"):
        any_store.open(f"../{ADDRESS}")


def test_both_stores_answer_when_asked(any_store: Store) -> None:
    """An empty store is fit for use."""
    any_store.ping()


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_bytes(b"")
    for store in (open_store(f"file://{tmp_path}/taken"), open_store("s3://papers?endpoint=http://127.0.0.1:9")):
        with pytest.raises(StoreUnavailableError):
            store.put(io.BytesIO(BODY), len(BODY))
        with pytest.raises(StoreUnavailableError):
            store.ping()


class Failing(io.BytesIO):
    """A file on a disk that fails while it is read, or is full."""

    def read(self, *_: object) -> bytes:
        """As the system says it."""
        raise OSError(errno.EIO, "of the disk")

    def write(self, *_: object) -> int:
        """As the system says it."""
        raise OSError(errno.ENOSPC, "of the disk")


def test_a_disk_that_fails_while_an_original_is_checked_is_the_stores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job is tried again later, as after every failure of the store, and the file is closed."""
    store, failing = FileStore(tmp_path), Failing()
    monkeypatch.setattr(Path, "open", lambda *_: failing)
    with pytest.raises(StoreUnavailableError):
        store.open(ADDRESS)
    assert failing.closed


def test_a_copy_that_cannot_be_written_is_the_stores_and_what_its_reader_breaks_on_is_not(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told apart from an error of whoever reads the copy."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    store = open_store(bucket_url)
    store.put(io.BytesIO(BODY), len(BODY))
    with pytest.raises(FileNotFoundError), store.local(ADDRESS):
        raise FileNotFoundError
    monkeypatch.setattr(Path, "open", lambda *_: Failing())
    with pytest.raises(StoreUnavailableError), store.local(ADDRESS):
        pass


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """The folder of arriving files is empty after success and after refusal."""
    store = FileStore(tmp_path)
    store.put(io.BytesIO(BODY), len(BODY))
    with pytest.raises(FileTooLargeError):
        store.put(io.BytesIO(BODY), 10)
    assert list((tmp_path / "incoming").iterdir()) == []


def test_what_a_killed_writer_left_behind_is_removed_after_a_day(any_store: Store, tmp_path: Path) -> None:
    """Half a paper does not lie on the disk for ever; what is being written, and anybody else's file, stays."""
    any_store.put(io.BytesIO(BODY), len(BODY))
    if isinstance(any_store, FileStore):
        folder = any_store.root / "incoming"
        left, fresh, other = (folder / name for name in (new_id(), new_id(), "notes.txt"))
        for path in (left, fresh, other):
            path.write_bytes(BODY)
        for path in (left, other):
            os.utime(path, (0, 0))
        assert any_store.clear() == 1
        assert sorted(folder.iterdir()) == sorted((fresh, other))
    assert any_store.clear() == 0
    any_store.open(ADDRESS).close()
    assert open_store(f"file://{tmp_path}/never written to").clear() == 0


@pytest.mark.parametrize("url", ["ftp://host/folder", "store", "file://", "s3://"])
def test_an_address_of_neither_kind_is_refused(url: str) -> None:
    """The process does not start with it."""
    with pytest.raises(InvalidSettingError):
        open_store(url)
