"""Identifiers as lists show them: enough to recognise, not enough to misuse (PIPL article 51: de-identification).

The customer's own page shows them whole, and that view is audited.
"""

from __future__ import annotations

from intake import fields


def masked(kind: str, value: str) -> str:
    """The value with its middle starred, where it identifies a person or an account; others as they are.

    >>> masked("id_number", "330106199003078219"), masked("account_number", "3301040160001234567")
    ('330***********8219', '***************4567')
    >>> masked("uscc", "91330106MA2AB12C3N"), masked("taxpayer_number", "33010619900307821901")
    ('91330106MA2AB12C3N', '330*************1901')
    """
    shown = fields.mask(kind, value)
    if shown is None:
        return value
    head, tail = shown
    hidden = len(value) - head - tail
    return "*" * len(value) if hidden <= 0 else value[:head] + "*" * hidden + value[-tail:]
