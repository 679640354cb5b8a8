"""The citizen identification number (GB 11643-1999)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from intake import fields
from intake.fields import id_number

VALID = "330106199003078219"

numbers = st.builds(
    lambda province, county, born, sequence: f"{province}{county}{born:%Y%m%d}{sequence:03d}",
    st.sampled_from(sorted(id_number.PROVINCES)),
    st.text("0123456789", min_size=4, max_size=4),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
).map(lambda body: body + ric.calc_check_digit(f"{body}0"))


def codes(text: str) -> list[str]:
    """The problems of a number by their names."""
    return [problem.code for problem in fields.check("id_number", text).problems]


@given(numbers)
def test_every_number_of_the_standard_is_valid(number: str) -> None:
    """Province, real birth date and computed check character are all that is asked."""
    assert fields.check("id_number", number) == fields.Verdict(number)


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "11010519491231002x", "110105 19491231 002×", "440524188001010014"]
)
def test_the_standards_own_examples_are_valid(text: str) -> None:
    """GB 11643-1999 prints 11010519491231002X and 440524188001010014; a multiplication sign is the printed X."""
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("330106199003078218", ["id_number.check_digit"]),
        ("330106199002308211", ["id_number.birth_date"]),
        ("990106199003078213", ["id_number.region"]),
        ("330106900307821", ["id_number.old_form"]),
        ("330106901307821", ["id_number.birth_date", "id_number.old_form"]),
    ],
)
def test_a_number_that_breaks_a_rule_keeps_its_value(text: str, problems: list[str]) -> None:
    """Each rule has its own finding; an old number is only noted."""
    number = (
        text if len(text) == 15 else text[:17] + (text[17] if "check" in problems[0] else ric.calc_check_digit(text))
    )
    assert fields.check("id_number", number).value == number
    assert codes(number) == problems


@pytest.mark.parametrize(
    "text", ["", "33010619900307821", "T30106199003078219", "3301061990030782190", "33010619900307X219"]
)
def test_a_text_without_the_form_has_no_value(text: str) -> None:
    """Neither 15 digits nor 17 digits with a check character: no number at all."""
    assert fields.check("id_number", text).value is None
    assert codes(text) == ["id_number.form"]


@pytest.mark.parametrize("head", ["810000", "820000", "830000", "933156"])
def test_residence_permits_are_numbers_too(head: str) -> None:
    """Hong Kong, Macao and Taiwan residents (81 to 83) and foreign permanent residents (9 and the province)."""
    body = f"{head}19900307821"
    assert codes(body + ric.calc_check_digit(f"{body}0")) == []


def test_an_old_number_is_told_as_old_without_severity() -> None:
    """Fifteen digits have no check character: valid, with a note."""
    (note,) = fields.check("id_number", "330106900307821").problems
    assert note.severity == "info"


def test_birth_date_and_sex_come_out_of_both_forms() -> None:
    """The old form has a year of two places in the 1900s; odd sequence numbers are men's."""
    assert id_number.birth_date(VALID) == id_number.birth_date("330106900307821") == date(1990, 3, 7)
    assert (id_number.sex(VALID), id_number.sex("330106900307822")) == ("男", "女")


@given(numbers, st.integers(0, 16), st.data())
def test_every_single_wrong_digit_is_noticed(number: str, position: int, data: st.DataObject) -> None:
    """The check character modulo 11 finds each error of one digit."""
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[position]]))
    wrong = number[:position] + other + number[position + 1 :]
    assert "id_number.check_digit" in codes(wrong)


@pytest.mark.parametrize(
    "misread", ["33O106199003078219", "33010619900307B219", "3301061990030782I9", "330106199008078219"]
)
def test_one_confusion_is_offered_back(misread: str) -> None:
    """The right number is among the candidates, all of which hold."""
    offered = fields.candidates("id_number", misread)
    assert VALID in offered
    assert all(codes(number) == [] for number in offered)


@given(st.text(max_size=24))
def test_no_text_breaks_the_field(text: str) -> None:
    """Whatever an engine reads, the answer is a verdict."""
    assert (fields.check("id_number", text).value is None) <= bool(codes(text))
    assert isinstance(fields.candidates("id_number", text), tuple)
