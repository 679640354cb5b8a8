"""How long the stages of reading take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Seconds of wall clock per stage, added up over pages; a stage inside another counts for itself alone."""

    def __init__(self) -> None:
        """Nothing has taken any time yet."""
        self.seconds: dict[str, float] = {}
        self.inside = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside for this stage."""
        begun, outside = time.perf_counter(), self.inside
        self.inside = 0.0
        try:
            yield
        finally:
            spent = time.perf_counter() - begun
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - self.inside
            self.inside = outside + spent
