"""What every noun is told with: words in both languages, and the small words that nouns share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Action = Literal["accept", "correct", "omit"]
CustomerKind = Literal["company", "person"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages of the house."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The text for a language tag; every tag that does not begin with ``zh`` gives English.

        >>> Label("姓名", "Name").text("zh-CN"), Label("姓名", "Name").text("en")
        ('姓名', 'Name')
        """
        return self.zh if language.lower().startswith("zh") else self.en
