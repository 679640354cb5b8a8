"""A document's truth with what a corpus may say beside the values."""

from __future__ import annotations

from dataclasses import dataclass

from sample_docs.generator.papers import Document


@dataclass(frozen=True, slots=True)
class LabelledDocument(Document):
    """A document with other right forms of its values, fields not to score, and parties in either order."""

    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()
    optional: tuple[str, ...] = ()
    unordered: bool = False
