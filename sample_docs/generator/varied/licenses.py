"""Business licenses of all forms since the 1990s: what each form asks for and what the truth says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sample_docs.generator.papers import LONG_TERM
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.firms import Firm
from sample_docs.generator.varied.labelled import LabelledDocument
from sample_docs.generator.varied.writing import day_forms, term_forms

_PORTRAIT_SINCE, _LANDSCAPE_SINCE = date(2014, 3, 1), date(2019, 3, 1)
_HEADS = {
    "company": "法定代表人", "branch": "负责人", "sole": "经营者", "single": "投资人", "partners": "执行事务合伙人",
    "farmers": "法定代表人",
}  # fmt: skip
_PLACES = {
    "company": "住所", "branch": "营业场所", "sole": "经营场所", "single": "住所", "partners": "主要经营场所",
    "farmers": "住所",
}  # fmt: skip
_OLD_TITLES = {
    "company": "企业法人营业执照", "branch": "营业执照", "sole": "个体工商户营业执照", "single": "个人独资企业营业执照",
    "partners": "合伙企业营业执照", "farmers": "农民专业合作社法人营业执照",
}  # fmt: skip


@dataclass(slots=True)
class Content:
    """What stands on one license: its form, rows of caption and value, and the truth that follows from them."""

    form: str
    firm: Firm
    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()
    copy: str = ""
    issued_text: str = ""
    authority_printed: bool = False

    def add(self, caption: str, value: str, **truth: str) -> None:
        """One row, and what the truth says because of it."""
        self.rows.append((caption, value))
        self.truth.update({name: said for name, said in truth.items() if said})

    def document(self) -> LabelledDocument:
        """The truth as a document on the first page."""
        hidden = () if self.authority_printed or "issuing_authority" not in self.truth else ("issuing_authority",)
        return LabelledDocument("business_license", (1,), dict(self.truth), hidden, self.alternatives, self.optional)


def content(chance: Chance, firm: Firm) -> Content:
    """The license of a business in the form of its year."""
    if firm.issued >= _LANDSCAPE_SINCE and chance.maybe(0.88):
        form = "landscape"
    elif firm.issued >= _PORTRAIT_SINCE or firm.code:
        form = "portrait"
    else:
        form = chance.weighed({"old_landscape": 5, "old_portrait": 4})
    old = form.startswith("old")
    says = Content(form, firm, _OLD_TITLES[firm.form] if old else "营业执照")
    says.copy = chance.weighed({"": 5, "1-1": 3, "(1/1)": 2, "2-1": 1, "(1-1)": 1.5, "3-2": 0.4, "（副本）": 1})
    if firm.code:
        says.truth["uscc"] = firm.code
    if firm.number:
        says.truth["registration_number"] = firm.number
    (_old_rows if old else _new_rows)(chance, says)
    _issue(chance, says, old=old)
    return says


def _new_rows(chance: Chance, says: Content) -> None:
    """The rows of the forms since 2014."""
    firm, landscape = says.firm, says.form == "landscape"
    joined = firm.form == "sole" and chance.maybe(0.08)
    says.add("名称", firm.name, name=firm.name)
    kind = "个体工商户(个人经营)" if joined else firm.kind
    says.add("主体类型" if chance.maybe(0.03) else "类型", kind, company_type=kind)
    place = (_PLACES[firm.form], firm.address)
    if not landscape:
        says.add(*place, address=firm.address)
    _head(chance, says, _HEADS[firm.form])
    if firm.form == "sole" and not joined:
        how = chance.weighed({"个人经营": 6, "家庭经营": 1})
        says.add("组成形式", how)
    _capital(chance, says)
    words = day_forms(chance, firm.established, machine=True)
    says.add("注册日期" if firm.form == "sole" else "成立日期", words, established_on=firm.established.isoformat())
    if firm.form not in {"sole", "farmers", "single"} and not (firm.issued.year > 2021 and chance.maybe(0.7)):  # noqa: PLR2004 - the rules of 2022 dropped the term
        _term(chance, says, "合伙期限" if firm.form == "partners" else "营业期限")
    if landscape:
        says.add(*place, address=firm.address)
    scope_label = "业务范围" if firm.form == "farmers" else "经营范围"
    if not (firm.form == "company" and not landscape and chance.maybe(0.03)):
        says.add(scope_label, firm.scope, business_scope=firm.scope)


def _old_rows(chance: Chance, says: Content) -> None:
    """The rows of the forms before 2014, by legal form and decade."""
    firm = says.firm
    head = _HEADS[firm.form] + ("姓名" if chance.maybe(0.45) else "")
    name_label = {"sole": "字号名称", "company": chance.pick(("名称", "企业名称", "名称"))}.get(firm.form, "名称")
    says.add(name_label, firm.name, name=firm.name)
    place = (_PLACES[firm.form], firm.address)
    swap = chance.maybe(0.3)
    if not swap:
        says.add(*place, address=firm.address)
    _head(chance, says, head)
    if swap:
        says.add(*place, address=firm.address)
    _capital(chance, says)
    _old_kind(chance, says)
    if firm.issued.year < 2004 and firm.form in {"company", "sole"} and chance.maybe(0.5):  # noqa: PLR2004 - then the form lost this row
        says.add("经营方式", chance.pick(("批发、零售", "生产、销售", "服务", "加工、销售", "零售", "制造、加工")))
    labels = {"sole": chance.pick(("经营范围及方式", "经营范围")), "farmers": "业务范围"}
    says.add(labels.get(firm.form, "经营范围"), firm.scope, business_scope=firm.scope)
    _old_days(chance, says)


def _old_kind(chance: Chance, says: Content) -> None:
    """The legal form under one of its captions; a shop's 组成形式 alone or below its 类型."""
    firm = says.firm
    if firm.form == "sole":
        how = chance.pick(("个人经营", "个人经营", "家庭经营"))
        both = chance.maybe(0.35)
        if both:
            says.add("类型", "个体工商户", company_type="个体工商户")
        says.add("组成形式", how, **({} if both else {"company_type": how}))
    elif firm.form not in {"single", "branch"} or chance.maybe(0.5):
        label = "公司类型" if firm.kind.endswith("公司") or "有限责任公司" in firm.kind else "企业类型"
        label = "经济性质" if firm.kind.endswith("所有制") and chance.maybe(0.7) else label
        says.add(label, firm.kind, company_type=firm.kind)


