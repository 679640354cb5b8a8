"""The taxpayer number and the credit code of one company (税总发〔2015〕145号: since then they are the same).

18 characters must be the credit code itself, unless they are an ID number; of 15 the last nine are the organization
code, which is also positions 9 to 17 of the credit code. Provisional tax numbers exist, so that is a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake import fields
from intake.fields import uscc
from intake.papers import Paper
from intake.types import Finding, Label

_FACTS = ("taxpayer_number", "credit_code")
_SAME = Label("纳税人识别号与统一社会信用代码不一致。", "The taxpayer number is not the credit code.")
_INSIDE = Label(
    "纳税人识别号与信用代码中的组织机构代码不一致。",
    "Taxpayer number and credit code hold different organization codes.",
)


def case(papers: Sequence[Paper], today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """At most one finding, on the first taxpayer number that fits no credit code of the case."""
    codes = [value for paper in papers if (value := paper.value("credit_code")) is not None]
    numbers = [value for paper in papers if (value := paper.value("taxpayer_number")) is not None]
    codes = [code for code in codes if fields.check("uscc", code).value is not None]
    for number in numbers if codes else ():
        if len(number) == uscc.LENGTH and number not in codes and not fields.is_sound("id_number", number):
            return (Finding("taxpayer.not_credit_code", "error", _FACTS, _SAME),)
        if len(number) == 15 and number[6:] not in map(uscc.organization_code, codes):  # noqa: PLR2004 - as said above
            return (Finding("taxpayer.organization_code", "warning", _FACTS, _INSIDE),)
    return ()
