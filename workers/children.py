"""The processes that a supervisor keeps alive: started, watched, started again after a pause, stopped in order."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake import log

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A child that lived so long begins again with the first pause when it dies."""

logger = log.get(__name__)


@dataclass(slots=True)
class Child:
    """One process under a name; ``grace`` is how long it may take to end after SIGTERM."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    grace: float
    output: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        """Start the process in a session of its own (a terminal's Ctrl-C reaches the supervisor alone)."""
        words = [sys.executable, "-m", "workers.tether", *self.words]
        if self.output is None:
            self.process = subprocess.Popen(  # noqa: S603  # our own words
                words, env=dict(self.environment), start_new_session=True
            )
        else:
            with self.output.open("ab") as file:
                self.process = subprocess.Popen(  # noqa: S603  # our own words
                    words, env=dict(self.environment), start_new_session=True, stdout=file, stderr=file
                )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def look(self, moment: float) -> None:
        """Start again what has died, after a pause that doubles while it keeps dying."""
        if self.alive:
            return
        if self.process is not None:
            self._mourn(moment)
        if moment >= self.due:
            self.start()

    def _mourn(self, moment: float) -> None:
        status = self.process.returncode if self.process else None
        self.process = None
        self.deaths = 0 if moment - self.started > STEADY_SECONDS else self.deaths
        pause = min(FIRST_PAUSE * 2.0**self.deaths, LONGEST_PAUSE)
        self.deaths += 1
        self.due = moment + pause
        logger.warning("child.died", child=self.name, status=status, again_in=pause)


def stop(children: Sequence[Child]) -> None:
    """End children side by side: SIGTERM, their grace, then SIGKILL."""
    for child in children:
        if child.process is not None and child.alive:
            child.process.terminate()
    deadline = time.monotonic() + max((child.grace for child in children), default=0.0)
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(deadline - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            logger.warning("child.killed", child=child.name)
            child.process.kill()
            child.process.wait()
