"""The four forms of a license: portrait since 2014, landscape since 2019, and the older ones of both formats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Paper
from sample_docs.generator.varied import marks
from sample_docs.generator.varied.canvas import Canvas, Colour, Ink
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.firms import Firm
from sample_docs.generator.varied.license_foot import issued, notes, old_notes
from sample_docs.generator.varied.license_print import Style, number_line, rows, sheet, style
from sample_docs.generator.varied.licenses import Content

_TANS: tuple[Colour, ...] = ((196, 166, 112), (178, 158, 118), (206, 180, 132), (164, 152, 124), (150, 146, 130))
_STEELS: tuple[Colour, ...] = ((98, 104, 108), (122, 126, 120), (84, 92, 88), (146, 140, 120), (110, 118, 126))
_OLDS: tuple[Colour, ...] = ((176, 132, 72), (150, 168, 130), (186, 168, 110), (128, 150, 140), (170, 150, 96))
_INVITATIONS = (
    ("扫描二维码登录", "‘国家企业信用", "信息公示系统’", "了解更多登记、", "备案、许可、监", "管信息。"),
    ("扫描市场主体身", "份码了解更多登", "记、备案、许可、", "监管信息，体验", "更多应用服务。"),
)


def draw(chance: Chance, says: Content, px: float) -> Paper:
    """The license on its paper, at ``px`` pixels per millimetre."""
    canvas = {
        "portrait": _portrait,
        "landscape": _landscape,
        "old_landscape": _old_landscape,
        "old_portrait": _old_portrait,
    }[says.form](chance, says, px)
    return Paper((canvas.finished(),), (says.document(),))


def _portrait(chance: Chance, says: Content, px: float) -> Canvas:
    """The form of 2014 to 2019."""
    canvas = sheet(chance, 210, 297, px, _TANS, {"meander": 5, "lace": 1, "chain": 1, "scroll": 0.5, "diamond": 0.5})
    look = style(chance, landscape=False)
    top = chance.between(12, 24)
    marks.arms(canvas, chance, 105, top, chance.between(28, 36))
    marks.foil(
        canvas,
        chance,
        105,
        top + 42,
        says.title,
        chance.between(16, 21),
        stretch=chance.between(1.05, 1.35),
        gap=chance.between(6, 11),
        face=_title_face(chance),
        dull=chance.maybe(0.3),
    )
    y = top + 70
    if says.copy and chance.maybe(0.75):
        canvas.text(
            105,
            y,
            chance.pick(("（副 本）", "（副本）", "(副  本)")),
            look.label,
            5.4,
            layer="gold" if chance.maybe(0.5) else "form",
            align="center",
        )
        canvas.inks["gold"] = Ink((164, 118, 40))
    low = number_line(chance, canvas, says, look, chance.between(168, 188), y + 9)
    left = chance.between(26, 36)
    end = rows(chance, canvas, says.rows, look, left, max(y + 22, low + 3), 186 - left, 222)
    side = chance.between(24, 36)
    if chance.maybe(0.9):
        marks.code(canvas, _payload(chance, says.firm), left, max(end + 2, 224), min(side, 280 - max(end + 2, 224)))
    issued(chance, canvas, says, look.label, 100, 238, 42)
    notes(chance, canvas, landscape=False)
    return canvas


def _landscape(chance: Chance, says: Content, px: float) -> Canvas:
    """The form since 2019: two columns, the code's caption above the code, QR code at the right."""
    canvas = sheet(chance, 297, 210, px, _STEELS, {"chain": 5, "lace": 1, "meander": 1})
    look = style(chance, landscape=True)
    marks.arms(canvas, chance, 148.5, chance.between(4, 12), chance.between(25, 30))
    copy = bool(says.copy) and chance.maybe(0.7)
    size, stretch, gap = chance.between(15, 19), chance.between(1.0, 1.25), chance.between(5, 9)
    face, dull = _title_face(chance), chance.maybe(0.3)
    marks.foil(canvas, chance, 148.5, 41, says.title, size, stretch=stretch, gap=gap, face=face, dull=dull)
    if copy:
        canvas.text(148.5, 64, "（副  本）", look.label, 4.4, align="center")
    left = chance.between(24, 32)
    _code_corner(chance, canvas, says, look, left)
    _picture_corner(chance, canvas, says)
    _two_columns(chance, canvas, says, look, left)
    issued(chance, canvas, says, look.label, chance.between(178, 192), chance.between(155, 162), 34)
    notes(chance, canvas, landscape=True)
    return canvas


