"""Registration, taxpayer, account and permit numbers, and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from intake import fields


def verdict(kind: str, text: str) -> tuple[str | None, list[str]]:
    """The value and the names of the problems."""
    checked = fields.check(kind, text)
    return checked.value, [problem.code for problem in checked.problems]


@given(st.text("0123456789", min_size=14, max_size=14))
def test_registration_numbers_follow_iso_7064(body: str) -> None:
    """Fifteen digits hold with the computed check digit, and with no other."""
    right = mod_11_10.calc_check_digit(body)
    assert verdict("registration_number", body + right) == (body + right, [])
    wrong = str((int(right) + 1) % 10)
    assert verdict("registration_number", body + wrong) == (body + wrong, ["registration_number.check_digit"])


@pytest.mark.parametrize(
    ("text", "value", "problems"),
    [
        ("330106000012340（1/1）", "330106000012340", []),
        ("No. 330106000012340", "330106000012340", []),
        ("3301062001234", "3301062001234", ["registration_number.old_form"]),
        ("14291234", "14291234", ["registration_number.old_form"]),
        ("企独浙杭总字第000123号", "企独浙杭总字第000123号", ["registration_number.old_form"]),
        ("企独沪总字第012345号(徐汇)", "企独沪总字第012345号（徐汇）", ["registration_number.old_form"]),
        ("企合粤穗总字第000123号（副本）", "企合粤穗总字第000123号", ["registration_number.old_form"]),
        ("独资浙总字第001234号", "独资浙总字第001234号", ["registration_number.old_form"]),
        ("浙杭总字第001234号", "浙杭总字第001234号", ["registration_number.old_form"]),
        ("3301062001234（副本）2-1", "3301062001234", ["registration_number.old_form"]),
        ("3301062001234 副本(1-1)", "3301062001234", ["registration_number.old_form"]),
        ("330106000012340（副本 1-1）", "330106000012340", []),
        ("330106000012340【1-1】", "330106000012340", []),
        ("330106000012340（市局）", "330106000012340", []),
        ("330106NA000012X", "330106NA000012X", ["registration_number.cooperative"]),
        ("330106 NA 0000123 (1-1)", "330106NA0000123", ["registration_number.cooperative"]),
        ("330106000012", "330106000012", ["registration_number.length"]),
        ("33010600001234", "33010600001234", ["registration_number.length"]),
        ("330106NA000012", None, ["registration_number.form"]),
        ("浙税字第001234号", None, ["registration_number.form"]),
        ("（国）名称变核内字[2016]第123号", None, ["registration_number.form"]),
        ("杭州", None, ["registration_number.form"]),
        ("", None, ["registration_number.form"]),
    ],
)
def test_old_registration_numbers_are_accepted_with_a_note(text: str, value: str | None, problems: list[str]) -> None:
    """Before 2007 there was no check digit; the mark of the copy is no part of the number, the district of one is."""
    assert verdict("registration_number", text) == (value, problems)


@pytest.mark.parametrize(
    ("text", "value", "problems"),
    [
        ("91330106MA2AB12C3N", "91330106MA2AB12C3N", []),
        ("330106MA2AB12C3", "330106MA2AB12C3", []),
        ("330106 MA2AB12C4", "330106MA2AB12C4", ["taxpayer_number.organization_code"]),
        ("330106900307821", "330106900307821", []),
        ("33010690030782101", "33010690030782101", []),
        ("330106199003078219", "330106199003078219", []),
        ("33010619900307821901", "33010619900307821901", []),
        ("33010619900307821801", "33010619900307821801", ["taxpayer_number.check_digit"]),
        ("91330106MA2AB12C3M", "91330106MA2AB12C3M", ["taxpayer_number.check_digit"]),
        ("9133", None, ["taxpayer_number.form"]),
    ],
)
def test_taxpayer_numbers_have_all_their_lengths(text: str, value: str | None, problems: list[str]) -> None:
    """15 with an organization code, 17, 18 as credit code or ID number, 20: each by the check that it has."""
    assert verdict("taxpayer_number", text) == (value, problems)


@pytest.mark.parametrize(
    ("kind", "misread", "right"),
    [
        ("taxpayer_number", "330106MA2A812C3", "330106MA2AB12C3"),
        ("taxpayer_number", "91330106MA2A812C3N", "91330106MA2AB12C3N"),
        ("registration_number", "33O106000012340", "330106000012340"),
        ("registration_number", "企独浙杭总宇第000123号", "企独浙杭总字第000123号"),
        ("account_number", "33O10401600", "33010401600"),
        ("permit_number", "J331O012345601", "J3310012345601"),
    ],
)
def test_numbers_one_confusion_away_are_offered(kind: str, misread: str, right: str) -> None:
    """The value that holds stands first among the candidates."""
    assert fields.candidates(kind, misread)[0] == right


@pytest.mark.parametrize("kind", ["taxpayer_number", "registration_number", "account_number", "permit_number"])
def test_an_empty_text_offers_nothing(kind: str) -> None:
    """Nothing was read, so nothing can be meant."""
    assert fields.candidates(kind, "") == ()


@pytest.mark.parametrize(
    ("text", "value", "problems"),
    [
        ("3301 0401 6000 1234 567", "3301040160001234567", []),
        ("571-90012-3456", "571900123456", []),
        ("1234", "1234", ["account_number.length"]),
        ("12A45678", None, ["account_number.form"]),
        ("", None, ["account_number.form"]),
    ],
)
def test_account_numbers_are_digits(text: str, value: str | None, problems: list[str]) -> None:
    """Spaces and dashes group; letters do not belong."""
    assert verdict("account_number", text) == (value, problems)


@pytest.mark.parametrize(
    ("text", "value", "problems"),
    [
        ("J3310012345601", "J3310012345601", []),
        ("3310-01234567", "3310-01234567", []),
        ("J33100123", "J33100123", ["permit_number.form"]),
        ("：", None, ["permit_number.missing"]),
    ],
)
def test_permit_numbers_have_two_forms(text: str, value: str | None, problems: list[str]) -> None:
    """A letter and 13 digits, or the number of the printed form; others are doubtful."""
    assert verdict("permit_number", text) == (value, problems)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ht-2016-003", "HT-2016-003"),
        ("合同编号：QH(2020)第 3 号", "QH（2020）第3号"),
        ("No.: A/1", "A/1"),
        (" ", None),
    ],
)
def test_references_keep_their_signs(text: str, value: str | None) -> None:
    """Letters in upper case, no spaces, no caption."""
    assert fields.check("reference", text).value == value


@pytest.mark.parametrize(
    ("text", "meant"),
    [("ABC-HI-2016", "ABC-HT-2016"), ("XV2020-07", None), ("XV-2020-07", "XY-2020-07"), ("KC-2011=06", "KC-2011-06")],
)
def test_letters_that_no_pinyin_begins_with_are_doubted(text: str, meant: str | None) -> None:
    """HT stands in most contract numbers and HI in none: the number as read is kept, the other only offered."""
    verdict = fields.check("reference", text)
    assert verdict.value == text
    assert bool(verdict.problems) == (meant is not None)
    assert fields.candidates("reference", text) == (() if meant is None else (meant,))
