"""Business licenses (营业执照) in three printed forms: landscape original, portrait copy, and the older brown one."""

from __future__ import annotations

from datetime import date

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw

from sample_docs.generator import ornament
from sample_docs.generator.fonts import Face, font
from sample_docs.generator.numbers import printed_date
from sample_docs.generator.papers import LONG_TERM, Company, Document, Paper
from sample_docs.generator.seal import stamp
from sample_docs.generator.sheet import PX, Colour, Sheet, broken, fitting

_USCC_LENGTH = 18
_TAN: Colour = (196, 166, 112)
_STEEL: Colour = (98, 104, 108)
_BROWN: Colour = (176, 132, 72)


def fields(company: Company, issued: date) -> dict[str, str]:
    """What a license says, canonical; without the authority, which may stand on the seal alone."""
    says = {
        "name": company.name,
        "uscc" if len(company.code) == _USCC_LENGTH else "registration_number": company.code,
        "company_type": company.kind,
        "legal_representative": company.head,
        "registered_capital": company.capital,
        "established_on": company.established.isoformat(),
        "address": company.address,
        "business_scope": company.scope,
        "issuing_authority": company.authority,
        "issued_on": issued.isoformat(),
    }
    if company.wording.term:
        says["valid_from"] = company.established.isoformat()
        says["valid_to"] = company.term_to.isoformat() if company.term_to else LONG_TERM
    return {name: value for name, value in says.items() if value}


def landscape(company: Company, issued: date, rng: np.random.Generator) -> Paper:
    """The original (正本) since 2019: landscape, two columns, grey guilloche, QR code at the right."""
    sheet = Sheet(297, 210, (250, 249, 245))
    ornament.ground(sheet, 20, (206, 214, 208), gap=2.6)
    ornament.border(sheet, 9, 9, _STEEL)
    sheet.paste(ornament.emblem(29), 134, 5)
    _title(sheet, 148.5, 41, 19, 1.12, 8)
    sheet.text(28, 49, "统一社会信用代码", Face.HEI_BOLD, 4.0)
    sheet.text(28, 56, company.code, Face.HEI, 4.0, spacing=0.25)
    sheet.text(226, 23, f"编号 S{issued:%y%m%d}000{rng.integers(1000, 9999)}(1-1)", Face.SONG_MEDIUM, 2.4)
    sheet.paste(_qr(company, 20), 228, 36)
    for line, words in enumerate(
        ("扫描二维码登录", "“国家企业信用", "信息公示系统”", "了解更多登记、", "备案、许可、监", "管信息")
    ):
        sheet.text(250, 37 + line * 3.1, words, Face.HEI, 2.3)
    _landscape_columns(sheet, company, rng)
    _authority(sheet, 186, 161, company, issued, rng, stamp_at=(237, 163))
    sheet.text(12, 201.5, "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", Face.HEI, 2.6)
    sheet.text(284, 201.5, "国家市场监督管理总局监制", Face.HEI, 2.6, align="right")
    return _paper(sheet, company, issued, seal_only=("issuing_authority",))


def _landscape_columns(sheet: Sheet, company: Company, rng: np.random.Generator) -> None:
    """Left: name, kind, head, scope; right: capital, dates, place."""
    words = company.wording
    left = [("名称", company.name), ("类型", company.kind), (words.head, company.head), ("经营范围", company.scope)]
    right = [(words.capital, company.capital_text), (words.founded, printed_date(company.established))]
    right += [(words.term, _term(company)), (words.place, company.address)]
    sheet.offset = (float(rng.uniform(-0.5, 0.5)), float(rng.uniform(-0.5, 0.4)))
    for x, rows, room, caption in ((27.0, left, 88.0, 24.0), (160.0, right, 78.0, 24.0)):
        y = 82.0
        for name, value in rows:
            if name:
                size = 3.0 if name == "经营范围" else 3.8
                sheet.spread(x, y, name, caption, Face.SONG_BOLD, 3.8)
                y = (
                    max(sheet.paragraph(x + caption + 5, y + 0.1, value, room, Face.SONG_MEDIUM, size), y + 8.6 - 5.5)
                    + 3.4
                )
    sheet.offset = (0.0, 0.0)


