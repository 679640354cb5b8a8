"""Papers put together otherwise than the machine did: which sheets are one document, in which order, of which type.

A person splits, joins and reorders; what comes out is understood anew from the words that were kept when the pages were
read. Pages of different files may be one document (a contract photographed page by page), so a document's pages have
numbers of their own, counted along its parts; the scan's own numbers belong to its file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from intake.extraction.cut import cut
from intake.extraction.sheet import Sheet, sheets
from intake.extraction.split import Group, grouped, judge
from intake.options import ExtractionOptions, Options
from intake.types import Classification, DocumentReading, PageText
from intake.understanding import document

UNKNOWN = ""
"""The type that a person gives to paper of no known type; ``None`` leaves the type to the words."""

Words = Mapping[str, Sequence[PageText]]
"""What was read on each page, by the page's identifier."""

_Named = tuple["Part", Sheet]


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet of a kept page, or one of several papers that lie on the sheet (``piece``, as they are cut)."""

    page: str
    sheet: int = 0
    piece: int | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is to be one document: its parts in order, what a person says of its type, whose place it takes.

    ``heir_to`` is the document that it stands for now; ``None`` for a document that was not there before.
    """

    parts: tuple[Part, ...]
    type: str | None = None
    heir_to: str | None = None


# ---- regrouping: nothing is read here -------------------------------------------------------------------------------


def runs(parts: Sequence[Part]) -> tuple[tuple[Part, ...], ...]:
    """The parts page by page: those of one page that follow each other are one page of the document.

    >>> [len(run) for run in runs((Part("a"), Part("a", 1), Part("b"), Part("a", 2)))]
    [2, 1, 1]
    """
    return tuple(tuple(run) for _, run in groupby(parts, key=lambda part: part.page))


def parted(bundle: Bundle, starts: Collection[int]) -> tuple[Bundle, ...]:
    """The document parted before each page (from 0) of ``starts``; the first part keeps its place and said type.

    Where it is one page on which several papers lie, these are parted. Gives the bundle alone where nothing parts.
    """
    pages = runs(bundle.parts)
    cuts = sorted({start for start in starts if 0 < start < len(pages)})
    if not cuts and len(pages) == 1:
        pages, cuts = tuple((part,) for part in bundle.parts), list(range(1, len(bundle.parts)))
    pieces = [pages[low:high] for low, high in zip([0, *cuts], [*cuts, len(pages)], strict=True)]
    flat = [tuple(part for run in piece for part in run) for piece in pieces]
    return (replace(bundle, parts=flat[0]), *(Bundle(parts) for parts in flat[1:]))


def joined(bundles: Sequence[Bundle]) -> Bundle:
    """One document of several (at least one), in their order: in the first one's place, of the first type said."""
    said = next((bundle.type for bundle in bundles if bundle.type), bundles[0].type)
    return replace(bundles[0], parts=tuple(part for bundle in bundles for part in bundle.parts), type=said)


def without(bundle: Bundle, numbers: Collection[int]) -> Bundle | None:
    """The document without some of its pages (from 0); ``None`` where none is left."""
    kept = tuple(part for number, run in enumerate(runs(bundle.parts)) if number not in numbers for part in run)
    return replace(bundle, parts=kept) if kept else None


def inserted(bundle: Bundle, parts: Sequence[Part], number: int) -> Bundle:
    """The document with ``parts`` before its page ``number`` (from 0; its count of pages or more: at its end)."""
    pages = runs(bundle.parts)
    before = tuple(part for run in pages[:number] for part in run)
    after = tuple(part for run in pages[number:] for part in run)
    return replace(bundle, parts=(*before, *parts, *after))


# ---- reading anew ---------------------------------------------------------------------------------------------------


def understood(bundle: Bundle, words: Words, *, today: date, options: Options | None = None) -> DocumentReading:
    """The document that a bundle is, out of kept words; its page indexes count along its own pages."""
    chosen = options or Options()
    pages = tuple(range(len(runs(bundle.parts))))
    found = _sheets(bundle.parts, words, chosen.extraction)
    if not found or bundle.type == UNKNOWN:
        said = bundle.type or None
        return DocumentReading(Classification(said, 1.0 if bundle.type is not None else 0.0), pages, (), ())
    classification = _classified(found, chosen.extraction) if bundle.type is None else Classification(bundle.type, 1.0)
    reading = document(Group(classification, found), today=today, options=chosen, certain=bundle.type is not None)
    return replace(reading, page_indexes=pages)


def renumbered(reading: DocumentReading, numbers: Mapping[int, int]) -> DocumentReading:
    """The same reading with other page indexes, ``numbers`` from the present ones."""
    fields = tuple(replace(one, page_index=numbers.get(one.page_index, one.page_index)) for one in reading.fields)
    return replace(reading, page_indexes=tuple(numbers.get(one, one) for one in reading.page_indexes), fields=fields)


