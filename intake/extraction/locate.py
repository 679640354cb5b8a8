"""Find every place on one page where a field of a type may stand: by caption, by phrase, by position, by shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction import foot, heading, parties
from intake.extraction.captions import captions, find, in_order
from intake.extraction.cells import Cell, cells
from intake.extraction.found import Found, How
from intake.extraction.glyphs import Glyph, Row, fold, rows
from intake.extraction.halves import recover
from intake.extraction.naming import before_a_gap
from intake.extraction.orphans import Orphan, orphans, strays
from intake.extraction.parties import NOBODY, Sides
from intake.extraction.roles import own_words
from intake.extraction.values import judge
from intake.fields import traits
from intake.options import ExtractionOptions
from intake.types import PageText
from intake.writing.width import is_dot

_MAX_RUNNING_ROWS = 2  # lines: a party's or an amount's name in running text wraps at most once
_LATIN_GAP = 1.5  # heights of white space between two words of a Latin name or beside a name's dot, at most
_ENDS = "自至"  # what captions of a range end in
_REACH = 200  # characters before a value in which its noun or the beginning of its sentence stands
_APART = 3.0  # heights of white space behind which another column begins
_BLANK = 0.6  # heights of white space that do for a colon (forms with a line to write on)
_RUNNING_END = re.compile(r"[,，;；。]|\(以下|（以下|\(盖章|（盖章|\(签字|（签字|\(公章|（公章")

_IN_THOUSANDS = re.compile(r"单位[:;.为]?(?:人民币)?[:;.]?(?:[百千]|[百千]?[万亿])(?:元|[美港欧日])")


def locate(
    text: PageText,
    document_type: DocumentType,
    options: ExtractionOptions,
    sides: Sides = NOBODY,
) -> tuple[Found, ...]:
    """All finds on one page; several for a field where several places fit. ``sides``: see :mod:`parties`."""
    lines, gathered = layout(text, document_type, options)
    lost = (*strays(gathered, document_type), *orphans(lines, gathered, document_type))
    finder = _Finder(text, lines, gathered, document_type, options)
    finder.sides = sides
    found = tuple(one for spec in document_type.fields for one in finder.field(spec))
    return (*found, *finder.lost(lost))


def layout(
    text: PageText, document_type: DocumentType, options: ExtractionOptions
) -> tuple[tuple[Row, ...], tuple[Cell, ...]]:
    """The rows of a page, and what stands beside each caption on it."""
    lines = rows(text)
    hits = find(lines, document_type, options)
    hits = in_order((*hits, *recover(lines, hits, captions(document_type), options)))
    return lines, cells(lines, hits, options)


class _Finder:
    """One page with its captions and cells, asked for one field after the other."""

    def __init__(
        self,
        text: PageText,
        lines: Sequence[Row],
        gathered: Sequence[Cell],
        document_type: DocumentType,
        options: ExtractionOptions,
    ) -> None:
        self.text, self.lines, self.cells, self.type, self.options = text, lines, gathered, document_type, options
        self.sides = NOBODY

    def field(self, spec: FieldSpec) -> list[Found]:
        if spec.side:
            places = parties.named(self.lines, self.cells, spec, self.sides, self.options)
            return [self._found(spec, value, "caption", quality) for value, quality in places]
        found = [*self._captioned(spec), *self._phrased(spec), *self._placed(spec)]
        found = [one for one in found if re.search(spec.form, one.text) and not self._scaled(spec, one)]
        if any(judge(spec, one.text, whole=one.how == "pattern").value is not None for one in found):
            return found
        return [*found, *self._shaped(spec)]

    def lost(self, lost: Iterable[Orphan]) -> list[Found]:
        """Values of the column of values that have lost their captions."""
        return [self._found(spec, rows, "column", self.options.orphan_quality) for spec, rows in lost]

    def _captioned(self, spec: FieldSpec) -> Iterable[Found]:
        for cell in self.cells:
            if spec.name not in cell.hit.caption.fields or not cell.rows or self._is_quoted(spec, cell):
                continue
            value, quality = self._with_its_mark(spec, cell), min(cell.hit.score, 1.0)
            if traits(spec.kind).together:
                value = (before_a_gap(_beside(value[0]), own_words(self.type)), *value[1:])
            if spec.running:
                value, quality = _running(value, spec), quality * self._standing(cell)
            if cell.hit.caption.phrase in (*spec.weak, *spec.stand_ins):
                quality *= self.options.weak_quality
            if value and quality:
                value = (*self._measure(cell, spec), *value)
                stands_in = cell.hit.caption.phrase in spec.stand_ins
                yield replace(self._found(spec, value, "caption", quality), stand_in=stands_in)

    def _is_quoted(self, spec: FieldSpec, cell: Cell) -> bool:
        """Whether a caption is that of another paper, which the words before it name; in a form those of its own piece.

        A contract speaks of other contracts, and what was stamped on a copy has a term of its own.
        """
        hit, row = cell.hit, self.lines[cell.hit.row]
        if spec.running:
            above = "".join(one.text for one in self.lines[: hit.row])
            return is_another(spec, above + row.text, len(above) + hit.start)
        begins = next((place for place in range(hit.start, 0, -1) if row.gap(place) >= _APART), 0)
        return is_another(spec, row.text[begins:], hit.start - begins)

    def _measure(self, cell: Cell, spec: FieldSpec) -> Iterable[tuple[Glyph, ...]]:
        """The bracket behind the caption where it tells what the value counts: 注册资本（万元）."""
        hit, row = cell.hit, self.lines[cell.hit.row]
        between = row.text[hit.end : hit.value]
        if traits(spec.kind).measure and re.search(traits(spec.kind).measure, between):
            yield row.glyphs[hit.end : hit.value]

    def _scaled(self, spec: FieldSpec, found: Found) -> bool:
        """Whether a bare number may count ten thousands: somewhere the page says 单位：万元, of a table or of all."""
        bare = traits(spec.kind).measure and not re.search(rf"[¥￥$]|{traits(spec.kind).measure}", found.text)
        return bool(bare) and any(_IN_THOUSANDS.search(row.text) for row in self.lines)

    def _with_its_mark(self, spec: FieldSpec, cell: Cell) -> tuple[tuple[Glyph, ...], ...]:
        """The rows of a cell; of a range with the 自 or 至 in which its caption ends: it tells which end follows."""
        mark = self.lines[cell.hit.row].glyphs[cell.hit.end - 1]
        if not spec.part or not cell.rows or mark.character not in _ENDS:
            return tuple(cell.rows)
        return ((mark, *cell.rows[0]), *cell.rows[1:])

    def _phrased(self, spec: FieldSpec) -> Iterable[Found]:
        glyphs = [glyph for row in self.lines for glyph in row.glyphs]
        folded = "".join(fold(glyph.character) for glyph in glyphs)
        options = self.options
        ranked = [(one, options.pattern_quality) for one in spec.patterns]
        ranked += [(one, options.hint_quality) for one in spec.hints]
        for pattern, quality in ranked:
            for match in re.finditer(pattern, folded):
                first = match.start(min(1, match.lastindex or 0))
                if is_another(spec, folded, first) or _is_of_another_column(glyphs, match.start(), first):
                    continue
                group = (match.lastindex or 0) if spec.part == "end" else min(1, match.lastindex or 0)
                yield self._found(spec, _lines(glyphs, *match.span(group)), "pattern", quality)

    def _placed(self, spec: FieldSpec) -> Iterable[Found]:
        if spec.place == "title" and (placed := heading.title(self.lines, self.options)) is not None:
            yield self._found(spec, *placed)
        elif spec.place == "foot_date":
            dated = [cell for cell in self.cells if any(self._has_dates(name) for name in cell.hit.caption.fields)]
            dates = foot.dates(self.lines, dated, self.text.geometry, self.options)
            yield from (self._found(spec, *one) for one in dates)
        elif spec.place == "signatures":
            yield from (self._found(spec, *one) for one in foot.signed(self.lines, self.options))

    def _standing(self, cell: Cell) -> float:
        """How surely a caption in running text is one: a colon, a bracket or white space follows it.

        Without a colon, what stands under it is the column of a table.
        """
        hit, row = cell.hit, self.lines[cell.hit.row]
        if row.text[hit.value - 1] != ":" and cell.rows[0][0].box.y > row.box.bottom:
            return 0.0
        if hit.value == hit.end and (hit.end >= len(row.glyphs) or row.gap(hit.end) < _BLANK):
            return 0.0
        return 1.0

    def _has_dates(self, name: str) -> bool:
        """Whether a field is a date of its own, or a text that may speak of dates: none of those is the foot's date."""
        spec = self.type.field(name)
        return spec.long or traits(spec.kind).dated

    def _shaped(self, spec: FieldSpec) -> Iterable[Found]:
        if not spec.shape:
            return
        for row in self.lines:
            for match in re.finditer(spec.shape, row.text):
                yield self._found(spec, (row.glyphs[match.start() : match.end()],), "shape", self.options.shape_quality)

    def _found(self, spec: FieldSpec, value: Sequence[Sequence[Glyph]], how: How, quality: float) -> Found:
        kept = tuple(tuple(row) for row in value if row)
        found = Found(spec.name, kept, how, quality, self.text.reader, self.text.geometry)
        return found if _is_whole(found.text) else replace(found, quality=quality * self.options.torn_quality)


