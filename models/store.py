"""The store of originals (原件) and page pictures: bytes under an address, on a disk or in an S3 bucket.

An original's address is the SHA-256 of its bytes: it is kept once, never changed, and checked against its address
whenever it is read. A file is on the disk (fsync of the file and of its folder) or in the bucket when ``put`` returns.

Addresses (``INTAKE_STORE_URL``): ``file:///srv/intake/store``, or ``s3://bucket/prefix`` with optional ``endpoint`` and
``region`` in the query; keys of S3 come from the environment that AWS's own tools read (``AWS_ACCESS_KEY_ID`` …).
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, S3Store

from intake.errors import (
    EmptyFileError,
    FileTooLargeError,
    InvalidSettingError,
    StoreDamagedError,
    StoreUnavailableError,
)
from models import disk
from models.base import new_id
from models.disk import errors_as_ours, sync

CHUNK = 1 << 20
"""Bytes moved at once."""

ABANDONED_HOURS = 24
"""After so long nobody writes to a temporary file any more."""

_MB = 1_000_000
_HASH = re.compile(r"[0-9a-f]{64}")
_INCOMING = re.compile(r"[0-9A-Z]{26}")
_PICTURE = re.compile(r"[0-9A-Za-z_-]+(?:/[0-9A-Za-z_-]+)*\.[a-z]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the address (64 hex digits) and the number of bytes."""

    sha256: str
    size: int


class Store(Protocol):
    """What both stores can do. Every failure of disk or bucket is a StoreUnavailableError."""

    def put(self, stream: BinaryIO, limit: int) -> Kept:
        """Keep the bytes of ``stream`` (at most ``limit`` bytes) durably.

        Raises EmptyFileError, FileTooLargeError (nothing is kept then), StoreUnavailableError.
        """

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give an original as a file to read, while the context lasts; raises StoreDamagedError on other bytes."""

    def open(self, sha256: str) -> BinaryIO:
        """Give an original as a stream that the caller closes; raises StoreDamagedError on other bytes."""

    def put_picture(self, key: str, body: bytes) -> str:
        """Keep a picture under ``key`` (letters, digits, ``-``, ``_``, ``/``, an extension) and give ``key`` back."""

    def picture(self, key: str) -> bytes:
        """Give the picture of ``key``."""

    def ping(self) -> None:
        """Return when the store answers; raises StoreUnavailableError."""

    def clear(self) -> int:
        """Remove what writers that were broken off have left behind; gives how many files."""


def open_store(url: str) -> Store:
    """The store behind ``url``; raises InvalidSettingError for an address of neither kind."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FileStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return BucketStore(_bucket(parts.netloc, parts.path.strip("/"), query.get("endpoint"), query.get("region")))
    raise InvalidSettingError(names=["INTAKE_STORE_URL"])


class FileStore:
    """Originals and pictures in a folder; ``incoming`` holds what is being written."""

    def __init__(self, root: Path) -> None:
        """Use ``root``, which is made when first written to."""
        self.root = root

    def put(self, stream: BinaryIO, limit: int) -> Kept:
        """Write to a temporary file, fsync it, rename it to its address, fsync the folder."""
        with errors_as_ours(), self._incoming() as file:
            kept = _copy(stream, file, limit)
            self._settle(file, self.root / _original(kept.sha256))
            return kept

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """The original's own file: readers must not write to it."""
        path = self.root / _original(sha256)
        self.open(sha256).close()
        yield path

    def open(self, sha256: str) -> BinaryIO:
        """Open the original after its bytes were checked against its address."""
        with errors_as_ours():
            return _checked((self.root / _original(sha256)).open("rb"), sha256)

    def put_picture(self, key: str, body: bytes) -> str:
        """Write a picture as durably as an original: its row will point to it."""
        with errors_as_ours(), self._incoming() as file:
            file.write(body)
            self._settle(file, self.root / _picture(key))
        return key

    def picture(self, key: str) -> bytes:
        """The bytes of a picture."""
        with errors_as_ours():
            return (self.root / _picture(key)).read_bytes()

    def ping(self) -> None:
        """Write and remove a file."""
        with errors_as_ours(), self._incoming() as file:
            file.write(b"ping")
            file.flush()

    def clear(self) -> int:
        """Whoever writes removes his temporary file, unless he is killed: then it would lie there for ever."""
        return disk.clear(self.root / "incoming", _INCOMING, ABANDONED_HOURS)

    @contextmanager
    def _incoming(self) -> Iterator[BinaryIO]:
        """A temporary file on the store's own disk, so that the rename is atomic; removed unless it was settled."""
        folder = self.root / "incoming"
        _make_folder(folder)
        path = folder / new_id()
        try:
            with path.open("xb") as file:
                yield file
        finally:
            path.unlink(missing_ok=True)

    def _settle(self, file: BinaryIO, target: Path) -> None:
        file.flush()
        os.fsync(file.fileno())
        _make_folder(target.parent)
        Path(file.name).replace(target)
        sync(target.parent)


