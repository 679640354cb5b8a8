"""Which glyphs belong to which caption: the value to its right, and the lines that carry the value on.

A form is no table: captions and values stand in one or two columns, values wrap under their own beginning, printed
forms were filled in by a second machine a little above or below the line. So a row is cut into fragments at wide white
space; a fragment right of a caption is its value; a fragment of a row without a caption carries on the value above
it that begins at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.extraction.captions import Hit
from intake.extraction.glyphs import Glyph, Row, as_captions, type_size
from intake.geometry import middle, union
from intake.options import ExtractionOptions
from intake.types import PixelBox

_COLUMN = 0.6  # heights: as exactly as that a column's values begin under each other
_COLUMN_SHARE = 0.2
_ASIDE = 2.0  # type sizes that the first of two lines beside a caption may begin further right than the second
_COMPANY = re.compile(r"[^()]{4,}(?:公司|中心|企业|事务所|合作社|合伙\)|企业\([^()]{4,8}\))")
_DOT = "[·•・．‧●∙⋅.]"
_DELEGATE = re.compile(rf"{_COMPANY.pattern}(?:\(委派.{{0,24}})?")
_DOTTED = re.compile(rf"^(?=.{{6}})[\u4e00-\u9fff]+{_DOT}")
_SYLLABLES = re.compile(rf"(?![男女汉]$){_DOT}?[\u4e00-\u9fff]{{1,12}}")
_NAMES = 4  # letters of a Chinese name, at most
_EDGE_LINES = 2  # lines of a value that show where its column ends


@dataclass(slots=True)
class Cell:
    """The value of one caption while it is being gathered: its rows of glyphs, top to bottom."""

    hit: Hit
    rows: list[tuple[Glyph, ...]] = field(default_factory=list)
    closed: bool = False

    @property
    def box(self) -> PixelBox:
        """The hull of the value, or of the caption where there is no value yet."""
        if not self.rows:
            return self.hit.box
        return union(glyph.box for row in self.rows for glyph in row)

    @property
    def last(self) -> PixelBox:
        """The hull of the value's last row, or of the caption."""
        return union(glyph.box for glyph in self.rows[-1]) if self.rows else self.hit.box


def cells(rows: Sequence[Row], hits: Sequence[Hit], options: ExtractionOptions) -> tuple[Cell, ...]:
    """One cell per hit, in the order of the hits; a cell may stay empty."""
    by_row: dict[int, list[Hit]] = {}
    for hit in hits:
        by_row.setdefault(hit.row, []).append(hit)
    made: list[Cell] = []
    above: dict[Hit, list[tuple[Glyph, ...]]] = {hit: [] for hit in hits}
    for index, row in enumerate(rows):
        own = by_row.get(index, [])
        first = own[0].start if own else len(row.glyphs)
        below = {hit: lines for hit, lines in above.items() if hit.row > index}
        _carry_on(_leading(row, first, made, below, options), made, row.height, options)
        for hit, end in zip(own, [*(one.start for one in own[1:]), len(row.glyphs)], strict=False):
            made.append(_opened(hit, row, end, made, options))
            made[-1].rows[:0] = [run for run in above[hit] if _begins_with(run, made[-1])]
        _close(made, row, own)
    return tuple(made)


def fragments(glyphs: Sequence[Glyph], gap: float, starts: Sequence[int] = ()) -> list[tuple[Glyph, ...]]:
    """Glyphs of a row cut wherever more than ``gap`` pixels of white lie between two.

    ``starts`` are places (x) where another column's values begin: there a fifth of that white space is enough.
    """
    made: list[list[Glyph]] = []
    for glyph in glyphs:
        white = glyph.box.x - made[-1][-1].box.right if made else 0
        column = any(abs(glyph.box.x - start) <= _COLUMN * glyph.box.height for start in starts)
        if made and white <= (gap * _COLUMN_SHARE if column else gap):
            made[-1].append(glyph)
        else:
            made.append([glyph])
    return [tuple(run) for run in made]


def _leading(
    row: Row, first: int, made: Sequence[Cell], below: dict[Hit, list[tuple[Glyph, ...]]], options: ExtractionOptions
) -> tuple[Glyph, ...]:
    """The glyphs of a row before its ``first`` caption, without those of values whose captions stand half a line lower.

    Those go to the captions ``below``. Beside a caption in large type two lines of small type find room, so the first
    stands higher than its caption.
    """
    left: list[Glyph] = []
    for run in fragments(row.glyphs[:first], options.fragment_gap * row.height):
        home = next((hit for hit in below if _embraces(hit, run, made, options)), None)
        if home is None:
            left += run
        else:
            below[home].append(run)
    return tuple(left)


def _begins_with(run: Sequence[Glyph], cell: Cell) -> bool:
    """Whether a line above begins where the value does: what stands further right over it is a seal's rim."""
    if not cell.rows:
        return True
    return run[0].box.x - cell.rows[0][0].box.x <= _ASIDE * type_size(run)


def _embraces(hit: Hit, run: Sequence[Glyph], made: Sequence[Cell], options: ExtractionOptions) -> bool:
    """Whether a line begins beside a caption below whose middle it lies, and nearer to it than to any value above."""
    box = union(glyph.box for glyph in run)
    right, drop = box.x - hit.box.right, middle(hit.box) - middle(box)
    if not hit.caption.wraps or not 0 <= drop <= options.embrace * hit.box.height:
        return False
    if not -options.beside_overlap * box.height <= right <= options.embrace_gap * hit.box.height:
        return False
    over = [middle(cell.last) for cell in made if cell.last.x < box.right and box.x < cell.last.right]
    return all(middle(box) - other > drop for other in over)


