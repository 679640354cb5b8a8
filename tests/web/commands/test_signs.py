"""A process is alive when it finished a piece of work lately."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.settings import Settings
from models import heartbeats
from models.base import now
from models.database import Database
from web.commands.signs import PATIENCE, sign_of_life


@pytest.mark.usefixtures("database")
def test_a_process_that_never_worked_is_not_alive(settings: Settings) -> None:
    """Without any sign the advice says what to do."""
    found = sign_of_life(settings, "sweeper")
    assert not found.fit
    assert found.advice


def test_a_sign_counts_until_patience_ends(settings: Settings, database: Database) -> None:
    """A worker may be busy with one long job on top of the usual patience, the sweeper may not."""
    with database.unit() as unit:
        heartbeats.beat(unit, "sweeper")
        heartbeats.beat(unit, "worker")
    late = now() + PATIENCE + timedelta(seconds=5)
    assert sign_of_life(settings, "sweeper").fit
    assert not sign_of_life(settings, "sweeper", late).fit
    assert sign_of_life(settings, "worker", late).fit
    assert not sign_of_life(settings, "worker", late + timedelta(seconds=settings.job_seconds)).fit
