"""What a worker no longer needs goes back to the machine between two papers."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Return the heap's free pages (``malloc_trim(3)``); a C library without it keeps them.

    glibc holds on to what large pictures leave behind, some 80 MB, while the next page, an engine beside it and other
    workers ask for more.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
