"""What signatures tell: of the days under them the last, and of the names beside them those of the parties.

A contract is concluded when the second side has signed. Days are told apart by where they stand, so that one place
which a reader misread does not pass for a later day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from intake.extraction.candidates import Candidate
from intake.extraction.naming import is_person
from intake.options import ExtractionOptions

_FAR = 0.2  # of the page's height: no block of names is so high
_APART = timedelta(days=366)  # days further apart than a year are not two signatures under one contract


def last(candidates: Sequence[Candidate], options: ExtractionOptions) -> list[Candidate]:
    """The candidates, those of days that are not the last lowered in quality; unchanged where all places agree."""
    places: list[list[Candidate]] = []
    for one in candidates:
        home = next((place for place in places if _same(place[0], one)), None)
        if home is None:
            places.append([one])
        else:
            home.append(one)
    sure = {_agreed(place) for place in places} - {None}
    days = sorted(day for day in sure if day is not None)
    if len(days) < 2 or date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) > _APART:  # noqa: PLR2004 - two differ
        return list(candidates)
    return [one if one.value == days[-1] else _lowered(one, options) for one in candidates]


def without_agents(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a party without the persons far below where a company is named as the party.

    A company signs by somebody's hand, which stands below its role at the paper's end, under the seal: he is no party.
    """
    firms = [one for one in candidates if one.value and not one.problems and not is_person(one.value)]
    return [one for one in candidates if not (is_person(one.value or "") and any(_is_far_below(one, f) for f in firms))]


def _is_far_below(one: Candidate, other: Candidate) -> bool:
    """Whether a find stands on a later page than another, or much further down on the same."""
    mine, its = one.found, other.found
    sheets = [(found.geometry.page_index, found.geometry.sheet) for found in (mine, its)]
    return sheets[0] > sheets[1] or (
        sheets[0] == sheets[1] and mine.box.y - its.box.bottom > _FAR * mine.geometry.height
    )


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two finds stand at the same place of the same sheet."""
    mine, its = one.found, other.found
    if (mine.geometry.page_index, mine.geometry.sheet) != (its.geometry.page_index, its.geometry.sheet):
        return False
    across = min(mine.box.right, its.box.right) - max(mine.box.x, its.box.x)
    down = min(mine.box.bottom, its.box.bottom) - max(mine.box.y, its.box.y)
    return across > 0 and down > 0


def _agreed(place: Sequence[Candidate]) -> str | None:
    """The day on which everything that was read at a place agrees; ``None`` where readings differ."""
    values = {one.value for one in place if one.value is not None}
    return values.pop() if len(values) == 1 else None


def _lowered(one: Candidate, options: ExtractionOptions) -> Candidate:
    return replace(one, found=replace(one.found, quality=one.found.quality * options.earlier_quality))