def _opened(hit: Hit, row: Row, end: int, made: Sequence[Cell], options: ExtractionOptions) -> Cell:
    """A new cell with what stands right of its caption; what lies far off carries on another cell, or is dropped.

    Far off is also what stands under a caption that has no value yet: another column's, captions above their values.
    """
    cell = Cell(hit)
    beyond = hit.box.right + options.column_reach * row.height
    starts = [one.box.x for one in made if one.rows and not one.closed and one.box.x > beyond]
    runs = fragments(row.glyphs[hit.value : end], options.value_gap * row.height, starts)
    if not runs:
        return cell
    first = runs[0]
    apart = first[0].box.x > beyond and any(
        not one.rows and _continues(one, first, row.height, options) for one in made
    )
    if apart or first[0].box.x - hit.box.right > options.caption_gap * row.height:
        _carry_on(row.glyphs[hit.value : end], made, row.height, options)
        return cell
    cell.rows.append(first)
    for run in runs[1:]:
        _carry_on(run, made, row.height, options)
    return cell


def _carry_on(glyphs: Sequence[Glyph], made: Sequence[Cell], height: float, options: ExtractionOptions) -> None:
    """Give each fragment to the open cell whose value it carries on, if any."""
    owner: Cell | None = None
    starts = [cell.hit.box.x for cell in made if not cell.rows and not cell.closed]
    for run in fragments(glyphs, options.fragment_gap * height, starts):
        start = next((cell for cell in reversed(made) if _continues(cell, run, height, options)), None)
        if start is not None:
            owner = start
            owner.rows.append(run)
        elif owner is not None and _goes_on(owner, run, height, options):
            owner.rows[-1] = (*owner.rows[-1], *run)
        else:
            owner = None


def _goes_on(cell: Cell, run: Sequence[Glyph], height: float, options: ExtractionOptions) -> bool:
    """Whether a fragment belongs to the line before it: not far off, and no further right than the lines above go."""
    before = [row[-1].box.right for row in cell.rows[:-1]]
    if len(before) >= _EDGE_LINES and run[0].box.x > max(before) + height:
        return False
    return run[0].box.x - cell.rows[-1][-1].box.right <= options.value_gap * height


def _continues(cell: Cell, run: Sequence[Glyph], height: float, options: ExtractionOptions) -> bool:
    if cell.closed:
        return False
    box, last = union(glyph.box for glyph in run), cell.last
    below = middle(box) - middle(last)
    if not cell.rows:
        return _fills(cell, box, height, options)
    if not cell.hit.caption.wraps and not (cell.hit.caption.together and _is_unfinished(cell, run)):
        return False
    least = options.line_least * min(type_size(run), type_size(cell.rows[-1]))
    if not least < below <= options.row_pitch * max(height, last.height):
        return False
    high = max(height, last.height)
    return any(-options.indent * high <= box.x - start <= reach * high for start, reach in _starts(cell, options))


def _is_unfinished(cell: Cell, run: Sequence[Glyph]) -> bool:
    """Whether a line carries on what stands for a person: a company whose delegate is named in a bracket behind it.

    A bracket is open, or opens there behind the company; or the company's form comes first in that line. So does what
    stands under a long name with a dot, which no card prints on one line.
    """
    said, next_ = (as_captions(glyphs) for glyphs in ([one for row in cell.rows for one in row], run))
    if said.count("(") > said.count(")") or (_DOTTED.search(said + next_[:1]) and _SYLLABLES.fullmatch(next_)):
        return True
    if _COMPANY.fullmatch(said):
        return next_.startswith("(委派")
    return len(said) > _NAMES and _DELEGATE.fullmatch(said + next_) is not None


def _starts(cell: Cell, options: ExtractionOptions) -> list[tuple[int, float]]:
    """Where lines of a cell may begin, and how many heights right of that.

    Where an engine read caption and value as one word, the white space between them was spread over its characters, so
    the value seems to begin too far left; its second line tells.
    """
    first = (cell.rows[0][0].box.x, options.indent if len(cell.rows) > 1 else 2 * options.indent)
    return [first, *((row[0].box.x, options.indent) for row in cell.rows[1:2])]


def _fills(cell: Cell, box: PixelBox, height: float, options: ExtractionOptions) -> bool:
    """An empty cell takes what stands right of its caption a little lower, or under it where that is the custom."""
    drop = middle(box) - middle(cell.hit.box)
    right = box.x - cell.hit.box.right
    near = -options.beside_overlap * height <= right <= options.caption_gap * height
    beside = near and drop <= options.beside_drop * height
    under = drop <= options.row_pitch * height and abs(box.x - cell.hit.box.x) <= options.indent * height
    return beside or under


def _close(made: Sequence[Cell], row: Row, own: Sequence[Hit]) -> None:
    """A caption closes every open cell of its own column that stands above it."""
    for hit in own:
        for cell in made:
            if cell.hit.row < hit.row and cell.hit.start < len(row.glyphs) and _same_column(cell, hit, row.height):
                cell.closed = True


def _same_column(cell: Cell, hit: Hit, height: float) -> bool:
    """Whether the caption of ``hit`` lies under the caption or value of ``cell``."""
    left, right = cell.hit.box.x - height, max(cell.box.right, cell.hit.box.right)
    return left <= hit.box.x < right
