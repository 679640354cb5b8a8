"""The floor of the fault tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake.settings import Settings
from tests.faults.floor import Floor


@pytest.fixture
def floor(settings: Settings, redis_server: Any, tmp_path: Path) -> Iterator[Floor]:
    """Short leases, so that what is killed is missed within two seconds; nothing runs yet but Redis."""
    short = {"redis_url": redis_server.url, "lease_seconds": 1.5, "sweep_seconds": 0.2, "job_seconds": 60}
    made = Floor(settings.model_copy(update=short), tmp_path / "floor.log")
    yield made
    made.close()
