"""The first sentence of the story: a stored file becomes pages, words and documents.

One page is in memory at a time. What the engines read is kept as plain words; :func:`understand` makes the documents
out of them, and can do so again in milliseconds, years later, without any engine (:mod:`intake.understanding`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from intake.archive import looking, marks
from intake.customers import slips
from intake.doctypes import DocumentType, get
from intake.extraction import reread
from intake.extraction.cut import cut
from intake.extraction.ends import ends, read_lines, silent
from intake.extraction.holes import fill, holes
from intake.extraction.numbers import Band, band, read_strips
from intake.extraction.sheet import Sheet, distinct
from intake.extraction.split import judge
from intake.geometry import Homography, compose, quarter_turned
from intake.imaging.decode import decode
from intake.imaging.orientation import turned
from intake.imaging.rectify import rectify
from intake.options import Options, ReaderPolicy
from intake.recognition.clock import Clock
from intake.recognition.codes import read_codes
from intake.recognition.engine import Engine
from intake.recognition.rapid import Rapid
from intake.recognition.tesseract import Tesseract
from intake.types import FileReading, Page, PageSize, PageText, PixelBox, RectifiedPage
from intake.understanding import understand

__all__ = ["Readers", "is_upright", "read_file", "read_pages", "understand"]


class Readers:
    """The engines of one process and when the second one is asked.

    ``never``: Tesseract alone, once. ``doubtful``: the second reader reads every sheet whole, since it finds and reads
    the lines of forms, cards and photos far better and no slower, and Tesseract reads the lines of the fields that are
    not beyond doubt after that, on a sample of the sheets the lines of all fields. ``always``: both read every sheet
    whole.
    """

    def __init__(self, policy: ReaderPolicy = "doubtful", options: Options | None = None) -> None:
        """Nothing is started: Tesseract is a process per call, the second reader loads at its first use."""
        self.policy = policy
        chosen = options or Options()
        self.first = Tesseract(chosen.recognition)
        self.second = Rapid(chosen.recognition)

    def __enter__(self) -> Self:
        """The readers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let models and processes go."""
        self.close()

    def close(self) -> None:
        """Let models and processes go."""
        self.first.close()
        self.second.close()


def read_file(
    path: Path,
    media_type: str,
    *,
    readers: Readers,
    options: Options | None = None,
    today: date,
    keep_page: Callable[[Page], None] | None = None,
) -> FileReading:
    """Read one stored file: decode, flatten, read, look again, understand.

    ``keep_page`` is called with each page as decoded (to keep its picture). Raises :class:`intake.errors.InputError`
    for a file at fault and :class:`intake.errors.EngineError` for a tool; no partial reading is given.
    """
    chosen = options or Options()
    clock = Clock()
    sizes: list[PageSize] = []
    texts: list[PageText] = []
    pages = decode(path, media_type, chosen.limits)
    while True:
        with clock.stage("decode"):
            page = next(pages, None)
        if page is None:
            break
        sizes.append(PageSize(page.pixels.shape[1], page.pixels.shape[0]))
        if keep_page is not None:
            with clock.stage("keep"):
                keep_page(page)
        with clock.stage("rectify"):
            sheets = list(distinct(rectify(page, chosen.imaging)))
        del page  # it may be larger than all that reading its sheets takes
        while sheets:
            texts += _read_sheet(sheets.pop(0), readers, chosen, clock)
    with clock.stage("understand"):
        documents = understand(texts, today=today, options=chosen)
    return FileReading(tuple(sizes), tuple(texts), documents, clock.seconds)


def read_pages(
    path: Path,
    media_type: str,
    wanted: Collection[tuple[int, int]],
    *,
    readers: Readers,
    options: Options | None = None,
) -> Iterator[tuple[tuple[int, int], tuple[PageText, ...]]]:
    """Read pages of a stored file again, upright as a person says; the file is decoded once, however many they are.

    ``wanted`` are pairs of page index and quarter turns counter-clockwise; each comes back with its words. Places are
    told on the scan as it is stored, so nothing else needs to know of the turn. Raises as :func:`read_file`, and
    LookupError at the end where the file has no such page.
    """
    chosen, left = options or Options(), set(wanted)
    pages = decode(path, media_type, chosen.limits)
    while left and (page := next(pages, None)) is not None:
        for index, turns in sorted(one for one in left if one[0] == page.index):
            yield (index, turns), _turned_words(page, turns, readers, chosen)
            left.remove((index, turns))
    if left:
        raise LookupError(min(left)[0])


def _turned_words(page: Page, turns: int, readers: Readers, options: Options) -> tuple[PageText, ...]:
    height, width = page.pixels.shape[:2]
    standing = replace(page, pixels=np.ascontiguousarray(np.rot90(page.pixels, turns)))
    back, clock = quarter_turned(turns, width, height), Clock()
    return tuple(
        _turned_back(text, back, turns, (width, height))
        for sheet in distinct(rectify(standing, options.imaging))
        for text in _read_sheet(sheet, readers, options, clock, upright=True)
    )


def _turned_back(text: PageText, back: Homography, turns: int, scan: tuple[int, int]) -> PageText:
    """The words of a page that was turned before it was read, with the way to the scan as it is stored.

    The picture's quality was measured when the page was read first: what is measured on a turned page names its sides.
    """
    flat = text.geometry
    geometry = replace(
        flat,
        scan_width=scan[0],
        scan_height=scan[1],
        to_scan=compose(back, flat.to_scan),
        quarter_turns=(flat.quarter_turns + turns) % 4,
    )
    return replace(text, geometry=geometry, quality=None)


def _read_sheet(
    sheet: RectifiedPage, readers: Readers, options: Options, clock: Clock, *, upright: bool = False
) -> Iterator[PageText]:
    """A sheet's readings: whole by the reader that leads, its codes, then whatever second looks are needed.

    ``upright``: a person has said which way up it stands.
    """
    leader: Engine = readers.second if readers.policy == "doubtful" else readers.first
    with clock.stage("codes"):
        separators = looking.codes(sheet.pixels, options.archive)
    if any(map(slips.is_slip, separators)) or marks.names_sheet(separators):  # nothing else on it needs reading
        yield PageText(sheet.geometry, (), leader.name, separators, sheet.quality)
        return
    with clock.stage("read"):
        text = leader.read_page(sheet)
    if not upright and not is_upright(text, options):
        sheet, text = _turned_upright(sheet, text, readers, options, clock)
    with clock.stage("codes"):
        codes = read_codes(sheet.pixels) if reread.bears_codes(Sheet((text,)), options.extraction) else ()
        separators += looking.worn_codes(sheet.pixels, text, options.archive)
    text = replace(text, codes=tuple(dict.fromkeys(codes + separators)), quality=sheet.quality)
    yield text
    with clock.stage("reread"):
        again = _look_again(sheet, text, readers, options, clock)
    yield from again


def _turned_upright(
    sheet: RectifiedPage, text: PageText, readers: Readers, options: Options, clock: Clock
) -> tuple[RectifiedPage, PageText]:
    """The sheet as it stands or turned, whichever way more is read.

    Lines are told to run down the page far more surely than which of their ends is the beginning: where the turned page
    cannot be read either, it is tried upside down.
    """
    leader: Engine = readers.second if readers.policy == "doubtful" else readers.first
    with clock.stage("turn"):
        turns = readers.first.upright(sheet.ink)
    best = sheet, text
    for turn in {0: (), 2: (2,)}.get(turns, (turns, (turns + 2) % 4)):
        other = turned(sheet, turn)
        with clock.stage("read"):
            read = leader.read_page(other)
        if _heard(read) > _heard(best[1]) or (turn == turns and _heard(read) == _heard(text)):
            best = other, read
        if is_upright(read, options):
            break
    return best


def is_upright(text: PageText, options: Options) -> bool:
    """Whether a page was read the right way up: two of these hold: its type is known, much was read, surely.

    Only else is it asked which way up it stands: that costs as much as reading it. A known type alone proves nothing:
    the second reader reads single lines upside down too, and a card's last caption among them.
    """
    letters = sum(len(word.text) for line in text.lines for word in line.words)
    much = letters >= options.recognition.upright_letters
    surely = _heard(text) >= options.recognition.upright_confidence * letters
    if much and surely:
        return True
    return (much or surely) and judge(Sheet((text,)), options.extraction).type is not None


def _heard(text: PageText) -> float:
    """How many characters were read, each counted by its confidence."""
    return sum(len(word.text) * word.confidence for line in text.lines for word in line.words)


def _look_again(
    page: RectifiedPage, text: PageText, readers: Readers, options: Options, clock: Clock
) -> Sequence[PageText]:
    """The second looks at a sheet: where print was lost, and by Tesseract at the lines of fields in doubt.

    On a sample of the sheets it looks at every field: what both readers say there shows how often one of them is wrong
    and sure of itself.
    """
    if readers.policy == "never":
        return ()
    read = [text]
    if readers.policy == "always":
        with clock.stage("read"):
            read.append(readers.second.read_page(page))
    with clock.stage("holes"):
        if places := _holes(Sheet(tuple(read)), page, options):
            read.append(fill(page, places, readers.second))
        if lines := _silent(Sheet(tuple(read)), page, options):
            read.append(read_lines(page, lines, readers.second, options.extraction))
    with clock.stage("strips"):
        bands = _bands(Sheet(tuple(read)), options)
        read += [read_strips(page, where, readers.second, options.extraction) for where in bands]
    looks = _looks(Sheet(tuple(read)), options, every=reread.sampled(text, options.recognition.sample_share))
    with clock.stage("crops"):
        read += [
            reread.read_again(page, asked, reader, options.extraction)
            for reader, asked in ((readers.first, looks), (readers.second, reread.both_ways(looks)))
            if asked
        ]
    return once_each(read[1:])


def once_each(texts: Iterable[PageText]) -> tuple[PageText, ...]:
    """A sheet's texts in the order of looks, those of one reader (who may look at holes and at lines) as one."""
    by_reader: dict[str, PageText] = {}
    for text in texts:
        before = by_reader.get(text.reader)
        by_reader[text.reader] = text if before is None else replace(before, lines=before.lines + text.lines)
    return tuple(by_reader.values())


