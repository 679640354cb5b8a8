"""What is wrong with a field by the rules of its own kind, said as findings."""

from __future__ import annotations

from collections.abc import Sequence

from intake.doctypes import DocumentType
from intake.fields import check
from intake.types import FieldReading, Finding, Label

_UNREADABLE = Label("{label}在纸上有，但未能读出。", "{label} is on the paper but could not be read.")


def validate(fields: Sequence[FieldReading], document_type: DocumentType) -> tuple[Finding, ...]:
    """Findings about single fields: the problems that the kind sees in the value, and values that could not be read."""
    made: list[Finding] = []
    for reading in fields:
        spec = document_type.field(reading.field)
        if reading.value is None:
            message = Label(_UNREADABLE.zh.format(label=spec.label.zh), _UNREADABLE.en.format(label=spec.label.en))
            made.append(Finding("field.unreadable", "warning", (reading.field,), message))
            continue
        problems = check(spec.kind, reading.value).problems
        made += [Finding(one.code, one.severity, (reading.field,), one.message) for one in problems]
    return tuple(made)
