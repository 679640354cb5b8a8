"""The old registration number of a social organisation."""

from __future__ import annotations

import pytest

from intake import fields


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("社证字第 0001 号", "社证字第0001号"),
        ("登记证号：浙社证字第０１２３号", "浙社证字第0123号"),
        ("(闽)社证字第1234号", "（闽）社证字第1234号"),
        ("京民社证字第0010001号", "京民社证字第0010001号"),
        ("社证字第0001-14号", "社证字第0001-14号"),
    ],
)
def test_all_usual_forms_are_taken_as_they_stand(printed: str, value: str) -> None:
    """Of the ministry, of a place with and without brackets, of a branch: no problem with any."""
    assert fields.check("society_number", printed) == fields.Verdict(value)


@pytest.mark.parametrize("printed", ["浙社登字第0123号", "社证宇第0123号", "社证字0123"])
def test_another_wording_is_kept_and_noted(printed: str) -> None:
    """Offices word it differently and readers misread it: the value stays, a person compares."""
    verdict = fields.check("society_number", printed)
    assert verdict.value == printed
    assert [(problem.code, problem.severity) for problem in verdict.problems] == [("society_number.form", "warning")]


@pytest.mark.parametrize("printed", ["", "社证字第号", "51330113MJ6Q2K8X03", "泉水保护协会"])
def test_what_is_no_number_has_no_value(printed: str) -> None:
    """A blank form, a credit code in its place, a name."""
    assert fields.check("society_number", printed).value is None


def test_lookalikes_are_offered_and_never_put_in() -> None:
    """社 read as 杜, 字 as 宇, 0 as O: the usual form is a candidate, the value is what was read."""
    assert fields.candidates("society_number", "浙杜证宇第O123号") == ("浙社证字第0123号",)
    assert fields.check("society_number", "浙杜证宇第O123号").value == "浙杜证宇第O123号"
