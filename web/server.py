"""The portal behind gunicorn, started by ``intake web`` and by ``intake serve``."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO, Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import TConn, ThreadWorker

from intake.settings import Settings
from web.app import create_app

FIRST_SECONDS = 10.0
"""What a request may take on the way, however short it is: a phone in a dead spot, not a hand that holds on."""
LEAST_RATE = 8000
"""Bytes a second of longer requests: an old telephone line (64 kbit/s) is enough."""
SEND_SECONDS = 60.0
"""What one piece of an answer may take: a page picture of 1 MB at 20 KB a second."""
_AT_HAND = 0.05


class PacedSocket(socket.socket):
    """A connection that takes no longer than its bytes are worth.

    Each connection holds one of the portal's threads while its request arrives, so sixteen that send a byte now
    and then would stop it for all others. Past its time a request counts as broken off.
    """

    _begun: float | None = None
    _got = 0

    def begin(self) -> None:
        """Let the time of the next request run from its first byte."""
        self._begun, self._got = None, 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """The next bytes; none where the sender has hung up or was too slow."""
        now = monotonic()
        self._begun = now if self._begun is None else self._begun
        left = self._begun + FIRST_SECONDS + self._got / LEAST_RATE - now
        with self._within(max(left, _AT_HAND)):
            try:
                part = super().recv(size, flags)
            except TimeoutError:
                return b""
        self._got += len(part)
        return part

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send a piece; raises TimeoutError where the other side does not take it."""
        with self._within(SEND_SECONDS):
            super().sendall(data, flags)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """Send a file; as :meth:`sendall`."""
        with self._within(SEND_SECONDS):
            return super().sendfile(file, offset, count)

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Wait no longer than ``seconds``, or than the socket waits anyway."""
        usual = self.gettimeout()
        self.settimeout(seconds if usual is None else min(seconds, usual))
        try:
            yield
        finally:
            if self.fileno() >= 0:
                self.settimeout(usual)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's threads, on paced connections."""

    def enqueue_req(self, conn: TConn) -> None:
        """Hand the next request of a connection to a thread."""
        if not isinstance(conn.sock, PacedSocket):
            conn.sock = PacedSocket(fileno=conn.sock.detach())
        conn.sock.begin()
        super().enqueue_req(conn)


class Portal(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One gunicorn whose only configuration is our settings."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings until the worker process makes its application."""
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Threads, because progress streams and uploads keep connections open while others want answers."""
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "worker_class": Worker,
            "workers": 1,
            "threads": self.settings.web_threads,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application inside the worker process: connections do not survive a fork."""
        return create_app(self.settings)


def run(settings: Settings) -> None:
    """Serve until a signal ends it."""
    Portal(settings).run()
