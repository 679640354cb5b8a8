"""A party of a contract: a company, an institution, or a person.

The name of a company is written as on its license (brackets full-width), that of a person as on the ID card. A name
that looks like neither is only noted: committees, villages and shops have names of their own.

>>> validate(compact("杭州 某某 (集团) 有限公司")).value, validate(compact("张 三"))
('杭州某某（集团）有限公司', Verdict(value='张三', problems=()))
>>> [validate(compact(text)).problems[0].code for text in ("杭州某某有限公", "总则", "某**公司")]
['party_name.ending', 'party_name.surname', 'party_name.characters']
>>> [one.code for one in validate("某某有限公司另一有限公司").problems], validate("某某有限公司杭州分公司").problems
(['party_name.several'], ())
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import divisions
from intake.writing.company_forms import mended
from intake.writing.fillers import is_hidden
from intake.writing.surnames import surname
from intake.writing.width import dotted, is_han, trimmed

TRAITS = Traits(wraps=True, names=True)

_ENDINGS = (
    "公司 店 厂 矿 中心 部 社 所 行 院 馆 企业 场 站 铺 超市 工作室 合伙） 室 坊 城 园 校 学校 大学 中学 小学 局 会 "
    "楼 庄 处 户 队 委 村 组 厅 府 法院 检察院 库 市场 基地 基金 集团 广场 商城 联社 分行 支行 科 组织 办 "
    "Ltd. Ltd Inc. LLC"
)
_ENDING = re.compile("(?:" + "|".join(re.escape(ending) for ending in _ENDINGS.split()) + r")(?:（[^（）]+）)?$")
_NO_PERSON = re.compile(r"[方者章字期址话号]$|代表|代理|负责|签|盖|日期|公司")
_SHORTEST, _LONGEST_PERSON = 2, 4

_MISSING_PROBLEM = Problem("party_name.missing", "error", Label("没有名称。", "There is no name."))
_ENDING_NOTE = Problem(
    "party_name.ending",
    "info",
    Label("名称的结尾不常见，请核对是否完整。", "The ending is unusual: see whether the name is complete."),
)

_SURNAME_NOTE = Problem(
    "party_name.surname",
    "info",
    Label("姓氏不常见，请对照原件。", "The surname is unusual: compare it with the paper."),
)
_FORM_NOTE = Problem(
    "party_name.form",
    "info",
    Label("组织形式中有一个字不寻常，请对照原件。", "One letter of the form is unusual: compare it with the paper."),
)
_SEVERAL_PROBLEM = Problem(
    "party_name.several",
    "warning",
    Label("这里可能是几方的名称。", "These may be the names of several parties."),
)
_SEVERAL = re.compile(r"[、/／].*公司|公司.*[、/／]|^(.{4,})\1$|有限(?:责任)?公司[^（）]{2,}有限(?:责任)?公司")
_HIDDEN_PROBLEM = Problem(
    "party_name.characters",
    "warning",
    Label("名称中有未写明或无法辨认的字符。", "The name holds characters that are left out or cannot be read."),
)


def compact(text: str) -> str:
    """The name on one line, with full-width brackets, and a person's with its dots as ``·``."""
    plain = trimmed(text)
    return dotted(plain) if all(is_han(letter) or letter == "·" for letter in dotted(plain)) else plain


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if len(text) < _SHORTEST:
        return Verdict(None, (_MISSING_PROBLEM,))
    return Verdict(text, _problems(text))


def _problems(text: str) -> tuple[Problem, ...]:
    """What is odd about a name; a place is not who is there."""
    if is_hidden(text):
        return (_HIDDEN_PROBLEM,)
    if candidates(text):
        return (_FORM_NOTE,)
    if _SEVERAL.search(text):
        return (_SEVERAL_PROBLEM,)
    person, place = _is_person(text), text in divisions.heads()
    if not place and (_ENDING.search(text) or (person and ("·" in text or surname(text)))):
        return ()
    return (_SURNAME_NOTE if person and not place else _ENDING_NOTE,)


def candidates(text: str) -> tuple[str, ...]:
    """The name with the form of organization that its end misses by one letter; none where it has one."""
    return mended(compact(text))


def _is_person(text: str) -> bool:
    """Whether the text may be a person's name: two to four Chinese characters, more with the dot, none of a caption."""
    letters = text.replace("·", "")
    if _NO_PERSON.search(text) or not all(is_han(letter) for letter in letters):
        return False
    return len(text) <= _LONGEST_PERSON or "·" in text
