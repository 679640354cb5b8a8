"""The foot of a paper: the date under the authority's name of a certificate, or under the signatures of a contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.extraction.cells import Cell, fragments
from intake.extraction.found import How
from intake.extraction.glyphs import Glyph, Row, fold
from intake.geometry import union
from intake.options import ExtractionOptions
from intake.types import FlatGeometry, PixelBox

_TORN = r"\d(?!\d)[^\d日号年月自至到起,，。;；、:：()（）甲乙丙签盖法代]{0,2}(?:\d?日|\d(?!\d))?"
"""A day of one digit, with the unknown signs behind it: they may be another, so that the kind must see them."""
_DATE = re.compile(
    r"(?:[12][0-9OoIl]{3}|[〇○O0零一二三四五六七八九]{4})\s*[年.\-/].{0,4}?[月.\-/].{0,5}?(?:日|$)|[12][0-9]{3}年.{0,10}日"
    rf"|[12][0-9]{{3}}\D{{1,2}}\d{{1,2}}\D{{1,2}}(?:\d\d(?!\d)|{_TORN})|20[0-9]{{2}}[01]\d月\d{{1,2}}日"
)
_OF_THE_COPY = re.compile(
    r"仅供|仅限|仅用|使用|用途|专用|复印|原件|一致|相符|核对|核验|下载|打印|扫描|截图|查询|年检|年审|年报|年度|检验|换证|换照|变更"
    r"|备案|有效期|至[:]?$|截止|签收|经办|收件|审核人|公司"
)
"""Words on copies, stamps and printouts beside days of their own."""
_STAMPED = re.compile(r"仅供|仅限|仅用|复印|原件|核对")
_CLOSE = 1.5  # heights of white space between the lines of a stamp, at most
_LOWER_PART = 0.45  # of the page's height: certificates are dated in their lower half
_YEAR, _MONTH = 5.0, 4.0  # heights of a year's four digits, of a month's or a day's three, with what parts them
_MARGIN = 0.5  # heights behind a date
_BAND_LETTERS = 24  # a row with more is a sentence with a date in it
_COUNT = "[0-9〇○零元一二三四五六七八九十廿卅]"
_DAY = (
    rf"(?:[12]\d{{3}}[年.\-/]\d{{1,2}}[月.\-/](?:\d\d日?|\d日|{_TORN})"
    rf"|二[〇○O0零]{_COUNT}{{2}}年{_COUNT}{{1,2}}月{_COUNT}{{1,3}}日)"
)
_SIGNED = re.compile(rf"{_DAY}(?:{_DAY})?")
_SIGNATURE = re.compile(r"[签盖][字章名]|公章|\(章")
_CLAUSE = re.compile(r"[,，;；。]|[自至到从于由]$")
_SIGNATURE_LETTERS = 40  # a row with more beside its days is a sentence
_COLUMN_GAP = 4.0  # heights of white space that part the two columns of signatures
_BLOCK = 12  # rows of a block of signatures
_SIGNER = re.compile(
    r"(?P<witness>[见鉴监公]证(?:人|方|单位|机关|机构|处|意见)|公证员|备案|归档|存档|签收|验收|收款人|领款人|审[核查批](?:意见|部门|单位|专?用?章))"
    r"|[^办表理责系](?:[方人]|单位)(?=[:(]|$|[盖签])"
)
"""Who signs or stamps above a day, a party or another; persons who act for him are passed over."""
_BLOCK_WORDS = re.compile(r"[签盖][字章名]|公章|[(（]章|代表人?|甲方|乙方")


def dates(
    lines: Sequence[Row], gathered: Sequence[Cell], geometry: FlatGeometry, options: ExtractionOptions
) -> Iterable[tuple[tuple[tuple[Glyph, ...], ...], How, float]]:
    """The dates in the lower part of the page that belong to no cell of ``gathered``, the lowest first.

    What was stamped or written on a copy has days of its own, below the paper's or beside it: none that its words tell
    is given; of others nothing tells which is the paper's, so each is.
    """
    taken = _taken(gathered)
    for index in reversed(range(len(lines))):
        row = lines[index]
        if row.box.y < _LOWER_PART * geometry.height:
            return
        match = _DATE.search(row.text)
        glyphs = row.glyphs[match.start() : match.end()] if match else ()
        if not glyphs or any(id(glyph) in taken for glyph in glyphs):
            continue
        if not _is_of_the_copy(row, glyphs) and not _is_under_a_stamp(lines[:index], glyphs):
            yield (glyphs,), "place", options.foot_quality


def _is_of_the_copy(row: Row, glyphs: Sequence[Glyph]) -> bool:
    """Whether the words around a date tell that it is not the paper's: when it was copied, printed, inspected, used."""
    own = (run for run in fragments(row.glyphs, _COLUMN_GAP * row.height) if glyphs[0] in run)
    return any(_OF_THE_COPY.search("".join(fold(glyph.character) for glyph in run)) for run in own)


