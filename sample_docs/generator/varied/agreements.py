"""Contracts as content: who with whom, about what, for how much, from when to when, and the truth of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sample_docs.generator import numbers
from sample_docs.generator.varied import firms, names, places
from sample_docs.generator.varied.agreement_words import CLOSING, FILLERS, HEADINGS, KINDS, LAW, Kind
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.writing import chinese_day

_CODE_DAY = date(2021, 1, 1)
_SUMS = (
    36_000,
    58_000,
    96_000,
    128_400,
    186_050,
    230_400,
    486_500,
    750_000,
    1_080_000,
    2_600_000,
    3_148_800,
    8_600_000,
)
_COUNTS = "零一二三四五六七八九十"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class Side:
    """A party: ``sealed`` tells a company with a seal from a person."""

    role: str
    name: str
    signer: str
    address: str
    sealed: bool


@dataclass(slots=True)
class Agreement:
    """A contract's words in order and its truth; ``table`` holds rows of cells, the first the heads."""

    title: str
    number: str
    first: Side
    second: Side
    signed: date
    paragraphs: list[tuple[str, bool]] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    optional: list[str] = field(default_factory=list)
    unordered: bool = False


def agreement(chance: Chance) -> Agreement:
    """An invented contract of one of the kinds."""
    kind = chance.pick(KINDS)
    signed = chance.day(date(2003, 1, 5), date(2026, 9, 30))
    roles = chance.pick(kind.roles)
    labour = kind.people >= 1.0
    sides = [
        _side(chance, role, person=chance.maybe(kind.people) and not (labour and place == 0))
        for place, role in enumerate(roles)
    ]
    made = Agreement(chance.pick(kind.titles), _number(chance, signed), sides[0], sides[1], signed)
    made.truth = {"title": made.title, "party_a": sides[0].name, "party_b": sides[1].name}
    if made.number:
        made.truth["contract_number"] = made.number
    made.unordered = not any(mark in roles[0] for mark in "甲乙") and roles[0] in {"供方", "卖方", "出卖人"}
    _write(chance, made, kind)
    return made


def _side(chance: Chance, role: str, *, person: bool) -> Side:
    """A party, a person or a business."""
    place = chance.pick(places.places())
    if person:
        who = names.name(chance)
        return Side(role, who, who, places.address(chance, place, home=True), sealed=False)
    owner = firms.firm(chance, form=chance.weighed({"company": 8, "sole": 1, "partners": 0.5}))
    return Side(role, owner.name, names.name(chance), owner.address, sealed=True)


def _number(chance: Chance, signed: date) -> str:
    """A contract number in one of many forms; none on a sixth of the contracts."""
    letters = "".join(chance.pick("ABCDFGHJKLMNPQRSTWXYZ") for _ in range(chance.whole(2, 4)))
    word = chance.pick(("采", "购", "租", "服", "技", "建", "工", "法", "营", "销"))
    serial = chance.whole(1, 999)
    return chance.weighed({
        "": 3.0, f"{letters}-{signed.year}-{serial:04d}": 3.0, f"HT{signed:%Y%m%d}{serial:03d}": 3.0,
        f"{signed:%Y%m}{serial:04d}": 1.5,
        f"{letters}〔{signed.year}〕{serial:02d}号": 1.5, f"({signed.year}){word}字第{serial:03d}号": 1.5,
        f"{signed.year}-{word}-{serial:03d}": 1.0,
        f"{letters}/{signed.year}/{serial:03d}": 1.0, f"{letters}-HT-{signed:%y%m%d}": 1.2,
        f"{letters}{signed:%y%m}{serial:02d}-{chance.whole(1, 9)}": 0.8,
        f"合字第{signed.year}{serial:04d}号": 0.8, f"{letters}{chance.digits(8)}": 1.0,
    })  # fmt: skip


