"""What one reader says of a value, character by character; and where another reader does not say the same."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.doctypes import FieldSpec
from intake.extraction.candidates import Candidate
from intake.extraction.glyphs import Glyph, fold
from intake.extraction.values import part_of

FIRST, SECOND, CODE = "tesseract", "rapidocr", "qr"

_HALF = 2  # less than a half of the value's characters found in the text: it is written in other characters


@dataclass(frozen=True, slots=True)
class Voice:
    """The characters of one reading that bear its value (of a date its digits, not 年), with their confidences."""

    characters: str
    confidences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a second voice does not confirm a first.

    ``unconfirmed``: places in the first voice; ``denied``: confidences of what the second has there instead;
    ``added``: characters that the second has between the first's; ``beyond``: those before its beginning or after its
    end.
    """

    unconfirmed: tuple[int, ...]
    denied: tuple[float, ...]
    added: int
    beyond: int

    @property
    def size(self) -> int:
        """Characters in which the two differ."""
        return len(self.unconfirmed) + self.added + self.beyond


def role(reader: str) -> str:
    """The reader's part: the code's, the second reader's, or the first's, which any other engine takes."""
    return reader if reader in {SECOND, CODE} else FIRST


def voice(spec: FieldSpec, one: Candidate) -> Voice:
    """A candidate's characters that bear its value: of a printed range, those of the part that the field asks for."""
    glyphs = [glyph for row in one.found.rows for glyph in row]
    if spec.part and one.found.how != "pattern":
        glyphs = _of_part(glyphs, spec.part)
    wanted = {fold(character) for character in one.value or ""}
    bearing = [glyph for glyph in glyphs if fold(glyph.character) in wanted]
    if _HALF * len(bearing) < len(one.value or ""):
        bearing = glyphs
    return Voice("".join(fold(glyph.character) for glyph in bearing), tuple(glyph.confidence for glyph in bearing))


def _of_part(glyphs: list[Glyph], part: str) -> list[Glyph]:
    text = "".join(glyph.character for glyph in glyphs)
    cut = part_of(text, part)
    begins = -1 if cut is None else (text.find(cut) if part == "start" else text.rfind(cut))
    return glyphs if begins < 0 or cut is None else glyphs[begins : begins + len(cut)]


def gap(one: Voice, other: Voice) -> Gap:
    """Where ``other`` does not confirm ``one``, by the shortest way from one to the other (Levenshtein).

    >>> gap(Voice("明月路1", (0.9,) * 4), Voice("明目路1号", (0.8,) * 5))
    Gap(unconfirmed=(1,), denied=(0.8, 0.8), added=0, beyond=1)
    """
    unconfirmed: list[int] = []
    denied: list[float] = []
    added = beyond = 0
    for step in Levenshtein.opcodes(one.characters, other.characters):
        if step.tag == "equal":
            continue
        unconfirmed += range(step.src_start, step.src_end)
        denied += other.confidences[step.dest_start : step.dest_end]
        if step.tag == "insert" and step.src_start in {0, len(one.characters)}:
            beyond += step.dest_end - step.dest_start
        elif step.tag == "insert":
            added += step.dest_end - step.dest_start
    return Gap(tuple(unconfirmed), tuple(denied), added, beyond)
