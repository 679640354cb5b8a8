"""Which confirmed values are known to stand on one printed line as they were confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.evaluation.lines import PrintedLine, printed_lines
from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper
from intake.geometry import region, union
from intake.types import Classification, DocumentReading, FieldReading, PageSize, Region
from tests.intake.extraction.sheets import column, page

LINE = Region(((0.1, 0.1), (0.4, 0.1), (0.4, 0.14), (0.1, 0.14)))
LONG = Region(((0.1, 0.1), (0.8, 0.1), (0.8, 0.14), (0.1, 0.14)))
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


def license_lines(decisions: dict[str, Decided], **texts: str) -> list[str]:
    """The lines of a license, all of whose fields stand at one place, in the order of the decisions."""
    values = {name: one.value for name, one in decisions.items()}
    fields = tuple(FieldReading(name, text, values[name], 0.9, 0, LONG, "rapidocr") for name, text in texts.items())
    document = DocumentReading(Classification("business_license", 1.0), (0,), fields, ())
    taken = ReviewedPaper("PAPER", document, tuple(decisions[name] for name in texts))
    return [one.text for one in printed_lines(ReviewedFile("a.png", "png", (PageSize(1000, 1000),), (taken,)))]


def accepted(**values: str) -> dict[str, Decided]:
    """Values that a person accepted."""
    return {name: Decided(name, "accept", value) for name, value in values.items()}


@pytest.mark.parametrize("text", ["2016年03月08日", "2016年3月8日", "2016-03-08", "2016.03.08", "二〇一六年三月八日"])
def test_an_accepted_day_is_taken_in_the_form_in_which_it_is_printed(text: str) -> None:
    """Its letters are those that were read, and the person vouches for what they say."""
    assert license_lines(accepted(established_on="2016-03-08"), established_on=text) == [text]


def test_an_accepted_sum_is_taken_in_the_form_in_which_it_is_printed() -> None:
    """In words or in digits; with anything else beside it nobody knows what stands there."""
    value = accepted(registered_capital="5000000.00")
    assert license_lines(value, registered_capital="伍佰万元整") == ["伍佰万元整"]
    assert license_lines(value, registered_capital="500万元") == ["500万元"]
    assert license_lines(value, registered_capital="伍佰万元整.") == []


def test_a_day_with_a_misread_sign_or_a_correction_is_not_taken() -> None:
    """The value is right, the letters are not; or nobody knows in which form the right one is printed."""
    assert license_lines(accepted(established_on="2016-03-08"), established_on="2016午03月08日") == []
    corrected = {"established_on": Decided("established_on", "correct", "2016-03-08")}
    assert license_lines(corrected, established_on="2016年03月08日") == []


def test_a_range_is_one_line_where_both_of_its_ends_were_accepted() -> None:
    """It is taken once; with one end left out nobody vouches for the other half of the line."""
    text = "自2016年03月08日至2036年03月07日"
    both = accepted(valid_from="2016-03-08", valid_to="2036-03-07")
    assert license_lines(both, valid_from=text, valid_to=text) == [text]
    assert license_lines(both, valid_to=text) == []
    half = both | {"valid_from": Decided("valid_from", "omit", None)}
    assert license_lines(half, valid_from=text, valid_to=text) == []
    open_end = accepted(valid_from="2016-03-08", valid_to="long-term")
    assert license_lines(open_end, valid_from="2016-03-08至长期", valid_to="2016-03-08至长期") == ["2016-03-08至长期"]


def test_a_value_on_several_lines_is_several_lines() -> None:
    """By the kept words of the reader who read it, each with its part."""
    read = page(*column("浙江省杭州市西湖区青禾", "路12号"))
    where = region(read.geometry, union(word.box for line in read.lines for word in line.words))
    address = "浙江省杭州市西湖区青禾路12号"
    field = FieldReading("address", address, address, 0.9, 0, where, "rapidocr")
    document = DocumentReading(Classification("business_license", 1.0), (0,), (field,), ())
    taken = ReviewedPaper("PAPER", document, (Decided("address", "accept", address),))
    found = printed_lines(ReviewedFile("a.png", "png", (PageSize(2480, 3508),), (taken,), (read,)))
    assert [(one.name, one.text) for one in found] == [
        ("PAPER-address", "浙江省杭州市西湖区青禾"),
        ("PAPER-address-2", "路12号"),
    ]
