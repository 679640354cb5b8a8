"""One file adds one kind: whoever looks for values asks the kind how they stand on paper, and names none."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from intake import doctypes, extraction, fields

MODULES = [*Path(extraction.__path__[0]).glob("*.py"), Path(str(doctypes.__file__))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_kind_is_named_outside_its_module(path: Path) -> None:
    """A string that is a kind's name is the beginning of a list that a new kind would be missing from."""
    strings = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
    assert strings & set(fields.kinds()) == set()


def test_numbers_with_a_check_character_say_so() -> None:
    """The taxpayer's number is one of them: it holds an organization's code, a credit code or an ID number."""
    checked = {kind for kind in fields.kinds() if fields.traits(kind).checked}
    assert checked >= {"uscc", "registration_number", "id_number", "taxpayer_number"}
    assert all(fields.alphabet(kind) for kind in checked)
