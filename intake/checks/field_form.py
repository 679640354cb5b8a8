"""Each value by the rules of its kind: form, check digits, calendar, lexicon.

The text is checked where the value is what its kind makes of it (the text shows more, such as two amounts that differ);
otherwise the value itself. A field that is there but unreadable is doubtful and cannot be accepted as it is, so that is
a warning.
"""

from __future__ import annotations

from datetime import date

from intake import doctypes, fields
from intake.types import DocumentReading, FieldReading, Finding, Label

_UNREADABLE = Label("这一栏无法识读，请对照原件填写。", "This field cannot be read: fill it in from the paper.")


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """The problems of every field, as findings."""
    kinds = {spec.name: spec.kind for spec in doctypes.get(reading.type or "").fields}
    return tuple(
        finding for field in reading.fields if field.field in kinds for finding in _findings(field, kinds[field.field])
    )


def _findings(reading: FieldReading, kind: str) -> tuple[Finding, ...]:
    if reading.value is None:
        return (Finding("field.unreadable", "warning", (reading.field,), _UNREADABLE),)
    verdict = fields.check(kind, reading.text)
    if verdict.value != reading.value:
        verdict = fields.check(kind, reading.value)
    return tuple(Finding(one.code, one.severity, (reading.field,), one.message) for one in verdict.problems)
