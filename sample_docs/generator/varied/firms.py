"""The invented businesses behind the papers, in every legal form and of every year since 1990."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample_docs.generator import numbers
from sample_docs.generator.varied import names, places, trades
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.places import Place

_MARK = (
    "澜嵘骏弘瀚誉翎硕铭煜晟鼎鑫盛恒泰瑞祥和顺达通汇锦华宏伟博雅卓越凯旋腾飞翔宇智慧创新诚信德福禄寿喜安康宁静远志"
    "尚品味源泉清流风云霆霖润泽沐沁汀渡屿岚峦栖禾麦粟芸苒茉蔚菀葵槿槐梧桐楠柏榕桦枫棠橙柚杉柠朔望弦朗昭曦晗旻昊晔"
    "烨炫焱焕熠星辰宸极曜斗衡璇玑瑶琪琳玥珂琅瑾瑜璟璞砚墨翰麓岭峙岑巍嵩川溪涧湾浦港舟帆桨锚航域疆垣城阙阁轩榭庭院"
    "圃园畴陌阡巷里坊市井肆铺集"
)
_KEPT = ("有限公司", "有限责任公司")
_CREDIT_YEAR, _SHARED_YEAR, _FIFTEEN_YEAR = date(2015, 10, 1), 2019, 2007
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LAST = date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Firm:
    """A business with what its papers say of it.

    ``form`` is company, branch, sole (个体工商户), single (个人独资企业),
    partners or farmers (农民专业合作社); ``code`` a
    credit code or empty, ``number`` an old registration number or empty; ``agent`` the delegate (委派代表) of a partner
    that is itself a company.
    """

    form: str
    name: str
    kind: str
    place: Place
    code: str
    number: str
    organisation: str
    head: str
    agent: str
    established: date
    issued: date
    address: str
    scope: str
    authority: str
    capital_text: str
    capital: str
    term_to: date | None


_FORMS = {"company": 58.0, "sole": 20.0, "branch": 7.0, "single": 4.0, "partners": 6.0, "farmers": 5.0}
_CATEGORY = {"company": "91", "branch": "91", "single": "91", "partners": "91", "sole": "92", "farmers": "93"}


def firm(chance: Chance, *, form: str = "", issued: tuple[date, date] = (date(1992, 1, 1), LAST)) -> Firm:
    """A business whose present license was issued between the two days."""
    form = form or chance.weighed(_FORMS)
    day = chance.day(*issued)
    established = day if chance.maybe(0.45) else chance.day(date(max(1985, day.year - 20), 1, 1), day)
    place, business = chance.pick(places.places()), trades.trade(chance)
    organisation = _organisation(chance, established)
    credit = day >= _CREDIT_YEAR and not (day.year == _CREDIT_YEAR.year and chance.maybe(0.4))
    code = numbers.credit_code(_CATEGORY[form], place.code, organisation) if credit else ""
    number = "" if credit and chance.maybe(0.93) else registration_number(chance, place, form, day)
    text, amount = capital(chance, form, day)
    head, agent = _head(chance, form)
    years = chance.weighed({0: 4.0, 10: 2.5, 20: 3.0, 30: 2.0, 50: 1.0})
    return Firm(
        form, name(chance, form, place, business), kind(chance, form, day), place, code, number, organisation, head,
        agent,
        established, day, places.address(chance, place),
        trades.scope(chance, business, day.year, small=form in {"sole", "farmers"}),
        places.registry_office(chance, place, day.year), text, amount, term_end(chance, established, years),
    )  # fmt: skip


def term_end(chance: Chance, first: date, years: int) -> date | None:
    """The last day after so many years (the day before, mostly); None for ever."""
    if not years:
        return None
    end = names.later(first, years)
    return end if chance.maybe(0.3) else date.fromordinal(end.toordinal() - 1)


def _organisation(chance: Chance, established: date) -> str:
    """Nine characters of an organisation code; since October 2015 they begin with MA."""
    if established >= _CREDIT_YEAR:
        return numbers.organisation_code("MA" + "".join(chance.pick(_USCC) for _ in range(6)))
    return numbers.organisation_code(chance.digits(8))


def registration_number(chance: Chance, place: Place, form: str, day: date) -> str:
    """15 digits since 2007; before, 13 digits, with a district, or as few as 8 with the copy."""
    if day.year >= _FIFTEEN_YEAR:
        lead = "6" if form == "sole" else chance.pick("0123")
        return numbers.registration_number(place.code + lead + chance.digits(7))
    length = 7 if chance.maybe(0.75) else 2
    return (place.code if length > 2 else chance.pick("123")) + chance.digits(7)  # noqa: PLR2004 - the short ones hold no district


def _head(chance: Chance, form: str) -> tuple[str, str]:
    """Who answers for the business, and the delegate where that is a company."""
    people = chance.weighed({"汉": 96, "回": 1, "维吾尔": 1.2, "藏": 0.6, "蒙古": 0.6, "哈萨克": 0.6})
    if form == "partners" and chance.maybe(0.45):
        place = chance.pick(places.places())
        return name(chance, "company", place, trades.TRADES[10]), names.name(chance)
    return names.name(chance, "", people), ""


def name(chance: Chance, form: str, place: Place, business: trades.Trade) -> str:
    """A name by its form: place, mark, line, form; the place sometimes in brackets."""
    mark = "".join(chance.pick(_MARK) for _ in range(chance.weighed({2: 5.0, 3: 4.0, 4: 0.7})))
    city = place.city or place.province
    short = city.removesuffix("市") if len(city) < 5 else city  # noqa: PLR2004 - long names keep their kind
    where = chance.pick((city, short, place.province, place.county, short))
    word = chance.pick(business.words)
    if form == "sole":
        return f"{place.county if chance.maybe(0.75) else ''}{mark}{chance.pick(business.shops)}"
    if form == "farmers":
        work = chance.pick(listed("种植|养殖|农机|果蔬|畜禽养殖|中药材种植"))
        return f"{place.county}{mark}{work}{'农民' if chance.maybe(0.4) else ''}专业合作社"
    if form == "single":
        return f"{where}{mark}{word}{chance.pick(('厂', '中心', '工作室', '经营部', '服务部', '事务所'))}"
    if form == "partners":
        tail = chance.weighed(
            {
                "合伙企业（有限合伙）": 5,
                "中心（有限合伙）": 4,
                "事务所（普通合伙）": 1,
                "合伙企业（普通合伙）": 0.5,
                "厂（普通合伙）": 0.5,
            }
        )
        return f"{where}{mark}{word}{tail}"
    kept = chance.weighed({"有限公司": 7.0, "有限责任公司": 2.0, "股份有限公司": 0.7, "集团有限公司": 0.3})
    whole = f"{mark}（{short}）{word}{kept}" if chance.maybe(0.08) else f"{where}{mark}{word}{kept}"
    if form == "branch":
        other = chance.pick(places.places())
        return (
            whole
            + (other.city or other.province).removesuffix("市")
            + chance.weighed({"分公司": 6, "第一分公司": 0.6, "营业部": 0.8, "分店": 0.5})
        )
    return whole


_KINDS = {
    "company": listed(
        "有限责任公司|有限责任公司(自然人投资或控股)|有限责任公司（自然人投资或控股）|"
        "有限责任公司(自然人独资)|有限责任公司（自然人独资）|有限责任公司(法人独资)|"
        "有限责任公司（自然人投资或控股的法人独资）|有限责任公司（非自然人投资或控股的法人独资）|"
        "其他有限责任公司|有限责任公司(国有独资)|有限责任公司（台港澳法人独资）|有限责任公司(中外合资)|"
        "有限责任公司（外国法人独资）|股份有限公司(非上市、自然人投资或控股)|其他股份有限公司(非上市)"
    ),
    "branch": listed(
        "有限责任公司分公司|有限责任公司分公司(自然人投资或控股)|其他有限责任公司分公司|分公司|"
        "股份有限公司分公司（非上市）|内资分公司"
    ),
    "sole": ("个体工商户",),
    "single": ("个人独资企业", "个人独资企业", "个人独资企业分支机构"),
    "partners": ("有限合伙企业", "普通合伙企业", "有限合伙", "特殊普通合伙企业", "合伙企业"),
    "farmers": ("农民专业合作社", "农民专业合作经济组织"),
}  # fmt: skip
_OLD_KINDS = (
    "有限责任公司",
    "有限责任公司",
    "集体所有制",
    "全民所有制",
    "股份合作制",
    "联营企业",
    "私营企业",
    "有限责任公司(中外合资)",
    "外商独资企业",
)
_OLD_YEAR = 2008


def kind(chance: Chance, form: str, day: date) -> str:
    """The legal form as printed in that year."""
    if form == "company" and day.year < _OLD_YEAR:
        return chance.pick(_OLD_KINDS)
    return chance.pick(_KINDS[form])


_CAPITALS: dict[int, float] = {
    3: 1, 10: 2, 30: 1, 50: 4, 80: 1, 100: 6, 108: 1, 200: 4, 300: 3, 326: 0.6, 500: 5, 518: 0.6, 600: 1, 1000: 5,
    1280: 0.6, 2000: 2, 3000: 1.4, 5000: 2, 5050: 0.5,
}  # fmt: skip


def capital(chance: Chance, form: str, day: date) -> tuple[str, str]:
    """The capital as printed and its canonical amount; empty where the form has none."""
    if form in {"sole", "branch", "single"} or (form == "partners" and chance.maybe(0.6)):
        return "", ""
    yuan = chance.weighed(_CAPITALS) * 10_000
    if chance.maybe(0.04):
        yuan += chance.whole(1, 99) * 100
    if chance.maybe(0.04) and form == "company":
        return _foreign(chance, yuan)
    whole = f"{yuan / 10_000:.6f}".rstrip("0").rstrip(".")
    words = numbers.capital_amount(yuan).removesuffix("整")
    exact = f"{yuan / 10_000:.{chance.pick((2, 4, 6))}f}"
    forms = {
        f"{words}整": 6.0, f"人民币{words}整": 2.0, f"人民币{words}": 0.5, words: 0.6, f"{whole}万元整": 3.0,
        f"{whole}万元": 2.0, f"{whole}万元人民币": 2.0, f"人民币{exact}万元整": 1.0, f"{exact}万人民币": 0.5,
        f"{exact}万元": 0.7, f"人民币{whole}万元": 1.0, f"{whole}万": 0.4, f"（人民币）{words}整": 0.6,
    }  # fmt: skip
    if yuan == 50_000_000 and chance.maybe(0.3):  # noqa: PLR2004 - the round sum becomes the roundest
        return chance.pick(("壹亿元整", "10000万元整", "人民币壹亿元整")), numbers.money(100_000_000)
    if day.year < _OLD_YEAR:
        forms |= {f"{whole}万元": 5.0, f"人民币{words}": 3.0, f"人民币{whole}万元": 4.0}
    return chance.weighed(forms), numbers.money(yuan)


def _foreign(chance: Chance, yuan: int) -> tuple[str, str]:
    """An amount in another currency."""
    coin, code = chance.pick(
        (("美元", "USD"), ("美元", "USD"), ("港元", "HKD"), ("欧元", "EUR"), ("日元", "JPY"), ("港币", "HKD"))
    )
    text = (
        f"{yuan // 10_000}万{coin}" if chance.maybe(0.6) else numbers.capital_amount(yuan - yuan % 10_000)[:-2] + coin
    )
    return text, f"{code} {yuan - yuan % 10_000}.00"
