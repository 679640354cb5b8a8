"""One page of a batch, as far as putting papers in order needs to know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.archive import marks
from intake.archive.marks import Mark
from intake.archive.separators import letters
from intake.extraction.paging import page_number
from intake.types import PageText

_STRAY = 2  # letters that a reader makes of specks on an empty page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of one sheet as scanned.

    ``page`` is its identifier, ``index`` (from 0) its place in ``file``; ``width`` and ``height`` in pixels of the
    scan. ``words`` counts the letters and digits that were read; ``text`` is what they say, printed line by printed
    line. ``mark`` is set for separators. ``types`` are those of the documents that *begin* on the page. ``number`` and
    ``count`` are printed at its edge (第2页 共3页), ``dpi`` is the scan's resolution where the file tells it.
    """

    page: str
    file: str
    index: int
    width: int
    height: int
    words: int = 0
    blank: bool = False
    mark: Mark | None = None
    types: tuple[str, ...] = ()
    text: str = ""
    number: int | None = None
    count: int | None = None
    dpi: float | None = None

    @property
    def size(self) -> tuple[float, float]:
        """The shorter and the longer side, in inches where the resolution is known, else in pixels."""
        unit = self.dpi or 1.0
        return min(self.width, self.height) / unit, max(self.width, self.height) / unit


def sheet(
    page: str,
    file: str,
    index: int,
    size: tuple[int, int],
    texts: Sequence[PageText] = (),
    *,
    types: Sequence[str] = (),
    blank: bool | None = None,
    dpi: float | None = None,
) -> Sheet:
    """A page as its kept words tell it; ``size`` is its width and height, ``texts`` all readings of the page.

    ``blank`` is what its pixels tell, where they were looked at; more than a few letters that were read outweigh them.
    Else a page is blank on which neither letters nor print were found.
    """
    text = "\n".join(line.text for one in _whole(texts) for line in one.lines)
    mark = marks.read([code for one in texts for code in one.codes], text)
    told = [page_number(one) for one in _whole(texts)]
    number, count = next((one for one in told if one[0] is not None), (None, None))
    nothing = _is_empty(texts) if blank is None else blank and letters(text) <= _STRAY
    empty = mark is None and nothing
    return Sheet(
        page, file, index, *size, letters(text), empty, mark, tuple(types), text, number=number, count=count, dpi=dpi
    )


def _whole(texts: Sequence[PageText]) -> list[PageText]:
    """Of every sheet on the page the reading that says most: later ones look at single lines again."""
    best: dict[int, PageText] = {}
    for one in texts:
        before = best.get(one.geometry.sheet)
        if before is None or len(one.lines) > len(before.lines):
            best[one.geometry.sheet] = one
    return [best[key] for key in sorted(best)]


def _is_empty(texts: Sequence[PageText]) -> bool:
    """Whether nothing was read and no print was seen; a page of which nothing is kept may be anything."""
    seen = [one.quality for one in texts if one.quality is not None]
    print_seen = any(quality.edges is not None for quality in seen)
    return bool(seen) and not print_seen and not any(letters(line.text) for one in texts for line in one.lines)
