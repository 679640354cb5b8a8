"""The number of the copy behind a number, its brackets lost by the engine: never a digit taken from the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from intake import doctypes
from intake.extraction.values import judge

LICENSE = doctypes.get("business_license")
NUMBER = LICENSE.field("registration_number")
CODE = LICENSE.field("uscc")
TAXPAYER = doctypes.get("tax_registration").field("taxpayer_number")

REGISTERED = st.from_regex(r"[1-9][0-9]{13}", fullmatch=True).map(lambda head: head + mod_11_10.calc_check_digit(head))
OLD = st.from_regex(r"[1-9][0-9]{12}", fullmatch=True)
STROKES = st.sampled_from("-/—")
BRACKETS = st.sampled_from([("", ""), ("", ")"), ("(", ")"), ("（", "）"), ("(", "")])


@st.composite
def marks(draw: st.DrawFn) -> str:
    """The number of a copy: which of how many, with or without one or both of its brackets."""
    copies = draw(st.integers(1, 20))
    opening, closing = draw(BRACKETS)
    return f"{opening}{draw(st.integers(1, copies))}{draw(STROKES)}{copies}{closing}"


@given(REGISTERED, marks())
def test_a_registration_number_stays_itself(number: str, mark: str) -> None:
    """Its check digit tells where the copy's number begins; never is another number given without an error."""
    verdict = judge(NUMBER, number + mark)
    assert verdict.value == number or verdict.value is None or any(one.severity == "error" for one in verdict.problems)


@given(OLD, marks())
def test_an_old_number_is_itself_or_none(number: str, mark: str) -> None:
    """Thirteen digits have no check digit: their number tells where the copy's begins."""
    verdict = judge(NUMBER, number + mark)
    assert verdict.value in {number, None} or any(one.severity != "info" for one in verdict.problems)


@given(marks())
def test_a_credit_code_stays_itself(mark: str) -> None:
    """Eighteen characters leave no doubt about where they end."""
    assert judge(CODE, "91330106MA2AB12C3N" + mark).value == "91330106MA2AB12C3N"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3301060000123401/1", "330106000012340"),
        ("330106000012340 1-1", "330106000012340"),
        ("33010600001234012/15", "330106000012340"),
        ("330106000012340-1)", "330106000012340"),
        ("33010620012341/1", "3301062001234"),
        ("330106200123410/12", "3301062001234"),
        ("3301062001234-1", "3301062001234"),
        ("14291234-1", "14291234"),
        ("142912341-1", "14291234"),
        ("14291234-7", None),
        ("1234567890-1", None),
    ],
)
def test_the_number_before_a_bare_mark(text: str, value: str | None) -> None:
    """One digit before the stroke is the copy's, two, or none where only 1 was lost: what leaves 15, 13 or 8 digits."""
    assert judge(NUMBER, text).value == value


def test_a_code_of_legal_persons_keeps_its_check_character() -> None:
    """Of eight digits and a stroke, the check character tells; behind it the copy's number falls away as ever."""
    assert judge(NUMBER, "14291234-7 (1-1)").value == "14291234-7"


def test_a_misread_number_before_a_bare_mark_shows_its_error() -> None:
    """It is not hidden in a short old number, which no check digit guards."""
    for text in ("3301060000123411/1", "330106000012341-1"):
        verdict = judge(NUMBER, text)
        assert verdict.value == "330106000012341"
        assert [one.code for one in verdict.problems] == ["registration_number.check_digit"]


def test_an_id_number_as_taxpayer_number_stays_itself() -> None:
    """Seventeen digits are a form of their own, but a single copy has no two digits before the stroke."""
    assert judge(TAXPAYER, "3301061990030782191/1").value == "330106199003078219"
