"""Memory goes back to the machine between two papers."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import re
from pathlib import Path
from workers.memory import give_back

def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) // 1024

pieces = [bytes(100_000) for _ in range(1000)]
kept = pieces[-1]
full = held()
del pieces
before = held()
give_back()
print(full - before, before - held())
"""


def test_free_pages_of_the_heap_go_back() -> None:
    """A hundred megabytes in small pieces below one that stays: the library keeps them until it is asked."""
    told = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout
    by_itself, asked = map(int, told.split())
    assert asked > 50 > by_itself
