"""Days of one paper that must follow one another: a term ends after it begins, nothing is issued before it exists.

Equal days are in order; an open end (``long-term``) is later than every day. Days in the future are looked at only
where they cannot be: a birth, a founding, an issue, a signature. The term of an ID card is also one of those of the
Identity Card Law (居民身份证法, article 5): 5, 10 or 20 years, or open.
"""

from __future__ import annotations

from datetime import date

from intake import doctypes
from intake.fields.term_end import LONG_TERM
from intake.types import DocumentReading, Finding, Label

_ORDERS = (
    ("license_valid_from", "license_valid_to"),
    ("established_on", "license_issued_on"),
    ("established_on", "license_valid_to"),
    ("id_valid_from", "id_valid_to"),
    ("contract_effective_from", "contract_effective_to"),
)
_PAST = ("birth_date", "established_on", "license_issued_on", "id_valid_from", "contract_signed_on")
_PAST_TOO = ("tax_issued_on", "account_permit_issued_on")
_CARD_YEARS = (5, 10, 20)

_ORDER = Label("两个日期先后颠倒。", "The two days are in the wrong order.")
_FUTURE = Label("日期在今天之后。", "The day lies in the future.")
_TERM = Label("有效期不是5年、10年、20年或长期。", "The term is not 5, 10 or 20 years, nor open.")


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:
    """Findings on the order of the days, by the facts that the fields speak of."""
    names = {spec.fact: spec.name for spec in doctypes.get(reading.type or "").fields}
    days = {fact: value for fact, name in names.items() if (value := reading.value(name)) is not None}
    found = [
        Finding("date.order", "error", (names[first], names[last]), _ORDER)
        for first, last in _ORDERS
        if first in days and last in days and days[last] != LONG_TERM and days[first] > days[last]
    ]
    found += [
        Finding("date.future", "error", (names[fact],), _FUTURE)
        for fact in (*_PAST, *_PAST_TOO)
        if fact in days and days[fact] > today.isoformat()
    ]
    if not found and "id_valid_from" in days and not _lawful(days["id_valid_from"], days.get("id_valid_to", LONG_TERM)):
        found.append(Finding("id_term.years", "warning", (names["id_valid_from"], names["id_valid_to"]), _TERM))
    return tuple(found)


def _lawful(first: str, last: str) -> bool:
    if last == LONG_TERM:
        return True
    (year, *day), (end_year, *end_day) = (value.split("-") for value in (first, last))
    leap_day = {("02", "28"), ("02", "29"), ("03", "01")}
    same_day = day == end_day or {tuple(day), tuple(end_day)} <= leap_day
    return same_day and int(end_year) - int(year) in _CARD_YEARS
