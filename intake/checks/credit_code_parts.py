"""The region inside the credit code and the one that begins the old registration number lie in one province.

Both begin with the GB/T 2260 code of the registering authority (GB 32100, positions 3 to 8; GS 15, positions 1 to 6).
The county may differ, for the authority may have changed; 10 (the national office) goes with every province.
"""

from __future__ import annotations

from datetime import date

from intake import fields
from intake.fields import uscc
from intake.types import DocumentReading, Finding, Label

NATIONAL = "10"
REGISTRATION_LENGTH = 15

_MESSAGE = Label(
    "信用代码与注册号的登记地区（省）不同，请核对两个号码。",
    "Credit code and registration number name different provinces: compare both.",
)


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """A warning where the provinces differ."""
    code, number = reading.value("uscc"), reading.value("registration_number")
    if code is None or number is None or len(number) != REGISTRATION_LENGTH:
        return ()
    if fields.check("uscc", code).value is None:
        return ()
    provinces = {uscc.region(code)[:2], number[:2]} - {NATIONAL}
    if len(provinces) == 1:
        return ()
    return (Finding("uscc.region_mismatch", "warning", ("uscc", "registration_number"), _MESSAGE),)
