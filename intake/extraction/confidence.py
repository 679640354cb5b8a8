"""How sure a value is: the evidence for it as log-odds, added up, then a probability.

Nothing here looks at the value itself except through what its kind says of it. The constants stand in
:class:`intake.options.ExtractionOptions`; they are a first, transparent estimate, measured on labelled papers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from intake.doctypes import FieldSpec
from intake.extraction.candidates import Candidate
from intake.fields import traits
from intake.options import ExtractionOptions


def confidence(
    spec: FieldSpec, group: Sequence[Candidate], rivals: Sequence[Candidate], options: ExtractionOptions
) -> float:
    """The probability that the value on which ``group`` agrees is exactly right.

    ``rivals`` are the candidates with another value. Never above ``certain``: there is always the unforeseen.
    """
    readers = {one.reader for one in group}
    best = max(group, key=lambda one: one.found.confidence)
    odds = options.base_odds + options.engine_odds * (best.found.confidence - options.engine_usual) * 10
    odds += max(options.reader_odds.get(reader, 0.0) for reader in readers)
    odds += options.agreement_odds * (len(readers) - 1)
    odds += options.quality_odds * (max(one.found.quality for one in group) - 1)
    if traits(spec.kind).checked and not best.problems:
        odds += options.check_odds
    if best.problems:
        odds += options.problem_odds
    if spec.long:
        odds += options.long_odds
    if rivals:
        odds += options.rival_odds * max(one.found.confidence for one in rivals)
        odds += options.cut_odds * any((one.value or "").startswith(best.value or "") for one in rivals)
    return round(min(options.certain, 1 / (1 + math.exp(-odds))), 4)
