"""A reliability diagram as SVG: how often values of each confidence are right, beside how often they should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.evaluation.figures import BINS, Bin

_SIDE = 320  # of the square in which both axes run from 0 to 1
_LEFT, _TOP, _BOTTOM = 56, 40, 96
_BARS = 40  # high: the share of values per bin, below the square
_FONT = 'font-family="sans-serif" font-size="12"'
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def diagram(bins: Sequence[Bin], title: str) -> str:
    """The picture of some bins, black and blue on white: a dot per bin, on the diagonal where its confidence holds.

    Below it stands how many values each bin holds.
    """
    width, height = _LEFT + _SIDE + 24, _TOP + _SIDE + _BOTTOM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {_FONT}>',
        f"<title>{_escaped(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="24" font-size="14">{_escaped(title)}</text>',
        *_axes(),
        *_dots(bins),
        *_counts(bins),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _axes() -> Iterator[str]:
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>'
    yield (
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>'  # perfect
    )
    for tick in _TICKS:
        yield f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{_LEFT - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:.1f}</text>'
    yield f'<text x="{_x(0.5)}" y="{_TOP + _SIDE + _BOTTOM - 8}" text-anchor="middle">confidence 置信度</text>'
    yield f'<text transform="translate(16 {_y(0.5)}) rotate(-90)" text-anchor="middle">right 正确率</text>'


def _dots(bins: Sequence[Bin]) -> Iterator[str]:
    points = " ".join(f"{_x(one.confidence)},{_y(one.accuracy)}" for one in bins)
    yield f'<polyline points="{points}" fill="none" stroke="#06c"/>'
    for one in bins:
        said = f"{one.values} values, confidence {one.confidence:.3f}, right {one.accuracy:.3f}"
        at = f'cx="{_x(one.confidence)}" cy="{_y(one.accuracy)}"'
        yield f'<circle {at} r="4" fill="#06c"><title>{said}</title></circle>'


def _counts(bins: Sequence[Bin]) -> Iterator[str]:
    most = max((one.values for one in bins), default=1)
    floor = _TOP + _SIDE + 24 + _BARS
    for one in bins:
        high = max(1.0, _BARS * one.values / most)
        left, wide = _x(one.lower), _SIDE / BINS - 2
        yield f'<rect x="{left}" y="{floor - high:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="#9bd"/>'
        yield f'<text x="{left + wide / 2:.1f}" y="{floor + 10}" font-size="9" text-anchor="middle">{one.values}</text>'


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
