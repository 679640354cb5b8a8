"""Where captions stand, how far they may be misread, and which of two wins."""

from __future__ import annotations

from intake import doctypes
from intake.extraction.captions import captions, find
from intake.extraction.glyphs import rows
from intake.extraction.halves import recover
from intake.options import ExtractionOptions
from intake.types import PageText, PixelBox, Word
from tests.intake.extraction.sheets import column, page, word

LICENSE = doctypes.get("business_license")


def phrases(text: PageText) -> list[str]:
    """The captions found, in reading order."""
    return [hit.caption.phrase for hit in find(rows(text), LICENSE, ExtractionOptions())]


def test_letters_far_apart_are_one_caption() -> None:
    """名 and 称 stand at the ends of the space that 法定代表人 takes."""
    assert phrases(page(word("名", 400, 400), word("称", 560, 400), word("虚构公司", 700, 400))) == ["名称"]


def test_the_longer_caption_wins_over_one_inside_it() -> None:
    """统一社会信用代码 is not 社会信用代码 besides."""
    assert phrases(page(*column("统一社会信用代码 甲"))) == ["统一社会信用代码"]


def test_an_exact_caption_wins_over_a_longer_guess() -> None:
    """注册资本9 is not a misread 注册资本金."""
    assert phrases(page(*column("注册资本9299万元整"))) == ["注册资本"]


def test_a_role_in_brackets_belongs_to_the_caption() -> None:
    """法定代表人（负责人）王小明: the value begins after the bracket."""
    (hit,) = find(rows(page(*column("法定代表人（负责人）王小明"))), LICENSE, ExtractionOptions())
    assert hit.value == len("法定代表人（负责人）")


def test_characters_set_under_each_other_are_parted() -> None:
    """A detector that joined 名 with the 类 below it gives one tall word; each character goes to its own row."""
    stacked = page(
        Word("名类", 0.98, PixelBox(400, 400, 40, 110)),
        word("称", 560, 400),
        word("型", 560, 470),
    )
    assert phrases(stacked) == ["名称", "类型"]


def test_half_a_caption_counts_only_inside_a_column_of_captions() -> None:
    """称 at the left edge of a page without captions is a letter like any other."""
    wanted = captions(LICENSE)
    alone = rows(page(word("称", 560, 400), word("虚构公司", 700, 400)))
    assert recover(alone, (), wanted, ExtractionOptions()) == ()
    among = rows(page(word("称", 520, 400), word("虚构公司", 700, 400), *column("成立日期 甲", "营业期限 乙", y=600)))
    found = recover(among, find(among, LICENSE, ExtractionOptions()), wanted, ExtractionOptions())
    assert [hit.caption.phrase for hit in found] == ["名称"]


def test_the_words_of_a_stamp_between_its_letters_leave_a_caption_whole() -> None:
    """名 仅限投标 称 虚构公司: the second letter, in the column of captions too, is none of the value."""
    stamped = (word("名", 400, 400, size=30), word("仅限投标", 435, 400, size=15), word("称", 500, 400, size=30))
    mates = column("成立日期 甲", "营业期限 乙", y=600)
    lines = rows(page(*stamped, word("虚构公司", 600, 400), *mates))
    found = recover(lines, find(lines, LICENSE, ExtractionOptions()), captions(LICENSE), ExtractionOptions())
    (hit,) = [one for one in found if one.caption.phrase == "名称"]
    assert lines[hit.row].text[hit.value :] == "虚构公司"


def test_narrow_digits_stand_side_by_side_however_high_they_are() -> None:
    """30 is higher than wide and still no column of digits; letters that overlap on one height keep their order."""
    digits = page(
        word("2004年04月", 400, 400),
        Word("30", 0.98, PixelBox(660, 400, 25, 40)),
        Word("日", 0.98, PixelBox(670, 402, 40, 38)),
    )
    assert [row.text for row in rows(digits)] == ["2004年04月30日"]


def test_a_value_ends_where_another_caption_begins_below_it() -> None:
    """A short 编号 in small print far above does not make 法定代表人, read closed up, a line of its value."""
    number = word("编号：S1", 400, 200, size=16)
    lines = (number, word("名称", 400, 300), word("虚构公司", 700, 300), word("法定代表人毛小", 400, 400))
    assert phrases(page(*lines)) == ["编号", "名称", "法定代表人"]
