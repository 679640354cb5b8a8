"""The unified social credit code (GB 32100-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as standard

from intake import fields
from intake.fields import uscc

# GB 32100-2015 prints the weights and the alphabet; these codes are invented, their check characters computed by them.
VALID = "91330106MA2AB12C3N"

bodies = st.tuples(
    st.sampled_from("123456789ANY"),
    st.sampled_from("123459"),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
).map("".join)


def codes(body: str) -> list[str]:
    """The problems of a code by their names."""
    return [problem.code for problem in fields.check("uscc", body).problems]


@pytest.mark.parametrize(
    "text", [VALID, "9133 0106 MA2A B12C 3N", "９１３３０１０６ＭＡ２ＡＢ１２Ｃ３Ｎ", "91330106ma2ab12c3n"]
)
def test_a_code_is_read_in_every_width_and_grouping(text: str) -> None:
    """Spaces, full-width characters and small letters carry no meaning."""
    assert fields.check("uscc", text) == fields.Verdict(VALID)


@given(bodies)
def test_every_authority_of_the_standard_is_accepted(body: str) -> None:
    """A code whose check character was computed by the standard has no error, whichever authority stands in front."""
    code = body + standard.calc_check_digit(body)
    verdict = fields.check("uscc", code)
    assert verdict.value == code
    assert [problem for problem in verdict.problems if problem.severity == "error"] == []


def test_a_wrong_check_character_is_an_error_that_keeps_the_value() -> None:
    """Codes of the pilot years break the rule and are in use: warn, never refuse."""
    verdict = fields.check("uscc", VALID[:-1] + "M")
    assert verdict.value == VALID[:-1] + "M"
    assert [(problem.code, problem.severity) for problem in verdict.problems] == [("uscc.check_digit", "error")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "uscc.length"),
        (VALID[:-1], "uscc.length"),
        ("9133O106MA2AB12C3N", "uscc.alphabet"),
        ("91330106MA2IB12C3N", "uscc.alphabet"),
    ],
)
def test_a_text_without_the_form_has_no_value(text: str, code: str) -> None:
    """Seventeen characters, or a letter that the standard leaves out, cannot be a credit code."""
    assert fields.check("uscc", text).value is None
    assert codes(text) == [code]


def test_letters_in_the_region_are_an_error() -> None:
    """Positions 3 to 8 are a GB/T 2260 code: digits only."""
    assert "uscc.region" in codes("9133010AMA2AB12C3N")


def test_an_unknown_authority_is_a_warning() -> None:
    """The list of authorities grows by notice, so an unknown one is only doubtful."""
    assert "uscc.authority" in codes("B1330106MA2AB12C3N")


def test_a_wrong_organization_code_is_a_warning_of_its_own() -> None:
    """Where the last check character holds and the one of GB 11714 does not, two characters may have been misread."""
    body = "91330106MA2AB12C4"
    assert codes(body + standard.calc_check_digit(body)) == ["uscc.organization_code"]


@pytest.mark.parametrize(
    "misread", ["9133O106MA2AB12C3N", "91330106MAZAB12C3N", "91330106MA2A812C3N", "9I330106MA2AB12C3N"]
)
def test_one_confusion_is_offered_back(misread: str) -> None:
    """The code whose check characters hold is a candidate; the misread text itself gets no silent repair."""
    assert fields.candidates("uscc", misread)[0] == VALID
    assert fields.check("uscc", misread).value != VALID


@pytest.mark.parametrize("text", ["", VALID, "张三", "9133"])
def test_a_right_code_and_a_hopeless_text_have_no_candidates(text: str) -> None:
    """A candidate is another value; texts of another length offer none."""
    assert VALID not in fields.candidates("uscc", text)


@given(st.text(max_size=30))
def test_no_text_breaks_the_field(text: str) -> None:
    """Whatever an engine reads, the answer is a verdict, and candidates hold without a problem."""
    verdict = fields.check("uscc", text)
    assert (verdict.value is None) <= bool(verdict.problems)
    assert all(fields.check("uscc", other) == fields.Verdict(other) for other in fields.candidates("uscc", text))
