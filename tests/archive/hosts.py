"""Hosts that share nothing but a network: each a network namespace with a data folder, a cable to cut, and a worker.

Where the machine allows no namespaces a host is a group of processes with a data folder of its own.
``python -m tests.archive.hosts`` is a worker on Celery that reads as those of :mod:`tests.archive.torture` do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from intake.settings import Settings, load
from tests.archive import torture
from workers import worker
from workers.serve import environment_of

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
GRACE = 20.0


def _ip(*words: str) -> bool:
    program = shutil.which("ip")
    return program is not None and subprocess.run([program, *words], capture_output=True, check=False).returncode == 0


@dataclass
class Network:
    """A switch; ``address`` is that of the machine which holds database, Redis and bucket."""

    stack: ExitStack
    address: str = LOOPBACK
    switch: str = ""

    def __post_init__(self) -> None:
        """Make the switch, or fall back on this machine alone."""
        name, number = f"in{os.getpid() % 100_000}", os.getpid() % 250
        if not _ip("link", "add", "name", name, "type", "bridge"):
            return
        self.stack.callback(_ip, "link", "del", name)
        address = f"10.213.{number}.254"
        if _ip("addr", "add", f"{address}/24", "dev", name) and _ip("link", "set", name, "up"):
            self.address, self.switch = address, name


@dataclass
class Host:
    """One machine: what runs on it runs in its namespace, in one group, and does not see ``hidden``."""

    network: Network
    number: int
    settings: Settings
    hidden: tuple[Path, ...] = ()
    log: Path = field(init=False)
    process: subprocess.Popen[bytes] | None = None
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make its folder and plug its cable in."""
        self.settings.data_dir.mkdir()
        self.log = self.settings.data_dir.with_suffix(".log")
        if not self.network.switch:
            return
        assert _ip("netns", "add", self._space)
        self.network.stack.callback(_ip, "netns", "del", self._space)
        address = f"{self.network.address.rpartition('.')[0]}.{self.number}/24"
        assert _ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", self._space)
        self.network.stack.callback(_ip, "link", "del", self._cable)
        assert _ip("link", "set", self._cable, "master", self.network.switch, "up")
        assert _ip("-n", self._space, "addr", "add", address, "dev", "eth0")
        assert _ip("-n", self._space, "link", "set", "eth0", "up")

    @property
    def _space(self) -> str:
        return f"{self.network.switch}-{self.number}"

    @property
    def _cable(self) -> str:
        return f"{self.network.switch}c{self.number}"

    def start(self, *words: str) -> None:
        """Run a program of this interpreter on the host."""
        self.words = words
        own = [sys.executable, *words]
        if self.network.switch:
            blind = "".join(f"mount -t tmpfs none '{path}' && " for path in self.hidden)
            own = ["ip", "netns", "exec", self._space, "sh", "-c", f'{blind}exec "$@"', "sh", *own]
        environment = environment_of(self.settings) | {"PYTHONPATH": str(ROOT)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                own, env=environment, cwd=self.settings.data_dir, stdout=log, stderr=log, start_new_session=True
            )
        self.network.stack.callback(self.stop)

    def tend(self) -> None:
        """Start again what has ended by itself, as whoever keeps the workers of a host does (a worker gone deaf)."""
        if self.process is not None and self.process.poll() is not None:
            self.start(*self.words)

    def read(self) -> int:
        """How many files it has read."""
        return self.log.read_text("utf-8", "replace").count('"file.read"')

    def die(self) -> None:
        """Lose power: the cable falls silent without a word, and everything that runs is gone."""
        if self.network.switch:
            _ip("link", "set", self._cable, "down")
        self._kill()

    def stop(self) -> None:
        """Shut down as one does."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        self._kill()

    def _kill(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


if __name__ == "__main__":
    from intake import log as events

    events.configure("info")
    worker.make_context = torture.context  # type: ignore[attr-defined]  # the engine alone is another
    worker.run(load())