def is_another(spec: FieldSpec, text: str, start: int) -> bool:
    """Whether the words before a value that begins at ``start`` of the running text tell that it is another thing's."""
    return bool(spec.another) and re.search(rf"(?:{spec.another})$", text[max(0, start - _REACH) : start]) is not None


def _is_of_another_column(glyphs: Sequence[Glyph], noun: int, value: int) -> bool:
    """Whether a noun stands in the last column of a table's head, and the value on the next row under another column.

    ``noun`` and ``value`` are places in the running text.
    """
    height = glyphs[noun].box.height
    begins = noun
    while begins > 0 and 0 <= glyphs[begins].box.x - glyphs[begins - 1].box.x < _APART * height:
        begins -= 1
    head, below = glyphs[begins].box, glyphs[value].box
    column = begins > 0 and glyphs[begins - 1].box.right <= head.x
    return column and below.y > head.bottom and abs(below.x - head.x) >= _APART * height


def _beside(row: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """A value whose letters stand together (a person's name) without what stands further off than they do."""
    widest = 0
    for place in range(1, len(row)):
        white = row[place].box.x - row[place - 1].box.right
        joined = row[place].spaced or any(is_dot(glyph.character) for glyph in row[place - 1 : place + 1])
        if joined and white <= _LATIN_GAP * row[place].box.height:
            continue
        if place > 1 and white > max(2 * widest, row[place].box.height // 2):
            return row[:place]
        widest = max(widest, white)
    return row


def _is_whole(text: str) -> bool:
    """Whether brackets open before they close: a text that begins inside one was torn out of its sentence."""
    depth = 0
    for character in text:
        depth += (character in "(（[【") - (character in ")）]】")
        if depth < 0:
            return False
    return True


def _running(value: Sequence[tuple[Glyph, ...]], spec: FieldSpec) -> tuple[tuple[Glyph, ...], ...]:
    """Of a value in running text, what stands before its punctuation; names end with the line, amounts may go on."""
    own_end = traits(spec.kind).sentence_end
    ends = re.compile(own_end) if own_end else _RUNNING_END
    kept: list[tuple[Glyph, ...]] = []
    for row in value[: _MAX_RUNNING_ROWS if spec.wraps or own_end else 1]:
        end = ends.search("".join(glyph.character for glyph in row))
        kept.append(row[: end.start()] if end else row)
        if end:
            break
    return tuple(row for row in kept if row)


def _lines(glyphs: Sequence[Glyph], start: int, end: int) -> tuple[tuple[Glyph, ...], ...]:
    """Glyphs ``start`` to ``end`` of the running text, cut where a new line begins (x jumps back)."""
    made: list[list[Glyph]] = []
    for glyph in glyphs[start:end]:
        if made and glyph.box.x > made[-1][-1].box.x:
            made[-1].append(glyph)
        else:
            made.append([glyph])
    return tuple(tuple(row) for row in made)
