"""Licenses on paper: portrait form of 2014, landscape form of 2019, and the older ones of both formats."""

from __future__ import annotations

from dataclasses import dataclass

from sample_docs.generator.fonts import Face
from sample_docs.generator.varied import frames
from sample_docs.generator.varied.canvas import Canvas, Colour, inks, measure, wrapped
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.licenses import Content

_LABELS = (Face.SONG_BOLD, Face.SONG_BOLD, Face.HEI_MEDIUM, Face.SONG_MEDIUM, Face.HEI_BOLD, Face.ZENHEI)
_VALUES = {
    Face.SONG: 4.0, Face.SONG_BOOK: 3.0, Face.SONG_MEDIUM: 3.0, Face.KAI: 1.6, Face.HEI: 1.6, Face.HEI_LIGHT: 1.0,
    Face.SONG_LIGHT: 1.0, Face.MICROHEI: 0.8,
    Face.SONG_BOLD: 0.6, Face.HEI_MEDIUM: 0.6,
}  # fmt: skip
_PAPERS: tuple[Colour, ...] = (
    (251, 249, 242),
    (250, 249, 246),
    (248, 244, 232),
    (246, 242, 226),
    (252, 250, 250),
    (244, 246, 240),
)


@dataclass(frozen=True, slots=True)
class Style:
    """How one license is set and filled; ``shift`` is the filling's offset from the form, ``pitch`` a row's height."""

    label: Face
    value: Face
    label_size: float
    value_size: float
    scope_size: float
    width: float
    gap: float
    pitch: float
    shift: tuple[float, float]
    above: bool
    name: Face


def style(chance: Chance, *, landscape: bool) -> Style:
    """A style for one paper."""
    label_size = chance.between(4.0, 5.8) if landscape else chance.between(4.6, 6.6)
    value = chance.weighed(_VALUES)
    value_size = label_size * chance.between(0.74, 1.0)
    return Style(
        chance.pick(_LABELS), value, label_size, value_size,
        value_size * chance.weighed({1.0: 3, 0.92: 2, 0.82: 2, 0.7: 1}),
        label_size * chance.between(5.6, 6.8), chance.between(1.0, 6.5), label_size * chance.between(1.75, 2.5),
        (chance.near(0, 0.7), chance.near(0, 0.65)), chance.maybe(0.025),
        chance.weighed(_VALUES) if chance.maybe(0.2) else value,
    )  # fmt: skip


def sheet(
    chance: Chance, width: float, height: float, px: float, colours: tuple[Colour, ...], borders: dict[str, float]
) -> Canvas:
    """Paper with its ground and border."""
    canvas = Canvas(width, height, px, chance.pick(_PAPERS))
    canvas.inks["form"], canvas.inks["fill"] = inks(chance)
    colour = chance.pick(colours)
    frames.ground(
        canvas,
        chance.weighed({"waves": 3, "words": 2, "weave": 1, "rosettes": 1, "lines": 1, "none": 3}),
        19,
        colour,
        chance.between(0.06, 0.3),
    )
    frames.border(
        canvas,
        chance.weighed(borders),
        chance.pick((7.0, 8.0, 9.5)),
        chance.pick((7.0, 9.0)),
        colour,
        chance.between(0.55, 1.0),
    )
    return canvas


def rows(
    chance: Chance,
    canvas: Canvas,
    entries: list[tuple[str, str]],
    look: Style,
    x: float,
    y: float,
    room: float,
    bottom: float,
) -> float:
    """Captions to one width with their values, wrapping; smaller, where they would reach below ``bottom``."""
    tight, loose = chance.between(1.04, 1.25), chance.between(1.15, 1.4)
    leadings = [tight if _long(caption) else loose for caption, _ in entries]
    scale = _scale(entries, leadings, look, room, bottom - y)
    pitch = look.pitch * max(scale, 0.8)
    for (caption, value), leading in zip(entries, leadings, strict=True):
        size = _size(caption, look) * scale
        _caption(canvas, look, x, y, caption)
        left = x + look.width + look.gap + look.shift[0] + chance.near(0, 0.12)
        top = y + (look.label_size - size) / 2 + look.shift[1] + chance.near(0, 0.22)
        if look.above:
            left, top = x + chance.between(0, 4), y + look.label_size * 1.15
        wide = room - (left - x)
        face = look.name if "名称" in caption else look.value
        end = canvas.paragraph(left, top, value, wide, face, size, leading=leading)
        y = max(y + pitch, end + look.label_size * 0.35)
    return y


def _caption(canvas: Canvas, look: Style, x: float, y: float, caption: str) -> None:
    """One caption, spread over the captions' width; a long one is set narrower."""
    wide = measure(caption, look.label, look.label_size)
    if look.above:
        canvas.text(x, y, caption, look.label, look.label_size * 0.85)
    elif len(caption) > 5 and wide > look.width:  # noqa: PLR2004 - five characters always have room
        canvas.text(x, y, caption, look.label, look.label_size * look.width / wide)
    else:
        canvas.spread(x, y, caption, look.width, look.label, look.label_size)


def _scale(entries: list[tuple[str, str]], leadings: list[float], look: Style, room: float, height: float) -> float:
    """How much smaller the values must be to keep to ``height`` mm, down to half."""
    wide = room if look.above else room - look.width - look.gap
    for step in range(11):
        scale = 1.0 - step * 0.05
        total = 0.0
        for (caption, value), leading in zip(entries, leadings, strict=True):
            size = _size(caption, look) * scale
            lines = len(wrapped(value, wide, look.value, size))
            head = look.label_size * 1.15 if look.above else 0.0
            total += max(head + lines * size * leading + look.label_size * 0.35, look.pitch * max(scale, 0.8))
        if total <= height:
            break
    return scale


def _long(caption: str) -> bool:
    """Whether the caption's value runs over many lines."""
    return caption in {"经营范围", "业务范围", "经营范围及方式"}


def _size(caption: str, look: Style) -> float:
    """The em of a value."""
    return look.scope_size if _long(caption) else look.value_size


def number_line(chance: Chance, canvas: Canvas, says: Content, look: Style, right: float, y: float) -> float:
    """The code or number at the right, sometimes over a second number, sometimes with the copy's number.

    Gives the lowest line's end.
    """
    size = look.label_size * chance.between(0.75, 0.95)
    lines = [("统一社会信用代码", says.firm.code)] if says.firm.code else []
    if says.firm.number:
        lines.append((chance.pick(("注册号", "注 册 号", "注  册  号")), says.firm.number))
    if chance.maybe(0.12):
        lines.append((chance.pick(("证照编号", "编号")), chance.digits(20)))
    anchor = right - chance.between(0, 18)
    for row, (caption, value) in enumerate(lines):
        face = chance.pick((Face.SONG, Face.ROMAN, Face.HEI_LIGHT, Face.MONO, Face.SONG_MEDIUM, Face.GROTESQUE))
        tail = f"  {says.copy}" if row == 0 and says.copy and chance.maybe(0.6) else ""
        end = canvas.text(anchor, y + look.shift[1] * 0.6, value + tail, face, size, layer="fill", align="right")
        canvas.text(
            end - measure(value + tail, face, size) - chance.between(1, 4), y, caption, look.label, size, align="right"
        )
        y += size * 1.5
    return y
