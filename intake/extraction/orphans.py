"""Values whose captions no reader saw: lines that begin where all values begin and that nothing else claims.

Only a field that says how a whole line of its value looks is given one: a type of company, a name with its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.cells import Cell, fragments
from intake.extraction.glyphs import Glyph, Row, fold

_COLUMN = 1.5  # heights from where the other values begin
_GAP = 3.0  # heights of white space that part an orphan from what stands beside it
_LEAST = 4  # letters of an orphan
_TWO = 2
_MATES = 3  # values that show a column


def orphans(
    lines: Sequence[Row], gathered: Sequence[Cell], document_type: DocumentType
) -> Iterable[tuple[FieldSpec, tuple[Glyph, ...]]]:
    """Lines of the column of values that nothing claims, each with the field without a caption that knows it."""
    wanted = _unlabelled(gathered, document_type)
    for run in _unclaimed(lines, gathered) if wanted else ():
        spec = next((one for one in wanted if _without_rest(one, run)), None)
        if spec is not None:
            wanted.remove(spec)
            yield spec, _without_rest(spec, run)


def strays(gathered: Sequence[Cell], document_type: DocumentType) -> Iterable[tuple[FieldSpec, tuple[Glyph, ...]]]:
    """Lines that were taken for the second line of a value and are another field's, whose caption was lost.

    The value above must be whole without them, by its own look. A last letter of the lost caption may lead them. They
    are taken out of their cells.
    """
    wanted = _unlabelled(gathered, document_type)
    for cell in gathered if wanted else ():
        owner = next((document_type.field(name) for name in cell.hit.caption.fields), None)
        if owner is None or not owner.look or len(cell.rows) < _TWO or not _knows(owner, cell.rows[0]):
            continue
        for spec in wanted:
            run = _without_rest(spec, cell.rows[1])
            if run:
                del cell.rows[1:]
                wanted.remove(spec)
                yield spec, run
                break


def _unlabelled(gathered: Sequence[Cell], document_type: DocumentType) -> list[FieldSpec]:
    """Fields with a look of their own beside which no proper caption stands."""
    labelled = {(name, cell.hit.caption.phrase) for cell in gathered for name in cell.hit.caption.fields}
    return [
        spec
        for spec in document_type.fields
        if spec.look and not any(name == spec.name and phrase not in spec.stand_ins for name, phrase in labelled)
    ]


def _without_rest(spec: FieldSpec, run: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """A line that the field knows, without a last letter of its lost caption before it; empty where it is none."""
    led = any(phrase.endswith(fold(run[0].character)) for phrase in spec.captions)
    cuts = (run[1:], run) if led else (run, run[1:])
    return next((cut for cut in cuts if cut and _knows(spec, cut)), ())


def _knows(spec: FieldSpec, run: Sequence[Glyph]) -> bool:
    return re.fullmatch(spec.look, "".join(fold(glyph.character) for glyph in run)) is not None


def _unclaimed(lines: Sequence[Row], gathered: Sequence[Cell]) -> Iterable[tuple[Glyph, ...]]:
    starts = [cell.rows[0][0].box.x for cell in gathered if cell.rows and cell.hit.caption.fields]
    if len(starts) < _MATES:
        return
    column = median(starts)
    claimed = {id(glyph) for cell in gathered for row in cell.rows for glyph in row}
    for row in lines:
        for run in fragments(row.glyphs, _GAP * row.height):
            free = not any(id(glyph) in claimed for glyph in run)
            if free and len(run) >= _LEAST and abs(run[0].box.x - column) <= _COLUMN * row.height:
                yield run
