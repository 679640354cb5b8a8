"""What a form of the desk tells of the work that it took: counts alone, and none where no script counted."""

from __future__ import annotations

from collections.abc import Mapping

from models.efforts import Spent

_MOST = 1_000_000
"""More seconds, keys or reaches than this are nobody's."""


def spent(form: Mapping[str, str]) -> Spent:
    """Seconds, keystrokes and pointer moves out of a form; what is no such count is left out."""
    return Spent(*(_count(form.get(f"effort.{name}", "")) for name in ("seconds", "keystrokes", "pointer_moves")))


def _count(text: str) -> int | None:
    fits = text.isascii() and text.isdecimal() and len(text) < len(str(_MOST))
    return int(text) if fits else None
