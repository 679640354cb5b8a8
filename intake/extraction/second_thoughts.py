"""What the reader all but read: other characters in the places where it was not sure, if the field's kind prefers them.

Two ways lead to one: the kind chooses (marks and words of a scope, divisions of an address), or the value as read
breaks a rule of its kind (a check character, a lexicon) and one exchange alone keeps them all. What was read stays the
text, and its value an alternative; nothing comes in that the reader did not think of.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from intake.doctypes import FieldSpec
from intake.extraction.candidates import Candidate
from intake.extraction.found import Found
from intake.extraction.glyphs import Glyph
from intake.extraction.values import PARTING, judge, place_of, repairs
from intake.fields import choose
from intake.options import ExtractionOptions
from intake.types import Alternative
from intake.writing.letters import Letter, written
from intake.writing.lookalikes import alike

_OFFERED = 3  # values with a rival, at most: 己, 已 and 巳, and one more
_FEW = 4  # rivals of which two at once may be exchanged: six pairs, against a check character of 11 or 31


def reconsidered(spec: FieldSpec, found: Found, options: ExtractionOptions) -> Found | None:
    """The find with the characters that stand better; ``None`` where the reader thought of none."""
    letters = _letters(spec, found)
    if not any(letter.rivals for letter in letters):
        return None
    exchanges = choose(spec.kind, letters) or _sound(spec, found, letters, options)
    return _with(found, exchanges, options) if exchanges else None


def offered(
    spec: FieldSpec, chosen: Candidate, known: AbstractSet[str], options: ExtractionOptions
) -> list[Alternative]:
    """Values with one character exchanged for one that its reader all but read, the likeliest first.

    A look-alike (己 for 已, 8 for B) needs less than another character: print tells them badly apart, and readers are
    surer of either than they should be. Only a person takes one. None of a long text, nor one that breaks a rule which
    the value keeps.
    """
    letters = _letters(spec, chosen.found)
    if spec.long or chosen.value is None:
        return []
    made: dict[str, Alternative] = {}
    for place, letter in enumerate(letters):
        for rival, chance in letter.rivals:
            if chance < (options.alike_least if alike(letter.character, rival) else options.thought_least):
                continue
            said = (rival if index == place else one.character for index, one in enumerate(letters))
            text = chosen.found.spelled(said)
            verdict = judge(spec, text, whole=chosen.found.how == "pattern")
            worse = bool(verdict.problems) and not chosen.problems
            if verdict.value not in {None, *known} and not worse:
                sure = round(min(options.other_most, chance), 4)
                made.setdefault(
                    str(verdict.value), Alternative(str(verdict.value), chosen.text, sure, chosen.reader, "rival")
                )
    return sorted(made.values(), key=lambda one: -one.confidence)[:_OFFERED]


def _with(found: Found, exchanges: dict[int, str], options: ExtractionOptions) -> Found:
    places = itertools.count()
    rows = tuple(tuple(_exchanged(glyph, exchanges.get(next(places)), options) for glyph in row) for row in found.rows)
    return replace(found, rows=rows, second=True)


def _letters(spec: FieldSpec, found: Found) -> list[Letter]:
    """The letters with their rivals, of a range those of the field's part alone: its parting mark stands as read.

    Nor may a rival part it once more: the value would be the other end's, or a piece.
    """
    letters = [Letter(glyph.character, glyph.confidence, glyph.rivals) for row in found.rows for glyph in row]
    part = place_of(written(letters), spec.part) if spec.part and found.how != "pattern" else None
    if part is None:
        return letters
    own = range(*part.indices(len(letters)))
    return [
        replace(one, rivals=tuple(rival for rival in one.rivals if place in own and rival[0] not in PARTING))
        for place, one in enumerate(letters)
    ]


def _exchanged(glyph: Glyph, other: str | None, options: ExtractionOptions) -> Glyph:
    """A glyph with its rival in its place: as sure as the reader was of either, for one of them cannot stand."""
    if other is None:
        return glyph
    sure = options.second_thought * min(1.0, glyph.confidence + dict(glyph.rivals)[other])
    return replace(glyph, character=other, confidence=sure, rivals=(), read=glyph.character)


def _sound(spec: FieldSpec, found: Found, letters: Sequence[Letter], options: ExtractionOptions) -> dict[int, str]:
    """The exchange that alone makes a value which keeps all rules, where the value as read does not.

    An error proves that something was misread, and a lexicon tells what; a mere note does neither: then the rival must
    be the likelier.
    """
    whole = found.how == "pattern"
    near = set(repairs(spec, found.text, whole=whole))
    verdict = judge(spec, found.text, whole=whole)
    if verdict.value is not None and not verdict.problems and not near:
        return {}
    wrong = any(problem.severity == "error" for problem in verdict.problems)
    for some in (_single(letters, options.rival_of_error), _double(letters, options) if wrong else ()):
        kept: dict[str, dict[int, str]] = {}
        for exchanges in some:
            text = found.spelled(exchanges.get(place, letter.character) for place, letter in enumerate(letters))
            other = judge(spec, text, whole=whole)
            if other.value in {None, verdict.value} or other.problems:
                continue
            likely = min(letters[place].chance(rival) for place, rival in exchanges.items()) >= options.thought_least
            if wrong or other.value in near or (likely and (verdict.problems or verdict.value is None)):
                kept.setdefault(str(other.value), exchanges)
        if kept:
            return next(iter(kept.values())) if len(kept) == 1 else {}
    return {}


def _single(letters: Sequence[Letter], least: float) -> Iterable[dict[int, str]]:
    for place, letter in enumerate(letters):
        for rival, chance in letter.rivals:
            if chance >= least:
                yield {place: rival}


def _double(letters: Sequence[Letter], options: ExtractionOptions) -> Iterable[dict[int, str]]:
    """Exchanges of two characters, where so few are in doubt that a check character seldom holds by chance."""
    singles = list(_single(letters, options.rival_of_two))
    if len(singles) > _FEW:
        return
    for one, other in itertools.combinations(singles, 2):
        if one.keys() != other.keys():
            yield one | other
