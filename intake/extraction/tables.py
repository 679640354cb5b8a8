"""Tables of parties in which a role stands once beside several rows, in their middle: below its own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.extraction.captions import Hit
from intake.extraction.cells import Cell
from intake.extraction.glyphs import Glyph, Row
from intake.extraction.naming import TITLES


def spanning(
    heads: Sequence[Cell], gathered: Sequence[Cell], lines: Sequence[Row]
) -> Mapping[Hit, Sequence[tuple[Glyph, ...]]]:
    """The rows beside 名称 for each role (``heads``) that spans rows of a table; empty where none does.

    Such roles have no colon and nothing but captions right of them, and the first name stands above the first of them.
    They have the names in their order; none has one where there are more names than roles, or fewer.
    """
    begun = {(cell.hit.row, cell.hit.start) for cell in gathered} | {
        (n, len(row.glyphs)) for n, row in enumerate(lines)
    }
    roles = [cell.hit for cell in heads if cell.hit.value == cell.hit.end and (cell.hit.row, cell.hit.end) in begun]
    if not roles:
        return {}
    right = max(hit.box.right for hit in roles)
    names = [cell for cell in gathered if cell.hit.caption.phrase in TITLES and cell.rows and cell.hit.box.x > right]
    if not any(cell.hit.row < roles[0].row for cell in names):
        return {}
    if len(names) != len(roles):
        return dict.fromkeys(roles, ())
    return {hit: cell.rows for hit, cell in zip(roles, names, strict=True)}
