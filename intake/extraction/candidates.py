"""What each reader offers for a field, judged; and the choice between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.doctypes import FieldSpec
from intake.extraction.found import Found
from intake.extraction.values import judge
from intake.fields import Problem
from intake.types import Label

_CUT_OFF_PROBLEM = Problem(
    "text.cut_off",
    "warning",
    Label(
        "末行已满而没有结束标点，可能缺行。", "The last line is full and ends without a mark: a line may be missing."
    ),
)
_COPY = re.compile(r"\s*[(（]?(\d{1,2})[-/](\d{1,2})[)）]?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One find with the value that its kind makes of it; ``reader`` is the engine's bare name.

    ``superseded``: its reader thought better of it, and that find is a candidate of its own; or another reader saw what
    of it is no part of the value.
    """

    found: Found
    value: str | None
    problems: tuple[Problem, ...]
    reader: str
    superseded: bool = False

    @property
    def text(self) -> str:
        """The characters as read."""
        return self.found.text


def candidate(spec: FieldSpec, found: Found) -> Candidate:
    """A find judged by the field's kind, and a long text by its last line too."""
    verdict = judge(spec, found.wording, whole=found.how == "pattern")
    problems = (*verdict.problems, _CUT_OFF_PROBLEM) if spec.long and found.breaks_off else verdict.problems
    return Candidate(found, verdict.value, problems, found.reader.partition("/")[0])


def without_copies(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a number, those superseded into which the mark of the copy (1-1) behind it was run together.

    Where one reader saw the number and ``1-1`` apart, the same number with ``11`` behind it is no other number.
    """
    run_together = set()
    for one in candidates:
        mark = _COPY.fullmatch(one.text.partition(one.value)[2]) if one.value else None
        if mark is not None:
            run_together.add(f"{one.value}{mark[1]}{mark[2]}")
    return [replace(one, superseded=True) if one.value in run_together else one for one in candidates]


def spaced_alike(candidates: Sequence[Candidate], reader: str) -> list[Candidate]:
    """The candidates of a name; those that differ in white space alone get the spaces that ``reader`` saw.

    Readers may agree on every letter of a name and not on a gap between two: the gaps of the reader that tells them
    best count, of several readings of its own those of the one that has most.
    """
    said = _most_spaced(candidates) | _most_spaced([one for one in candidates if one.reader == reader])
    return [one if one.value is None else replace(one, value=said["".join(one.value.split())]) for one in candidates]


def _most_spaced(candidates: Sequence[Candidate]) -> dict[str, str]:
    """By its letters each value as it stands with most spaces."""
    said: dict[str, str] = {}
    for value in (one.value for one in candidates if one.value is not None):
        letters = "".join(value.split())
        said[letters] = max(said.get(letters, ""), value, key=len)
    return said


def grouped(candidates: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Candidates by value, those without a value left out."""
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        if one.value is not None:
            groups.setdefault(one.value, []).append(one)
    return groups


def shown(group: Sequence[Candidate]) -> Candidate:
    """The candidate whose text and place stand for a value: printed words where there are any, the code's otherwise.

    Of the best place's reader the longest reading that holds it counts: of an amount both forms, not the first alone.
    """
    printed = [one for one in group if one.found.how != "code"] or group
    best = max(printed, key=lambda one: (one.found.quality, one.found.confidence))
    holding = (one for one in printed if one.reader == best.reader and best.text in one.text)
    return max(holding, key=lambda one: len(one.text))
