"""A sum that a paper tells twice is the same both times: in characters and in digits, in a clause and as a total.

Where both forms stand together, :mod:`intake.fields.money` compares them (支付结算办法, 1997, annex 1). Here are those
that stand apart: 大写 in a line of its own, the total of a table, a later clause. Which one is meant a person decides;
both are offered. Two amounts may differ rightly (one without tax), so only the two forms of one sum are an error.
"""

from __future__ import annotations

from datetime import date

from intake import doctypes, fields
from intake.types import ELSEWHERE, Alternative, DocumentReading, FieldReading, Finding, Label

_FORMS = Label(
    "大写金额与数字金额不一致，请对照原件确定。",
    "The amount in characters and the amount in digits differ: decide by the paper.",
)
_SUMS = Label(
    "文件中另有一处金额与此不同，请对照原件确定。", "The paper tells another amount elsewhere: decide by the paper."
)


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """At most one finding per field of a kind that a paper tells once."""
    kinds = {spec.name: spec.kind for spec in doctypes.get(reading.type or "").fields}
    told = (one for one in reading.fields if fields.traits(kinds.get(one.field, "text")).once and one.value is not None)
    return tuple(finding for one in told if (finding := _finding(one, kinds[one.field])) is not None)


def _finding(field: FieldReading, kind: str) -> Finding | None:
    others = [one for one in field.alternatives if one.value != field.value]
    if any(_is_other_form(one, field, kind) for one in others):
        return Finding("money.disagree", "error", (field.field,), _FORMS)
    if any(one.reason == ELSEWHERE for one in others):
        return Finding("money.elsewhere", "warning", (field.field,), _SUMS)
    return None


def _is_other_form(other: Alternative, field: FieldReading, kind: str) -> bool:
    """Whether one reader read both forms, this one in characters or in digits and the field in the other.

    What two readers make of the same print differs where one of them misread it: that is no matter of the paper.
    """
    if not set(other.reader.split("+")) & set(field.reader.split("+")):
        return False
    if other.reason == ELSEWHERE:
        return _is_written(other.text) != _is_written(field.text)
    return any(one.code == "money.disagree" for one in fields.check(kind, other.text).problems)


def _is_written(text: str) -> bool:
    """Whether an amount is in characters: no digit stands in it."""
    return not any(letter.isascii() and letter.isdigit() for letter in text)
