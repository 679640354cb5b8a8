"""Tax registrations (税务登记证) of the state's, the land's or both offices."""

from __future__ import annotations

from datetime import date

from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Document, Paper
from sample_docs.generator.varied import marks, names
from sample_docs.generator.varied.canvas import Canvas, Ink
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.firms import Firm
from sample_docs.generator.varied.permits import VALUE_FACES, certificate
from sample_docs.generator.varied.writing import day_forms

_TAX_KINDS = (
    "有限责任公司",
    "私营有限责任公司",
    "其他有限责任公司",
    "股份有限公司",
    "私营独资企业",
    "国有独资公司",
    "集体企业",
    "外资企业",
    "中外合资经营企业",
    "个体工商户",
    "个人独资企业",
    "港、澳、台商独资经营企业",
    "股份合作企业",
)
_COLOURS = ((196, 112, 118), (112, 150, 118), (120, 120, 128), (186, 160, 110))


def tax_registration(chance: Chance, firm: Firm, px: float) -> Paper:
    """税务登记证 of the state's, the land's or both offices, original or copy."""
    portrait = chance.maybe(0.25)
    width, height = (195.0, 275.0) if portrait else (275.0, 195.0)
    canvas = certificate(chance, width, height, px, _COLOURS)
    _tax_head(chance, canvas)
    number = _taxpayer(chance, firm)
    line = _number_line(chance, firm, number)
    face = chance.pick((Face.SONG_BOLD, Face.SONG_MEDIUM, Face.HEI))
    canvas.text(width - 36, 66, line, face, 4.4, align="right", layer="fill")
    kind = chance.pick(_TAX_KINDS) if chance.maybe(0.7) else firm.kind
    issued = chance.day(max(firm.established, date(1999, 1, 1)), max(date(2015, 9, 28), firm.established))
    _tax_rows(chance, canvas, firm, kind)
    _tax_foot(chance, canvas, firm, issued, line)
    fields = {
        "taxpayer_name": firm.name, "taxpayer_number": number, "legal_representative": firm.head,
        "address": firm.address, "registration_type": kind, "issued_on": issued.isoformat(),
    }  # fmt: skip
    return Paper((canvas.finished(),), (Document("tax_registration", (1,), fields),))


def _tax_head(chance: Chance, canvas: Canvas) -> None:
    """Emblem, title, original or copy."""
    middle, title = canvas.width / 2, "税务登记证"
    marks.arms(canvas, chance, middle, 19, 19)
    size = chance.between(9.5, 12)
    if chance.maybe(0.3):
        marks.foil(canvas, chance, middle, 42, title, size, stretch=1.15, gap=4)
    else:
        face = chance.pick((Face.SONG_BLACK, Face.SONG_BOLD, Face.HEI_BLACK))
        canvas.text(middle, 43, title, face, size, align="center", spacing=4)
    canvas.text(middle, 58, chance.pick(("（正 本）", "（副 本）", "（副本）")), Face.SONG_BOLD, 4.4, align="center")


def _number_line(chance: Chance, firm: Firm, number: str) -> str:
    """The taxpayer's number with its office's word before it (鲁国税济字)."""
    land, town = firm.place.province[0], (firm.place.city or firm.place.county)[0]
    prefix = chance.pick((f"{land}国税{town}字", f"{land}地税{town}字", f"{land}税{town}字", f"国税{land}字", "地税字"))
    own = chance.pick((f"纳税人识别号：{number}", f"税证字{number}"))
    return chance.pick((f"{prefix} {number} 号", f"{prefix}{number}号", f"{prefix}第{number}号", own, own))


def _taxpayer(chance: Chance, firm: Firm) -> str:
    """15 digits (district and organisation code), or 18 to 20 where a person's identity number is inside."""
    if firm.form == "sole" and chance.maybe(0.6):
        holder = names.person(chance).id_number
        return holder + chance.weighed({"": 3, chance.digits(2): 2, "01": 1})
    return firm.place.code + firm.organisation


def _tax_rows(chance: Chance, canvas: Canvas, firm: Firm, kind: str) -> None:
    """Captions to one width; the scope smaller."""
    rows = [
        ("纳税人名称", firm.name), (chance.pick(listed("法定代表人（负责人）|法定代表人（负责人）|法定代表人")),
        firm.head),
        (chance.pick(("地址", "地址", "注册地址")), firm.address), ("登记注册类型", kind), ("经营范围",
        firm.scope[:160]),
        ("批准设立机关", firm.authority), ("扣缴义务", chance.pick(("依法确定", "依法代扣代缴税款", ""))),
    ]  # fmt: skip
    face, caption_face = chance.pick(VALUE_FACES), chance.pick((Face.SONG_BOLD, Face.HEI_MEDIUM, Face.SONG_MEDIUM))
    y, left = chance.between(74, 79), 26.0 if canvas.width < canvas.height else 36.0
    for caption, value in rows:
        head, mark, rest = caption.partition("（")
        canvas.spread(left, y, head, 32, caption_face, 4.4)
        if mark:
            canvas.text(left + 16, y + 5.0, mark + rest, Face.SONG_MEDIUM, 3.2, align="center")
        size = chance.between(3.2, 3.8) if caption == "经营范围" else 4.5
        end = canvas.paragraph(
            left + 38, y + chance.near(0, 0.4), value, canvas.width - left - 72, face, size, leading=1.3
        )
        y = max(end, y + (9.4 if mark else 5.8)) + 2.6


def _tax_foot(chance: Chance, canvas: Canvas, firm: Firm, issued: date, line: str) -> None:
    """The office, the day and one or two seals."""
    x, y = canvas.width - 150, canvas.height - 43
    canvas.text(x, y, "发证税务机关", Face.SONG_BOLD, 4.6)
    words = day_forms(chance, issued, machine=False, chinese=chance.maybe(0.2))
    canvas.text(x + 24, y + 16, words, chance.pick((Face.SONG_MEDIUM, Face.KAI, Face.SONG)), 4.6, layer="fill")
    canvas.text(canvas.width / 2, canvas.height - 7.5, "国家税务总局监制", Face.SONG_MEDIUM, 3.0, align="center")
    canvas.inks.setdefault("rule", Ink())
    canvas.flush()
    town = firm.place.city or firm.place.province
    offices = {"国": [f"{town}{firm.place.county}国家税务局"], "地": [f"{town}{firm.place.county}地方税务局"]}.get(
        "国" if "国税" in line else "地" if "地税" in line else "", [f"{town}国家税务局", f"{town}地方税务局"]
    )
    for place, office in enumerate(offices):
        marks.seal(
            canvas, chance, x + 48 + place * 40 + chance.near(0, 4), y + chance.between(2, 10), office, diameter=36
        )
