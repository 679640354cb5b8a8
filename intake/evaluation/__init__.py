"""A corpus with truth → figures. Pure: truth lines and readings go in, :class:`Evaluation` comes out.

What is compared: texts after :func:`comparable`. What is scored: every field of the truth that is not ``optional`` and
not ``seal_only`` (those have a row of their own), whether its document was found or not. A field that the truth does
not name is never scored. ``alternatives`` are as right as the value; with ``party_order: "unspecified"`` the two
parties of a contract may stand the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from intake.evaluation.figures import (
    PRECISION,
    Bin,
    Row,
    Score,
    calibration,
    calibration_error,
    character_error_rate,
    coverage_at,
    row,
    rows_by,
    silent_errors,
)
from intake.evaluation.pairing import Pair, pairs, scores
from intake.evaluation.truth import DocumentTruth, FileTruth, comparable, parse_truth, truth_line
from intake.types import DocumentReading, FileReading

__all__ = [
    "Bin",
    "DocumentTruth",
    "Documents",
    "Evaluation",
    "FileTruth",
    "Outcome",
    "Row",
    "Score",
    "comparable",
    "evaluate",
    "parse_truth",
    "scored",
    "truth_line",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of the corpus: its reading, or ``None`` where it failed."""

    file: str
    reading: FileReading | None


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of the truth, how many were found, with the right type; and how many were given beyond them."""

    expected: int
    found: int
    typed: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every figure of a run.

    Shares are 0 to 1; ``threshold`` is the confidence that gives ``coverage``; ``short`` are all
    fields but ``scopes``, ``exact`` the ``exact_fields``, by profile too;
    ``misses`` are the scored fields without a right value.
    """

    files: int
    failed: tuple[str, ...]
    pages: int
    seconds: float
    documents: Documents
    total: Row
    short: Row
    exact: Row
    exact_by_profile: tuple[Row, ...]
    by_type: tuple[Row, ...]
    by_field: tuple[Row, ...]
    by_profile: tuple[Row, ...]
    by_type_and_profile: tuple[Row, ...]
    seal_only: Row
    long_texts: int
    character_error_rate: float
    coverage: float
    threshold: float | None
    calibration_error: float
    bins: tuple[Bin, ...]
    silent_errors: int
    misses: tuple[Score, ...]
    time_shares: Mapping[str, float]

    @property
    def pages_per_minute(self) -> float:
        """Pages per minute of wall clock; 0 where no time was measured."""
        return self.pages * 60 / self.seconds if self.seconds else 0.0

    @property
    def type_accuracy(self) -> float:
        """Documents found under their right type per document of the truth."""
        return self.documents.typed / self.documents.expected if self.documents.expected else 0.0


def evaluate(
    truths: Sequence[FileTruth],
    outcomes: Iterable[Outcome],
    *,
    seconds: float = 0.0,
    long_fields: Collection[tuple[str, str]] = (),
    scopes: Collection[tuple[str, str]] = (),
    exact_fields: Collection[tuple[str, str]] = (),
) -> Evaluation:
    """All the figures of a run over a corpus.

    ``outcomes`` are matched by file name; a file without one counts as failed. ``seconds`` is the wall clock of the
    run; ``long_fields`` holds (document type, field) of the texts that the character error rate is taken over,
    ``scopes`` those that are judged by it alone, ``exact_fields`` the codes and dates.
    """
    readings = _readings(outcomes)
    paired = _paired(truths, readings)
    every = _scores(truths, paired)
    scored = [score for score in every if not score.seal_only]
    long_scores = [score for score in scored if (score.type, score.field) in long_fields]
    known = [readings[truth.file] for truth in truths if truth.file in readings]
    return _with_rows(scored, scopes, exact_fields)(
        files=len(truths),
        failed=tuple(truth.file for truth in truths if truth.file not in readings),
        pages=sum(len(reading.pages) for reading in known),
        seconds=seconds,
        documents=_document_figures(list(paired.values()), sum(len(_documents(reading)) for reading in known)),
        seal_only=row("seal_only", [score for score in every if score.seal_only]),
        long_texts=len(long_scores),
        character_error_rate=character_error_rate(long_scores),
        time_shares=_time_shares(known),
    )


def _with_rows(
    scored: Sequence[Score], scopes: Collection[tuple[str, str]], exact_fields: Collection[tuple[str, str]]
) -> Callable[..., Evaluation]:
    """An evaluation that has its rows and what its confidences are worth, and lacks the figures of the run."""
    exact = [score for score in scored if (score.type, score.field) in exact_fields]
    coverage, threshold = coverage_at(scored, PRECISION)
    bins = calibration(scored)
    return partial(
        Evaluation,
        total=row("all", scored),
        short=row("short", [score for score in scored if (score.type, score.field) not in scopes]),
        exact=row("exact", exact),
        exact_by_profile=rows_by(exact, lambda score: score.profile),
        by_type=rows_by(scored, lambda score: score.type),
        by_field=rows_by(scored, lambda score: f"{score.type}.{score.field}"),
        by_profile=rows_by(scored, lambda score: score.profile),
        by_type_and_profile=rows_by(scored, lambda score: f"{score.type} {score.profile}"),
        coverage=coverage,
        threshold=threshold,
        calibration_error=calibration_error(bins),
        bins=bins,
        silent_errors=silent_errors(scored),
        misses=tuple(score for score in scored if not score.right),
    )


def scored(truths: Sequence[FileTruth], outcomes: Iterable[Outcome]) -> tuple[Score, ...]:
    """How every single field of the truth fared, those only on the seal included."""
    return tuple(_scores(truths, _paired(truths, _readings(outcomes))))


def _readings(outcomes: Iterable[Outcome]) -> dict[str, FileReading]:
    return {outcome.file: outcome.reading for outcome in outcomes if outcome.reading is not None}


def _paired(truths: Sequence[FileTruth], readings: Mapping[str, FileReading]) -> dict[str, list[Pair]]:
    return {truth.file: pairs(truth, _documents(readings.get(truth.file))) for truth in truths}


def _scores(truths: Sequence[FileTruth], paired: Mapping[str, Sequence[Pair]]) -> list[Score]:
    return [score for truth in truths for one, found in paired[truth.file] for score in scores(truth, one, found)]


def _documents(reading: FileReading | None) -> tuple[DocumentReading, ...]:
    """Documents of a known type; paper of no known type is no document that could be right or wrong."""
    return tuple(one for one in reading.documents if one.type is not None) if reading else ()


def _document_figures(pairs: Sequence[Sequence[Pair]], given: int) -> Documents:
    every = [pair for paired in pairs for pair in paired]
    found = [(truth, reading) for truth, reading in every if reading is not None]
    typed = sum(truth.type == reading.type for truth, reading in found)
    return Documents(len(every), len(found), typed, given - len(found))


def _time_shares(readings: Iterable[FileReading]) -> dict[str, float]:
    spent: dict[str, float] = defaultdict(float)
    for reading in readings:
        for step, seconds in reading.seconds.items():
            spent[step] += seconds
    total = sum(spent.values())
    return {step: seconds / total for step, seconds in spent.items()} if total else {}
