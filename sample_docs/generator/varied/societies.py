"""Certificates of social organisations (社会团体法人登记证书): of the credit code's years and of those before."""

from __future__ import annotations

from datetime import date, timedelta

from sample_docs.generator import numbers
from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Paper
from sample_docs.generator.varied import marks, names, places
from sample_docs.generator.varied.canvas import Canvas, fitting
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.labelled import LabelledDocument
from sample_docs.generator.varied.permits import VALUE_FACES, certificate
from sample_docs.generator.varied.places import Place
from sample_docs.generator.varied.writing import chinese_day, day_forms

_COLOURS = ((196, 112, 104), (186, 150, 96), (204, 132, 120), (150, 140, 110))
_CODED = date(2016, 1, 1)  # from then on the credit code stands in the number's place
_SUBJECTS = listed(
    "茶文化|书法家|摄影家|餐饮行业|物业管理|羽毛球|围棋|象棋运动|志愿者|心理健康|水利工程|农村科普|果树|养蜂|门球|"
    "家具行业|建筑装饰行业|民间文艺家|慈善|老年书画|电子商务|中医药|护理|地方志|珠算|钓鱼运动|旅游|民营企业家|质量管理"
)
_BODIES = {"协会": 8.0, "学会": 2.0, "研究会": 2.0, "商会": 1.5, "联合会": 1.5, "促进会": 1.5}
_WORKS = listed(
    "学术交流|业务培训|咨询服务|书刊编辑|行业自律|组织展览|信息交流|对外交流|课题研究|技术推广|举办比赛|科普宣传|"
    "维护会员合法权益|承办政府委托的事项|开展公益活动|制定行业规范|组织考察|人才培养|协调会员关系|举办讲座|成果鉴定"
)
_OFFICES = listed(
    "农业农村局|文化和旅游局|教育局|体育局|科学技术协会|工商业联合会|卫生健康局|水利局|民政局|文学艺术界联合会"
)
_FUNDS = {10_000: 1.0, 30_000: 8.0, 50_000: 3.0, 100_000: 3.0, 200_000: 1.0, 500_000: 0.6}


def society_certificate(chance: Chance, px: float) -> Paper:
    """社会团体法人登记证书 across or upright, its number in the form of its year."""
    across = chance.maybe(0.6)
    canvas = certificate(chance, *((297.0, 210.0) if across else (210.0, 297.0)), px, _COLOURS)
    place = chance.pick(places.places())
    issued = chance.day(date(2001, 3, 1), date(2026, 9, 30))
    fields = _fields(chance, place, issued)
    _head(chance, canvas, fields)
    bottom = _rows(chance, canvas, fields)
    hidden = _foot(chance, canvas, fields, issued, bottom)
    return Paper((canvas.finished(),), (LabelledDocument("social_organization", (1,), fields, hidden),))


def _fields(chance: Chance, place: Place, issued: date) -> dict[str, str]:
    """The truth: what stands on the paper, canonical."""
    county = f"{place.city or place.province}{place.county}" if chance.maybe(0.5) else place.county
    body = chance.weighed(_BODIES)
    years = chance.pick((4, 5, 5, 5))
    last = names.later(issued, years) - timedelta(days=0 if chance.maybe(0.3) else 1)
    return {
        "name": county + chance.pick(_SUBJECTS) + body,
        **_number(chance, place, issued),
        "business_scope": _scope(chance),
        "address": places.address(chance, place),
        "legal_representative": names.name(chance),
        "activity_area": county if chance.maybe(0.8) else "全国",
        "registered_capital": numbers.money(chance.weighed(_FUNDS)),
        "supervising_unit": county + chance.pick(_OFFICES),
        "valid_from": issued.isoformat(),
        "valid_to": last.isoformat(),
        "issuing_authority": f"{county}民政局",
        "issued_on": issued.isoformat(),
    }


def _number(chance: Chance, place: Place, issued: date) -> dict[str, str]:
    """The credit code of civil affairs, or 社证字第…号 with the town before it."""
    if issued >= _CODED:
        organisation = numbers.organisation_code("MJ" + chance.digits(6))
        return {"uscc": numbers.credit_code("51", place.code, organisation)}
    town = (place.city or place.county)[0]
    width = chance.pick((3, 4, 5))
    lead = chance.pick((town, f"（{town}）", ""))
    return {"registration_number": f"{lead}社证字第{chance.whole(1, 999):0{width}d}号"}


def _scope(chance: Chance) -> str:
    """Three to nine works in one sentence."""
    return chance.pick(("、", "，", "；")).join(chance.some(_WORKS, chance.whole(3, 9))) + chance.pick(
        ("。", "", "等。")
    )


