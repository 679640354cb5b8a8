"""Which of the sheets that were read are separators: codes or words say so, and little else stands on them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from intake.archive import marks
from intake.archive_options import ArchiveOptions
from intake.types import PageText

_SAID = re.compile(r"[^\W_]")


def sheets(texts: Iterable[PageText], options: ArchiveOptions) -> frozenset[tuple[int, int]]:
    """The sheets that are separators, as (page index, sheet)."""
    return frozenset((text.geometry.page_index, text.geometry.sheet) for text in texts if _is_one(text, options))


def _is_one(text: PageText, options: ArchiveOptions) -> bool:
    words = "\n".join(line.text for line in text.lines)
    return letters(words) <= options.separator_letters and marks.read(text.codes, words) is not None


def letters(text: str) -> int:
    """How many letters and digits a text has; marks and grain read as punctuation do not count.

    >>> letters("第 1 页。…—"), letters("")
    (3, 0)
    """
    return len(_SAID.findall(unicodedata.normalize("NFKC", text)))
