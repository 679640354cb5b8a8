"""Which characters of a value its reader was not sure of, so that an eye goes there first."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from intake.doctypes import FieldSpec
from intake.extraction.candidates import Candidate
from intake.extraction.glyphs import fold
from intake.extraction.voices import voice
from intake.options import ExtractionOptions


def unsure(spec: FieldSpec, chosen: Candidate, options: ExtractionOptions) -> tuple[int, ...]:
    """Places (from 0) in the canonical value whose characters were read with less than ``options.unsure_below``.

    What was read and what is canonical are laid beside each other (Levenshtein): of 2016年3月8日 the digits count.
    """
    said = voice(spec, chosen)
    weak = {place for place, sure in enumerate(said.confidences) if sure < options.unsure_below}
    value = [fold(character) for character in chosen.value or ""]
    if not weak or any(len(character) != 1 for character in value):
        return ()
    same = Levenshtein.opcodes(said.characters, "".join(value)).as_matching_blocks()
    return tuple(run.b + step for run in same for step in range(run.size) if run.a + step in weak)
