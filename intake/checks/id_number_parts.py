"""The birth date and the sex inside an ID number must be those printed on the card (GB 11643-1999, clauses 4.2, 4.3).

A side with an unreadable part says nothing.
"""

from __future__ import annotations

from datetime import date

from intake import fields
from intake.fields import id_number
from intake.types import DocumentReading, Finding, Label

_BIRTH = Label("出生日期与公民身份号码不一致。", "The birth date is not that of the ID number.")
_SEX = Label("性别与公民身份号码不一致。", "The sex is not that of the ID number.")


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """Findings where number and print differ."""
    number, born, sex = (reading.value(name) for name in ("id_number", "birth_date", "sex"))
    if number is None or fields.check("id_number", number).value is None:
        return ()
    found = []
    inside = id_number.birth_date(number)
    if born is not None and inside is not None and inside.isoformat() != born:
        found.append(Finding("id_number.birth_mismatch", "error", ("id_number", "birth_date"), _BIRTH))
    if sex is not None and id_number.sex(number) != sex:
        found.append(Finding("id_number.sex_mismatch", "error", ("id_number", "sex"), _SEX))
    return tuple(found)
