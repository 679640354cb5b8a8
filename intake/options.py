"""Every tuned number with its unit and its reason, apart from the code that uses it (so that reading settings never loads OpenCV).

One frozen dataclass per room of the house. Change a number here, measure with ``intake evaluate``, and say in the
comment what it was measured on.
"""

from __future__ import annotations
