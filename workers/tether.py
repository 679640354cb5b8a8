"""Start a program that ends when its parent does: ``python -m workers.tether PROGRAM ARGUMENT…``.

A supervisor that is killed outright can stop nobody. Linux can: the wish is set here (``prctl(2)``,
``PR_SET_PDEATHSIG``), outlives ``execve``, and sends the program SIGTERM. Elsewhere the program is started without it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Become the program; never returns. The parent may have ended before the wish was set: then nothing starts."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)
    os.execvp(arguments[0], arguments)  # noqa: S606  # the supervisor's own list of words, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
