"""Times of the stages of reading, as workers count them and the portal shows them."""

from __future__ import annotations

import pytest

from models import stages
from tests.conftest import RedisServer


def test_every_file_adds_to_its_stages(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums and cumulative counts by stage, over all workers; only names of stages and numbers are kept."""
    monkeypatch.setattr(stages, "_SECONDS", 30.0)
    address = redis_server.url.replace("redis+socket", "unix")
    stages.count(address, {"decode": 0.05, "read": 2.5})
    stages.count(address, {"decode": 0.25, "read": 200.0})
    found = stages.counted(address)
    assert set(found) == {"decode", "read"}
    assert found["decode"].seconds == 0.3
    assert dict(found["decode"].buckets)["0.1"] == 1
    assert dict(found["decode"].buckets)["0.3"] == dict(found["decode"].buckets)["+Inf"] == 2
    assert (dict(found["read"].buckets)["100.0"], dict(found["read"].buckets)["+Inf"]) == (1, 2)


def test_a_redis_that_is_away_costs_the_figures_alone() -> None:
    """Neither the worker nor the portal breaks on it."""
    stages.count("unix:///nowhere/redis.sock", {"decode": 0.05})
    assert stages.counted("unix:///nowhere/redis.sock") == {}
