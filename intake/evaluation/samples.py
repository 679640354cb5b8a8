"""Values with their evidence and whether they are right: what a model of confidence is fitted on and measured by.

One reading gives samples of every stage that the reading went through, redone from its kept words: the first reader
alone, both on whole pages, all that was read. So the model knows what evidence is worth before a second look as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from intake.doctypes import get
from intake.evaluation.figures import Score
from intake.evaluation.pairing import pairs, scores
from intake.evaluation.truth import DocumentTruth, FileTruth
from intake.extraction.evidence import Weighed
from intake.extraction.extract import Standing, decide, gather, rank
from intake.extraction.split import Group, split
from intake.extraction.voices import FIRST
from intake.options import ExtractionOptions
from intake.types import DocumentReading, FieldReading, PageText, Region

Stage = Literal["first", "whole", "all"]

_NO_PLACE = Region(((0.0, 0.0),) * 4)


@dataclass(frozen=True, slots=True)
class Sample:
    """One value that was read for a field of the truth, with its evidence and whether it is right."""

    value: str
    weighed: Weighed
    right: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One field of the truth at one stage: every value that was read for it (none: found nowhere), the likeliest first.

    ``last`` marks the stage that the reading ended with: what it says is what a person sees.
    """

    score: Score
    stage: Stage
    last: bool
    samples: tuple[Sample, ...]


def cases(truth: FileTruth, texts: Sequence[PageText], options: ExtractionOptions) -> Iterator[Case]:
    """Every field of a file's truth at every stage of its reading; ``texts`` are the kept words."""
    stages = _stages(texts)
    for number, (stage, some) in enumerate(stages):
        documents = [_Read(group, options) for group in split(some, options) if group.classification.type is not None]
        readings = {id(one.reading): one for one in documents}
        for expected, found in pairs(truth, [one.reading for one in documents]):
            read = readings[id(found)] if found is not None and found.type == expected.type else None
            for score in scores(truth, expected, found):
                samples = _samples(truth, expected, read, score) if read else ()
                yield Case(score, stage, number == len(stages) - 1, samples)


def _stages(texts: Sequence[PageText]) -> list[tuple[Stage, list[PageText]]]:
    """The words as they stood after each stage; stages that added nothing are left out."""
    whole = [text for text in texts if not text.reader.endswith("/crops")]
    first = [text for text in whole if text.reader.partition("/")[0] == FIRST]
    made: list[tuple[Stage, list[PageText]]] = [("first", first), ("whole", whole), ("all", list(texts))]
    return [one for one, before in zip(made, [("", []), *made], strict=False) if len(one[1]) > len(before[1])]


class _Read:
    """One document with all the values of its fields."""

    def __init__(self, group: Group, options: ExtractionOptions) -> None:
        self.type = get(str(group.classification.type))
        gathered = gather(group.sheets, self.type, options)
        pages = tuple(sorted({sheet.geometry.page_index for sheet in group.sheets}))
        made = (decide(spec, gathered, options) for spec in self.type.fields)
        read = tuple(one for one in made if one is not None)
        self.reading = DocumentReading(group.classification, pages, read, ())
        self.standings: Mapping[str, tuple[Standing, ...]] = {
            spec.name: rank(spec, gathered, options) for spec in self.type.fields
        }


def _samples(truth: FileTruth, expected: DocumentTruth, read: _Read, score: Score) -> tuple[Sample, ...]:
    return tuple(
        Sample(one.value, one.weighed, _is_right(truth, expected, read, score.field, one.value))
        for one in read.standings[score.field]
    )


def _is_right(truth: FileTruth, expected: DocumentTruth, read: _Read, field: str, value: str) -> bool:
    """Whether the document would be right in this field with this value, by the comparison of every evaluation."""
    others = (one for one in read.reading.fields if one.field != field)
    given = replace(read.reading, fields=(*others, FieldReading(field, value, value, 1.0, 0, _NO_PLACE, "")))
    return next(score.right for score in scores(truth, expected, given) if score.field == field)
