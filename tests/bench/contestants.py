"""Who is compared by ``make bench``: the service and its peers, each a function from files to pages and stage seconds.

All use two processes with one thread each and, except for OCRmyPDF, the service's own decoder for PDF and pictures.
What one process holds (models, engines) is loaded at its first file and kept, by all alike.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
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
    """Pages read, and the seconds that each stage of the service took (empty for peers)."""

    pages: int
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lap:
    """One contestant's run over all files: pages, wall clock and processor seconds, those of all children included."""

    done: Done
    wall: float
    processor: float

    @property
    def pages_per_minute(self) -> float:
        """Pages per minute of wall clock."""
        return self.done.pages / self.wall * 60

    @property
    def processor_per_page(self) -> float:
        """Processor seconds per page."""
        return self.processor / self.done.pages


def lap(run: Callable[[], Done]) -> Lap:
    """Run and measure; ``run`` must have waited for its processes when it returns."""
    wall, processor = time.monotonic(), spent()
    done = run()
    return Lap(done, time.monotonic() - wall, spent() - processor)


def spent() -> float:
    """Processor seconds of this process and of all its children that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, kinds))


def side_by_side(read: Callable[[Path], Done], files: Sequence[Path]) -> Done:
    """All files through ``PROCESSES`` fresh processes."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        return total(pool.map(read, files))


def total(parts: Iterable[Done]) -> Done:
    """Pages and stages added up."""
    pages, stages = 0, Counter[str]()
    for part in parts:
        pages += part.pages
        stages.update(part.stages)
    return Done(pages, dict(stages))


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


def ocrmypdf(executable: str, stack: Path, count: int) -> Done:
    """OCRmyPDF on a stack of ``count`` pages, for nothing but its text: it makes no PDF, which is its quickest way."""
    text = stack.with_suffix(".txt")
    options = ["-l", "chi_sim", "--jobs", str(PROCESSES), "--output-type", "none", "--sidecar", str(text), "--quiet"]
    subprocess.run([executable, *options, str(stack), "-"], check=True, stdout=subprocess.DEVNULL)
    return Done(count)


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
