"""The evidence for a value out of all that was read for its field, and of what the rest of the paper says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from intake.doctypes import FieldSpec
from intake.extraction.candidates import Candidate, grouped, shown
from intake.extraction.evidence import Weighed
from intake.extraction.surroundings import Surroundings
from intake.extraction.values import repairs
from intake.extraction.voices import CODE, FIRST, SECOND, gap, role, voice
from intake.fields import traits
from intake.geometry import overlap
from intake.options import ExtractionOptions

_EPSILON = 1e-3  # expected errors: below it engines' scores tell nothing more
_SAME_PLACE = 0.3  # share of the smaller box that two readings of one place have in common
_SMALL_PRINT = 24.0  # pixels of the scan: the height of a glyph below which readers begin to guess
_PARTING = frozenset(".,:;、，；：'`|~_-—")  # at an end of a value they are specks, or it was torn there
_MOST_LINES = 4
_MOST_DOUBT = 6.0
_WORST = 3.1  # above the doubt of one character
_UNHEARD = 0.1  # 1 - median confidence of a page that is read as pages usually are


def weigh(
    spec: FieldSpec,
    group: Sequence[Candidate],
    candidates: Sequence[Candidate],
    around: Surroundings,
    options: ExtractionOptions,
) -> Weighed:
    """The evidence for the value on which ``group`` agrees, among all the ``candidates`` of its field."""
    one = shown(group)
    case = _Case(spec, group, [other for other in candidates if other.value != one.value], one, around)
    return Weighed(
        kind=spec.kind,
        **case.said(),
        **case.surely(),
        **case.differing(),
        **case.elsewhere(options.rival_quality),
        **case.grammar(),
        **case.form(),
        **case.place(),
        **case.picture(),
    )


class _Case:
    """One value before the court: who says it, who says otherwise, at which place of which paper."""

    def __init__(
        self,
        spec: FieldSpec,
        group: Sequence[Candidate],
        others: Sequence[Candidate],
        one: Candidate,
        around: Surroundings,
    ) -> None:
        self.spec, self.group, self.others, self.one, self.around = spec, group, others, one, around
        self.page = (one.found.geometry.page_index, one.found.geometry.sheet)
        self.readers = {role(member.reader) for member in group}
        asked = {role(other.reader) for other in (*group, *others)}
        self.asked = asked | {name for name in (FIRST, SECOND) if around.hearing(name, *self.page) is not None}
        self.own, self.other = (SECOND, FIRST) if SECOND in self.readers else (FIRST, SECOND)
        self.speaker = _best(group, self.own) or one
        self.here = [rival for rival in others if overlap(rival.found.box, self.speaker.found.box) >= _SAME_PLACE]
        self.alone = self.other not in self.readers and self.other in self.asked

    def said(self) -> dict[str, float]:
        """Who says it."""
        printed = self.readers & {FIRST, SECOND}
        looks = {member.found.reader for member in self.group if role(member.reader) == self.own}
        return {
            "both": float(len(printed) > 1),
            "first_unasked": float(printed == {FIRST} and SECOND not in self.asked),
            "first_refused": float(printed == {FIRST} and SECOND in self.asked),
            "second_alone": float(printed == {SECOND}),
            "code": float(CODE in self.readers),
            "again": float(len(looks) > 1),
            "rethought": float(all(member.found.second for member in self.group)),
            "wavers": float(any(role(rival.reader) == self.own and rival.value is not None for rival in self.here)),
        }

    def surely(self) -> dict[str, float]:
        """How surely it is said; agreement of two readers is never worth less than the word of one of them."""
        first, second = (_wrong(self.spec, _best(self.group, name)) for name in (FIRST, SECOND))
        both = bool(first and second)
        wrong = _jointly(first, second) if both else first or second
        alone = (_doubt(sum(wrong)), _doubt(max(wrong, default=0.0)))
        of_first = alone if first and not both else (0.0, 0.0)
        of_second = alone if second and self.alone else (0.0, 0.0)
        return {
            "echo": 1 - _doubt(max(first)) / _WORST if both else 0.0,
            "doubt": alone[0],
            "worst": alone[1],
            "first_doubt": of_first[0],
            "first_worst": of_first[1],
            "second_doubt": of_second[0],
            "second_worst": of_second[1],
        }

    def differing(self) -> dict[str, float]:
        """What the other reader has there, where it was asked and does not say the same."""
        mine = voice(self.spec, self.speaker)
        rivals = [voice(self.spec, rival) for rival in self.here if role(rival.reader) == self.other]
        found = min((gap(mine, rival) for rival in rivals), key=lambda one: one.size, default=None)
        if not self.alone or found is None:
            return dict.fromkeys(_DIFFERING, 0.0) | {"unheard": float(self.alone)}
        letters = [mine.characters[place] for place in found.unconfirmed]
        return {
            "open_size": math.log1p(found.size),
            "open_share": min(1.0, found.size / max(1, len(mine.characters))),
            "open_doubt": _doubt(sum(1 - mine.confidences[place] for place in found.unconfirmed)),
            "denied": sum(found.denied) / len(found.denied) if found.denied else 0.0,
            "beyond": float(found.beyond > 0),
            "marks": float(found.size == len(letters) and not any(letter.isalnum() for letter in letters)),
            "unheard": 0.0,
        }

    def elsewhere(self, tolerance: float) -> dict[str, float]:
        """Whether other values stand at other places that are as good, or beside captions that stand in."""
        least = self.one.found.quality - tolerance
        apart = [
            rival
            for rival in self.others
            if rival.value is not None and rival not in self.here and role(rival.reader) != CODE
        ]
        proper = [one for one in apart if not one.found.stand_in]
        good = [one for one in proper if one.found.how == "caption" or one.found.quality >= least]
        return {
            "contested": _witnessed(good),
            "twofold": float(any(one.found.stand_in for one in apart)),
        }

    def grammar(self) -> dict[str, float]:
        """What the kind says of the value, and whether a caption stands inside it."""
        severities = {problem.severity for problem in self.one.problems}
        value, kind = self.one.value or "", self.spec.kind
        sound = not self.one.problems
        offered = {
            one for one in repairs(self.spec, self.one.text, whole=self.one.found.how == "pattern") if one != value
        }
        return {
            "problem": float(bool(severities - {"info"})),
            "note": float("info" in severities),
            "check_holds": float(traits(kind).checked and sound),
            "near": float(sound and bool(offered)),
            "amended": float(any(rival.value in offered for rival in self.others)),
            "ragged": float(bool(value) and (value[0] in _PARTING or value[-1] in _PARTING)),
            "swallowed": float(not self.spec.long and any(phrase in value for phrase in self.around.phrases)),
        }

    def form(self) -> dict[str, float]:
        """How long the value is."""
        return {
            "length": math.log(max(1, len(self.one.value or ""))),
            "lines": float(min(_MOST_LINES, len(self.one.found.rows)) - 1),
            "long": float(self.spec.long),
        }

    def place(self) -> dict[str, float]:
        """How far the place can be trusted."""
        return {
            "stand_in": float(all(member.found.stand_in for member in self.group)),
            "place_doubt": 1.0 - min(1.0, max(member.found.quality for member in self.group)),
            "by_pattern": float(self.one.found.how == "pattern"),
            "by_place": float(self.one.found.how in {"place", "column", "crop"}),
            "by_shape": float(self.one.found.how == "shape"),
        }

    def picture(self) -> dict[str, float]:
        """How well the paper can be read."""
        return {
            "small_print": _small_print(self.one),
            "disagreement": 1.0 - self.around.agreement(self.spec.name),
            "first_hears": _badly(self.around.hearing(FIRST, *self.page)),
            "second_hears": _badly(self.around.hearing(SECOND, *self.page)),
        }


_DIFFERING = ("open_size", "open_share", "open_doubt", "denied", "beyond", "marks")


def _witnessed(rivals: Sequence[Candidate]) -> float:
    """How well the best attested of some other values is: 0.5 by one reader, 1 by both."""
    said = ({role(rival.reader) for rival in some} for some in grouped(rivals).values())
    return max((len(readers) / 2 for readers in said), default=0.0)


def _best(group: Sequence[Candidate], reader: str) -> Candidate | None:
    """A reader's best reading of a value: the one with the fewest doubtful letters at the best place."""
    mine = [one for one in group if role(one.reader) == reader and one.found.how != "code"]
    return max(mine, key=lambda one: (one.found.quality, one.found.confidence), default=None)


def _wrong(spec: FieldSpec, one: Candidate | None) -> list[float]:
    """How likely each character that bears the value is wrong, by its reader; empty where there is no reading."""
    return [] if one is None else [1 - sure for sure in voice(spec, one).confidences]


def _jointly(first: Sequence[float], second: Sequence[float]) -> Sequence[float]:
    """How likely two readers that agree are both wrong at each character; the surer one's where lengths differ."""
    if len(first) != len(second):
        return min(first, second, key=sum)
    return [one * other for one, other in zip(first, second, strict=True)]


def _doubt(errors: float) -> float:
    return min(_MOST_DOUBT, math.log10(errors + _EPSILON) - math.log10(_EPSILON))


def _small_print(one: Candidate) -> float:
    """Octaves by which the value's glyphs are smaller on the scan than print that is read well."""
    a, b, _, c, d = one.found.geometry.to_scan[:5]
    scale = math.sqrt(abs(a * d - b * c))
    height = scale * median(glyph.box.height for row in one.found.rows for glyph in row)
    return max(0.0, math.log2(_SMALL_PRINT / max(height, 1.0)))


def _badly(hearing: float | None) -> float:
    return _UNHEARD if hearing is None else 1.0 - hearing
