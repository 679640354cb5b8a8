"""Files → readings, for the commands: several processes, results in the order of the files, no file stops another."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from intake.errors import EngineCrashedError, IntakeError
from intake.media import identify
from intake.options import ReaderPolicy
from intake.settings import Settings, load
from intake.types import FileReading, Label
from web.commands.sources import head

if TYPE_CHECKING:
    from intake.pipeline import Readers

AHEAD = 2
"""Files handed out beyond one per process: enough to keep them busy, few enough to stop quickly."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to read: by which settings (policy, limits of files), what day it is, and in how many processes."""

    settings: Settings
    today: date
    jobs: int = 1


def ordered(reader: ReaderPolicy | None, jobs: int) -> Order:
    """The order of a command: by the installation's settings, where ``reader`` does not say otherwise."""
    settings = load() if reader is None else load(reader_policy=reader)
    return Order(settings, settings.today(), jobs)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file gave no reading, as plain data."""

    code: str
    message: Label


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: a reading or a failure."""

    source: Path
    reading: FileReading | None = None
    failure: Failure | None = None


def process_pool(jobs: int) -> Executor:
    """Fresh processes: none inherits this one's threads, and each keeps its own engines."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))


def read_all(sources: Sequence[Path], order: Order, pool: Callable[[int], Executor] = process_pool) -> Iterator[Result]:
    """Read files and give their results in the order of ``sources``, each as soon as those before it are there.

    A process that dies (out of memory, say) costs the file that it was reading, after a second attempt alone, and no
    other.
    """
    rest = deque(sources)
    while rest:
        with _shut_down(pool(order.jobs)) as executor:
            yield from _until_broken(rest, order, executor)
        if rest:
            with _shut_down(pool(1)) as executor:
                first = deque([rest.popleft()])
                yield from _until_broken(first, order, executor)
            yield from (
                Result(source, failure=failure(EngineCrashedError(tool="intake", status=-9))) for source in first
            )


@contextmanager
def _shut_down(executor: Executor) -> Iterator[Executor]:
    """Let go of files that nobody waits for any more (broken pipe, Ctrl-C) and of the processes."""
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _until_broken(rest: deque[Path], order: Order, executor: Executor) -> Iterator[Result]:
    """Take files from ``rest`` as their results are given; ends early, the unread ones left, where a process dies."""
    running: deque[Future[Result]] = deque()
    while rest:
        try:
            for source in list(rest)[len(running) : order.jobs + AHEAD]:
                running.append(executor.submit(read_one, source, order))
            error = running[0].exception()
        except BrokenProcessPool:
            return
        if isinstance(error, BrokenProcessPool):
            return
        source, future = rest.popleft(), running.popleft()
        yield Result(source, failure=_unexpected(error)) if error else future.result()


def read_one(source: Path, order: Order) -> Result:
    """In a reading process: one file; what is wrong with it is the result, not an exception."""
    from intake.pipeline import read_file  # noqa: PLC0415 - loads OpenCV: only reading processes do

    try:
        media_type = identify(head(source)).name
        readers, options = _readers(order.settings), order.settings.options()
        return Result(source, read_file(source, media_type, readers=readers, options=options, today=order.today))
    except IntakeError as error:
        return Result(source, failure=failure(error))
    except OSError as error:
        return Result(source, failure=_unreadable(error))


@cache
def _readers(settings: Settings) -> Readers:
    """The engines that a reading process keeps for all its files; they end with it."""
    from intake.pipeline import Readers  # noqa: PLC0415 - as in read_one

    return ExitStack().enter_context(Readers(settings.reader_policy, settings.options()))


def failure(error: IntakeError) -> Failure:
    """An error of ours as plain data."""
    return Failure(error.code, Label(error.message("zh"), error.message("en")))


def _unreadable(error: OSError) -> Failure:
    reason = error.strerror or type(error).__name__
    return Failure("file.unreadable", Label(f"无法读取文件（{reason}）。", f"The file cannot be read ({reason})."))


def _unexpected(error: BaseException) -> Failure:
    """A mistake of ours: only its kind is told, since its text could quote what stands on the paper."""
    kind = type(error).__name__
    return Failure(
        "internal", Label(f"程序内部错误（{kind}），请报告。", f"Internal error ({kind}): please report it.")
    )
