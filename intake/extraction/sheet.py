"""One flat page with everything that was read on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.types import FlatGeometry, PageText


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flat page with all that was read on it: the whole page by each reader, then the crops."""

    readings: tuple[PageText, ...]

    @property
    def geometry(self) -> FlatGeometry:
        """Where the sheet lies on its scan."""
        return self.readings[0].geometry

    @property
    def pages(self) -> tuple[PageText, ...]:
        """The readings of the whole page, the first reader's first."""
        return tuple(text for text in self.readings if "/" not in text.reader)


def sheets(texts: Sequence[PageText]) -> tuple[Sheet, ...]:
    """Readings of the same flat page put together, in the order of the pages."""
    grouped: dict[tuple[int, int], list[PageText]] = {}
    for text in texts:
        grouped.setdefault((text.geometry.page_index, text.geometry.sheet), []).append(text)
    return tuple(Sheet(tuple(grouped[key])) for key in sorted(grouped))