def _head(chance: Chance, canvas: Canvas, fields: dict[str, str]) -> None:
    """Emblem, title, number."""
    middle, title = canvas.width / 2, "社会团体法人登记证书"
    marks.arms(canvas, chance, middle, chance.between(14, 20), chance.between(20, 26))
    size = chance.between(10, 12)
    if chance.maybe(0.3):
        marks.foil(canvas, chance, middle, 47, title, size, stretch=1.15, gap=2)
    else:
        face = chance.pick((Face.SONG_BLACK, Face.SONG_BOLD, Face.HEI_BLACK))
        canvas.text(middle, 48, title, face, size, align="center", spacing=2)
    if chance.maybe(0.5):
        canvas.text(
            middle, 61, chance.pick(("（正 本）", "（副 本）", "（副本）")), Face.SONG_BOLD, 4.6, align="center"
        )
    coded = "uscc" in fields
    caption = "统一社会信用代码" if coded else chance.pick(("登记证号", "登记证号", "证书号"))
    line = f"{caption}{chance.pick(('：', ' ', ':'))}{fields['uscc' if coded else 'registration_number']}"
    canvas.text(canvas.width - 32, 68, line, chance.pick((Face.SONG_BOLD, Face.HEI)), 4.4, align="right", layer="fill")


def _rows(chance: Chance, canvas: Canvas, fields: dict[str, str]) -> float:
    """Captions to one width and their values; gives the lowest line's end."""
    first, last = (date.fromisoformat(fields[name]) for name in ("valid_from", "valid_to"))
    form = chance.pick((lambda day: f"{day:%Y年%m月%d日}", lambda day: f"{day.year}年{day.month}月{day.day}日"))
    yuan = int(float(fields["registered_capital"]))
    rows = [
        ("名称", fields["name"]), ("业务范围", fields["business_scope"]), ("住所", fields["address"]),
        ("法定代表人", fields["legal_representative"]), ("活动地域", fields["activity_area"]),
        ("注册资金", chance.pick((numbers.capital_amount(yuan), f"{yuan // 10_000}万元", f"{yuan // 10_000}万元整"))),
        ("业务主管单位", fields["supervising_unit"]),
        ("有效期限", f"{chance.pick(('自', ''))}{form(first)}至{form(last)}"),
    ]  # fmt: skip
    face, caption_face = chance.pick(VALUE_FACES), chance.pick((Face.SONG_BOLD, Face.HEI_MEDIUM, Face.SONG_MEDIUM))
    tall = canvas.height > canvas.width
    size, pitch = chance.between(4.4, 5.2), 15.0 if tall else 8.4
    left, y = (28.0 if tall else 36.0), (84.0 if tall else 77.0)
    for caption, value in rows:
        canvas.spread(left, y, caption, 32, caption_face, 4.7)
        room = canvas.width - left - 38 - 30
        own = size * 0.85 if caption == "业务范围" else fitting(value, room, face, size) if len(value) < 24 else size  # noqa: PLR2004 - longer ones wrap
        end = canvas.paragraph(left + 38, y + chance.near(0, 0.4), value, room, face, own, leading=1.3)
        y = max(end + 2.2, y + pitch)
    return y


def _foot(chance: Chance, canvas: Canvas, fields: dict[str, str], issued: date, bottom: float) -> tuple[str, ...]:
    """The office, its seal and the day; gives the fields that only the seal tells."""
    office, x, y = fields["issuing_authority"], canvas.width - 128, max(bottom + 1, canvas.height - 62)
    printed = chance.maybe(0.7)
    canvas.text(x, y, chance.pick(("发证机关", "登记管理机关", "发证机关")), Face.SONG_BOLD, 4.8)
    if printed:
        face = chance.pick((Face.KAI, Face.SONG_MEDIUM))
        canvas.text(x + 33, y, office, face, fitting(office, 70, face, 4.8), layer="fill")
    words = chinese_day(chance, issued) if chance.maybe(0.25) else day_forms(chance, issued, machine=False)
    canvas.text(x + 26, y + 14, words, chance.pick((Face.SONG_MEDIUM, Face.KAI)), 4.7, layer="fill")
    foot = chance.pick(("中华人民共和国民政部监制", "中华人民共和国民政部制"))
    canvas.text(canvas.width / 2, canvas.height - 21, foot, Face.SONG_MEDIUM, 3.2, align="center")
    canvas.flush()
    marks.seal(canvas, chance, x + chance.between(52, 84), y + chance.between(2, 12), office, diameter=36)
    return () if printed else ("issuing_authority",)
