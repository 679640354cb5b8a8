"""What the rest of a paper says about one of its values: how well it was read, how often its readers agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from intake.doctypes import DocumentType
from intake.extraction.candidates import Candidate, grouped
from intake.extraction.captions import captions
from intake.extraction.sheet import Sheet
from intake.extraction.voices import FIRST, SECOND, role

_CAPTION = 3  # letters: shorter captions stand inside values too (类型, 名称)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A document's readings as the background of a single field.

    ``agreed``: per field that both readers read, whether a value of theirs is the same. ``heard``: per reader and flat
    page (page index, sheet), the median confidence of its words. ``phrases``: the captions of the type, three letters
    and longer.
    """

    agreed: Mapping[str, bool]
    heard: Mapping[tuple[str, int, int], float]
    phrases: tuple[str, ...]

    def agreement(self, field: str) -> float:
        """The share of the other fields on which both readers agree; towards a half where few were read by both."""
        others = [agreed for name, agreed in self.agreed.items() if name != field]
        return (sum(others) + 1) / (len(others) + 2)

    def hearing(self, reader: str, page_index: int, sheet: int) -> float | None:
        """The median confidence of a reader's words on a flat page; ``None`` where it did not read the whole page."""
        return self.heard.get((reader, page_index, sheet))


def surroundings(
    sheets: Sequence[Sheet], document_type: DocumentType, candidates: Mapping[str, Sequence[Candidate]]
) -> Surroundings:
    """The background of a document's fields, out of its sheets and of all that was found for them."""
    heard: dict[tuple[str, int, int], float] = {}
    for sheet in sheets:
        for text in sheet.pages:
            words = [word.confidence for line in text.lines for word in line.words]
            if words:
                heard[role(text.reader), text.geometry.page_index, text.geometry.sheet] = median(words)
    phrases = tuple(one.phrase for one in captions(document_type) if len(one.phrase) >= _CAPTION)
    return Surroundings(_agreed(candidates), heard, phrases)


def _agreed(candidates: Mapping[str, Sequence[Candidate]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for name, some in candidates.items():
        if {FIRST, SECOND} <= {role(one.reader) for one in some}:
            readers = [{role(one.reader) for one in group} for group in grouped(some).values()]
            found[name] = any({FIRST, SECOND} <= said for said in readers)
    return found
