"""Values whose captions no reader saw: lines that stand where a form prints a field and that nothing else claims.

Under a seal, a watermark or the frame a caption is lost, while its value still stands in the column of values. Four
things together tell which field a line is: it begins where other values begin, it keeps the distance from line to line
that captions keep, it has the look of a whole value, and in some form of the type its field stands between those of
its neighbours. A line that two fields may be, or a field that two lines may be, is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import TypeAlias

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.cells import Cell, fragments
from intake.extraction.glyphs import Glyph, Row, fold
from intake.fields import traits
from intake.geometry import union
from intake.types import PixelBox

_COLUMN = 1.5  # heights from where the other values begin
_GAP = 3.0  # heights of white space that part an orphan from what stands beside it
_INLINE = 1.5  # heights of white space between two values of which the second has lost the caption between them
_TWO = 2
_SENTENCE_END = "。)）;；】"
_MATES = 2  # values that show a column
_CAPTIONS = 3  # captions with values that make sure of the type
_STEP = 0.6  # of the least distance between captions: lines of one value stand closer
_ALIKE = 1.6  # times as high the lines of one value may be as each other: a heading is higher
_DENSE = 1.9  # heights from one line of a value to the next, at most

Run: TypeAlias = tuple[Glyph, ...]
Orphan: TypeAlias = tuple[FieldSpec, tuple[Run, ...]]


def orphans(lines: Sequence[Row], gathered: Sequence[Cell], document_type: DocumentType) -> Iterable[Orphan]:
    """Lines of a column of values that nothing claims, each with the one field without a caption that it can be."""
    form = _Form(gathered, document_type)
    if not form.wanted or len(form.labelled) < _CAPTIONS:
        return
    claims = [(spec, rows) for block in form.blocks(_unclaimed(lines, gathered)) for spec, rows in form.fitting(block)]
    for spec, rows in claims:
        mine = [one for one, _ in claims if one.name == spec.name]
        others = [one for one, its in claims if its[0][-1] is rows[0][-1] and not {*one.captions} & {*spec.captions}]
        if len(mine) == 1 and not others:
            yield spec, rows


def strays(gathered: Sequence[Cell], document_type: DocumentType) -> Iterable[Orphan]:
    """Lines that were taken for further lines of a value and are other fields', whose captions were lost.

    The value above must be whole without them, by its own look. A last letter of the lost caption may lead them. They
    are taken out of their cells.
    """
    form = _Form(gathered, document_type)
    for cell in gathered if form.wanted else ():
        owner = next((document_type.field(name) for name in cell.hit.caption.fields), None)
        if owner is None:
            continue
        yield from form.beside(owner, cell)
        own = next((size for size in range(1, len(cell.rows)) if form.ends(owner, cell.rows, size)), 0)
        blocks = list(form.blocks(cell.rows[own:])) if own else []
        if blocks and form.fitting(blocks[0], owner):
            del cell.rows[own:]
            for block in blocks:
                yield from form.fitting(block, owner)


class _Form:
    """The captions of a page as a form: which fields have none, how far apart lines stand, what stands where."""

    def __init__(self, gathered: Sequence[Cell], document_type: DocumentType) -> None:
        self.type = document_type
        self.labelled = [cell for cell in gathered if cell.rows and cell.hit.caption.fields]
        named = {(name, cell.hit.caption.phrase) for cell in gathered for name in cell.hit.caption.fields}
        self.wanted = [
            spec
            for spec in document_type.fields
            if self.look(spec) and not any(name == spec.name and phrase not in spec.stand_ins for name, phrase in named)
        ]
        self.plain = [spec for spec in self.wanted if not spec.wraps and not traits(spec.kind).together]
        tops = sorted(cell.hit.box.y for cell in gathered if cell.hit.caption.fields)
        height = median([cell.hit.box.height for cell in gathered] or [0])
        steps = [low - high for high, low in pairwise(tops) if low - high > height]
        self.step = _STEP * min(steps, default=0)

    def look(self, spec: FieldSpec) -> str:
        """How a whole value of the field looks; kinds tell it for the forms whose order of fields is known."""
        return spec.look or (traits(spec.kind).look if self.type.orders else "")

    def knows(self, spec: FieldSpec, rows: Sequence[Run]) -> bool:
        """Whether lines together have the look of a whole value of the field."""
        text, look = "".join(fold(glyph.character) for row in rows for glyph in row), self.look(spec)
        return bool(look) and re.fullmatch(look, text) is not None

    def ends(self, owner: FieldSpec, rows: Sequence[Run], size: int) -> bool:
        """Whether a value is whole after so many of its rows, and the next line stands as far off as a field's.

        A line that is a day, a sum or a number and nothing else carries no text on, whether the text is whole or not.
        """
        if owner.long:
            return (
                size == len(rows) - 1 and rows[size - 1][-1].character in _SENTENCE_END and self._is_plain(rows[size])
            )
        if _drop(rows[size - 1], rows[size]) < self.step:
            return False
        return self.knows(owner, rows[:size]) or self._is_plain(rows[size])

    def _is_plain(self, run: Run) -> bool:
        return any(self.knows(spec, (run,)) for spec in self.plain)

    def beside(self, owner: FieldSpec, cell: Cell) -> Iterable[Orphan]:
        """A field that forms print behind another on one line (性别 男 民族 汉), where white space parts the values."""
        for spec in (one for one in self.wanted if one.inline and cell.rows):
            parts = fragments(cell.rows[0], _INLINE * cell.rows[0][0].box.height)
            if len(parts) == _TWO and self.knows(owner, parts[:1]) and self.knows(spec, parts[1:]):
                cell.rows[0] = parts[0]
                yield spec, (parts[1],)

    def blocks(self, runs: Iterable[Run]) -> Iterable[tuple[Run, ...]]:
        """Lines put together that stand closer under each other than fields do, or one of which is no field alone."""
        made: list[list[Run]] = []
        for run in runs:
            if made and self._carries_on(made[-1], run):
                made[-1].append(run)
            else:
                made.append([run])
        return (tuple(block) for block in made)

    def _carries_on(self, block: Sequence[Run], run: Run) -> bool:
        drop, (small, large) = _drop(block[-1], run), sorted(one[0].box.height for one in (block[-1], run))
        if not _begins(block[-1], run) or large > _ALIKE * small or not 0 < drop < _DENSE * small:
            return False
        return drop < self.step or not self.fitting((run,)) or not self.fitting(tuple(block))

    def fitting(self, block: tuple[Run, ...], above: FieldSpec | None = None) -> list[Orphan]:
        """The fields without a caption that a block can be, without a last letter of the caption before it.

        That letter may have been misread: it is only taken off where the block is no field with it.
        """
        letter, behind = fold(block[0][0].character), (block[0][1:], *block[1:])
        specs = [spec for spec in self.wanted if len(block) == 1 or spec.wraps]
        led = [(spec, behind) for spec in specs if any(phrase.endswith(letter) for phrase in spec.captions)]
        whole = [(spec, block) for spec in specs]
        cut = [(spec, behind) for spec in specs if spec.wraps]
        for tried in (led, whole, cut):
            fits = [(spec, rows) for spec, rows in tried if rows[0] and self.knows(spec, rows)]
            if fits:
                return [(spec, rows) for spec, rows in fits if self._may_stand(spec, rows[0], above)]
        return []

    def _may_stand(self, spec: FieldSpec, run: Run, above: FieldSpec | None) -> bool:
        """Whether in some form of the type the field stands between those above and below in its column."""
        if not self.type.orders:
            return True
        mates = [cell for cell in self.labelled if _begins(cell.rows[0], run)]
        over = max((cell for cell in mates if _drop(cell.rows[0], run) > 0), key=_top, default=None)
        under = min((cell for cell in mates if _drop(cell.rows[0], run) < 0), key=_top, default=None)
        first = above.name if above is not None else _name(over)
        asked = [name for name in (first, spec.name, _name(under)) if name]
        return any(_in_order(asked, order.split()) for order in self.type.orders)


def _in_order(names: Sequence[str], order: Sequence[str]) -> bool:
    if not set(names) <= set(order):
        return False
    places = [order.index(name) for name in names]
    return places == sorted(places)


def _name(cell: Cell | None) -> str:
    return cell.hit.caption.fields[0] if cell is not None else ""


def _top(cell: Cell) -> float:
    return _middle(cell.rows[0])


def _begins(one: Run, other: Run) -> bool:
    return abs(one[0].box.x - other[0].box.x) <= _COLUMN * max(one[0].box.height, other[0].box.height)


def _drop(above: Run, run: Run) -> float:
    return _middle(run) - _middle(above)


def _middle(run: Run) -> float:
    box = _hull(run)
    return box.y + box.height / 2


def _hull(run: Run) -> PixelBox:
    return union(glyph.box for glyph in run)


def _unclaimed(lines: Sequence[Row], gathered: Sequence[Cell]) -> Iterable[Run]:
    """Pieces of rows that begin where at least two values begin, and that are part of no caption and no value."""
    starts = [cell.rows[0] for cell in gathered if cell.rows and cell.hit.caption.fields]
    claimed = {id(glyph) for cell in gathered for row in cell.rows for glyph in row}
    claimed |= {id(glyph) for cell in gathered for glyph in lines[cell.hit.row].glyphs[cell.hit.start : cell.hit.end]}
    for row in lines:
        for piece in fragments(row.glyphs, _GAP * row.height):
            for taken, glyphs in groupby(piece, key=lambda glyph: id(glyph) in claimed):
                run = tuple(glyphs)
                if not taken and sum(_begins(start, run) for start in starts) >= _MATES:
                    yield run
