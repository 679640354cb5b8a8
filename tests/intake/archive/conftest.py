"""Stacks of pages as a scanner gives them, without pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from intake.archive.marks import Mark
from intake.archive.pages import Sheet


def _sheet(page: str, **said: Any) -> Sheet:
    blank = said.get("blank", False)
    told = {"words": 0 if blank else 300, "width": 2480, "height": 3508, "file": "f", "index": 0} | said
    return Sheet(page, **told)


def _stack(plan: str) -> list[Sheet]:
    """Pages by a plan of words.

    ``#4`` is cover 4, ``#4b`` its back, ``#?`` a torn one, ``P`` a patch, ``_`` a blank, all else a page.
    """
    sheets = []
    for place, word in enumerate(plan.split()):
        name = f"{place}:{word}"
        if word == "P":
            sheets.append(_sheet(name, words=5, mark=Mark("patch", witnesses=("code",))))
        elif word == "_":
            sheets.append(_sheet(name, blank=True))
        elif word.startswith("#"):
            number = word[1:].rstrip("b")
            mark = Mark("cover") if number == "?" else Mark("cover", "B7", "3", "12", int(number), witnesses=("code",))
            sheets.append(_sheet(name, words=0, mark=mark))
        else:
            sheets.append(_sheet(name))
    return sheets


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    """A page with what is said of it; else an A4 page with some text."""
    return _sheet


@pytest.fixture
def stack() -> Callable[[str], list[Sheet]]:
    """A stack by a plan of words."""
    return _stack
