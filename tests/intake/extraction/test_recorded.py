"""The project's own samples, understood from recorded words: what stands on the paper is what comes out."""

from __future__ import annotations

import json
import math
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake.doctypes import types
from intake.evaluation import comparable
from intake.pipeline import understand
from intake.types import DocumentReading, PageText
from intake.wire import load

RECORDED = sorted((Path(__file__).parents[2] / "recorded").glob("*.json"))
TODAY = date(2026, 11, 22)
LONG = {"business_scope"}
"""Fields in which a single misread letter among hundreds is a reader's matter, not that of understanding."""

MISREAD = 0.15
"""Share of a file's fields in which the readers themselves may be wrong; understanding cannot mend letters."""


@cache
def recorded(path: Path) -> dict[str, Any]:
    """The recording as plain data."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


@cache
def documents(path: Path) -> tuple[DocumentReading, ...]:
    """What is understood of it."""
    return understand([load(PageText, text) for text in recorded(path)["texts"]], today=TODAY)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_every_document_is_found_on_its_pages(path: Path) -> None:
    """Types and pages, nothing more and nothing less, whatever the order on one page."""
    expected = sorted((tuple(one["pages"]), one["type"]) for one in recorded(path)["documents"])
    found = sorted((tuple(index + 1 for index in one.page_indexes), str(one.type)) for one in documents(path))
    assert found == expected


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_a_value_says_is_on_the_paper(path: Path) -> None:
    """Nearly all values are exactly right, and hardly one of which the reading is sure is wrong."""
    wrong, sure_and_wrong, total = [], [], 0
    for truth in recorded(path)["documents"]:
        reading = next(one for one in documents(path) if one.type == truth["type"])
        for name, value in truth["fields"].items():
            if name in LONG or name in truth.get("optional", ()) or name in truth.get("seal_only", ()):
                continue
            total += 1
            given = next((one for one in reading.fields if one.field == name), None)
            accepted = {comparable(one) for one in (value, *truth.get("alternatives", {}).get(name, ()))}
            if given is None or comparable(given.value or "") not in accepted:
                wrong.append(f"{truth['type']}.{name}")
                if given is not None and given.confidence >= 0.95:
                    sure_and_wrong.append(f"{truth['type']}.{name}")
    assert sure_and_wrong == []
    assert len(wrong) <= math.ceil(total * MISREAD), wrong


def test_every_type_has_a_recording() -> None:
    """A new type comes with a recorded sample."""
    kinds = {one["type"] for path in RECORDED for one in recorded(path)["documents"]}
    assert kinds >= {kind.name for kind in types()}
