"""The end of a contract: who signs, by hand and with a seal, and on which day."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.varied import marks
from sample_docs.generator.varied.agreement_flow import Flow
from sample_docs.generator.varied.agreements import Agreement, Side, day
from sample_docs.generator.varied.canvas import Canvas, wrapped
from sample_docs.generator.varied.chance import Chance

_PENS = ((34, 42, 96), (28, 28, 32), (20, 30, 70), (48, 48, 52))


def signatures(chance: Chance, flow: Flow, says: Agreement, *, dated: bool) -> bool:
    """Who signs, by whose hand, on which day, with seals; gives whether the day stands there."""
    stacked = chance.maybe(0.25)
    look = flow.look
    flow.room(96 if stacked else 56)
    flow.y += 5
    form = chance.weighed({"each": 6, "once": 2, "blank": 1.4}) if dated else "blank"
    caption = chance.pick(("签订日期：", "日期：", "签约日期：", "签字日期：", "", ""))
    written = day(chance, says.signed) if form != "blank" else "    年    月    日"
    start = flow.y
    for place, side in enumerate((says.first, says.second)):
        x = look.left + (0 if stacked else place * (look.width / 2 + 2))
        y = start + (place * 44 if stacked else 0)
        _signature(chance, flow, side, x, y, look.width if stacked else look.width / 2 - 4)
        if form in {"each", "blank"}:
            _dated(chance, flow, x, y + 33, caption, written, hand=form == "each" and chance.maybe(0.25))
    if form == "once":
        _dated(
            chance,
            flow,
            look.left + look.width / 2,
            start + (80 if stacked else 42),
            caption or "签订日期：",
            written,
            hand=False,
        )
    flow.y = start + (90 if stacked else 50)
    return form in {"each", "once"}


def _signature(chance: Chance, flow: Flow, side: Side, x: float, y: float, width: float) -> None:
    """One party's block: its role and name, the hand of its signer, its seal or none."""
    sheet, look = flow.sheets[-1], flow.look
    role = side.role.partition("（")[0]
    mark = (
        chance.pick(("（盖章）：", "（公章）：", "（签章）：", "："))
        if side.sealed
        else chance.pick(("（签字）：", "（签名）：", "："))
    )
    end = sheet.text(x, y, role + mark, look.body, look.em)
    if side.sealed:
        if chance.maybe(0.65):
            for line, text in enumerate(wrapped(side.name, width, look.body, look.em)):
                sheet.text(x, y + (line + 1) * look.em * 1.35, text, look.body, look.em)
        end = sheet.text(
            x,
            y + 20,
            chance.pick(("授权代表（签字）：", "法定代表人：", "委托代理人：", "代表人签字：")),
            look.body,
            look.em,
        )
    sheet.flush("form")
    if chance.maybe(0.9):
        handwritten(chance, sheet, end, y + (17.5 if side.sealed else -2.0), side.signer)
    if side.sealed and chance.maybe(0.9):
        marks.seal(
            sheet,
            chance,
            x + chance.between(26, 44),
            y + chance.between(8, 18),
            side.name,
            diameter=40,
            foot=chance.pick(("合同专用章", "合同专用章", "")),
            strength=chance.between(0.4, 0.8),
        )
    elif not side.sealed and chance.maybe(0.15):
        marks.square_seal(sheet, chance, end + 10, y + 6, side.signer)


def _dated(chance: Chance, flow: Flow, x: float, y: float, caption: str, written: str, *, hand: bool) -> None:
    """The day below a signature."""
    sheet, look = flow.sheets[-1], flow.look
    end = sheet.text(x, y, caption, look.body, look.em) if caption else x
    if hand and "年" in written:
        handwritten(chance, sheet, end, y - 1.4, written.replace(" ", ""), size=5.0)
    else:
        sheet.text(end, y, written, look.body, look.em)


def handwritten(chance: Chance, sheet: Canvas, x: float, y: float, words: str, size: float = 8.2) -> None:
    """Words by hand: kai, slanted, in ink, each character a little off the line."""
    px = sheet.px
    mask = Image.new("L", (round((len(words) * size + 8) * px), round((size + 5) * px)), 0)
    left = 4 * px
    for character in words:
        pen = font(Face.KAI, max(round(size * chance.between(0.9, 1.12) * px), 5))
        ImageDraw.Draw(mask).text(
            (left, (size + 1 + chance.near(0, 0.5)) * px), character, font=pen, fill=235, anchor="ls"
        )
        left += (size if ord(character) > 255 else size * 0.55) * chance.between(0.82, 0.92) * px  # noqa: PLR2004 - Latin letters are narrow
    slant = chance.between(-0.05, 0.3)
    slanted = mask.transform(
        mask.size,
        Image.Transform.AFFINE,
        (1, slant, -slant * 0.55 * mask.height, 0.04, 1, -0.02 * mask.width),
        Image.Resampling.BICUBIC,
    )
    sheet.blend(np.asarray(slanted), chance.pick(_PENS), 0.9, (x - 2, y))
