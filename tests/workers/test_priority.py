"""What a reading worker leaves to those for whom people wait."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import os, pathlib
from workers.priority import give_way
give_way(5)
group = pathlib.Path("/proc/self/autogroup")
print(os.nice(0), group.read_text().split()[-1] if group.is_file() else 5)
"""


def test_a_process_that_gives_way_lowers_itself_and_its_session() -> None:
    """Both count, whichever way the machine shares its processor; nothing else of the machine is touched."""
    told = subprocess.run(
        [sys.executable, "-c", SAID], capture_output=True, text=True, check=True, start_new_session=True
    )
    own, session = map(int, told.stdout.split())
    assert own >= 5
    assert session == 5
