"""What a document should say and does not: said as findings, so that a person looks for it on the paper.

What is wrong with a value that was read is a matter of :mod:`intake.checks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.doctypes import DocumentType
from intake.types import FieldReading, Finding, Label

_MISSING = Label(
    "未找到“{label}”，这类证件上都有这一栏，请对照原件填写。",
    "{label} was not found, though every paper of this kind has it: fill it in from the paper.",
)


def validate(fields: Sequence[FieldReading], document_type: DocumentType) -> tuple[Finding, ...]:
    """One finding for each field that every paper of the type prints and that was found nowhere."""
    found = {reading.field for reading in fields}
    return tuple(
        Finding("field.missing", "warning", (spec.name,), _said(spec.label))
        for spec in document_type.fields
        if spec.expected and spec.name not in found
    )


def _said(label: Label) -> Label:
    return Label(_MISSING.zh.format(label=label.zh), _MISSING.en.format(label=label.en))
