"""Bytes to pages, within limits: the decoders run in a child process that may die without harm.

An image decoder is where a hostile file would strike, so none is ever loaded here. The child has no terminal, a bare
environment, a group of its own, and limits of address space, processor time and file size; it is killed with its group
when it takes too long or when the caller stops asking for pages.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np

from intake import errors, wire
from intake.errors import EngineCrashedError, EngineOutputError, EngineTimeoutError, InputError
from intake.imaging.frames import Request, Scan
from intake.imaging.scans import drawn
from intake.options import DecodeLimits
from intake.types import Page

_TOOL = "decoder"
_MODULE = "intake.imaging.decode_child"
_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 4096  # bytes; a header is about 60
_CHUNK = 1 << 20
_SIDES = (3.0, 14_400.0)  # points that a PDF's page may measure (ISO 19005-2, 6.1.13)
_ROUNDING = 1.05  # poppler rounds up to whole pixels


def decode(path: Path, media_type: str, limits: DecodeLimits) -> Iterator[Page]:
    """The pages of a file, in order, one in memory at a time; ``media_type`` as :func:`intake.media.identify` says.

    Pixels are RGB with the EXIF orientation applied; PDF pages are drawn at ``limits.dpi`` (fewer where the page would
    exceed ``limits.megapixels``); ``dpi`` is what the file tells where a scanner may have meant it, ``scan_dpi``
    those of the scan that fills a PDF page, whatever it was drawn at.

    Raises EmptyFileError, FileTooLargeError, DamagedFileError, EncryptedFileError, TooManyPagesError and
    TooManyPixelsError (also where decoding needs more memory than ``limits.memory_megabytes``) for the file;
    EngineTimeoutError where the decoder takes over ``limits.seconds``, the caller's own time between pages not counted;
    EngineCrashedError where a signal ends it; EngineOutputError where its answer makes no sense. Pages that came
    before an error are good. Closing the iterator ends the child.
    """
    request = _request(path, media_type, limits)
    with _child(request) as process:
        yield from _Pages(process, limits.seconds, request.max_pixels).pages()


def scans(path: Path, media_type: str, limits: DecodeLimits, only: Collection[int] = ()) -> Iterator[Scan]:
    """The same pages as their file codes them, where PDF/A can take that over; else coded from their pixels.

    With ``only`` those of these indexes, in the order of the file. Raises as :func:`decode`.
    """
    request = replace(_request(path, media_type, limits), as_coded=True, only=sorted(only))
    with _child(request) as process:
        yield from _Pages(process, limits.seconds, request.max_pixels, limits.megabytes).scans()


def _request(path: Path, media_type: str, limits: DecodeLimits) -> Request:
    _check_size(path, limits)
    return Request(
        path=str(path.resolve()),
        media_type=media_type,
        max_pages=limits.pages,
        max_pixels=int(limits.megapixels * 1e6),
        max_side=limits.side,
        dpi=limits.dpi,
        seconds=limits.seconds,
        memory=limits.memory_megabytes << 20,
    )


def _check_size(path: Path, limits: DecodeLimits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise errors.EmptyFileError
    if size > limits.megabytes * 1e6:
        raise errors.FileTooLargeError(limit_mb=round(limits.megabytes))


@contextmanager
def _child(request: Request) -> Iterator[subprocess.Popen[bytes]]:
    """The started child; ended with its whole group in any case, since pdftoppm may be running below it."""
    with tempfile.TemporaryDirectory(prefix="intake-decode-") as empty:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env=_environment(empty),
            start_new_session=True,
        )
        try:
            _ask(process, request)
            yield process
        finally:
            _end(process)


def _environment(home: str) -> dict[str, str]:
    """What a decoder needs to run, and nothing of our secrets."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "HOME": home,
        "TMPDIR": home,
    }


def _ask(process: subprocess.Popen[bytes], request: Request) -> None:
    stdin: IO[bytes] = process.stdin  # type: ignore[assignment] # PIPE was asked for
    text = {name: getattr(request, name) for name in Request.__slots__}
    try:
        stdin.write(json.dumps(text).encode() + b"\n")
        stdin.close()
    except BrokenPipeError as error:
        raise EngineCrashedError(tool=_TOOL, status=process.wait()) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it and its group are gone already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