def _papers(sheet: Sheet, options: Options) -> Iterator[tuple[Sheet, DocumentType]]:
    """The papers of a known type that lie on a sheet."""
    for piece in cut(sheet, options.extraction):
        kind = judge(piece, options.extraction).type
        if kind is not None:
            yield piece, get(kind)


def _holes(sheet: Sheet, page: RectifiedPage, options: Options) -> list[PixelBox]:
    """The places of a sheet where its last reader must have lost print, by what was read and by the page's ink."""
    return [
        place
        for piece, kind in _papers(sheet, options)
        for found in (holes(piece, kind, options.extraction), ends(piece, kind, page.ink, options.extraction))
        for place in found
    ]


def _silent(sheet: Sheet, page: RectifiedPage, options: Options) -> list[reread.Look]:
    """The lines behind captions that still have no value."""
    return [
        look for piece, kind in _papers(sheet, options) for look in silent(piece, kind, page.ink, options.extraction)
    ]


def _bands(sheet: Sheet, options: Options) -> list[Band]:
    """Where numbers must stand that no reader got right."""
    found = (band(piece, kind, options.extraction) for piece, kind in _papers(sheet, options))
    return [where for where in found if where is not None]


def _looks(sheet: Sheet, options: Options, *, every: bool) -> list[reread.Look]:
    """The lines of doubtful fields, or of ``every`` field, over all the papers that lie on a sheet."""
    chosen = replace(options.extraction, reread_below=1.0) if every else options.extraction
    return [look for piece, kind in _papers(sheet, options) for look in reread.looks(piece, kind, chosen)]
