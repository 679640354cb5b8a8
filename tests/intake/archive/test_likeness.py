"""Pages that are one paper are found among many without comparing all with all."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from intake.archive.likeness import LOOK_BITS, Likeness, alike, distance, groups, said

TEXT = (
    "统一社会信用代码九一三三零一零六名称杭州市某某贸易有限公司类型有限责任公司"
    "住所浙江省杭州市西湖区文三路一百号法定代表人张某"
)


def flipped(look: str, bits: list[int]) -> str:
    """A hash with some bits turned."""
    return f"{int(look, 16) ^ sum(1 << bit for bit in bits):016x}"


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=LOOK_BITS))
def test_no_pair_within_reach_is_missed(look: int, bits: set[int]) -> None:
    """Wherever seven bits differ, one band is the same."""
    one = f"{look:016x}"
    pages = [Likeness(one, said(TEXT)), Likeness(flipped(one, sorted(bits)), said(TEXT))]
    assert groups(pages) == ((0, 1),)


def test_among_thousands_only_the_like_are_grouped_and_in_order() -> None:
    """Like to one of a group is in the group; strangers are in none."""
    dice = random.Random(5)  # noqa: S311 - made-up hashes
    pages = [Likeness(f"{dice.getrandbits(64):016x}", f"{dice.getrandbits(64):016x}") for _ in range(3000)]
    pages[700] = Likeness(flipped(pages[20].look, [1, 9, 40]), pages[20].said)
    pages[2500] = Likeness(flipped(pages[700].look, [3, 5, 33, 60, 61]), pages[20].said)
    assert distance(pages[20].look, pages[2500].look) > LOOK_BITS
    assert groups(pages) == ((20, 700, 2500),)


def test_forms_of_one_kind_that_say_something_else_are_two_papers() -> None:
    """They look alike; what they say tells them apart. Where nothing was read the look alone has to be nearly equal."""
    look, other = "f0e1d2c3b4a59687", flipped("f0e1d2c3b4a59687", [0, 1, 2, 3, 4])
    filled = TEXT.replace("杭州市某某贸易有限公司", "宁波市别处机械制造厂").replace("文三路一百号", "解放南路八十八弄")
    assert not alike(Likeness(look, said(TEXT)), Likeness(look, said(filled.replace("张某", "李四王五赵六"))))
    assert alike(Likeness(look, said(TEXT)), Likeness(other, said(TEXT.replace("零", "〇"))))
    assert not alike(Likeness(look), Likeness(other))
    assert alike(Likeness(look), Likeness(flipped(look, [7])))