def _code_corner(chance: Chance, canvas: Canvas, says: Content, look: Style, left: float) -> None:
    """The code below its caption, at the left above."""
    size = look.label_size * chance.between(0.8, 1.0)
    canvas.text(left, 52 - size * 1.25, "统一社会信用代码" if says.firm.code else "注册号", Face.HEI_BOLD, size)
    tail = f"  {says.copy}" if says.copy and chance.maybe(0.5) else ""
    number = (says.firm.code or says.firm.number) + tail
    x, face = left + chance.between(0, 3), chance.pick((Face.HEI, Face.SONG, Face.ROMAN, Face.GROTESQUE))
    canvas.text(x, 53 + look.shift[1], number, face, size * chance.between(0.85, 1.0), layer="fill")


def _picture_corner(chance: Chance, canvas: Canvas, says: Content) -> None:
    """The form's number, the QR code and what it is for, at the right above."""
    if chance.maybe(0.5):
        serial = f"编号 {chance.pick(('S', 'N', '№', ''))}{chance.digits(13)}"
        canvas.text(270, 22, serial, Face.SONG_MEDIUM, 2.6, align="right", layer="fill")
    marks.code(canvas, _payload(chance, says.firm), 226, 38, chance.between(17, 22))
    for row, line in enumerate(chance.pick(_INVITATIONS)):
        canvas.text(250, 39 + row * 3.2, line, Face.HEI, 2.35)


def _two_columns(chance: Chance, canvas: Canvas, says: Content, look: Style, left: float) -> None:
    """Name, kind, head and scope at the left; capital, days and place at the right."""
    first = {
        "名称",
        "类型",
        "主体类型",
        "法定代表人",
        "负责人",
        "经营者",
        "投资人",
        "执行事务合伙人",
        "经营范围",
        "业务范围",
    }
    halves = [row for row in says.rows if row[0] in first], [row for row in says.rows if row[0] not in first]
    top = chance.between(76, 84)
    middle = chance.between(154, 162)
    rows(chance, canvas, halves[0], look, left, top, middle - left - 8, 190)
    rows(chance, canvas, halves[1], look, middle, top, 274 - middle, 150)


def _old_landscape(chance: Chance, says: Content, px: float) -> Canvas:
    """The landscape forms before 2014, the authority and the day at the right, often in characters."""
    canvas = sheet(chance, 297, 210, px, _OLDS, {"meander": 4, "lace": 1, "double": 1, "scroll": 1})
    _needled(chance, canvas)
    look = style(chance, landscape=False)
    marks.arms(canvas, chance, 148.5, chance.between(3, 10), chance.between(28, 34))
    size = min(chance.between(13, 16.5), 200 / len(says.title) * 0.92)
    marks.foil(
        canvas,
        chance,
        148.5,
        36,
        says.title,
        size,
        stretch=chance.between(1.1, 1.5),
        gap=chance.between(0.6, 2.2),
        face=_title_face(chance),
        dull=chance.maybe(0.4),
    )
    if says.copy:
        canvas.text(244, 46, "（副本）", look.label, 6.2)
    low = number_line(chance, canvas, says, look, chance.between(240, 262), 61)
    left = chance.between(26, 36)
    late = {"注册资本", "实收资本"}
    beside = [row for row in says.rows if row[0] in late] if chance.maybe(0.4) else []
    main = [row for row in says.rows if row not in beside]
    if beside:
        rows(chance, canvas, beside, look, 170, 96, 100, 130)
    rows(chance, canvas, main, look, left, max(73, low + 3), (160 if beside else 262) - left, 190 if beside else 160)
    issued(chance, canvas, says, look.label, chance.between(165, 180), 165, 36)
    old_notes(chance, canvas, landscape=True)
    return canvas