class BucketStore:
    """Originals and pictures as objects of an S3 bucket; a put is answered when the bucket has it."""

    def __init__(self, bucket: ObjectStore) -> None:
        """Use an obstore bucket (its prefix included)."""
        self.bucket = bucket

    def put(self, stream: BinaryIO, limit: int) -> Kept:
        """Collect the bytes in a temporary file to learn their address, then send them."""
        with errors_as_ours(), tempfile.TemporaryFile() as file:
            kept = _copy(stream, file, limit)
            file.seek(0)
            with _network():
                obstore.put(self.bucket, _original(kept.sha256), file)
            return kept

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """A temporary copy, removed afterwards."""
        with ExitStack() as stack:
            with errors_as_ours():
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-"))
                path = Path(folder) / "original"
                with self.open(sha256) as stream, path.open("wb") as file:
                    _copy(stream, file, None)
            yield path

    def open(self, sha256: str) -> BinaryIO:
        """Fetch the original into a temporary file and check it."""
        with _network(), ExitStack() as stack:
            chunks = obstore.get(self.bucket, _original(sha256))
            file = stack.enter_context(tempfile.TemporaryFile())
            for chunk in chunks:
                file.write(chunk)
            file.seek(0)
            stack.pop_all()
            return _checked(file, sha256)

    def put_picture(self, key: str, body: bytes) -> str:
        """Send a picture."""
        with _network():
            obstore.put(self.bucket, _picture(key), body)
        return key

    def picture(self, key: str) -> bytes:
        """Fetch a picture."""
        with _network():
            return bytes(obstore.get(self.bucket, _picture(key)).bytes())

    def ping(self) -> None:
        """List the first object of the bucket, if any."""
        with _network():
            next(iter(obstore.list(self.bucket, chunk_size=1)), None)

    def clear(self) -> int:
        """What is on its way to the bucket has no name here, and so goes with its writer."""
        return 0


def _bucket(name: str, prefix: str, endpoint: str | None, region: str | None) -> S3Store:
    options = {"endpoint": endpoint, "region": region}
    return S3Store(
        name,
        prefix=prefix or None,
        client_options={"allow_http": bool(endpoint and endpoint.startswith("http://"))},
        **{key: value for key, value in options.items() if value},  # type: ignore[arg-type]  # keys of S3Config
    )


def _original(sha256: str) -> str:
    if not _HASH.fullmatch(sha256):
        raise ValueError("an original's address is 64 hexadecimal digits")
    return f"originals/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _picture(key: str) -> str:
    if not _PICTURE.fullmatch(key):
        raise ValueError("a picture's key is made of letters, digits, '-', '_' and '/'")
    return f"pictures/{key}"


def _copy(stream: BinaryIO, file: BinaryIO, limit: int | None) -> Kept:
    """Copy ``stream`` into ``file``, at most ``limit`` bytes, and give what was copied."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise FileTooLargeError(limit_mb=limit // _MB)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise EmptyFileError
    return Kept(digest.hexdigest(), size)


def _checked(file: BinaryIO, sha256: str) -> BinaryIO:
    """``file`` at its beginning, if its bytes are those of the address; closed and refused otherwise."""
    with ExitStack() as stack:
        stack.enter_context(file)
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise StoreDamagedError
        file.seek(0)
        stack.pop_all()
    return file


def _make_folder(folder: Path) -> None:
    """Make ``folder`` so that it survives a power cut: each new level is entered into its parent durably."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


@contextmanager
def _network() -> Iterator[None]:
    """Turn the bucket's errors into ours."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise StoreUnavailableError from error
