"""One command starts everything, keeps it alive, and takes everything with it when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.settings import Settings
from tests.conftest import free_port, wait_for
from tests.faults.floor import alive, children
from workers.serve import answers, environment_of

SECONDS = 180.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]


@dataclass
class Serve:
    """A running ``intake serve`` and its settings."""

    settings: Settings
    process: subprocess.Popen[bytes]

    def tree(self) -> dict[str, int]:
        """The supervisor's children by the last word of what they run."""
        found = {}
        for pid in children(self.process.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").decode().split("\0")
                found["redis" if "redis-server" in words[0] else words[-1]] = pid
        return found

    def ready(self) -> bool:
        """Whether the portal answers and everyone is there."""
        return answers("127.0.0.1", self.settings.port) and set(self.tree()) == {
            "redis",
            "web",
            "worker",
            "glancer",
            "sweeper",
        }


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "web.cli", "serve"]
    return subprocess.Popen(words, env=environment_of(settings), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.fixture
def serve(settings: Settings, eventually: Callable[..., None]) -> Iterator[Serve]:
    """A service on a free port with one worker."""
    chosen = settings.model_copy(update={"port": free_port(), "workers": 1})
    with (settings.data_dir / "serve.log").open("wb") as log:
        words = [sys.executable, "-m", "web.cli", "serve"]
        process = subprocess.Popen(words, env=environment_of(chosen), stdout=log, stderr=log)
    made = Serve(chosen, process)
    try:
        eventually(made.ready, SECONDS)
        yield made
    finally:
        process.terminate()
        process.wait(SECONDS)


def test_a_child_that_dies_is_replaced_and_a_signal_ends_all(serve: Serve, eventually: Callable[..., None]) -> None:
    """A worker and Redis itself are killed and come back; SIGTERM leaves nobody behind, and the status is 0."""
    before = serve.tree()
    for name in ("worker", "redis"):
        os.kill(before[name], signal.SIGKILL)
    eventually(lambda: serve.ready() and serve.tree()["worker"] != before["worker"], SECONDS)
    assert serve.tree()["redis"] != before["redis"]
    assert serve.tree()["web"] == before["web"]
    everyone = [pid for child in serve.tree().values() for pid in (child, *children(child))]
    serve.process.terminate()
    assert serve.process.wait(SECONDS) == 0
    eventually(lambda: not any(alive(pid) for pid in everyone), SECONDS)


def test_nobody_outlives_a_supervisor_that_was_killed(serve: Serve, eventually: Callable[..., None]) -> None:
    """SIGKILL asks nobody; the kernel tells the children."""
    everyone = [pid for child in serve.tree().values() for pid in (child, *children(child))]
    serve.process.kill()
    serve.process.wait(SECONDS)
    eventually(lambda: not any(alive(pid) for pid in everyone), SECONDS)


@pytest.mark.parametrize(("same", "code"), [("data_dir", "setup.already_serving"), ("port", "setup.port_taken")])
def test_a_second_service_on_the_same_folder_or_port_is_refused(
    serve: Serve, settings: Settings, tmp_path: Path, same: str, code: str
) -> None:
    """With what to do next, status 3, and the first one unharmed."""
    other = settings.model_copy(update={"data_dir": tmp_path / "other", "port": 1, same: getattr(serve.settings, same)})
    second = _start(other)
    _, told = second.communicate(timeout=SECONDS)
    assert second.returncode == 3
    assert code in told.decode()
    wait_for(serve.ready, SECONDS)
