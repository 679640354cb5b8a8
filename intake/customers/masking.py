"""Identifiers as lists show them: enough to recognise, not enough to misuse (PIPL article 51: de-identification).

The customer's own page shows them whole, and that view is audited.
"""

from __future__ import annotations

_SHOWN = {"id_number": (3, 4), "account_number": (0, 4)}


def masked(kind: str, value: str) -> str:
    """The value with its middle starred, for kinds that identify a person or an account; others as they are.

    >>> masked("id_number", "330106199003078219"), masked("account_number", "3301040160001234567")
    ('330***********8219', '***************4567')
    >>> masked("uscc", "91330106MA2AB12C3N")
    '91330106MA2AB12C3N'
    """
    if kind not in _SHOWN:
        return value
    head, tail = _SHOWN[kind]
    hidden = len(value) - head - tail
    return "*" * len(value) if hidden <= 0 else value[:head] + "*" * hidden + value[-tail:]
