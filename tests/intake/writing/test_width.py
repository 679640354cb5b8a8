"""Spaces, widths and punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.writing.lookalikes import repairs
from intake.writing.width import code, plain, trimmed


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
