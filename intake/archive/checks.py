"""The machine's part of acceptance: every page, file and folder of a batch against every rule.

Pure: what is known of a batch goes in as lines, what each rule found comes out. A rule *fails* a thing or only *notes*
it (a skew between one and three degrees; a resolution that no file told and that is guessed from the paper's size).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from intake.archive import likeness
from intake.archive.heads import is_red_head
from intake.archive.likeness import Likeness
from intake.archive.rules import RULES, Rule
from intake.geometry import extent, lean, region
from intake.pictures import PageMeasures
from intake.types import FlatGeometry, PageText, PixelBox

LEAST_DPI, LEAST_SMALL_DPI = 200, 300
AIMED_SKEW, MOST_SKEW = 1.0, 3.0
SMALL_POINTS = 7.0
"""Points of a glyph's height below which print is small: 9 point type (小五号) prints 8, the next smaller 6.7."""

_SLACK = 0.99  # scanners write 199.9 for 200, and a page of 299 pixels where 300 were meant
_SIZES = (11.69, 16.54, 8.27)  # inches of the longer side of A4, A3, A5
_PROPORTION, _NEAR = 1.4142, 0.03
_MOST_OF_IT = 0.4  # of the scan, that a sheet covers whose lean is the page's

State = Literal["waiting", "separator", "blank", "filed", "rejected"]


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page of the ledger: ``id``, its folder, its number there (from 1), its item's number, its source file."""

    id: str
    folder: str
    number: int | None
    state: State
    item: int | None
    file: str
    measures: PageMeasures | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """One source: ``settled`` says that each of its pages has a state; ``whole`` that its bytes hash as they came.

    ``whole`` is ``None`` where its bytes were never kept: then a person has to have rejected it (``reason``).
    """

    id: str
    folder: str
    whole: bool | None
    error: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One folder; ``expected`` pages as the manifest says; ``listed`` is false where a manifest leaves it out."""

    id: str
    archival_number: str | None
    expected: int | None = None
    listed: bool | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """All that is known of a batch; ``exceptions``: codes of those open, by folder (empty: of the batch), of ``asked``.

    ``received``: the pages that came in, counted where they came in and not in the ledger. ``unfound``: the reference
    numbers of the manifest's entries for which there is no folder.
    """

    folders: Sequence[FolderLine]
    files: Sequence[FileLine]
    pages: Sequence[PageLine]
    exceptions: Sequence[tuple[str, str]] = ()
    asked: int = 0
    received: int | None = None
    unfound: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a rule does not pass: the subject's identifier, and plain numbers that the report prints."""

    subject: str
    failed: bool
    details: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What one rule found: how many things it concerns, those that fail it and those it only notes.

    Where a rule concerns nothing (counts and lists, where no manifest came), it says nothing.
    """

    rule: Rule
    looked_at: int
    failed: tuple[Found, ...] = ()
    noted: tuple[Found, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing fails."""
        return not self.failed


def completed(measures: PageMeasures, texts: Iterable[PageText]) -> PageMeasures:
    """A page's measures with what its words tell; ``texts`` are those read on this page, the first readers first."""
    whole = [text for text in texts if "/" not in text.reader]
    if not whole:
        return measures
    largest = max(whole, key=lambda text: text.geometry.width * text.geometry.height)
    letters = "".join(word.text for text in whole for line in text.lines for word in line.words)
    return replace(
        measures,
        skew=_skew(largest.geometry),
        print_height=None if largest.quality is None else largest.quality.print_height,
        letters=len(letters),
        said=likeness.said(letters),
        head=is_red_head(largest),
    )


def _skew(geometry: FlatGeometry) -> float:
    """How far a page's print leans as the scan stands; of a card that lies on a sheet nothing is said."""
    part = extent(region(geometry, PixelBox(0, 0, geometry.width, geometry.height)), 1, 1)
    return round(lean(geometry), 2) if part[0] * part[1] >= _MOST_OF_IT else 0.0


