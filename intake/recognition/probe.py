"""Is what reads installed, and fit? Looking only: nothing here runs a reading.

:func:`check` is for starting processes (it raises), :func:`report` for ``intake doctor`` (it tells everything).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from intake.errors import IntakeError, MissingExecutableError, MissingLanguageError, SetupError
from intake.types import Label

SECONDS = 20.0
"""A version is told in milliseconds; a machine under full load may need some seconds."""

TESSERACT_MINIMUM = (5, 0)
"""Tesseract 5: alphabets (``tessedit_char_whitelist``) work with the LSTM reader from here on (4.1 in part)."""


@dataclass(frozen=True, slots=True)
class Executable:
    """A program that is needed: its name, how it tells its version, the least that is fit, and its Debian package."""

    name: str
    arguments: tuple[str, ...]
    minimum: tuple[int, ...]
    package: str


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """One thing that was looked at. ``detail`` is a version or figure; ``advice`` says what to do where it is unfit."""

    name: str
    fit: bool
    detail: str
    advice: Label | None = None


EXECUTABLES = (
    Executable("tesseract", ("--version",), TESSERACT_MINIMUM, "tesseract-ocr"),
    Executable("pdftoppm", ("-v",), (20, 9), "poppler-utils"),
    Executable("pdfinfo", ("-v",), (20, 9), "poppler-utils"),
)

LANGUAGES = {"chi_sim": "tesseract-ocr-chi-sim", "eng": "tesseract-ocr-eng", "osd": "tesseract-ocr-osd"}
"""Language data that reading needs, with the Debian package that holds it."""

LIBRARIES = ("pytesseract", "rapidocr", "onnxruntime", "opencv-python-headless", "zxing-cpp")


def check() -> None:
    """Raise the first :class:`MissingExecutableError` or :class:`MissingLanguageError`; else return quietly."""
    for executable in EXECUTABLES:
        executable_version(executable)
    known = languages()
    for name, package in LANGUAGES.items():
        if name not in known:
            raise MissingLanguageError(name=name, package=package)


def report() -> list[ProbeResult]:
    """Everything that reading needs, fit or not, in the order in which it is needed. Raises nothing of ours."""
    return [*_executables(), *_languages(), *_libraries(), *_models()]


def executable_version(executable: Executable) -> str:
    """The version that an executable tells; raises :class:`MissingExecutableError` where it is absent or too old."""
    found = version_in(_output(executable.name, *executable.arguments))
    if found is None or tuple(int(part) for part in found.split(".")) < executable.minimum:
        raise MissingExecutableError(name=executable.name, package=executable.package)
    return found


def version_in(output: str) -> str | None:
    r"""The first dotted number in what a program printed.

    >>> version_in("tesseract 5.3.0\\n leptonica-1.82.0"), version_in("")
    ('5.3.0', None)
    """
    match = re.search(r"\d+(?:\.\d+)+", output)
    return match.group() if match else None


def languages() -> frozenset[str]:
    """Names of the language data that Tesseract finds; empty where Tesseract itself is absent."""
    return frozenset(line.strip() for line in _output("tesseract", "--list-langs").splitlines()[1:])


def models() -> tuple[Path, ...]:
    """The second reader's models (detection, recognition) inside its package, whether they exist or not."""
    from importlib.util import find_spec  # noqa: PLC0415 - the package itself is not loaded: it loads OpenCV

    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    return (folder / "PP-OCRv6_det_small.onnx", folder / "PP-OCRv6_rec_small.onnx")


def _output(name: str, *arguments: str) -> str:
    """What a program prints when asked about itself; ``""`` where it is absent or does not answer."""
    path = shutil.which(name)
    if path is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program found on PATH, fixed arguments
            [path, *arguments], capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def _probe(name: str, look: Callable[[], str]) -> ProbeResult:
    try:
        return ProbeResult(name, fit=True, detail=look())
    except SetupError as error:
        return ProbeResult(name, fit=False, detail="", advice=_advice(error))


def _advice(error: IntakeError) -> Label:
    return Label(error.message("zh"), error.message("en"))


def _executables() -> Iterator[ProbeResult]:
    for executable in EXECUTABLES:
        yield _probe(executable.name, partial(executable_version, executable))


def _languages() -> Iterator[ProbeResult]:
    known = languages()
    for name, package in LANGUAGES.items():
        advice = None if name in known else _advice(MissingLanguageError(name=name, package=package))
        yield ProbeResult(f"tesseract {name}", fit=name in known, detail="", advice=advice)


def _libraries() -> Iterator[ProbeResult]:
    advice = Label("请重新运行 make setup。", "Run make setup again.")
    for name in LIBRARIES:
        try:
            yield ProbeResult(name, fit=True, detail=version(name))
        except PackageNotFoundError:
            yield ProbeResult(name, fit=False, detail="", advice=advice)


def _models() -> Iterator[ProbeResult]:
    advice = Label(
        "rapidocr 软件包缺少模型文件，请重新运行 make setup。", "rapidocr lacks its models: run make setup again."
    )
    for path in models():
        fit = path.is_file() and path.stat().st_size > 0
        yield ProbeResult(f"rapidocr {path.stem}", fit=fit, detail="", advice=None if fit else advice)
