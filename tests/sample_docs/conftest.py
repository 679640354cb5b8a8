"""The committed samples and their truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "sample_docs"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of samples."""
    return SAMPLES


@pytest.fixture(scope="session")
def truth() -> list[dict[str, Any]]:
    """The lines of the committed truth."""
    text = (SAMPLES / "truth.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