def portrait(company: Company, issued: date, rng: np.random.Generator, *, copy: str = "") -> Paper:
    """The portrait form of 2014 to 2019; ``copy`` is the number of the copy (副本), such as ``1-1``."""
    sheet = Sheet(210, 297, (251, 249, 242))
    ornament.ground(sheet, 19, (232, 224, 200), gap=2.6)
    ornament.border(sheet, 8, 9, _TAN)
    sheet.paste(ornament.emblem(33), 88.5, 22)
    _title(sheet, 105, 64, 20, 1.15, 9)
    if copy:
        sheet.text(105, 91, "（副 本）", Face.SONG_BOLD, 5.4, (164, 118, 40), align="center")
    label = "统一社会信用代码" if len(company.code) == _USCC_LENGTH else "注 册 号"
    sheet.text(
        176, 101, f"{label}  {company.code}" + (f"（{copy}）" if copy else ""), Face.SONG_BOLD, 4.4, align="right"
    )
    _portrait_rows(sheet, company, Face.SONG_MEDIUM if rng.integers(2) else Face.KAI)
    sheet.paste(_qr(company, 30), 30, 222)
    _authority(sheet, 98, 236, company, issued, rng, stamp_at=(160, 240))
    sheet.text(13, 290, "企业信用信息公示系统网址：http://www.gsxt.gov.cn", Face.SONG_MEDIUM, 2.7)
    sheet.text(197, 290, "中华人民共和国国家工商行政管理总局监制", Face.SONG_MEDIUM, 2.7, align="right")
    return _paper(sheet, company, issued, seal_only=("issuing_authority",))


def _portrait_rows(sheet: Sheet, company: Company, face: Face) -> None:
    """One caption and value per row, the scope last."""
    words = company.wording
    rows = [("名称", company.name), ("类型", company.kind), (words.place, company.address), (words.head, company.head)]
    rows += [("组成形式" if words.composition else "", words.composition), (words.capital, company.capital_text)]
    rows += [(words.founded, printed_date(company.established)), (words.term, _term(company))]
    y, caption = 114.0, 36.0 if any(len(name) > len("法定代表人") for name, _ in rows) else 29.0
    for name, value in [*rows, ("经营范围", company.scope)]:
        if name:
            size = 4.1 if name == "经营范围" else 4.6
            sheet.spread(31, y, name, caption, Face.SONG_BOLD, 4.8)
            y = sheet.paragraph(31 + caption + 6, y + 0.2, value, 143 - caption, face, size, leading=1.4) + 3.4


def old(company: Company, issued: date, rng: np.random.Generator, *, title: str = "企业法人营业执照") -> Paper:
    """The form before 2014: 15-digit number, dotted lines under the values, no QR code, the authority printed."""
    sheet = Sheet(210, 297, (248, 243, 228))
    ornament.ground(sheet, 22, (226, 206, 168), gap=2.0, strength=0.45)
    ornament.border(sheet, 10, 11, _BROWN)
    sheet.paste(ornament.emblem(30), 90, 27)
    sheet.text(105, 64, title, Face.SONG_BLACK, 13.5, (52, 42, 36), align="center", spacing=2.2)
    sheet.text(105, 83, "（副 本）", Face.SONG_BOLD, 5.4, (52, 42, 36), align="center")
    sheet.text(118, 94, "注  册  号", Face.SONG_BOLD, 4.4)
    sheet.text(141, 94, company.code, Face.SONG, 4.6, spacing=0.2)
    rows = [("名称", company.name), ("住所", company.address), ("法定代表人姓名", company.head)]
    rows += [("注册资本", company.capital_text), ("实收资本", company.capital_text), ("公司类型", company.kind)]
    rows += [
        ("经营范围", company.scope),
        ("成立日期", printed_date(company.established)),
        ("营业期限", _term(company, "自")),
    ]
    shift = (float(rng.uniform(-0.6, 0.9)), float(rng.uniform(-0.7, 0.3)))
    y = 106.0
    for name, value in rows:
        sheet.offset = (0.0, 0.0)
        sheet.spread(31, y, name, 32, Face.SONG_BOLD, 4.4)
        sheet.offset = shift
        y = _underlined(sheet, 69, y, value, 107, Face.KAI, 4.7 if name != "经营范围" else 4.3)
    sheet.offset = (0.0, 0.0)
    _authority(sheet, 92, 230, company, issued, rng, stamp_at=(156, 254), printed=True)
    sheet.text(105, 289.5, "中华人民共和国国家工商行政管理总局制", Face.SONG_MEDIUM, 2.9, align="center")
    return _paper(sheet, company, issued)