def day(chance: Chance, when: date) -> str:
    """A date as typists write it."""
    return chance.weighed({
        f"{when.year}年{when.month}月{when.day}日": 6, f"{when:%Y年%m月%d日}": 4,
        f"{when.year} 年 {when.month} 月 {when.day} 日": 2,
        f"{when.year}-{when.month:02d}-{when.day:02d}": 0.5, f"{when.year}.{when.month}.{when.day}": 0.6,
        f"{when.year}/{when.month}/{when.day}": 0.4,
        chinese_day(chance, when): 0.8,
    })  # fmt: skip


def _sum(chance: Chance, yuan: int) -> str:
    """The whole sum in digits, characters or both."""
    words = numbers.capital_amount(yuan)
    plain, commas = str(yuan), f"{yuan:,}"
    tens = f"{yuan / 10_000:.4f}".rstrip("0").rstrip(".")
    forms = {
        f"人民币（大写）{words}（小写：¥{commas}.00元）": 3.0, f"人民币{commas}.00元（大写：{words}）": 3.0,
        f"人民币{plain}元（大写：{words}）": 2.0,
        f"人民币{words}（¥{commas}.00）": 2.0, f"¥{commas}.00元，大写：人民币{words}": 1.5, f"人民币{commas}元": 1.0,
        f"人民币{commas}.00元整": 1.0,
        f"（大写）{words}，（小写）{plain}元": 1.0, f"￥{plain}.00（人民币{words}）": 1.0, f"人民币{words}": 0.6,
    }  # fmt: skip
    if len(tens) <= 6:  # noqa: PLR2004 - nobody writes more places
        forms[f"人民币{tens}万元（大写：{words}）"] = 1.5
        forms[f"人民币{tens}万元整"] = 0.8
    return chance.weighed(forms)


def _term(chance: Chance, made: Agreement) -> str:
    """From–to, a start with a number of years, or from the signing; puts the truth in."""
    begins = made.signed + timedelta(days=chance.weighed({0: 3, 1: 1, 5: 1, 14: 2, 30: 1}))
    begins = (
        begins.replace(day=1)
        if chance.maybe(0.3) and begins.day > 1 and begins.replace(day=1) >= made.signed
        else begins
    )
    years = chance.weighed({1: 5, 2: 2, 3: 3, 5: 1, 10: 0.4})
    ends = names.later(begins, years) - timedelta(days=1)
    form = chance.weighed({"both": 7, "years": 2.2, "none": 1.2})
    if form == "none":
        made.optional += ["effective_from", "effective_to"]
        return f"为{_COUNTS[years]}年，自双方签字盖章之日起计算"
    made.truth["effective_from"], made.truth["effective_to"] = begins.isoformat(), ends.isoformat()
    first = day(chance, begins)
    if form == "years":
        made.alternatives["effective_to"] = [names.later(begins, years).isoformat()]
        count = chance.pick((_COUNTS[years], str(years), _CAPITALS[years] if years < len(_CAPITALS) else "拾"))
        return chance.pick(
            (f"为{count}年，自{first}起计算", f"自{first}起，为期{count}年", f"{count}年，自{first}起生效")
        )
    last = day(chance, ends)
    return chance.pick(
        (
            f"自{first}起至{last}止",
            f"自{first}至{last}",
            f"为{_COUNTS[years]}年，自{first}起至{last}止",
            f"从{first}起到{last}止",
            f"：{first}至{last}",
        )
    )


