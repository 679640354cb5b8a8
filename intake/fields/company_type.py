"""The form of organization 类型 on a license (市场主体类型, GB/T 12402 and the wording of the registration offices).

The text is free; the usual wordings serve as a lexicon for misread ones.

>>> validate(compact("有限责任公司(自然人独资)")).value
'有限责任公司（自然人独资）'
>>> candidates("有限贵任公司（自然人独资）")[0]
'有限责任公司（自然人独资）'
"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

_LOOK = (
    r"个体工商户(?:\(.{2,6}\))?|个人独资企业.{0,6}|有限合伙|.{0,6}合伙企业(?:\(..合伙\))?|农民专业合作(?:社|经济组织).{0,6}"
    r"|(?:内资|外资|私营)?(?:其他)?(?:股份)?有限(?:责任)?公司(?:分公司)?(?:\(.{2,30}\))?|(?:全民|集体)所有制.{0,8}"
    r"|(?:私营|联营|股份合作|国有|集体|外商投资|内资|港澳台商?).{0,10}(?:企业|分公司)"
)
TRAITS = Traits(wraps=True, worded=True, look=_LOOK)

_TABLE = (
    "有限责任公司 有限责任公司（自然人独资） 有限责任公司（自然人投资或控股） 有限责任公司（法人独资） "
    "有限责任公司（自然人投资或控股的法人独资） 有限责任公司（非自然人投资或控股的法人独资） 其他有限责任公司 "
    "有限责任公司（国有独资） 有限责任公司（国有控股） 有限责任公司（国内合资） 有限责任公司（中外合资） "
    "有限责任公司（外国法人独资） 有限责任公司（外商投资企业法人独资） 有限责任公司（台港澳法人独资） "
    "有限责任公司（台港澳与境内合资） 有限责任公司（港澳台自然人独资） 有限责任公司分公司 "
    "有限责任公司分公司（自然人独资） 有限责任公司分公司（自然人投资或控股） 股份有限公司 股份有限公司（上市） "
    "股份有限公司（非上市） 股份有限公司（上市、自然人投资或控股） 股份有限公司（非上市、自然人投资或控股） "
    "其他股份有限公司（非上市） 股份有限公司分公司 个体工商户 个人独资企业 普通合伙企业 有限合伙企业 联营 "
    "特殊普通合伙企业 全民所有制 集体所有制 股份合作制 农民专业合作社 外商投资企业分公司"
)
_USUAL = tuple(_TABLE.split())
_NEAR = 80.0  # rapidfuzz ratio: two wrong characters in a name of ten

_MISSING_PROBLEM = Problem("company_type.missing", "error", Label("没有类型。", "There is no form of organization."))


def compact(text: str) -> str:
    """The wording on one line, with full-width brackets."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact wording."""
    return Verdict(text) if text else Verdict(None, (_MISSING_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """Usual wordings that are near to what was read, the nearest first; none where it is a usual wording itself."""
    plain = compact(text)
    if plain in _USUAL:
        return ()
    found = process.extract(plain, _USUAL, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3)
    return tuple(name for name, _, _ in found)
