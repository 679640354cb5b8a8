"""Words for the kinds of values and for the policies that the office sets; the audit asks for them."""

from __future__ import annotations

from intake import doctypes, fields
from intake.types import Label

POLICIES: dict[str, Label] = {
    "second_person": Label("双人复核", "second person"),
    "blind": Label("盲录", "blind keying"),
    "sampling": Label("抽样质检", "sampling"),
    "thresholds": Label("存疑阈值", "thresholds"),
    "checklists": Label("材料清单", "checklists"),
    "light": Label("简化确认", "light confirmation"),
}

KINDS: dict[str, Label] = {
    "account_number": Label("账号", "Account number"),
    "address": Label("地址", "Address"),
    "authority": Label("机关", "Authority"),
    "bank_name": Label("开户银行", "Bank"),
    "company_name": Label("企业名称", "Company name"),
    "company_type": Label("企业类型", "Company type"),
    "date": Label("日期", "Date"),
    "ethnicity": Label("民族", "Ethnicity"),
    "id_number": Label("身份证号码", "ID number"),
    "long_text": Label("长文本", "Long text"),
    "money": Label("金额", "Amount"),
    "party_name": Label("合同当事人", "Party of a contract"),
    "permit_number": Label("许可证号", "Permit number"),
    "person_name": Label("人名", "Person's name"),
    "reference": Label("编号", "Reference"),
    "registration_number": Label("注册号", "Registration number"),
    "sex": Label("性别", "Sex"),
    "taxpayer_number": Label("纳税人识别号", "Taxpayer number"),
    "term_end": Label("有效期止", "End of a term"),
    "text": Label("文字", "Text"),
    "uscc": Label("统一社会信用代码", "Unified social credit code"),
}
"""Kinds of value, where they are named apart from a field."""


def kinds() -> dict[str, Label]:
    """Every kind of value with its name; one without a name here is called as the first field that has it."""
    fields_of = {spec.kind: spec.label for kind in reversed(doctypes.types()) for spec in reversed(kind.fields)}
    return {kind: KINDS.get(kind) or fields_of[kind] for kind in fields.kinds() if kind in KINDS or kind in fields_of}
