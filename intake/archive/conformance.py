"""Whether a file keeps the rules of PDF/A-2b, as pikepdf's allowlist checker knows them.

It approves of a file only where it knows every construct in it, by the rules of veraPDF's profiles: a refusal may be
mistaken, an approval is not. So every file is checked before it is put into an archive.
"""

from __future__ import annotations

import io

from pikepdf import pdfa


def faults(data: bytes) -> tuple[str, ...]:
    """What a PDF's bytes offend against: rule, place and words of each finding; nothing where it is PDF/A-2b."""
    return tuple(str(finding) for finding in pdfa.validate_written(io.BytesIO(data), "2b").findings)