class _Pages:
    """Reads the child's answer; counts only the time spent waiting for it."""

    def __init__(
        self, process: subprocess.Popen[bytes], seconds: float, max_pixels: int, megabytes: float = 0.0
    ) -> None:
        stdout: IO[bytes] = process.stdout  # type: ignore[assignment] # PIPE was asked for
        self._process = process
        self._descriptor = stdout.fileno()
        self._seconds = seconds
        self._most = int(max_pixels * _ROUNDING)
        self._most_bytes = int(megabytes * 1e6)
        self._left = seconds
        self._buffer = bytearray()

    def pages(self) -> Iterator[Page]:
        """Each page as pixels."""
        for index, header in enumerate(self._headers()):
            yield self._page(index, header)

    def scans(self) -> Iterator[Scan]:
        """Each page as it is coded, or coded anew."""
        for index, header in enumerate(self._headers()):
            if "scan" in header:
                yield self._scan(header)
            else:
                room = header.get("coded")
                page = self._page(index, header)
                yield drawn(page.pixels, _size(header), room if isinstance(room, int) else None)

    def _headers(self) -> Iterator[dict[str, Any]]:
        while "end" not in (header := self._header()):
            if "error" in header:
                raise _refusal(header)
            yield header

    def _header(self) -> dict[str, Any]:
        while b"\n" not in self._buffer:
            if len(self._buffer) > _LONGEST_LINE:
                raise EngineOutputError(tool=_TOOL)
            self._buffer += self._read(_LONGEST_LINE)
        line, _, rest = self._buffer.partition(b"\n")
        self._buffer = bytearray(rest)
        try:
            header = json.loads(line)
        except ValueError as error:
            raise EngineOutputError(tool=_TOOL) from error
        if not isinstance(header, dict):
            raise EngineOutputError(tool=_TOOL)
        return header

    def _page(self, index: int, header: dict[str, Any]) -> Page:
        width, height, dpi, scan_dpi = self._shape(header)
        pixels = np.empty((height, width, 3), dtype=np.uint8)
        self._fill(memoryview(pixels.data).cast("B"))
        return Page(index, pixels, dpi, scan_dpi)

    def _scan(self, header: dict[str, Any]) -> Scan:
        """A picture under the words that the child told of it, which are held against what may be."""
        lengths = header.get("lengths")
        if not isinstance(lengths, list) or not all(isinstance(length, int) for length in lengths):
            raise EngineOutputError(tool=_TOOL)
        if min(lengths) < 0 or sum(lengths) > self._most_bytes:
            raise EngineOutputError(tool=_TOOL)
        told = header["scan"]
        bodies = [bytearray(length) for length in lengths]
        for body in bodies:
            self._fill(memoryview(body))
        try:
            scan: Scan = wire.load(Scan, {**told, "data": b"", "profile": b""})
        except ValueError as error:
            raise EngineOutputError(tool=_TOOL) from error
        return replace(scan, data=bytes(bodies[0]), profile=bytes(bodies[1]), size=_size(told))

    def _fill(self, target: memoryview) -> None:
        filled = min(len(self._buffer), len(target))
        target[:filled] = self._buffer[:filled]
        del self._buffer[:filled]
        while filled < len(target):
            chunk = self._read(min(_CHUNK, len(target) - filled))
            target[filled : filled + len(chunk)] = chunk
            filled += len(chunk)

    def _shape(self, header: dict[str, Any]) -> tuple[int, int, float | None, float | None]:
        """Width, height, dpi, the scan's dpi. A child that a hostile file has taken over must not cost us memory."""
        width, height = header.get("width"), header.get("height")
        dpi, scan_dpi = header.get("dpi"), header.get("scan_dpi")
        if not isinstance(width, int) or not isinstance(height, int):
            raise EngineOutputError(tool=_TOOL)
        if not isinstance(dpi, float | int | None) or not isinstance(scan_dpi, float | int | None):
            raise EngineOutputError(tool=_TOOL)
        if width < 1 or height < 1 or width * height > self._most:
            raise EngineOutputError(tool=_TOOL)
        return width, height, dpi, scan_dpi

    def _read(self, most: int) -> bytes:
        """Up to ``most`` bytes, at least one; raises the EngineErrors."""
        started = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            ready = selector.select(max(self._left, 0.0))
        self._left -= time.monotonic() - started
        if not ready:
            raise EngineTimeoutError(tool=_TOOL, seconds=self._seconds)
        chunk = os.read(self._descriptor, most)
        if not chunk:
            raise self._ended()
        return chunk

    def _ended(self) -> errors.EngineError:
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return EngineTimeoutError(tool=_TOOL, seconds=self._seconds)
        return EngineCrashedError(tool=_TOOL, status=status)


def _size(header: dict[str, Any]) -> tuple[float, float] | None:
    """Width and height in points, where they were told and can be those of a sheet."""
    told = header.get("size")
    if told is None:
        return None
    if not isinstance(told, list) or len(told) != 2 or not all(isinstance(side, float | int) for side in told):  # noqa: PLR2004 - two sides
        raise EngineOutputError(tool=_TOOL)
    width, height = (float(side) for side in told)
    return (width, height) if _SIDES[0] <= min(width, height) and max(width, height) <= _SIDES[1] else None


def _refusal(header: dict[str, Any]) -> InputError:
    kinds = {kind.code: kind for kind in InputError.__subclasses__()}
    kind = kinds.get(header["error"])
    if kind is None:
        raise EngineOutputError(tool=_TOOL)
    return kind(**header.get("details", {}))