def said_type(reading: DocumentReading) -> str | None:
    """What a person said of a document's type: the name, :data:`UNKNOWN`, or ``None`` where the words told it.

    A person's word is certain and has no evidence; the words' always has some, or is not certain.
    """
    said = reading.classification.confidence == 1.0 and not reading.classification.evidence
    return (reading.type or UNKNOWN) if said else None


def found_on(page: str, words: Words, *, options: Options | None = None) -> tuple[Bundle, ...]:
    """The documents that the words of one page make by themselves, as when it was read first."""
    return found_along([page], words, options=options)


def found_along(pages: Sequence[str], words: Words, *, options: Options | None = None) -> tuple[Bundle, ...]:
    """The documents that the words of pages make which lie in this order, whichever files they came in."""
    chosen = (options or Options()).extraction
    texts = [
        replace(text, geometry=replace(text.geometry, page_index=index))
        for index, page in enumerate(pages)
        for text in words.get(page, ())
    ]
    return tuple(Bundle(parts) for parts in _grouped(_named(dict(enumerate(pages)), texts, chosen), chosen))


def traced(
    pages: Mapping[int, str], words: Words, readings: Sequence[DocumentReading], *, options: Options | None = None
) -> tuple[tuple[Part, ...], ...]:
    """Which parts each document of a file was made of, when the machine made them; ``pages`` by index in the file.

    Told by doing it again. Where the rules have changed since and other documents come out, a document is all that
    stands on its pages.
    """
    chosen = (options or Options()).extraction
    named = _named(pages, [text for page in pages.values() for text in words.get(page, ())], chosen)
    groups = _grouped(named, chosen)
    told = [tuple(dict.fromkeys(part.page for part in parts)) for parts in groups]
    wanted = [tuple(pages[index] for index in reading.page_indexes if index in pages) for reading in readings]
    return tuple(groups) if told == wanted else tuple(whole(own, words) for own in wanted)


def whole(pages: Sequence[str], words: Words) -> tuple[Part, ...]:
    """All sheets of some pages; a page without words is one part as well."""
    return tuple(
        Part(page, sheet)
        for page in pages
        for sheet in sorted({text.geometry.sheet for text in words.get(page, ())} or {0})
    )


def _named(pages: Mapping[int, str], texts: Sequence[PageText], options: ExtractionOptions) -> list[_Named]:
    """The papers on some pages of a file with the names of their parts, in order."""
    named: list[_Named] = []
    for sheet in sheets(texts):
        pieces = cut(sheet, options)
        for number, piece in enumerate(pieces):
            place = pages[sheet.geometry.page_index]
            named.append((Part(place, sheet.geometry.sheet, number if len(pieces) > 1 else None), piece))
    return named


def _grouped(named: Sequence[_Named], options: ExtractionOptions) -> list[tuple[Part, ...]]:
    """The parts of each document that the machine makes of these papers."""
    names = {id(sheet): part for part, sheet in named}
    groups = grouped((sheet for _, sheet in named), options)
    return [tuple(names[id(sheet)] for sheet in group.sheets) for group in groups]


def _classified(found: Sequence[Sheet], options: ExtractionOptions) -> Classification:
    """The type of the first sheet that has one of its own: what follows it carries it on."""
    judged = [judge(sheet, options) for sheet in found]
    return next((one for one in judged if one.type is not None), judged[0])


def _sheets(parts: Sequence[Part], words: Words, options: ExtractionOptions) -> tuple[Sheet, ...]:
    """The sheets of the parts in order, numbered as pages of the document; parts without any word are left out."""
    found: list[Sheet] = []
    for index, run in enumerate(runs(parts)):
        for part in run:
            sheet = _sheet(part, words.get(part.page, ()), options)
            if sheet is not None:
                found.append(_placed(sheet, index, len(found)))
    return tuple(found)


def _sheet(part: Part, texts: Sequence[PageText], options: ExtractionOptions) -> Sheet | None:
    """The words of a part; the whole sheet where it is no longer cut in so many pieces (the page was read again)."""
    kept = sheets([text for text in texts if text.geometry.sheet == part.sheet] or texts)
    if not kept:
        return None
    pieces = cut(kept[0], options) if part.piece is not None else ()
    return pieces[part.piece] if part.piece is not None and part.piece < len(pieces) else kept[0]


def _placed(sheet: Sheet, index: int, number: int) -> Sheet:
    readings = (
        replace(text, geometry=replace(text.geometry, page_index=index, sheet=number)) for text in sheet.readings
    )
    return Sheet(tuple(readings))