def check(lines: Lines) -> tuple[Checked, ...]:
    """What every rule finds, in the order of :data:`intake.archive.rules.RULES`."""
    filed = [page for page in lines.pages if page.state == "filed"]
    counted = [folder for folder in lines.folders if folder.expected is not None]
    listed = [folder for folder in lines.folders if folder.listed is not None]
    found = {
        "readable": _told(lines.files, _readable(lines)),
        "resolution": _told(filed, _resolution(filed)),
        "small_print": _told([page for page in filed if _is_small(page.measures)], _small_print(filed)),
        "colour": _told(filed, _colour(filed)),
        "skew": _told(filed, _skewed(filed)),
        "duplicates": _told(filed, _duplicates(filed)),
        "missing": _told(counted, _missing(lines)),
        "order": _told(lines.folders, _order(lines)),
        "index": _told([*listed, *lines.unfound], _index(lines)),
        "names": _told(lines.folders, _names(lines.folders)),
        "hashes": _told(lines.files, _hashes(lines.files)),
        "ledger": _told(lines.pages, _ledger(lines)),
        "exceptions": (lines.asked, [_fails(folder, code=code) for folder, code in lines.exceptions]),
    }
    return tuple(
        Checked(rule, looked, tuple(f for f in all_found if f.failed), tuple(f for f in all_found if not f.failed))
        for rule in RULES.values()
        for looked, all_found in [found[rule.code]]
    )


def failures(page: PageLine) -> tuple[str, ...]:
    """The codes of the rules about single pages that a page fails by itself."""
    rules = (("resolution", _resolution), ("small_print", _small_print), ("colour", _colour), ("skew", _skewed))
    return tuple(code for code, rule in rules if any(found.failed for found in rule([page])))


def counts_fit(expected: int | None, filled: int, blank: int) -> bool:
    """Whether a folder has the pages that a manifest says: those with something on them, or the blank ones as well.

    >>> [counts_fit(expected, 2, 2) for expected in (1, 2, 3, 4, None)]
    [False, True, False, True, True]
    """
    return expected in {None, filled, filled + blank}


def resolution(measures: PageMeasures) -> tuple[float | None, bool]:
    """Dots per inch of a scan, and whether its file tells them; else they follow from A4, A3 or A5 where it is one.

    >>> from intake.pictures import PageMeasures
    >>> resolution(PageMeasures(1654, 2339, None, None, "grey", False, False, "0" * 16))
    (200.0, False)
    """
    if measures.scan_dpi is not None or measures.dpi is not None:
        return measures.scan_dpi or measures.dpi, True
    longer, shorter = max(measures.width, measures.height), min(measures.width, measures.height)
    if abs(longer / shorter / _PROPORTION - 1) > _NEAR:
        return None, False
    return round(longer / _SIZES[0], -1), False


def _fails(subject: str, **details: str | float) -> Found:
    return Found(subject, failed=True, details=details)


def _notes(subject: str, **details: str | float) -> Found:
    return Found(subject, failed=False, details=details)


def _told(looked: Sequence[object], found: Iterable[Found]) -> tuple[int, list[Found]]:
    return len(looked), list(found)


def _readable(lines: Lines) -> Iterator[Found]:
    for file in lines.files:
        if file.error is not None:
            told = _fails if file.reason is None else _notes
            yield told(file.id, code=file.error, reason=file.reason or "")


def _resolution(pages: Sequence[PageLine]) -> Iterator[Found]:
    for page in pages:
        if page.measures is None:
            yield _fails(page.id, dpi=0)
            continue
        dpi, told = resolution(page.measures)
        if dpi is None:
            yield _notes(page.id, dpi=0)
        elif dpi < LEAST_DPI * _SLACK:
            yield _fails(page.id, dpi=round(dpi))
        elif not told:
            yield _notes(page.id, dpi=round(dpi))


