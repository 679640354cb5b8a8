"""Surnames: what a name begins with, and which beginnings give reason to look."""

from __future__ import annotations

import pytest

from intake.fields import check
from intake.writing.surnames import surname


@pytest.mark.parametrize(
    ("name", "known"),
    [("王小明", "王"), ("肖明", "肖"), ("欧阳明月", "欧阳"), ("司马明", "司马"), ("壬小明", ""), ("", "")],
)
def test_a_name_begins_with_its_surname(name: str, known: str) -> None:
    """A compound surname goes before its first character; what is not known is none."""
    assert surname(name) == known


@pytest.mark.parametrize("name", ["王小明", "欧阳明月", "买买提·艾力", "阿卜杜热合曼", "Wang Xiaoming"])
def test_usual_names_have_no_problem(name: str) -> None:
    """Names written out from other languages have no Chinese surname."""
    assert check("person_name", name).problems == ()


def test_an_unknown_surname_is_noted_and_never_changed() -> None:
    """It may be rare: the value is the name as read."""
    verdict = check("person_name", "壬小明")
    assert verdict.value == "壬小明"
    assert [(one.code, one.severity) for one in verdict.problems] == [("person_name.surname", "info")]
