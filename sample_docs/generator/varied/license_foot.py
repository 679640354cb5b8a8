"""The lower part of a license: authority, day, seal, and what is printed along its foot."""

from __future__ import annotations

import re

from sample_docs.generator.fonts import Face
from sample_docs.generator.varied import marks
from sample_docs.generator.varied.canvas import Canvas, fitting, measure
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.licenses import Content

_PARTS = re.compile(r"^(\S+?)(\s*年\s*)(\S+?)(\s*月\s*)(\S+?)(\s*日)$")


def issued(chance: Chance, canvas: Canvas, says: Content, face: Face, x: float, y: float, diameter: float) -> None:
    """登记机关, the day below, the seal over one or both; the printed authority stays readable."""
    size = chance.between(4.2, 5.2)
    caption = (
        chance.pick(("登记机关", "登记机关", "发照机关", "登 记 机 关")) if says.form.startswith("old") else "登记机关"
    )
    canvas.spread(x, y, caption, size * 6.4, face, size)
    after = x + size * 6.4 + 3
    if says.authority_printed:
        fit = fitting(says.firm.authority, canvas.width - after - 22, Face.SONG_MEDIUM, size)
        canvas.text(
            after,
            y + chance.near(0, 0.5),
            says.firm.authority,
            chance.pick((Face.SONG_MEDIUM, Face.KAI, Face.HEI)),
            fit,
            layer="fill",
        )
    drop = chance.between(14, 20) if canvas.width < canvas.height else chance.between(12, 17)
    _day(chance, canvas, says, x + chance.between(26, 38), y + drop, size)
    middle = (after + chance.between(14, 26), y + chance.between(2, 9) + (6 if says.authority_printed else 0))
    canvas.flush("form", "fill")
    edge = diameter / 2 + 6
    at = min(middle[0], canvas.width - edge), min(middle[1], canvas.height - edge)
    marks.seal(
        canvas,
        chance,
        *at,
        says.firm.authority,
        diameter=diameter * chance.between(0.92, 1.12),
        strength=chance.between(0.45, 0.92),
    )


def _day(chance: Chance, canvas: Canvas, says: Content, x: float, y: float, size: float) -> None:
    """The day: all filled in by the machine, or numbers put between the form's 年, 月 and 日, a little off."""
    parts = _PARTS.match(says.issued_text)
    if parts is None or chance.maybe(0.4):
        canvas.text(
            min(x, canvas.width - 26 - measure(says.issued_text, Face.SONG_BOLD, size)),
            y,
            says.issued_text,
            chance.pick((Face.SONG_MEDIUM, Face.SONG, Face.SONG_BOLD)),
            size,
            layer="fill",
        )
        return
    lift, x = chance.near(0, 0.9), min(x, canvas.width - 26 - size * 10.4)
    year, _, month, _, day, _ = parts.groups()
    for number, unit, room in ((year, "年", 2.9), (month, "月", 2.0), (day, "日", 2.0)):
        width = measure(number, Face.SONG_MEDIUM, size)
        canvas.text(x + (size * room - width) / 2, y + lift, number, Face.SONG_MEDIUM, size, layer="fill")
        canvas.text(x + max(size * room, width + 0.8), y, unit, Face.SONG_BOLD, size)
        x += max(size * room, width + 0.8) + size * 1.15


def notes(chance: Chance, canvas: Canvas, *, landscape: bool) -> None:
    """The publicity system's address, the supervising office, and the reminder of the yearly report."""
    y, right = canvas.height - chance.between(5.5, 8.5), canvas.width - 13
    size = chance.between(2.3, 2.9)
    face = chance.pick((Face.SONG_MEDIUM, Face.HEI))
    canvas.text(
        13,
        y,
        chance.pick(("国家企业信用信息公示系统网址：", "企业信用信息公示系统网址："))
        + chance.pick(("", " http://www.gsxt.gov.cn")),
        face,
        size,
    )
    canvas.text(
        right,
        y,
        "国家市场监督管理总局监制" if landscape else "中华人民共和国国家工商行政管理总局监制",
        face,
        size,
        align="right",
    )
    if chance.maybe(0.4):
        note = chance.pick((
            "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告。",
            "提示：每年1月1日至6月30日通过企业信用信息公示系统报送上一年度年度报告并公示。",
            "说明：1、每年1月1日至6月30日应当报送上一年度年度报告。2、企业信息形成后20个工作日内应当向社会公示。",
        ))  # fmt: skip
        canvas.text(
            chance.between(22, 32),
            canvas.height - 20 + (4 if landscape else 0),
            note,
            face,
            fitting(note, canvas.width - 60, face, size * 1.05),
            layer="fill",
        )


def old_notes(chance: Chance, canvas: Canvas, *, landscape: bool) -> None:
    """The office along the foot, boxes or stamps of the yearly inspection (年检), a barcode."""
    office = "中华人民共和国国家工商行政管理总局制" if chance.maybe(0.6) else "中华人民共和国国家工商行政管理局制"
    canvas.text(
        canvas.width - 14 if landscape else canvas.width / 2,
        canvas.height - 7.5,
        office,
        Face.SONG_MEDIUM,
        2.9,
        align="right" if landscape else "center",
    )
    if chance.maybe(0.2):
        marks.code(canvas, chance.digits(15), 18, canvas.height - 9, 46, kind="Code128")
    if chance.maybe(0.35):
        year = chance.whole(2003, 2013)
        words = (f"{year}年度", "年检合格") if chance.maybe(0.5) else (f"已通过{year}年度检验",)
        blue = (70, 110, 190) if chance.maybe(0.6) else (206, 60, 70)
        place = (
            (chance.between(60, 120), canvas.height - 34) if landscape else (chance.between(28, 50), canvas.height - 52)
        )
        marks.purpose_stamp(canvas, chance, *place, words, blue)
    if landscape and chance.maybe(0.25):
        canvas.text(100, canvas.height - 20, "每年三月一日至六月三十日年检", Face.SONG_MEDIUM, 3.4, layer="fill")
