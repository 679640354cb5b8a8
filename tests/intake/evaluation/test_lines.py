"""Which confirmed values are known to stand on one printed line as they were confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.evaluation.lines import PrintedLine, printed_lines
from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper
from intake.types import Classification, DocumentReading, FieldReading, PageSize, Region

LINE = Region(((0.1, 0.1), (0.4, 0.1), (0.4, 0.14), (0.1, 0.14)))
BLOCK = Region(((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)))
NAME = FieldReading("name", "林晓丹", "林晓丹", 0.9, 0, LINE, "tesseract")


def lines(reading: FieldReading, one: Decided) -> tuple[PrintedLine, ...]:
    """What is taken of one field of a card on a page of 1000 × 1000 pixels."""
    document = DocumentReading(Classification("id_card_front", 1.0), (0,), (reading,), ())
    return printed_lines(
        ReviewedFile("a.png", "png", (PageSize(1000, 1000),), (ReviewedPaper("PAPER", document, (one,)),))
    )


def test_an_accepted_value_that_was_read_as_it_is() -> None:
    """Its name tells the paper and the field, its text is the confirmed one."""
    assert lines(NAME, Decided("name", "accept", "林晓丹")) == (PrintedLine("PAPER-name", 0, LINE, "林晓丹"),)


def test_a_corrected_letter_is_what_there_is_to_learn() -> None:
    """The same length and few other letters: the region holds the line."""
    (found,) = lines(NAME, Decided("name", "correct", "林晓舟"))
    assert found.text == "林晓舟"


@pytest.mark.parametrize(
    ("reading", "one"),
    [
        (replace(NAME, text="2016年O3月08日", value="2016-03-08"), Decided("name", "correct", "2016-03-09")),
        (replace(NAME, text="2016年03月08日", value="2016-03-08"), Decided("name", "accept", "2016-03-08")),
        (NAME, Decided("name", "correct", "林晓丹丹")),
        (NAME, Decided("name", "correct", "王大明")),
        (NAME, Decided("name", "omit", None)),
        (NAME, Decided("name", "accept", "林晓舟", elsewhere=True)),
        (NAME, Decided("sex", "correct", "男")),
        (replace(NAME, value=None), Decided("name", "correct", "林晓舟")),
        (replace(NAME, reader="qr"), Decided("name", "accept", "林晓丹")),
        (
            replace(NAME, text="浙江省杭州市西湖区", value="浙江省杭州市西湖区", region=BLOCK),
            Decided("name", "accept", "浙江省杭州市西湖区"),
        ),
        (replace(NAME, text="林(晓)丹", value="林（晓）丹"), Decided("name", "accept", "林（晓）丹")),
        (replace(NAME, page_index=1), Decided("name", "accept", "林晓丹")),
    ],
    ids=[
        "a date typed in the canonical form",
        "a date kept in another form than printed",
        "a letter that may lie outside the region",
        "another text altogether",
        "left out",
        "taken from another paper",
        "typed in without a place",
        "unreadable",
        "read off the code",
        "on two lines",
        "brackets of which nobody knows the width",
        "on a page that is not kept",
    ],
)
def test_what_is_not_known_to_stand_there_is_not_taken(reading: FieldReading, one: Decided) -> None:
    """A wrong line teaches wrong letters."""
    assert lines(reading, one) == ()


def test_spaces_between_letters_do_not_matter() -> None:
    """Letter-spaced print is read with spaces and kept without; so are the lines of other recognisers' corpora."""
    (found,) = lines(replace(NAME, text="林 晓 丹"), Decided("name", "accept", "林晓丹"))
    assert found.text == "林晓丹"


def test_print_that_is_too_small_teaches_nothing() -> None:
    """Under a dozen pixels strokes run together."""
    low = Region(((0.1, 0.1), (0.4, 0.1), (0.4, 0.11), (0.1, 0.11)))
    assert lines(replace(NAME, region=low), Decided("name", "accept", "林晓丹")) == ()
