"""Who is compared by ``make bench``: the service and its peers.

All use two processes with one thread each and, except for OCRmyPDF, the service's own decoder for PDF and pictures.
Processes are warm: each has read a file before the clock starts, as workers of a service have. OCRmyPDF is a command;
it gets all its pages in one stack, so that its start (half a second) weighs little.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import numpy as np
import pytesseract
from PIL import Image

from intake import media
from intake.imaging.decode import decode
from intake.options import Options, ReaderPolicy
from intake.pipeline import Readers, read_file
from intake.types import Page

PROCESSES = 2
ONE_THREAD = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}


@dataclass(frozen=True, slots=True)
class Done:
    """What became of some files: pages, processor seconds, and the seconds of each stage (empty for peers)."""

    pages: int
    stages: Mapping[str, float] = field(default_factory=dict)
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Lap:
    """One contestant's run over all its files, and its seconds of wall clock."""

    done: Done
    wall: float

    @property
    def pages_per_minute(self) -> float:
        """Pages per minute of wall clock."""
        return self.done.pages / self.wall * 60

    @property
    def processor_per_page(self) -> float:
        """Processor seconds per page, child processes included."""
        return self.done.processor / self.done.pages


def measured(read: Callable[[Path], Done], path: Path) -> Done:
    """What ``read`` does, with the processor seconds that it took here and in child processes that have ended."""
    before = spent()
    done = read(path)
    return replace(done, processor=spent() - before)


def spent() -> float:
    """Processor seconds of this process and of all its children that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, kinds))


def side_by_side(read: Callable[[Path], Done], files: Sequence[Path]) -> Lap:
    """All files through ``PROCESSES`` fresh processes, each of which has read the last (and shortest) file before."""
    count = min(PROCESSES, len(files))
    warm = multiprocessing.Barrier(count + 1)
    with ProcessPoolExecutor(count, initializer=_warm_up, initargs=(read, files[-1], warm)) as pool:
        parts = pool.map(partial(measured, read), files)
        warm.wait(timeout=300)
        started = time.monotonic()
        done = total(parts)
        return Lap(done, time.monotonic() - started)


def _warm_up(read: Callable[[Path], Done], path: Path, warm: Barrier) -> None:
    read(path)
    warm.wait(timeout=300)


def total(parts: Iterable[Done]) -> Done:
    """Pages, stages and processor seconds added up."""
    pages, processor, stages = 0, 0.0, Counter[str]()
    for part in parts:
        pages += part.pages
        processor += part.processor
        stages.update(part.stages)
    return Done(pages, dict(stages), processor)


def service(path: Path, policy: ReaderPolicy) -> Done:
    """The service under ``policy``: fields, checks and confidences included."""
    reading = read_file(path, kind_of(path), readers=_readers(policy), today=datetime.now(UTC).date())
    return Done(len(reading.pages), reading.seconds)


def rapidocr(path: Path) -> Done:
    """RapidOCR with its defaults, one thread, on whole pages."""
    count = 0
    for page in pages(path):
        _rapidocr()(np.ascontiguousarray(page.pixels[:, :, ::-1]))
        count += 1
    return Done(count)


def tesseract(path: Path) -> Done:
    """Pytesseract's ``image_to_data`` (``chi_sim+eng``) on whole pages."""
    count = 0
    for page in pages(path):
        pytesseract.image_to_data(Image.fromarray(page.pixels), lang="chi_sim+eng", timeout=300)
        count += 1
    return Done(count)


def ocrmypdf(executable: str, stack: Path, count: int) -> Lap:
    """OCRmyPDF on a stack of ``count`` pages, for nothing but its text: it makes no PDF, which is its quickest way."""
    text = stack.with_suffix(".txt")
    options = ["-l", "chi_sim", "--jobs", str(PROCESSES), "--output-type", "none", "--sidecar", str(text), "--quiet"]
    before, started = spent(), time.monotonic()
    subprocess.run([executable, *options, str(stack), "-"], check=True, stdout=subprocess.DEVNULL)
    return Lap(Done(count, processor=spent() - before), time.monotonic() - started)


def ocrmypdf_found() -> str | None:
    """Where OCRmyPDF lies: beside this Python, or on PATH."""
    return shutil.which("ocrmypdf", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


def pages(path: Path) -> Iterator[Page]:
    """The pages of a file as the service's decoder gives them."""
    return decode(path, kind_of(path), Options().limits)


def kind_of(path: Path) -> str:
    """The media type of a file; raises :class:`intake.errors.InputError` for what is neither PDF nor picture."""
    with path.open("rb") as file:
        return media.identify(file.read(65536)).name


@cache
def _readers(policy: ReaderPolicy) -> Readers:
    return Readers(policy)


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - only the processes that use it pay for the import

    return RapidOCR(params={**ONE_THREAD, "Global.log_level": "critical"})