def _is_small(measures: PageMeasures | None) -> bool:
    if measures is None or measures.print_height is None:
        return False
    drawn = measures.dpi or resolution(measures)[0]
    return drawn is not None and measures.print_height * 72 / drawn < SMALL_POINTS


def _small_print(pages: Sequence[PageLine]) -> Iterator[Found]:
    for page in pages:
        if page.measures is None or not _is_small(page.measures):
            continue
        dpi, _ = resolution(page.measures)
        if dpi is not None and dpi < LEAST_SMALL_DPI * _SLACK:
            yield _fails(page.id, dpi=round(dpi))


def _colour(pages: Sequence[PageLine]) -> Iterator[Found]:
    """Without colours are to be only pages that show neither a seal's ring nor, by their words, a red head.

    What this cannot tell on a grey page: seals that are no rings or lie too faint, red heads of another form, red lines
    and notes. Those are for whoever looks at the sample.
    """
    for page in pages:
        if page.measures is None or page.measures.mode == "colour":
            continue
        if page.measures.ring or page.measures.head:
            yield _fails(page.id, mode=page.measures.mode)


def _skewed(pages: Sequence[PageLine]) -> Iterator[Found]:
    for page in pages:
        if page.measures is not None and abs(page.measures.skew) > AIMED_SKEW:
            told = _fails if abs(page.measures.skew) > MOST_SKEW else _notes
            yield told(page.id, degrees=abs(page.measures.skew))


def _duplicates(pages: Sequence[PageLine]) -> Iterator[Found]:
    known = [page for page in pages if page.measures is not None]
    looks = [Likeness(page.measures.look, page.measures.said) for page in known if page.measures is not None]
    for group in likeness.groups(looks):
        for place in group[1:]:
            yield _fails(known[place].id, like=known[group[0]].id)


def _missing(lines: Lines) -> Iterator[Found]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for page in lines.pages:
        counts[page.folder][page.state] += 1
    for folder in lines.folders:
        filed, blank = counts[folder.id]["filed"], counts[folder.id]["blank"]
        if folder.expected is not None and not counts_fit(folder.expected, filed, blank):
            yield _fails(folder.id, expected=folder.expected, found=filed)


def _order(lines: Lines) -> Iterator[Found]:
    """Numbers run from 1 without a gap, and the items' numbers never fall along them."""
    by_folder: dict[str, list[PageLine]] = defaultdict(list)
    for page in lines.pages:
        by_folder[page.folder].append(page)
    for folder in lines.folders:
        pages = [page for page in by_folder[folder.id] if page.number is not None or page.state == "filed"]
        numbers = sorted(page.number or 0 for page in pages)
        if numbers != list(range(1, len(numbers) + 1)):
            yield _fails(folder.id, pages=len(pages))
            continue
        items = [page.item for page in sorted(pages, key=lambda page: page.number or 0) if page.item is not None]
        if items != sorted(items):
            yield _fails(folder.id, pages=len(pages))


def _index(lines: Lines) -> Iterator[Found]:
    """Both ways: a folder that the manifest does not list, and an entry that has no folder."""
    for folder in lines.folders:
        if folder.listed is False:
            yield _fails(folder.id)
    for number in lines.unfound:
        yield _fails("", archival_number=number)


def _names(folders: Sequence[FolderLine]) -> Iterator[Found]:
    numbers = Counter(folder.archival_number for folder in folders if folder.archival_number)
    for folder in folders:
        if not folder.archival_number:
            yield _fails(folder.id, times=0)
        elif numbers[folder.archival_number] > 1:
            yield _fails(folder.id, times=numbers[folder.archival_number])


def _hashes(files: Sequence[FileLine]) -> Iterator[Found]:
    for file in files:
        if file.whole is False or (file.whole is None and file.reason is None):
            yield _fails(file.id)


def _ledger(lines: Lines) -> Iterator[Found]:
    for page in lines.pages:
        if page.state == "waiting":
            yield _fails(page.id)
    if lines.received is not None and lines.received != len(lines.pages):
        yield _fails("", received=lines.received, found=len(lines.pages))
