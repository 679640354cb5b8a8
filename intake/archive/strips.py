"""The strip of a folder: its pages in order, where items begin, and what people change before it is fixed.

Every step has one that takes it back: parting and joining, putting aside as blank or rejecting and restoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from intake.errors import StripUnfitError

State = Literal["waiting", "separator", "blank", "filed", "rejected"]


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the strip. ``item`` counts from 0 and is set for filed pages only; ``reason`` for rejected ones."""

    page: str
    state: State
    item: int | None = None
    reason: str | None = None


Strip = tuple[Place, ...]

_PLACED: frozenset[State] = frozenset({"separator", "blank", "filed"})
"""States between which people and machines choose; what was rejected stays so."""


def parted(strip: Sequence[Place], page: str) -> Strip:
    """An item begins at this filed page. Raises StripUnfitError where one begins there already, or it is not filed."""
    at = _at(strip, page)
    mine = strip[at].item
    if mine is None or _first(strip, mine) == at:
        raise StripUnfitError
    return tuple(
        replace(one, item=one.item + 1)
        if one.item is not None and (one.item > mine or (one.item == mine and n >= at))
        else one
        for n, one in enumerate(strip)
    )


def joined(strip: Sequence[Place], item: int) -> Strip:
    """The item becomes part of the one before it; raises StripUnfitError for the first, or one that is not there."""
    if item < 1 or not any(one.item == item for one in strip):
        raise StripUnfitError
    return tuple(replace(one, item=one.item - 1) if one.item is not None and one.item >= item else one for one in strip)


def put_aside(strip: Sequence[Place], page: str, state: State, reason: str | None = None) -> Strip:
    """A page is taken out of its item as ``blank``, ``separator`` or ``rejected`` (which needs a reason)."""
    at = _at(strip, page)
    if strip[at].state == state or (state == "rejected") != (reason is not None) or state in {"waiting", "filed"}:
        raise StripUnfitError
    changed = Place(page, state, None, reason)
    return counted([*strip[:at], changed, *strip[at + 1 :]])


def restored(strip: Sequence[Place], page: str) -> Strip:
    """A page that was put aside is filed again: in the item of the filed page before it, else of the one after it."""
    at = _at(strip, page)
    if strip[at].state in {"filed", "waiting"}:
        raise StripUnfitError
    before = next((one.item for one in reversed(strip[:at]) if one.item is not None), None)
    after = next((one.item for one in strip[at:] if one.item is not None), None)
    item = 0 if before is None and after is None else before if before is not None else after
    return (*strip[:at], Place(page, "filed", item), *strip[at + 1 :])


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a page, ``None`` for nothing: its ``state``, and whether an item ``opens`` at it."""

    state: State | None = None
    opens: bool | None = None


def said(before: Sequence[Place], after: Sequence[Place]) -> dict[str, Said]:
    """What a change of the strip says of single pages, of those alone of which it says something."""
    was = {one.page: (one.state, opens) for one, opens in _opening(before)}
    told: dict[str, Said] = {}
    for one, opens in _opening(after):
        state, opened = was[one.page]
        if (state, opened) != (one.state, opens):
            told[one.page] = Said(one.state if state != one.state else None, opens if one.item is not None else None)
    return told


def confirmed(strip: Sequence[Place]) -> dict[str, Said]:
    """What confirming a strip says of its pages: that each is right as it is."""
    return {one.page: Said(one.state, opens if one.item is not None else None) for one, opens in _opening(strip)}


def carried(proposed: Sequence[Place], told: Mapping[str, Said]) -> Strip:
    """A strip as machines propose it, with all that people said of its pages before.

    An item whose first page was put aside begins at the next of its pages.

    >>> strip = (Place("a", "filed", 0), Place("b", "filed", 0), Place("c", "filed", 1))
    >>> [one.item for one in carried(strip, {"b": Said(opens=True), "c": Said(opens=False)})]
    [0, 1, 1]
    """
    strip: list[Place] = []
    item, last = -1, None
    for one in proposed:
        word = told.get(one.page, Said())
        state: State = word.state if word.state and {word.state, one.state} <= _PLACED else one.state
        if state != "filed":
            strip.append(Place(one.page, state, None, one.reason))
            continue
        begins = one.item is not None and one.item != last
        item += item < 0 or (begins if word.opens is None else word.opens)
        last = one.item if one.item is not None else last
        strip.append(Place(one.page, "filed", item))
    return tuple(strip)


def _opening(strip: Sequence[Place]) -> Iterator[tuple[Place, bool]]:
    """Each page, and whether an item begins at it."""
    last: int | None = None
    for one in strip:
        yield one, one.item is not None and one.item != last
        last = last if one.item is None else one.item


def counted(strip: Sequence[Place]) -> Strip:
    """The items counted anew, without those that have no page any more."""
    numbers = {item: n for n, item in enumerate(sorted({one.item for one in strip if one.item is not None}))}
    return tuple(replace(one, item=numbers[one.item]) if one.item is not None else one for one in strip)


def _at(strip: Sequence[Place], page: str) -> int:
    found = next((n for n, one in enumerate(strip) if one.page == page), None)
    if found is None:
        raise StripUnfitError
    return found


def _first(strip: Sequence[Place], item: int) -> int:
    return next(n for n, one in enumerate(strip) if one.item == item)