def _is_under_a_stamp(above: Sequence[Row], glyphs: Sequence[Glyph]) -> bool:
    """Whether the line right above a date is what a copy was stamped with."""
    date = union(glyph.box for glyph in glyphs)
    for row in above[-1:]:
        for run in fragments(row.glyphs, _COLUMN_GAP * row.height):
            box = union(glyph.box for glyph in run)
            over = box.x < date.right and date.x < box.right and date.y - box.bottom <= _CLOSE * date.height
            if over and _STAMPED.search("".join(fold(glyph.character) for glyph in run)):
                return True
    return False


def day(glyphs: Sequence[Glyph], geometry: FlatGeometry) -> tuple[Glyph, ...]:
    """The glyphs of a date among those of a crop in the lower part of the page; empty where there is none."""
    match = _DATE.search("".join(glyph.character for glyph in glyphs))
    if match is None or glyphs[0].box.y < _LOWER_PART * geometry.height:
        return ()
    return tuple(glyphs[match.start() : match.end()])


def signed(
    lines: Sequence[Row], options: ExtractionOptions
) -> Iterable[tuple[tuple[tuple[Glyph, ...], ...], How, float]]:
    """The days of the signatures: alone in rows that hold nothing but a day or two, or behind a signature's words."""
    for index, row in enumerate(lines):
        runs = fragments(row.glyphs, _COLUMN_GAP * row.height)
        for run in runs:
            text = "".join(fold(glyph.character) for glyph in run)
            for match in re.finditer(_DAY, text):
                alone = _SIGNED.fullmatch(text) is not None and (len(runs) == 1 or _among_signatures(lines, index))
                mine = alone or _is_signature(text, match.start())
                if mine and not _is_witnessed(lines, index, run):
                    yield (run[match.start() : match.end()],), "place", options.signed_quality


def _is_signature(text: str, start: int) -> bool:
    """Whether a day, which begins at ``start``, stands on the line of a signature: 甲方（签字）：王小明 2019.12.20."""
    rest = re.sub(_DAY, "", text)
    before = text[:start]
    return bool(_SIGNATURE.search(before)) and not _CLAUSE.search(before) and len(rest) <= _SIGNATURE_LETTERS


def _is_witnessed(lines: Sequence[Row], index: int, run: Sequence[Glyph]) -> bool:
    """Whether the nearest signature above a day, or on its line, is of one who only witnessed or filed: 鉴证方."""
    reach = run[-1].box.right
    for row in reversed(lines[max(0, index - _BLOCK) : index + 1]):
        before = [one for one in _SIGNER.finditer(row.text) if row.glyphs[one.start()].box.x < reach]
        if before:
            return before[-1]["witness"] is not None
    return False


def _among_signatures(lines: Sequence[Row], index: int) -> bool:
    """Whether words of a block of signatures stand in the rows above: columns of a table hold days too."""
    above = "".join(row.text for row in lines[max(0, index - _BLOCK) : index + 1])
    return _BLOCK_WORDS.search(above) is not None


def _taken(gathered: Sequence[Cell]) -> set[int]:
    """The glyphs that stand beside captions."""
    return {id(glyph) for cell in gathered for row in cell.rows for glyph in row}


def dated_band(lines: Sequence[Row], gathered: Sequence[Cell], geometry: FlatGeometry) -> PixelBox | None:
    """The lowest row that holds two of 年, 月 and 日, as wide as a whole date there: where a seal may hide some of it.

    No wider: what stands beside a date (a frame, a stamp) makes the reader see less of it. Nor is it the row of a
    caption's date, where nothing of the foot's was read.
    """
    taken = _taken(gathered)
    for row in reversed(lines):
        if row.box.y < _LOWER_PART * geometry.height:
            return None
        free = [glyph for glyph in row.glyphs if id(glyph) not in taken]
        marks = {glyph.character: glyph.box for glyph in free if glyph.character in "年月日"}
        if len(marks) > 1 and len(row.glyphs) <= _BAND_LETTERS:
            before = _YEAR if "年" in marks else _YEAR + _MONTH
            after = _MARGIN if "日" in marks else _MONTH
            left = max(0, round(min(box.x for box in marks.values()) - before * row.height))
            right = min(geometry.width, round(max(box.right for box in marks.values()) + after * row.height))
            return PixelBox(left, row.box.y, right - left, row.box.height)
    return None