def _underlined(sheet: Sheet, x: float, y: float, value: str, width: float, face: Face, size: float) -> float:
    """Write a value on the fine lines of the form and give the top of the next row."""
    for text in broken(value, width, face, size):
        sheet.text(x + 1, y, text, face, size)
        for start in np.arange(x, x + width, 1.6):
            sheet.line(start, y + size + 1.3, start + 0.8, y + size + 1.3, 0.12, (150, 118, 80))
        y += size * 1.55
    return y + 2.6


def _title(sheet: Sheet, x: float, y: float, size: float, stretch: float, gap: float) -> None:
    """The gold title, characters a little taller than wide, in the sheen of foil."""
    em = round(size * PX)
    step = size + gap
    left = x - (4 * size + 3 * gap) / 2
    shades = np.linspace(0, 1, round(em * stretch))[:, None, None]
    sheen = (np.array([150, 104, 22]) * (1 - shades) + np.array([214, 176, 74]) * shades).astype(np.uint8)
    for place, character in enumerate("营业执照"):
        mask = Image.new("L", (em, em), 0)
        ImageDraw.Draw(mask).text((em / 2, em * 0.88), character, font=font(Face.SONG_BLACK, em), fill=255, anchor="ms")
        foil = Image.fromarray(np.repeat(sheen, em, axis=1)).convert("RGBA")
        foil.putalpha(mask.resize(foil.size, Image.Resampling.LANCZOS))
        sheet.paste(foil, left + place * step, y)


def _qr(company: Company, side: float) -> Image.Image:
    """The QR code as such papers carry it: number and name in words."""
    label = "统一社会信用代码" if len(company.code) == _USCC_LENGTH else "注册号"
    payload = f"{label}：{company.code}；\n名称：{company.name}；\n登记机关：{company.authority}；"
    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode)
    image = Image.fromarray(np.array(code.to_image(scale=8, add_quiet_zones=False))).convert("RGB")
    return image.resize((round(side * PX), round(side * PX)), Image.Resampling.NEAREST)


def _term(company: Company, first: str = "") -> str:
    """The term of business as printed."""
    last = printed_date(company.term_to) if company.term_to else "长期"
    return f"{first}{printed_date(company.established)}至{last}"


def _authority(
    sheet: Sheet,
    x: float,
    y: float,
    company: Company,
    issued: date,
    rng: np.random.Generator,
    *,
    stamp_at: tuple[float, float],
    printed: bool = False,
) -> None:
    """登记机关 with the date below it and the authority's seal over both."""
    sheet.spread(x, y, "登记机关", 30, Face.SONG_BOLD, 4.6)
    if printed:
        size = fitting(company.authority, 60, Face.KAI, 4.6)
        sheet.text(x + 33, y, company.authority, Face.KAI, size)
    date_line = f"{issued.year} 年 {issued.month:02d} 月 {issued.day:02d} 日"
    # Where the authority is printed, the seal stays off its name.
    drop = 33 if printed else 15
    sheet.text(x + 34, y + drop, date_line, Face.SONG_MEDIUM, 4.4, spacing=0.35)
    stamp(sheet, *stamp_at, company.authority, rng, diameter=36 if sheet.width > sheet.height else 42)


def _paper(sheet: Sheet, company: Company, issued: date, seal_only: tuple[str, ...] = ()) -> Paper:
    """The drawn sheet with its truth."""
    return Paper((sheet.image,), (Document("business_license", (1,), fields(company, issued), seal_only),))
