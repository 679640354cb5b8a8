"""The slip (退件单) that goes with returned papers: its code and its number lead the new scan back to its case.

The code holds a case's identifier and a signature of this installation, nothing else: no personal data, and no case
that the installation did not print it for. The number is for typing; its last digit is a check digit (Luhn, ISO/IEC
7812-1 annex B), so that one wrong digit or two changed places lead to no other case.
"""

from __future__ import annotations

from collections.abc import Iterable

from itsdangerous import BadSignature, Signer
from stdnum import luhn

from intake.types import PageText

PREFIX = "INTAKE-SLIP:"
"""What the code of every slip begins with, so that a page is known as a slip before anything is read on it."""

_SALT = "case.slip"
_FIRST = 100_000


def payload(secret: str, case_id: str) -> str:
    """What the code of a case's slip says."""
    return PREFIX + _signer(secret).sign(case_id).decode()


def is_slip(code: str) -> bool:
    """Whether a code on a page is a slip's, of this installation or of another."""
    return code.startswith(PREFIX)


def case_of(secret: str, code: str) -> str | None:
    """The identifier of the case that a slip was printed for; ``None`` where this installation did not sign it.

    >>> case_of("secret", payload("secret", "01KCASE")), case_of("another", payload("secret", "01KCASE"))
    ('01KCASE', None)
    """
    try:
        return _signer(secret).unsign(code.removeprefix(PREFIX)).decode()
    except (BadSignature, UnicodeError):
        return None


def sheets(texts: Iterable[PageText]) -> frozenset[tuple[int, int]]:
    """The sheets that are slips, as (page index, sheet)."""
    return frozenset(
        (text.geometry.page_index, text.geometry.sheet) for text in texts if any(is_slip(code) for code in text.codes)
    )


def number(count: int) -> str:
    """The number of the ``count``-th case (from 1) with its check digit; returned, its slip shows it.

    >>> number(1), number(2)
    ('1000017', '1000025')
    """
    digits = str(_FIRST + count)
    return digits + str(luhn.calc_check_digit(digits))


def typed(text: str) -> str | None:
    """A number as it was typed, without spaces and hyphens; ``None`` where it cannot be a case's.

    >>> typed(" 100 0017 "), typed("1000071"), typed("１０００-０１７")
    ('1000017', None, '1000017')
    """
    digits = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    others = [letter for letter in text if not letter.isdecimal() and not letter.isspace() and letter not in "-－"]
    return digits if digits and not others and luhn.is_valid(digits) else None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt=_SALT, key_derivation="hmac")
