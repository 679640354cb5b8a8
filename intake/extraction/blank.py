"""A form that nobody has filled in: it has the captions of its type and is no paper of anybody's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.doctypes import DocumentType
from intake.types import FieldReading

_SAID = re.compile(r"[^\W_年月日号元至自第]")
"""A letter or a digit that is no part of an empty form (  年  月  日, 自  至)."""


_SCRAP = 5  # letters in all that a watermark or a torn caption leaves where nothing is written


def is_blank(fields: Sequence[FieldReading], document_type: DocumentType) -> bool:
    """Whether no field but the heading holds anything; what is there and unreadable is something, but for a scrap."""
    written = [one for one in fields if document_type.field(one.field).place != "title"]
    said = [one for one in written if _SAID.search(one.text)]
    letters = sum(len(_SAID.findall(one.text)) for one in said)
    return letters <= _SCRAP and all(one.value is None for one in said)
