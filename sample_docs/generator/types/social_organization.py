"""The certificate of a social organisation 社会团体法人登记证书: of 2021 with a credit code, of 2011 with 登记证号."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sample_docs.generator import ornament
from sample_docs.generator.cases import Draw, clean, copied
from sample_docs.generator.fonts import Face
from sample_docs.generator.numbers import (
    capital_amount,
    chinese_date,
    credit_code,
    money,
    organisation_code,
    printed_date,
)
from sample_docs.generator.papers import Document, Paper
from sample_docs.generator.seal import stamp
from sample_docs.generator.sheet import Colour, Sheet

_RED: Colour = (186, 96, 84)
_TITLE: Colour = (120, 30, 26)
_WIDE = 260.0  # millimetres from which a sheet lies across


@dataclass(frozen=True, slots=True)
class Society:
    """A social organisation as its certificate describes it; ``code`` is a credit code or an old number."""

    name: str
    code: str
    scope: str
    address: str
    head: str
    area: str
    funds: int
    supervisor: str
    office: str
    term: tuple[date, date]
    issued: date

    @property
    def numbered(self) -> tuple[str, str, str]:
        """The field, caption and text of its number."""
        if self.code.isascii():
            return "uscc", "统一社会信用代码", self.code
        return "registration_number", "登记证号", self.code


TEA = Society(
    name="杭州市临平区茶文化研究会",
    code=credit_code("51", "330113", organisation_code("MJ6Q2K8X")),
    scope="茶文化理论研究、学术交流、业务培训、书刊编辑、咨询服务，承办政府有关部门委托的事项。",
    address="浙江省杭州市临平区塘栖镇广济路26号3楼",
    head="陆槿遥",
    area="杭州市临平区",
    funds=30_000,
    supervisor="杭州市临平区农业农村局",
    office="杭州市临平区民政局",
    term=(date(2021, 9, 14), date(2026, 9, 13)),
    issued=date(2021, 9, 14),
)
SPRINGS = Society(
    name="济南市历下区泉水保护协会",
    code="（济）社证字第0127号",
    scope="泉水文化研究、科普宣传、志愿服务、信息交流、组织培训。",
    address="济南市历下区县西巷38号",
    head="祁望津",
    area="济南市历下区",
    funds=50_000,
    supervisor="济南市历下区园林管理局",
    office="济南市历下区民政局",
    term=(date(2011, 3, 6), date(2015, 3, 5)),
    issued=date(2011, 3, 6),
)


def certificate(society: Society, width: float, height: float, rng: np.random.Generator) -> Paper:
    """The certificate on a sheet of ``width`` × ``height`` millimetres."""
    across = width > _WIDE
    sheet = Sheet(width, height, (252, 248, 243))
    ornament.ground(sheet, 18, (238, 216, 206), gap=2.2, strength=0.4)
    ornament.border(sheet, 8, 9, _RED)
    sheet.paste(ornament.emblem(24), width / 2 - 12, 20)
    sheet.text(width / 2, 49, "社会团体法人登记证书", Face.SONG_BLACK, 11, _TITLE, align="center", spacing=2)
    _, caption, number = society.numbered
    sheet.text(width - 30, 67, f"{caption}：{number}", Face.SONG_BOLD, 4.4, align="right")
    bottom = _rows(sheet, society, 76 if across else 88, 5.0 if across else 10.5)
    foot = max(bottom + 2, height - 70)
    sheet.text(width - 118, foot, "发证机关", Face.SONG_BOLD, 4.8)
    sheet.text(width - 94, foot, society.office, Face.KAI, 4.8)
    day = printed_date(society.issued) if across else chinese_date(society.issued)
    sheet.text(width - 104, foot + 17, day, Face.SONG_MEDIUM, 4.6)
    stamp(sheet, width - 50, foot + 24, society.office, rng, diameter=36)
    sheet.text(width / 2, height - 24, "中华人民共和国民政部监制", Face.SONG_MEDIUM, 3.2, align="center")
    return Paper((sheet.image,), (Document("social_organization", (1,), _truth(society)),))


def _rows(sheet: Sheet, society: Society, top: float, step: float) -> float:
    """Captions to one width, values in kai. Gives the lowest line's end."""
    first, last = (printed_date(day) for day in society.term)
    rows = (
        ("名称", society.name),
        ("业务范围", society.scope),
        ("住所", society.address),
        ("法定代表人", society.head),
        ("活动地域", society.area),
        ("注册资金", capital_amount(society.funds)),
        ("业务主管单位", society.supervisor),
        ("有效期限", f"自{first}至{last}"),
    )
    y = top
    for caption, value in rows:
        sheet.spread(34, y, caption, 32, Face.SONG_BOLD, 4.6)
        y = sheet.paragraph(74, y, value, sheet.width - 110, Face.KAI, 4.8, leading=1.35) + step - 4
    return y


def _truth(society: Society) -> dict[str, str]:
    """What stands on it, canonical."""
    number = society.numbered
    return {
        "name": society.name,
        number[0]: number[2],
        "business_scope": society.scope,
        "address": society.address,
        "legal_representative": society.head,
        "activity_area": society.area,
        "registered_capital": money(society.funds),
        "supervising_unit": society.supervisor,
        "valid_from": society.term[0].isoformat(),
        "valid_to": society.term[1].isoformat(),
        "issuing_authority": society.office,
        "issued_on": society.issued.isoformat(),
    }


def _draw(society: Society, width: float, height: float) -> Draw:
    return lambda rng: certificate(society, width, height, rng)


SPECIMENS = (
    clean("types/social_organization/certificate.jpg", _draw(TEA, 297, 210)),
    copied("types/social_organization/old-certificate.jpg", _draw(SPRINGS, 210, 297)),
)
