"""Charts as inline SVG: where each bar, dot and line lies. Templates draw them, style sheets colour them.

Across a chart places are percent of its width, so that it fits every window while its letters keep their size; down it
they are pixels. No chart needs a style of its own or a script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_LINES = 4
_TOP, _FOOT = 22, 24
_ROW = 46
_FIGURES = 8
"""Columns that are wide enough for their figures above them."""

_LABELS = 10
"""Labels below columns that do not touch each other on a wide window; half of them stay on a phone."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across or down a chart with what it stands for; ``anchor`` is SVG's for its text."""

    place: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a column, of the colour that a tone has."""

    y: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart; ``label`` and ``figure`` are empty where they do not fit; ``rare``: no label on phones."""

    x: float
    width: float
    middle: float
    label: str
    rare: bool
    parts: tuple[Part, ...]
    figure: str
    told: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns over a floor, with lines of the scale behind them."""

    height: int
    floor: float
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """One row: a dot with its interval, or a bar; ``y`` is the middle of the line, its texts stand above."""

    y: float
    x: float
    low: float
    high: float
    label: str
    figure: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows beneath each other on one scale."""

    height: int
    rows: tuple[Interval, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a curve, with its interval downwards and what it tells."""

    x: float
    y: float
    low: float
    high: float
    size: float
    told: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Points joined by lines on scales from ``least`` to 1, and the line where both are the same."""

    height: int
    floor: float
    top: float
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    down: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart that a tone colours."""

    tone: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over time on a scale from 0 to 100 %; ``below`` are the labels, ``rare`` ones not on a phone."""

    height: int
    floor: float
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    below: tuple[Tick, ...]


def scale(most: float) -> tuple[float, ...]:
    """Round numbers from 0 to at least ``most``, at most six of them.

    >>> scale(37), scale(0.4), scale(0)
    ((0.0, 10.0, 20.0, 30.0, 40.0), (0.0, 1.0), (0.0, 1.0))
    """
    if most <= 1:
        return (0.0, 1.0)
    magnitude = 10 ** floor(log10(most / _LINES))
    step = max(next(one for one in _STEPS if one * magnitude * _LINES >= most) * magnitude, 1)
    return tuple(float(number * step) for number in range(ceil(most / step) + 1))


def columns(
    bars: Sequence[tuple[str, Sequence[tuple[str, float]], str]], *, height: int = 220, gap: float = 0.28
) -> Columns:
    """Columns out of (label, (tone, value) from the floor upwards, what the column tells)."""
    lines = scale(max((sum(value for _, value in parts) for _, parts, _ in bars), default=0))
    bottom = height - _FOOT
    room, wide = bottom - _TOP, 100 / max(len(bars), 1)
    every = ceil(len(bars) / _LABELS)
    made = [
        Column(
            x=round(wide * (index + gap / 2), 3),
            width=round(wide * (1 - gap), 3),
            middle=_middle(index, len(bars)),
            label=label if (len(bars) - 1 - index) % every == 0 else "",
            rare=_rare(index, len(bars)),
            parts=_stacked(parts, bottom, room / lines[-1]),
            figure=f"{sum(value for _, value in parts):,.0f}" if len(bars) <= _FIGURES and parts else "",
            told=told,
        )
        for index, (label, parts, told) in enumerate(bars)
    ]
    ticks = tuple(Tick(round(bottom - room * line / lines[-1], 1), f"{line:,.0f}", "start") for line in lines[1:])
    return Columns(height, bottom, tuple(made), ticks)


def _stacked(parts: Sequence[tuple[str, float]], bottom: float, pixels: float) -> tuple[Part, ...]:
    stacked: list[Part] = []
    for tone, value in parts:
        bottom -= value * pixels
        if value:
            stacked.append(Part(round(bottom, 1), round(max(value * pixels, 1.0), 1), tone))
    return tuple(stacked)


def intervals(rows: Sequence[tuple[str, float, float, float, str]]) -> Rows:
    """Rows out of (label, share, low, high, figure in words), on one scale of shares that ends at 1."""
    floor_ = _least(min((low for _, _, low, _, _ in rows), default=0.0))
    made = tuple(
        Interval(_ROW * index + 32, *(_across(one, floor_) for one in (share, low, high)), label, figure)
        for index, (label, share, low, high, figure) in enumerate(rows)
    )
    return Rows(_ROW * len(made) + 26, made, _percents(floor_))


def bars(rows: Sequence[tuple[str, float, str]]) -> Rows:
    """Rows out of (label, value, figure in words), as bars from the left; the longest fills the width."""
    most = max((value for _, value, _ in rows), default=0) or 1
    made = tuple(
        Interval(_ROW * index + 32, 100 * value / most, 0, round(100 * value / most, 2), label, figure)
        for index, (label, value, figure) in enumerate(rows)
    )
    return Rows(_ROW * len(made), made, ())


def _least(low: float) -> float:
    """Where a scale of shares begins: a round number below the smallest."""
    return next((start for start in (0.95, 0.9, 0.8, 0.5) if low >= start), 0.0)


def _across(share: float, least: float) -> float:
    return round(100 * (share - least) / (1 - least), 2)


def _percents(least: float) -> tuple[Tick, ...]:
    places = [least + (1 - least) * number / 4 for number in range(5)]
    anchors = ("start", "middle", "middle", "middle", "end")
    return tuple(
        Tick(_across(place, least), f"{place * 100:.4g}%", anchor)
        for place, anchor in zip(places, anchors, strict=True)
    )


def curve(points: Sequence[tuple[float, float, float, float, float, str]], *, height: int = 420) -> Curve:
    """A curve out of (x, y, low, high, weight 0 to 1, what the point tells), x and y being shares."""
    least = _least(min((min(x, low) for x, _, low, *_ in points), default=0.0))
    bottom = height - _FOOT

    def down(share: float) -> float:
        return round(bottom - (bottom - _TOP) * (max(share, least) - least) / (1 - least), 1)

    dots = tuple(
        Dot(_across(x, least), down(y), down(low), down(high), round(3 + 6 * weight**0.5, 1), told)
        for x, y, low, high, weight, told in points
    )
    across = _percents(least)
    lines = tuple(Tick(down(least + (1 - least) * number / 4), tick.text) for number, tick in enumerate(across))
    return Curve(height, bottom, _TOP, dots, across, lines)


def over_time(series: Sequence[tuple[str, Sequence[float | None]]], labels: Sequence[str]) -> Lines:
    """Lines of shares, one for each tone; where a value lacks, the line goes on to the next one."""
    height, count = 220, max(len(labels), 1)
    bottom = height - _FOOT
    least = _least(min((value for _, values in series for value in values if value is not None), default=0.0))

    def down(share: float) -> float:
        return round(bottom - (bottom - _TOP) * (share - least) / (1 - least), 1)

    made = []
    for tone, values in series:
        known = [(_middle(index, count), value) for index, value in enumerate(values) if value is not None]
        made.append(Line(tone, tuple(Dot(x, down(value), 0, 0, 3, "") for x, value in known)))
    ticks = (least + (1 - least) * part / 4 for part in range(1, 5))
    every = ceil(count / _LABELS)
    below = tuple(
        Tick(_middle(index, count), label, "rare" if _rare(index, count) else "")
        for index, label in enumerate(labels)
        if (count - 1 - index) % every == 0
    )
    return Lines(
        height, bottom, tuple(made), tuple(Tick(down(one), f"{one * 100:.4g}%", "start") for one in ticks), below
    )


def _middle(index: int, count: int) -> float:
    return round(100 * (index + 0.5) / count, 3)


def _rare(index: int, count: int) -> bool:
    """Whether a label that a wide window has is left out on a phone; the last one never is."""
    return count > _LABELS // 2 and (count - 1 - index) // ceil(count / _LABELS) % 2 == 1


def percents(share: float) -> str:
    """A share with one decimal; only the whole itself is called 100 %.

    >>> percents(0.9996), percents(1), percents(0.5)
    ('99.9%', '100%', '50.0%')
    """
    return "100%" if share >= 1 else f"{min(share * 100, 99.9):.1f}%"