def _write(chance: Chance, made: Agreement, kind: Kind) -> None:
    """The paragraphs: own clauses with the sum and the term among them, fillers to the length, the closing."""
    yuan = chance.pick(_SUMS) + chance.whole(0, 400) * 100
    chosen = chance.some(kind.clauses, chance.whole(3, len(kind.clauses)))
    own = [clause.format(**_numbers(chance, yuan)) for clause in chosen]
    own.insert(chance.whole(0, len(own)), chance.pick(kind.terms) + _term(chance, made) + "。")
    if kind.sums:
        made.truth["amount"] = numbers.money(yuan)
        tail = chance.pick(("。", "，该价款已含税费及运输费。", "，不作调整。"))
        own.insert(chance.whole(0, len(own)), chance.pick(kind.sums).format(sum=_sum(chance, yuan)) + tail)
    fillers = chance.some(FILLERS, chance.weighed({3: 3, 6: 3, 9: 2, 12: 2}))
    clauses = [*own, *fillers, chance.pick(CLOSING)]
    if kind.goods and chance.maybe(0.6):
        made.table = _table(chance, kind, yuan)
    law = "劳动合同法" if kind.people >= 1.0 else "民法典" if made.signed >= _CODE_DAY else "合同法"
    made.paragraphs = [(chance.pick(LAW).format(law=law), False), *_set(chance, clauses)]


def _set(chance: Chance, clauses: list[str]) -> list[tuple[str, bool]]:
    """Clauses numbered as in one of the usual styles; True marks a heading."""
    form = chance.weighed({"headed": 4, "一、": 3, "1.": 2, "第一条": 2})
    found: list[tuple[str, bool]] = []
    headings = chance.some(HEADINGS, len(HEADINGS))
    for place, clause in enumerate(clauses):
        number = _ordinal(place + 1)
        if form == "headed" and place < len(headings):
            found += [(f"第{number}条 {headings[place]}", True), (clause, False)]
        else:
            mark = {"一、": f"{number}、", "1.": f"{place + 1}.", "第一条": f"第{number}条 ", "headed": ""}[form]
            found.append((mark + clause, False))
    return found


def _ordinal(number: int) -> str:
    """1 to 29 in characters."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "二十") + (_COUNTS[ones] if ones else "")


def _numbers(chance: Chance, yuan: int) -> dict[str, str]:
    """Sums and counts that are not the contract's: deposits, unit prices, wages, penalties."""
    deposit = max(yuan // chance.pick((10, 5, 20)) // 100 * 100, 1000)
    wage = chance.whole(28, 180) * 100
    return {
        "deposit": chance.pick((f"{deposit}元", f"{numbers.capital_amount(deposit)}（¥{deposit:,}.00）",
        f"{deposit:,}.00元")),
        "unit": chance.pick((f"{chance.whole(8, 300) * 10}元", f"{chance.whole(80, 3000)}.00元")),
        "wage": f"{wage}元", "months": chance.pick(("六", "十二", "24", "12")), "days": str(chance.pick((3, 5, 7, 10,
        15, 30))),
        "rate": chance.pick(listed("千分之一|万分之五|千分之三|0.5‰|3%")), "area": str(chance.whole(40, 2600)),
        "percent": str(chance.whole(4, 12)),
        "post": chance.pick(("会计", "机械操作工", "销售经理", "软件工程师", "仓库管理员", "质检员")),
        "place": places.road(chance) + "南侧地块",
    }  # fmt: skip


def _table(chance: Chance, kind: Kind, yuan: int) -> list[tuple[str, ...]]:
    """Goods with prices that add up to the whole sum."""
    rows: list[tuple[str, ...]] = [("货物名称", "规格型号", "单位", "数量", "单价（元）", "金额（元）")]
    goods, left = chance.some(kind.goods, chance.whole(2, 5)), yuan
    for place, name in enumerate(goods):
        part = left if place == len(goods) - 1 else left // chance.whole(2, 4) // 100 * 100
        count = chance.pick((10, 20, 50, 100)) if part % 1000 == 0 else chance.pick((1, 2, 4))
        price = f"{part / count:,.2f}".removesuffix(".00")
        rows.append(
            (
                name,
                f"{chance.pick('ABDHKMQXYZ')}{chance.whole(10, 990)}-{chance.whole(1, 9)}",
                chance.pick("台套件吨米箱"),
                f"{count:,}",
                price,
                f"{part:,}",
            )
        )
        left -= part
    return [*rows, ("合计", "", "", "", "", f"{yuan:,}")]
