"""Turns of work that may need more than the longest time of a job: a further job goes on where a turn ends."""

from __future__ import annotations

import time
from collections.abc import Callable

from workers.context import Context

_SHARE = 0.5
"""Of a job's longest time, in which a turn works."""


def over(context: Context) -> Callable[[], bool]:
    """What tells whether a turn that begins now has to end."""
    end = time.monotonic() + _SHARE * context.settings.job_seconds
    return lambda: time.monotonic() > end
