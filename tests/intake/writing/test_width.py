"""Spaces, widths and punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.writing.common import rare
from intake.writing.lookalikes import repairs
from intake.writing.width import balanced, code, is_han, plain, trimmed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("杭州 青禾\n（集团) 公司", "杭州青禾（集团）公司"),
        ("ＡＢＣ１２３号", "ABC123号"),
        ("资本1,000万元,已缴", "资本1,000万元，已缴"),
        ("营业8:30至17:00;周日休", "营业8:30至17:00；周日休"),
        ("Green  Grain Co., Ltd.", "Green Grain Co., Ltd."),
        ("销售 A 类 B2B 产品", "销售A类B2B产品"),
        ("\x0c文\u200b具", "文具"),
    ],
)
def test_running_text_gets_one_form(text: str, value: str) -> None:
    """Punctuation is full-width among Chinese characters, never inside numbers or Latin text."""
    assert plain(text) == value


@given(st.text(max_size=40))
def test_the_form_is_final(text: str) -> None:
    """Doing it twice changes nothing more."""
    assert plain(plain(text)) == plain(text)
    assert trimmed(trimmed(text)) == trimmed(text)
    assert code(code(text)) == code(text)


@given(st.text("0123456789ABCOILSZ", max_size=12))
def test_repairs_are_other_texts_that_hold(text: str) -> None:
    """Never the text itself, at most eight, each of the alphabet and holding."""
    offered = repairs(text, "0123456789", lambda one: sum(map(int, one)) % 7 == 0)
    assert len(offered) <= 8
    assert text not in offered
    assert all(one.isdigit() and sum(map(int, one)) % 7 == 0 for one in offered)


@pytest.mark.parametrize(
    "text",
    [
        "1）设备；2）软件", "（包括：1）设备；2）软件）", "一）设备 二）软件", "销售（1）钢材（2）建材",
        "某某公司（委派代表：李晓四）", "某某（A座3）店", "某某路8号（1-2）", "某某小区（东区）3幢（2单元12）",
        "某某路12号（自编B12）", "(一)批发[二]零售",
    ],
)  # fmt: skip
def test_numbers_in_lists_and_in_brackets_leave_no_bracket_alone(text: str) -> None:
    """A list's number closes a bracket that nobody opened; at the end of an address or a name it closes its own."""
    assert balanced(text)


@pytest.mark.parametrize(
    "text", ["12号（自编B12", "自编B12）", "委派代表：李晓四）", "（委派代表：李晓四", "某某公司（委派", "）某某（"]
)
def test_a_lost_bracket_is_seen(text: str) -> None:
    """Names end with characters that count, and codes with digits: these are no numbers of a list."""
    assert not balanced(text)


@pytest.mark.parametrize("letter", ["𬭎", "𠅤", "㛃", "䶮", "𬱖", "龘", "\U000313f9"])
def test_rare_characters_are_chinese_and_rare(letter: str) -> None:
    """Those of planes 2 and 3 too, the newest among them: none is lost, and whoever checks the file looks at it."""
    assert is_han(letter)
    assert rare(f"王{letter}") == (1,)
    assert plain(f"王 {letter}") == f"王{letter}"