def _old_days(chance: Chance, says: Content) -> None:
    """When it was founded and until when it may work; for shops one of the two."""
    firm, numerals = says.firm, chance.maybe(0.5)
    if firm.form == "sole" and chance.maybe(0.4):
        _term(chance, says, "执照有效期", chinese=numerals)
        return
    words = day_forms(chance, firm.established, machine=True, chinese=numerals)
    says.add("注册日期" if firm.form == "sole" else "成立日期", words, established_on=firm.established.isoformat())
    if firm.form in {"company", "partners"}:
        caption = "合伙期限" if firm.form == "partners" else chance.pick(("营业期限", "营业期限", "经营期限"))
        _term(chance, says, caption, chinese=numerals and chance.maybe(0.5))


def _head(chance: Chance, says: Content, caption: str) -> None:
    """Who answers for the business; a company with its delegate, who may stand in the value or not."""
    firm, value = says.firm, says.firm.head
    if firm.agent and chance.maybe(0.8):
        mark = chance.pick(("（委派代表：{}）", "(委派代表：{})", "（委派{}为代表）"))
        value += mark.format(firm.agent)
        says.alternatives = (("legal_representative", (firm.head,)),)
    says.add(caption, value, legal_representative=value)


def _capital(chance: Chance, says: Content) -> None:
    """注册资本 and, before 2014, 实收资本 beside it."""
    firm = says.firm
    if not firm.capital:
        return
    caption = {"farmers": "成员出资总额", "partners": "出资额"}.get(firm.form, "注册资本")
    if firm.kind.endswith("所有制"):
        caption = "注册资金"
    says.add(caption, firm.capital_text, registered_capital=firm.capital)
    if caption == "注册资本" and says.form.startswith("old") and chance.maybe(0.6):
        says.add("实收资本", firm.capital_text)


def _term(chance: Chance, says: Content, caption: str, *, chinese: bool = False) -> None:
    """The term in one of its many forms."""
    text, first, last, optional = term_forms(chance, says.firm.established, says.firm.term_to, chinese=chinese)
    starts = says.firm.established.isoformat() if first else ""
    says.add(caption, text, valid_from=starts, valid_to=LONG_TERM if last == LONG_TERM else last)
    says.optional = optional


def _issue(chance: Chance, says: Content, *, old: bool) -> None:
    """The day of issue and the authority, printed or on the seal alone."""
    firm = says.firm
    says.authority_printed = chance.maybe(0.6 if old else 0.06)
    says.truth["issuing_authority"] = firm.authority
    says.issued_text = day_forms(chance, firm.issued, machine=False, chinese=old and chance.maybe(0.75))
    says.truth["issued_on"] = firm.issued.isoformat()
