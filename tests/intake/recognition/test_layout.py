"""Words become lines in the order in which people read them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.recognition.layout import join, line_box, order_lines
from intake.types import Line, PixelBox, Word


def word(text: str, x: int, y: int, width: int = 40, height: int = 20) -> Word:
    """A word at a place."""
    return Word(text, 0.9, PixelBox(x, y, width, height))


def texts(words: list[Word]) -> list[str]:
    """The texts of the lines that the words make."""
    return [line.text for line in order_lines(words)]


def test_words_of_one_height_are_one_line_from_left_to_right() -> None:
    """The engine's order does not matter."""
    assert texts([word("丙", 100, 12), word("甲", 0, 10), word("乙", 50, 8)]) == ["甲乙丙"]


def test_lines_go_from_top_to_bottom() -> None:
    """A lower line comes later, even where it begins further left."""
    assert texts([word("下", 0, 100), word("上", 300, 10)]) == ["上", "下"]


def test_a_wide_gap_parts_two_columns_of_one_height() -> None:
    """Label and value of the left column do not run into the right column; gaps of a few characters stay together."""
    words = [word("名称", 0, 0), word("某公司", 60, 0, 60), word("住所", 400, 0)]
    assert texts(words) == ["名称某公司", "住所"]


def test_a_sloping_line_stays_one_line() -> None:
    """Each word lies 6 px lower than its neighbour, the last far below the first: the neighbour decides."""
    assert texts([word(text, 45 * index, 6 * index) for index, text in enumerate("一二三四五六")]) == ["一二三四五六"]


def test_a_small_mark_joins_the_line_that_it_stands_in() -> None:
    """A full stop is low and short; its height must not make it a line of its own."""
    assert texts([word("。", 45, 14, 6, 6), word("公司", 0, 0)]) == ["公司。"]


def test_empty_words_are_dropped() -> None:
    """Engines give words of white space for rules and frames."""
    assert texts([word(" ", 0, 0), word("甲", 50, 0)]) == ["甲"]


def test_no_words_make_no_lines() -> None:
    """A blank page has no lines."""
    assert order_lines([]) == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 300), st.integers(1, 90)), max_size=30
    )
)
def test_no_word_is_lost_or_doubled(places: list[tuple[int, int, int, int]]) -> None:
    """Whatever the boxes, every word is in exactly one line."""
    words = [Word(str(index), 0.5, PixelBox(*place)) for index, place in enumerate(places)]
    ordered = [kept for line in order_lines(words) for kept in line.words]
    assert sorted(ordered, key=lambda kept: int(kept.text)) == words


def test_the_box_of_a_line_holds_all_its_words() -> None:
    """The upright hull."""
    assert line_box(Line((word("甲", 10, 5), word("乙", 60, 0)))) == PixelBox(10, 0, 90, 25)


def test_chinese_is_joined_without_spaces_and_latin_with() -> None:
    """Spaces between Chinese characters are the engine's; between Latin words they are the paper's."""
    assert join(["有限 公司".replace(" ", ""), "ABC", "Ltd", "，", "2"]) == "有限公司ABC Ltd，2"
