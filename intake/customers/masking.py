"""Identifiers as lists show them: enough to recognise, not enough to misuse (PIPL article 51: de-identification).

The customer's own page shows them whole, and that view is audited.
"""

from __future__ import annotations

from intake import fields

_SHOWN = {"id_number": (3, 4), "account_number": (0, 4)}


def masked(kind: str, value: str) -> str:
    """The value with its middle starred, for kinds that identify a person or an account; others as they are.

    >>> masked("id_number", "330106199003078219"), masked("account_number", "3301040160001234567")
    ('330***********8219', '***************4567')
    >>> masked("uscc", "91330106MA2AB12C3N")
    '91330106MA2AB12C3N'

    The taxpayer number of a sole trader is that person's ID number (18 digits, or 20 with a serial) and is masked like
    it; that of a company is public.

    >>> masked("taxpayer_number", "330106199003078219"), masked("taxpayer_number", "33010619900307821902")
    ('330***********8219', '330*************1902')
    """
    if kind == "taxpayer_number" and _is_a_persons(value):
        kind = "id_number"
    if kind not in _SHOWN:
        return value
    head, tail = _SHOWN[kind]
    hidden = len(value) - head - tail
    return "*" * len(value) if hidden <= 0 else value[:head] + "*" * hidden + value[-tail:]


def _is_a_persons(taxpayer_number: str) -> bool:
    verdict = fields.check("id_number", taxpayer_number[:18])
    return len(taxpayer_number) in {18, 20} and verdict.value is not None and not verdict.problems
