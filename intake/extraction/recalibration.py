"""What confirmed papers taught about confidence: a line per field, from the log-odds given to the log-odds found.

The lines are fitted by :mod:`intake.evaluation.recalibration` (``intake evaluate --from-reviews --recalibrate``) and
stand in :class:`intake.options.ExtractionOptions`; without any, confidences stay as the evidence makes them. A line has
a positive slope, so that within a field no value overtakes another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from intake.options import ExtractionOptions
from intake.types import FieldReading

Line = tuple[float, float]
"""Slope (above 0) and offset, over log-odds."""

EVERY_FIELD = "*"
"""The name of the line for every field without one of its own."""

SAME: Line = (1.0, 0.0)
"""The line that changes nothing."""

_LEAST = 1e-4  # probability: log-odds of 0 and 1 are endless


def recalibrated(
    document_type: str, readings: Iterable[FieldReading], options: ExtractionOptions
) -> tuple[FieldReading, ...]:
    """The readings of a document with the confidences that the lines of their fields make of theirs.

    A field without a line of its own follows the one of :data:`EVERY_FIELD`; where that is missing too,
    and where no value was read, nothing changes.
    """
    lines = options.recalibration
    if not lines:
        return tuple(readings)
    every = lines.get(EVERY_FIELD, SAME)
    return tuple(
        reading
        if reading.value is None
        else replace(
            reading,
            confidence=moved(reading.confidence, lines.get(f"{document_type}.{reading.field}", every), options.certain),
        )
        for reading in readings
    )


def moved(confidence: float, line: Line, most: float = 1.0) -> float:
    """A confidence (0 to 1) along a line, never above ``most``.

    >>> moved(0.9, SAME), moved(0.9, (1.0, -1.0)), moved(0.9, (2.0, 0.0), most=0.98)
    (0.9, 0.768, 0.98)
    """
    slope, offset = line
    return round(min(most, 1 / (1 + math.exp(-(slope * log_odds(confidence) + offset)))), 4)


def log_odds(confidence: float) -> float:
    """The log-odds of a probability, of 0 and 1 too: as of a ten-thousandth away from them."""
    inside = min(max(confidence, _LEAST), 1 - _LEAST)
    return math.log(inside / (1 - inside))
