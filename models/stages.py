"""How long reading takes, stage by stage: counted in Redis by the workers, shown by the portal's figures.

Nothing but the names of stages and numbers is kept. It is no record: a Redis that forgets lets the counters begin
anew, as counters of a process do, and one that is away costs the figures of that file alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import redis
from redis.exceptions import RedisError

from intake import log

BUCKETS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Seconds of one stage of one file, upper ends."""

_KEY = "intake:stages"
_SECONDS = 1.0
_BEYOND = "+Inf"
_SUM = "sum"

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class StageTimes:
    """All files' times of one stage: their sum, and how many took at most so many seconds (cumulative, to ``+Inf``)."""

    seconds: float = 0.0
    buckets: tuple[tuple[str, float], ...] = field(default=())


def count(address: str, seconds: Mapping[str, float]) -> None:
    """Add one file's stages to the counters; a Redis that does not answer is logged."""
    try:
        with _client(address) as client, client.pipeline(transaction=False) as pipe:
            for stage, spent in seconds.items():
                pipe.hincrby(_KEY, f"{stage}|{_bucket(spent)}", 1)
                pipe.hincrbyfloat(_KEY, f"{stage}|{_SUM}", spent)
            pipe.execute()
    except (RedisError, OSError) as error:
        logger.warning("stages.not_counted", reason=type(error).__name__)


def counted(address: str) -> dict[str, StageTimes]:
    """The counters by stage; empty where Redis does not answer."""
    try:
        with _client(address) as client:
            kept = cast("Mapping[bytes, bytes]", client.hgetall(_KEY))
    except (RedisError, OSError) as error:
        logger.warning("stages.not_told", reason=type(error).__name__)
        return {}
    numbers = {name.decode(): float(value) for name, value in kept.items()}
    return {stage: _times(stage, numbers) for stage in sorted({name.partition("|")[0] for name in numbers})}


def _times(stage: str, numbers: Mapping[str, float]) -> StageTimes:
    total, buckets = 0.0, []
    for end in (*map(str, BUCKETS), _BEYOND):
        total += numbers.get(f"{stage}|{end}", 0.0)
        buckets.append((end, total))
    return StageTimes(numbers.get(f"{stage}|{_SUM}", 0.0), tuple(buckets))


def _bucket(seconds: float) -> str:
    return next((str(end) for end in BUCKETS if seconds <= end), _BEYOND)


def _client(address: str) -> redis.Redis[bytes]:
    return redis.Redis.from_url(address, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
