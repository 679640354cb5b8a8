"""What a reading engine is, and the plain data that goes in and comes out of it.

An engine reads a whole flat page into words (:meth:`Engine.read_page`) or a list of crops into short texts
(:meth:`Engine.read_crops`). It raises :class:`intake.errors.EngineError` when the tool fails and never logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from intake.types import PageText, RectifiedPage

Language = Literal["chi_sim", "eng"]


@dataclass(frozen=True, slots=True, eq=False)
class CropRequest:
    """One small picture to be read.

    ``pixels`` are ``uint8``, ``(height, width, 3)`` RGB or ``(height, width)`` grey, upright, ink darker than paper.
    ``alphabet`` holds every character that may occur (``None``: any); ``single_line`` says that it shows one line.
    """

    pixels: NDArray[np.uint8]
    language: Language = "chi_sim"
    alphabet: str | None = None
    single_line: bool = True


@dataclass(frozen=True, slots=True)
class CropText:
    """What an engine read on one crop.

    ``text`` has no line breaks and no spaces between Chinese characters; it is empty where nothing was read.
    ``confidence`` (0 to 1) is the mean over ``characters``, each with its own confidence, in reading order; 0 where
    nothing was read. ``middles`` says where each character stands on a crop of a single line, as a fraction of its
    width; empty where the engine does not tell.
    """

    text: str
    confidence: float
    characters: tuple[tuple[str, float], ...] = ()
    middles: tuple[float, ...] = ()


class Engine(Protocol):
    """A reader of pages and crops. One instance belongs to one process and one thread."""

    name: str
    """How readings name this engine (``tesseract``, ``rapidocr``)."""

    def read_page(self, page: RectifiedPage) -> PageText:
        """Every word on the page, lines in reading order; boxes in pixels of the flat page."""
        ...

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The text of each crop, in the order of ``crops``; a list as long as ``crops``."""
        ...

    def close(self) -> None:
        """Let go of models and processes; the engine is not used afterwards."""
        ...


def crop_text(characters: Sequence[tuple[str, float]], middles: Sequence[float] = ()) -> CropText:
    """A :class:`CropText` out of its characters and, where they are known, their places.

    >>> crop_text([("合", 0.5), ("同", 1.0)], [0.25, 0.75])
    CropText(text='合同', confidence=0.75, characters=(('合', 0.5), ('同', 1.0)), middles=(0.25, 0.75))
    """
    kept = tuple(characters)
    mean = sum(confidence for _, confidence in kept) / len(kept) if kept else 0.0
    return CropText("".join(character for character, _ in kept), mean, kept, tuple(middles))
