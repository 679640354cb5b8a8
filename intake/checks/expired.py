"""Papers that are no longer valid today: an ID card is an error (it proves nobody's identity), a license a warning.

The last day of a term still counts.
"""

from __future__ import annotations

from datetime import date

from intake import doctypes
from intake.types import DocumentReading, Finding, Label, Severity

_TERMS: tuple[tuple[str, str, Severity, Label], ...] = (
    ("id_valid_to", "id_card.expired", "error", Label("身份证已过有效期。", "The ID card has expired.")),
    ("license_valid_to", "license.expired", "warning", Label("营业期限已届满。", "The license's term has ended.")),
)


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:
    """Findings for terms that ended before ``today``."""
    found = []
    for spec in doctypes.get(reading.type or "").fields:
        for fact, code, severity, message in _TERMS:
            value = reading.value(spec.name)
            # Dates in ISO form compare as text; "long-term" comes after every digit.
            if spec.fact == fact and value is not None and value < today.isoformat():
                found.append(Finding(code, severity, (spec.name,), message))
    return tuple(found)
