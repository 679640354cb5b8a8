"""Why a value that was read stands for its field, in words."""

from __future__ import annotations

from intake.types import Label
from models.views import SourceView
from web import words
from web.languages import shown

HOWS: dict[str, Label] = {
    "caption": Label("在栏目名旁", "beside its caption"),
    "stand_in": Label("在相近的栏目名旁", "beside a caption near to it"),
    "pattern": Label("在正文语句中", "in a phrase of the text"),
    "place": Label("在固定位置上", "at its usual place"),
    "column": Label("在表格同一列", "in its column"),
    "shape": Label("按书写形式认出", "by its form"),
    "crop": Label("局部重读", "on a second look at the place"),
    "code": Label("出自二维码", "out of the QR code"),
    "second_thought": Label("取引擎的次选字", "an engine's second thought"),
    "reckoned": Label("按期限推算", "reckoned from the span"),
}


def read_by(source: SourceView) -> str:
    """Who read a value, and why it stands for its field where that is known."""
    why = shown(HOWS[source.how]) if source.how in HOWS else source.how
    return " · ".join(part for part in (words.readers(source.reader), why) if part)
