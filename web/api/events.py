"""Server-sent events (WHATWG HTML, section 9.2): a state, then its changes, then the end.

A stream holds one thread of the portal, so there are bounds: how long one lasts, and how many there are at once in a
process. Beyond them the present state is sent and the browser comes back after a moment, which is polling.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response

LOOK_SECONDS = 0.5
"""Between two looks at the database: quicker than a person notices, and 2 statements a second per open page."""

BEAT_SECONDS = 15.0
"""Between two comments on a silent stream: proxies close what is silent for 30 to 60 s."""

STREAM_SECONDS = 300.0
"""The longest stream; then the browser comes back, so that a forgotten page holds no thread for ever."""

STREAMS = 8
"""Streams at once in one process: half of the portal's usual threads."""

RETRY_MILLISECONDS = 2000


class _Places:
    """Counts the open streams of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    def take(self, most: int) -> bool:
        """Take a place if fewer than ``most`` are taken."""
        with self._lock:
            free = self._taken < most
            self._taken += free
        return free

    def give_back(self) -> None:
        """Free a place."""
        with self._lock:
            self._taken -= 1


_places = _Places()


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found: a mark that changes with the state, the state as JSON, and whether it is the last one."""

    mark: str
    data: str
    last: bool


def answer(look: Callable[[], Look], last_event_id: str | None, threads: int) -> Response:
    """The stream as a response; ``last_event_id`` is the mark that the browser knows already.

    Of a portal with ``threads`` at most half hold streams, so that others are answered too.
    """
    most = max(min(STREAMS, threads // 2), 1)
    response = Response(stream(look, last_event_id, most=most), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events back
    return response


def stream(
    look: Callable[[], Look],
    known: str | None,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    most: int = STREAMS,
) -> Iterator[str]:
    """The events: ``state`` for each mark other than ``known``, comments in between, ``done`` at the end.

    Where ``most`` streams are open already, the present state alone.
    """
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    if not _places.take(most):
        yield _changed(look(), known)
        return
    try:
        yield from _follow(look, known, pause, clock)
    finally:
        _places.give_back()


def _follow(
    look: Callable[[], Look], known: str | None, pause: Callable[[float], None], clock: Callable[[], float]
) -> Iterator[str]:
    end = clock() + STREAM_SECONDS
    beat = clock()
    while True:
        found = look()
        if found.mark != known:
            yield _changed(found, known)
            known, beat = found.mark, clock()
        if found.last:
            yield _event("done", found)
            return
        if clock() >= end:
            return
        if clock() - beat >= BEAT_SECONDS:
            yield ": still there\n\n"
            beat = clock()
        pause(LOOK_SECONDS)


def _changed(found: Look, known: str | None) -> str:
    return "" if found.mark == known else _event("state", found)


def _event(name: str, found: Look) -> str:
    return f"id: {found.mark}\nevent: {name}\ndata: {found.data}\n\n"
