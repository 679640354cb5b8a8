"""The portal's connections: none holds a thread longer than its bytes are worth."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from web import server
from web.server import PacedSocket


@pytest.fixture
def ends() -> Iterator[tuple[PacedSocket, socket.socket]]:
    """Our end of a connection and the other one."""
    ours, theirs = socket.socketpair()
    paced = PacedSocket(fileno=ours.detach())
    with paced, theirs:
        yield paced, theirs


def test_who_sends_nothing_counts_as_gone(
    ends: tuple[PacedSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past its time a silent request ends; what has arrived until then is not lost."""
    paced, theirs = ends
    monkeypatch.setattr(server, "FIRST_SECONDS", 0.0)
    theirs.sendall(b"GET")
    assert paced.recv(10) == b"GET"
    assert paced.recv(10) == b""
    assert paced.gettimeout() is None


def test_bytes_buy_time_and_each_request_begins_anew(
    ends: tuple[PacedSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drop now and then does not: a second of waiting costs as many bytes as the slowest line carries."""
    paced, theirs = ends
    moments = iter([0.0, 1.0, 100.0])
    monkeypatch.setattr(server, "monotonic", lambda: next(moments))
    waited: list[float] = []
    monkeypatch.setattr(PacedSocket, "settimeout", lambda _, seconds: waited.append(seconds))
    theirs.sendall(b"a" * server.LEAST_RATE * 3)
    paced.recv(server.LEAST_RATE * 2)
    paced.recv(server.LEAST_RATE)
    paced.begin()
    theirs.sendall(b"a" * 10)
    paced.recv(10)
    asked = [seconds for seconds in waited if seconds is not None]
    assert asked == [server.FIRST_SECONDS, server.FIRST_SECONDS + 2 - 1, server.FIRST_SECONDS]


def test_who_takes_no_answer_is_let_go(
    ends: tuple[PacedSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that stops reading does not keep the thread that answers it."""
    paced, _ = ends
    monkeypatch.setattr(server, "SEND_SECONDS", 0.1)
    with pytest.raises(TimeoutError):
        paced.sendall(b"a" * 50_000_000)