def _needled(chance: Chance, canvas: Canvas) -> None:
    """The values as a dot matrix printer of those years strikes them."""
    ink = canvas.inks["fill"]
    if canvas.px > 5 and chance.maybe(0.25):  # noqa: PLR2004 - coarser, the needles are not seen
        canvas.inks["fill"] = replace(ink, needles=True, weight=1.5)


def _old_portrait(chance: Chance, says: Content, px: float) -> Canvas:
    """The portrait copies before 2014, values on dotted lines or ruled."""
    canvas = sheet(chance, 210, 297, px, _OLDS, {"meander": 3, "lace": 1, "double": 2, "scroll": 1, "diamond": 1})
    _needled(chance, canvas)
    look = style(chance, landscape=False)
    marks.arms(canvas, chance, 105, chance.between(18, 28), chance.between(26, 32))
    size = min(chance.between(12.5, 15), 150 / len(says.title) * 0.95)
    if chance.maybe(0.5):
        face, dull = _title_face(chance), chance.maybe(0.5)
        marks.foil(canvas, chance, 105, 62, says.title, size, stretch=1.2, gap=1.6, face=face, dull=dull)
    else:
        face = chance.pick((Face.SONG_BLACK, Face.SONG_BOLD, Face.HEI_BLACK))
        canvas.text(105, 64, says.title, face, size, align="center", spacing=1.6)
    canvas.text(105, 83, "（副 本）", look.label, 5.4, align="center")
    top = max(106.0, number_line(chance, canvas, says, look, chance.between(160, 180), 93) + 3)
    left = chance.between(27, 34)
    bottom = rows(chance, canvas, says.rows, look, left, top, 182 - left, 222)
    if chance.maybe(0.4):
        _ruled(canvas, look, left + look.width + look.gap, top, bottom)
    issued(chance, canvas, says, look.label, 92, 232, 40)
    old_notes(chance, canvas, landscape=False)
    return canvas


def _ruled(canvas: Canvas, look: Style, left: float, top: float, bottom: float) -> None:
    """The fine lines on which the values should stand."""
    for y in np.arange(top + look.label_size + 1.0, bottom, look.pitch):
        canvas.line(left, float(y), 182, float(y), 0.12, "rule")
    canvas.inks["rule"] = Ink((150, 130, 100), strength=0.7)


def _title_face(chance: Chance) -> Face:
    return chance.weighed({Face.HEI_BLACK: 6, Face.SONG_BLACK: 2, Face.HEI_BOLD: 1, Face.SONG_BOLD: 1})


def _payload(chance: Chance, firm: Firm) -> str | bytes:
    """What the QR code says: an address with the code, or words in UTF-8 or GBK."""
    number = firm.code or firm.number
    label = "统一社会信用代码" if firm.code else "注册号"
    words = f"{label}：{number}；\n名称：{firm.name}；\n登记机关：{firm.authority}；\n"
    words += f"登记日期：{firm.issued:%Y年%m月%d日}；"
    short = f"{label}:{number};名称:{firm.name};"
    address = f"http://www.gsxt.gov.cn/index?uniscid={number}&t={chance.digits(10)}"
    form = chance.weighed({"words": 3, "gbk": 2, "address": 4, "short": 1.5, "token": 1.5})
    if form == "gbk":
        return words.encode("gbk", errors="ignore")
    return {
        "words": words,
        "short": short,
        "address": address,
        "token": f"http://www.gsxt.gov.cn/s?k={chance.digits(32)}",
    }[form]
