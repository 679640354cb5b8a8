"""The name of a company, shop or institution (企业名称登记管理规定, 2020).

The parts are region, trade name, trade and form of organization. Brackets are full-width, as on licenses. A name
without a customary ending is only noted: many shops have their own.

>>> validate(compact("杭州 某某 (集团) 有限公司")).value
'杭州某某（集团）有限公司'
>>> validate(compact("杭州某某有限公")).problems[0].code
'company_name.ending'
>>> validate("杭州某某有很公司").problems[0].code, candidates("杭州某某有很公司")
('company_name.form', ('杭州某某有限公司',))
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.company_forms import mended
from intake.writing.fillers import is_hidden
from intake.writing.width import FORM_COMMA, trimmed

_LOOK = (
    r"(?!有限|股份|其他|个体|个人|私营|内资|外资|全民所有)[\u4e00-\u9fff()A-Za-z0-9·]{2,36}"
    r"(?:公司|厂|店|社|部|行|馆|院|所|园|场|坊|站|中心|合伙企业[()一-龥]{0,8})(?:\([^()]{2,14}\))?"
)
# What ends it: a number (of the copy, the account), a piece of a purpose stamp (…使用) behind the form of organization.
TRAITS = Traits(
    names=True,
    wraps=True,
    look=_LOOK,
    end=r"\d{6,}|(?<=公司|作社|企业|中心|商行|伙）|伙\))(?:使用|使|用|件)$",
    encoded=rf"(?:企业名称|名称)[:：]\s*((?:[^;；,，\s]|(?<=[A-Za-z.,&)]) (?=[A-Za-z&(])|{FORM_COMMA}){{4,60}})",
)

_ENDINGS = (
    "公司 店 厂 中心 部 社 所 行 院 馆 企业 场 站 铺 超市 工作室 合伙） 合伙) 室 坊 城 屋 吧 园 学校 大学 局 会 楼 庄 "
    "堂 阁 家 处 轩 房 摊 点 户 酒家 银行 厅 队 庭 仓 库 廊 苑 村 餐厅 市场 基地 基金 幼儿园 协会 集团 广场 商城 "
    "Ltd. Ltd Inc. LLC"
)
_ENDING = re.compile("(?:" + "|".join(re.escape(ending) for ending in _ENDINGS.split()) + r")(?:（[^（）]+）)?$")
_SHORTEST = 2

_MISSING_PROBLEM = Problem("company_name.missing", "error", Label("没有名称。", "There is no name."))
_ENDING_NOTE = Problem(
    "company_name.ending",
    "info",
    Label("名称的结尾不常见，请核对是否完整。", "The ending is unusual: see whether the name is complete."),
)


_FORM_NOTE = Problem(
    "company_name.form",
    "info",
    Label("组织形式中有一个字不寻常，请对照原件。", "One letter of the form is unusual: compare it with the paper."),
)
_HIDDEN_PROBLEM = Problem(
    "company_name.characters",
    "warning",
    Label("名称中有未写明或无法辨认的字符。", "The name holds characters that are left out or cannot be read."),
)


def compact(text: str) -> str:
    """The name on one line, with full-width brackets."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if len(text) < _SHORTEST:
        return Verdict(None, (_MISSING_PROBLEM,))
    if is_hidden(text):
        return Verdict(text, (_HIDDEN_PROBLEM,))
    if candidates(text):
        return Verdict(text, (_FORM_NOTE,))
    return Verdict(text, () if _ENDING.search(text) else (_ENDING_NOTE,))


def candidates(text: str) -> tuple[str, ...]:
    """The name with the form of organization that its end misses by one letter; none where it has one."""
    return mended(compact(text))
