"""The permit to open a bank account (开户许可证) and the tax registration certificate (税务登记证)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sample_docs.generator import ornament
from sample_docs.generator.fonts import Face
from sample_docs.generator.numbers import chinese_date, printed_date
from sample_docs.generator.papers import Company, Document, Paper
from sample_docs.generator.seal import stamp
from sample_docs.generator.sheet import Colour, Sheet, fitting

_GREEN: Colour = (118, 146, 108)
_BLUE: Colour = (92, 124, 162)
_ROSE: Colour = (196, 112, 118)


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account with its permit; ``listed``: one row per field, else the name stands in a sentence."""

    number: str
    bank: str
    permit: str
    serial: str
    issuer: str
    issued: date
    listed: bool = False


def account_permit(company: Company, account: Account, rng: np.random.Generator) -> Paper:
    """开户许可证 of a basic account, 260 × 184 mm."""
    sheet = Sheet(260, 184, (250, 250, 246))
    colour = _BLUE if account.listed else _GREEN
    ornament.ground(sheet, 19, (214, 222, 214), gap=2.3, strength=0.4)
    ornament.border(sheet, 8, 9, colour)
    sheet.text(130, 30, "开户许可证", Face.SONG_BLACK, 11, align="center", spacing=4)
    sheet.text(32, 54, "核准号：", Face.SONG_BOLD, 4.6)
    sheet.text(52, 54, account.permit, Face.SONG_MEDIUM, 4.6)
    sheet.text(228, 54, f"编号：{account.serial}", Face.SONG_BOLD, 4.6, align="right")
    bottom = _listed(sheet, company, account) if account.listed else _in_a_sentence(sheet, company, account)
    sheet.text(136, bottom + 5, "发证机关（盖章）", Face.SONG_BOLD, 5.0)
    day = chinese_date(account.issued) if account.listed else printed_date(account.issued)
    sheet.text(142, bottom + 23.5, day, Face.SONG_MEDIUM, 5.0)
    stamp(sheet, 172, bottom + 9, account.issuer, rng, diameter=38, foot="账户管理专用章")
    fields = {
        "account_name": company.name,
        "account_number": account.number,
        "bank_name": account.bank,
        "legal_representative": company.head,
        "permit_number": account.permit,
        "issued_on": account.issued.isoformat(),
    }
    return Paper((sheet.image,), (Document("bank_account_permit", (1,), fields),))


def _in_a_sentence(sheet: Sheet, company: Company, account: Account) -> float:
    """The older text: the name inside a sentence, two lines long. Gives the lowest line's end."""
    sheet.text(42, 70, "经审核，", Face.SONG_BOLD, 5.2)
    size = fitting(company.name, 104, Face.KAI, 5.4)
    sheet.text(114, 70, company.name, Face.KAI, size, align="center")
    sheet.line(62, 77, 168, 77, 0.2)
    sheet.text(169, 70, "符合开户条件，准予", Face.SONG_BOLD, 5.2)
    sheet.text(32, 82, "开立基本存款账户。", Face.SONG_BOLD, 5.2)
    rows = (("法定代表人（单位负责人）", company.head), ("开户银行", account.bank), ("账号", account.number))
    for place, (caption, value) in enumerate(rows):
        y = 96 + place * 11
        if place == 0:
            sheet.text(42, y, caption, Face.SONG_BOLD, 4.8)
        else:
            sheet.spread(42, y, caption, 24, Face.SONG_BOLD, 4.8)
        sheet.text(104 if place == 0 else 74, y, value, Face.KAI, fitting(value, 140, Face.KAI, 5.2))
    return 127.0


def _listed(sheet: Sheet, company: Company, account: Account) -> float:
    """The newer text: one row per field. Gives the lowest line's end."""
    sheet.text(42, 68, "经审核，下列存款人符合开户条件，准予开立基本存款账户。", Face.SONG_BOLD, 4.8)
    rows = [("存款人名称", company.name), ("法定代表人", company.head), ("开户银行", account.bank)]
    rows += [("账号", account.number), ("账户性质", "基本存款账户")]
    for place, (caption, value) in enumerate(rows):
        y = 80 + place * 9.6
        sheet.spread(42, y, caption, 28, Face.SONG_BOLD, 4.8)
        sheet.text(76, y, value, Face.SONG_MEDIUM, fitting(value, 150, Face.SONG_MEDIUM, 4.8))
    return 128.0


def tax_registration(
    company: Company,
    taxpayer_number: str,
    prefix: str,
    offices: tuple[str, ...],
    issued: date,
    rng: np.random.Generator,
    *,
    approved_by: str,
) -> Paper:
    """税务登记证, landscape; ``prefix`` stands before the number (鲁税济字), ``offices`` set their seals below."""
    sheet = Sheet(275, 195, (252, 246, 244))
    ornament.ground(sheet, 20, (240, 212, 212), gap=2.2, strength=0.4)
    ornament.border(sheet, 9, 9, _ROSE)
    sheet.paste(ornament.emblem(19), 128, 20)
    sheet.text(137.5, 43, "税务登记证", Face.SONG_BLACK, 11, (60, 36, 30), align="center", spacing=4)
    sheet.text(137.5, 58, "（正 本）", Face.SONG_BOLD, 4.4, (60, 36, 30), align="center")
    sheet.text(238, 66, f"{prefix} {taxpayer_number} 号", Face.SONG_BOLD, 4.4, align="right")
    rows = [("纳税人名称", company.name), ("法定代表人（负责人）", company.head), ("地址", company.address)]
    rows += [
        ("登记注册类型", company.kind),
        ("经营范围", company.scope),
        ("批准设立机关", approved_by),
        ("扣缴义务", "依法确定"),
    ]
    _tax_rows(sheet, rows)
    sheet.text(124, 151, "发证税务机关", Face.SONG_BOLD, 4.6)
    sheet.text(146, 167.5, printed_date(issued), Face.SONG_MEDIUM, 4.6)
    for place, office in enumerate(offices):
        stamp(sheet, 184 + place * 40, 154, office, rng, diameter=36)
    sheet.text(137.5, 188, "国家税务总局监制", Face.SONG_MEDIUM, 3.0, align="center")
    fields = {
        "taxpayer_name": company.name,
        "taxpayer_number": taxpayer_number,
        "legal_representative": company.head,
        "address": company.address,
        "registration_type": company.kind,
        "issued_on": issued.isoformat(),
    }
    return Paper((sheet.image,), (Document("tax_registration", (1,), fields),))


def _tax_rows(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    """Captions to one width, a long one over two lines; values in kai."""
    y = 76.0
    for caption, value in rows:
        head, mark, rest = caption.partition("（")
        sheet.spread(36, y, head, 32, Face.SONG_BOLD, 4.4)
        if mark:
            sheet.text(52, y + 5.0, mark + rest, Face.SONG_MEDIUM, 3.2, align="center")
        size = 3.7 if caption == "经营范围" else 4.5
        end = sheet.paragraph(75, y, value, 164, Face.KAI, size, leading=1.3)
        y = max(end, y + (9.4 if mark else 5.8)) + 3.2
