"""Files are read side by side, and none stops another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from intake.errors import DamagedFileError, EngineTimeoutError
from intake.settings import Settings
from intake.types import FileReading
from web.commands import reading
from web.commands.reading import Order, Result, ordered, read_all, read_one

ORDER = Order(Settings(reader_policy="never"), date(2026, 11, 22), jobs=2)
READING = FileReading((), (), ())
SOURCES = [Path(name) for name in ("a", "b", "c", "d", "e", "f")]


def always(source: Path, _order: Order) -> Result:
    """Every file can be read."""
    return Result(source, READING)


def test_results_come_in_the_order_of_the_files(monkeypatch: pytest.MonkeyPatch, inline: type[Executor]) -> None:
    """Whoever is ready first."""
    monkeypatch.setattr(reading, "read_one", always)
    assert list(read_all(SOURCES, ORDER, inline)) == [Result(source, READING) for source in SOURCES]


def test_a_mistake_of_ours_is_told_by_its_kind_alone(monkeypatch: pytest.MonkeyPatch, inline: type[Executor]) -> None:
    """Its text could quote the paper; the other files go on."""

    def mistaken(source: Path, order: Order) -> Result:
        if source == SOURCES[1]:
            raise ValueError("a name that stands on the paper")
        return always(source, order)

    monkeypatch.setattr(reading, "read_one", mistaken)
    results = list(read_all(SOURCES, ORDER, inline))
    assert [result.failure is not None for result in results] == [False, True, False, False, False, False]
    failure = results[1].failure
    assert failure is not None
    assert (failure.code, "ValueError" in failure.message.en, "paper" in failure.message.en) == (
        "internal",
        True,
        False,
    )


def test_a_process_that_dies_costs_only_the_file_that_it_was_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool breaks with all that runs in it; the rest is read by a new one, the culprit once more alone."""
    deadly, pools = Path("c"), []

    class Fragile(Executor):
        def __init__(self, jobs: int) -> None:
            pools.append(jobs)
            self.broken = False

        def submit(self, fn: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
            if self.broken:
                raise BrokenProcessPool
            future: Future[Any] = Future()
            self.broken = arguments[0] == deadly
            if self.broken:
                future.set_exception(BrokenProcessPool())
            else:
                future.set_result(fn(*arguments))
            return future

    monkeypatch.setattr(reading, "read_one", always)
    results = list(read_all(SOURCES, ORDER, Fragile))
    assert [result.source for result in results] == SOURCES
    assert [result.failure.code for result in results if result.failure] == ["engine.crashed"]
    assert results[2].failure is not None
    assert pools.count(1) >= 1


def test_a_file_at_fault_gives_its_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Errors of ours become data with both languages; unknown, empty and missing files too."""

    def damaged(*_: object, **__: object) -> FileReading:
        raise DamagedFileError

    def slow(*_: object, **__: object) -> FileReading:
        raise EngineTimeoutError(tool="tesseract", seconds=9)

    picture, text, empty = tmp_path / "a.jpg", tmp_path / "b.txt", tmp_path / "c"
    picture.write_bytes(bytes.fromhex("ffd8ffe0"))
    text.write_text("words")
    empty.touch()
    codes = []
    for source, read in ((picture, damaged), (picture, slow), (text, slow), (empty, slow), (tmp_path / "gone", slow)):
        monkeypatch.setattr("intake.pipeline.read_file", read)
        failure = read_one(source, ORDER).failure
        assert failure is not None
        assert failure.message.zh != failure.message.en
        codes.append(failure.code)
    assert codes == ["file.damaged", "engine.timeout", "file.unsupported", "file.empty", "file.unreadable"]


def test_the_limits_of_the_settings_hold_for_the_command_too(tmp_path: Path) -> None:
    """A picture over the set size is refused by its code, as the service refuses it; no engine is asked."""
    picture = tmp_path / "a.bmp"
    Image.new("RGB", (600, 567)).save(picture)
    order = Order(Settings(reader_policy="never", max_file_mb=1), date(2026, 11, 22))
    failure = read_one(picture, order).failure
    assert picture.stat().st_size > 1_000_000
    assert failure is not None
    assert failure.code == "file.too_large"


def test_a_command_reads_by_the_settings_but_for_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that is named counts before the one that is set; the day is the office's."""
    monkeypatch.setenv("INTAKE_READER_POLICY", "always")
    monkeypatch.setenv("INTAKE_MAX_PAGES", "7")
    order = ordered(None, 3)
    assert (order.settings.reader_policy, order.settings.options().limits.pages, order.jobs) == ("always", 7, 3)
    assert ordered("never", 1).settings.reader_policy == "never"
    assert order.today == order.settings.today()
