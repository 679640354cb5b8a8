"""What other rooms derive from the settings: addresses, limits, the office's day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.errors import InvalidSettingError
from intake.options import Options
from intake.settings import Settings, load


@pytest.mark.parametrize(
    ("given", "broker", "redis"),
    [
        ("", "redis+socket:///office/redis.sock", "unix:///office/redis.sock"),
        ("redis+socket:///run/redis.sock", "redis+socket:///run/redis.sock", "unix:///run/redis.sock"),
        ("redis://host:6379/1", "redis://host:6379/1", "redis://host:6379/1"),
    ],
)
def test_redis_has_one_address_in_the_two_ways_of_writing(given: str, broker: str, redis: str) -> None:
    """Celery and redis-py write a socket differently; whoever asks gets the right one."""
    settings = Settings(data_dir=Path("/office"), redis_url=given)
    assert (settings.broker, settings.redis) == (broker, redis)


def test_the_limits_of_files_are_the_settings_and_all_else_is_tuned() -> None:
    """What an office sets reaches whoever decodes; no other number changes."""
    options = Settings(max_file_mb=3, max_pages=4, max_megapixels=5).options()
    assert (options.limits.megabytes, options.limits.pages, options.limits.megapixels) == (3.0, 4, 5.0)
    assert (options.limits.dpi, options.imaging, options.recognition) == (
        Options().limits.dpi,
        Options().imaging,
        Options().recognition,
    )


def test_today_is_the_day_in_the_office() -> None:
    """At any moment some office is a day ahead of another."""
    west, east = Settings(timezone="Etc/GMT+12").today(), Settings(timezone="Etc/GMT-14").today()
    assert east - west in {timedelta(days=1), timedelta(days=2)}
    assert abs(Settings().today() - datetime.now(ZoneInfo("Asia/Shanghai")).date()) <= timedelta(days=1)


def test_a_time_zone_that_does_not_exist_stops_the_start() -> None:
    """The setting is named, not the value."""
    for wrong in ("Asia/Hangzhou", "../etc", ""):
        with pytest.raises(InvalidSettingError) as told:
            load(timezone=wrong)
        assert told.value.details == {"names": ["INTAKE_TIMEZONE"]}


def test_the_lines_of_a_recalibration_reach_whoever_understands(tmp_path: Path) -> None:
    """Without a file there are none; what else stands in the file does not matter."""
    file = tmp_path / "lines.json"
    file.write_text('{"version": 1, "lines": {"*": [0.9, 0.1], "contract.title": [1, -1]}}')
    assert load(recalibration=str(file)).options().extraction.recalibration == {
        "*": (0.9, 0.1),
        "contract.title": (1.0, -1.0),
    }
    assert load().options().extraction == Options().extraction


@pytest.mark.parametrize("text", [None, "", "{}", '{"lines": {"*": [0, 1]}}', '{"lines": {"*": [1, 1e999]}}'])
def test_a_recalibration_that_cannot_be_used_stops_the_start(tmp_path: Path, text: str | None) -> None:
    """No file, no lines, a slope that would put all values level: the setting is named."""
    file = tmp_path / "lines.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InvalidSettingError) as told:
        load(recalibration=str(file))
    assert told.value.details == {"names": ["INTAKE_RECALIBRATION"]}
