"""What a picture of a paper tells by itself, in words and numbers; no pixels are needed here.

A :class:`Glance` is what is known of one sheet within seconds, before it is read: which complaints its picture gives
rise to, which type it *seems* to be, and which values lie under glare. Reading may find otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from intake.types import Label

WORDS = MappingProxyType({
    "blurred": Label("图像模糊，请对焦后重拍。", "The picture is blurred: focus, hold still and take it again."),
    "glare": Label("图像有反光，请换个角度重拍。", "Light is mirrored in the paper: take it again from another angle."),
    "too_dark": Label("图像太暗，请在光线充足处重拍。", "The picture is too dark: take it again in better light."),
    "uneven_light": Label("光线不均，请避开阴影重拍。", "The light is uneven: take it again without the shadow."),
    "cut_off": Label("证件没有拍全，请让四边都在画面内。", "It is cut off: take it again with all edges in view."),
    "too_small": Label("文字太小，请靠近些拍或提高扫描分辨率。", "The print is small: go closer or scan finer."),
    "askew": Label("图像歪斜或弯曲，请放平后重拍。", "The print leans or bends: lay the paper flat and take it again."),
    "turned": Label("图像方向不正；会自动转正，无需重扫。", "It is not upright: it is turned by itself, scan no more."),
    "empty": Label("这一页上看不到文字，请检查是否放反。", "Nothing is printed here: did it lie face down? Look."),
})  # fmt: skip
"""The code of each complaint and what it says."""

HARMLESS = frozenset({"turned"})
"""Complaints that ask for nothing."""

ASPECTS = (
    (Label("清晰", "Sharp"), ("blurred", "too_small")),
    (Label("完整", "Complete"), ("cut_off",)),
    (Label("光线好", "Well lit"), ("glare", "too_dark", "uneven_light")),
    (Label("端正", "Upright"), ("askew", "turned")),
)
"""What is asked of a picture, and the complaints that deny it."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look at a sheet tells. ``upright`` is ``None`` where nothing told which way up the print is.

    ``type`` is given where the heading names it, with its confidence; ``hidden`` names fields of that type that glare
    covers, or that could not be found on a sheet with glare.
    """

    page_index: int
    sheet: int
    complaints: tuple[str, ...]
    type: str | None
    type_confidence: float
    upright: bool | None
    hidden: tuple[str, ...] = ()


Mode = Literal["bilevel", "grey", "colour"]


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """What machines tell of a scan without reading it; what an archive is accepted by (:mod:`intake.archive.checks`).

    ``width`` and ``height`` in pixels, drawn at ``dpi``; ``scan_dpi`` are those of the scan itself, which a PDF page
    may show larger. ``red``: something red of a seal's or a heading's size is seen; ``ring``: a scan without colour
    shows a ring of a seal's size. ``look`` is its perceptual hash, 16 hexadecimal digits. ``skew`` in degrees of the
    print as the scan stands, ``print_height`` of a Chinese glyph in its pixels, ``letters`` read, ``said`` a hash of
    what was read (:func:`intake.archive.likeness.said`), empty where too little was. ``blank``: nothing is printed or
    written on it (:mod:`intake.imaging.blankness`). ``head``: it begins as official documents with a red head do
    (:mod:`intake.archive.heads`).
    """

    width: int
    height: int
    dpi: float | None
    scan_dpi: float | None
    mode: Mode
    red: bool
    ring: bool
    look: str
    skew: float = 0.0
    print_height: float | None = None
    letters: int = 0
    said: str = ""
    blank: bool | None = None
    head: bool = False
