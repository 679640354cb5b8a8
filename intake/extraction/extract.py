"""From the words of one document to its fields: find, judge, weigh what the readers say, and keep what differs."""

from __future__ import annotations

from collections.abc import Sequence

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.candidates import Candidate, candidate, grouped
from intake.extraction.confidence import confidence
from intake.extraction.locate import locate
from intake.extraction.parties import sides
from intake.extraction.recalibration import recalibrated
from intake.extraction.sheet import Sheet
from intake.extraction.signing import last
from intake.extraction.spans import reckoned
from intake.extraction.witness import witnesses
from intake.fields import candidates as repairs
from intake.fields import traits
from intake.geometry import region
from intake.options import ExtractionOptions
from intake.types import Alternative, FieldReading

_ORDER = ("tesseract", "rapidocr", "qr")


def extract(
    sheets: Sequence[Sheet], document_type: DocumentType, options: ExtractionOptions | None = None
) -> tuple[FieldReading, ...]:
    """The fields of a document, in the order of its type; a field that was found nowhere is left out."""
    chosen = options or ExtractionOptions()
    candidates = gather(sheets, document_type, chosen)
    made = (decide(spec, candidates.get(spec.name, []), chosen) for spec in document_type.fields)
    read = [reading for reading in made if reading is not None]
    order = [spec.name for spec in document_type.fields]
    every = [*read, *reckoned(sheets, document_type, read, chosen)]
    judged = recalibrated(document_type.name, every, chosen)
    return tuple(sorted(judged, key=lambda reading: order.index(reading.field)))


def gather(
    sheets: Sequence[Sheet], document_type: DocumentType, options: ExtractionOptions
) -> dict[str, list[Candidate]]:
    """Every candidate of every field: finds of each reader on whole pages, then the crops, then the codes."""
    gathered: dict[str, list[Candidate]] = {}
    known = sides(sheets, document_type)
    for sheet in sheets:
        found = [one for text in sheet.pages for one in locate(text, document_type, options, known)]
        for one in [*found, *witnesses(sheet, document_type, found, options)]:
            spec = document_type.field(one.field)
            gathered.setdefault(one.field, []).append(candidate(spec, one))
    for spec in document_type.fields:
        if spec.latest and spec.name in gathered:
            gathered[spec.name] = last(gathered[spec.name], options)
    return gathered


def decide(spec: FieldSpec, candidates: Sequence[Candidate], options: ExtractionOptions) -> FieldReading | None:
    """One reading out of all candidates: the best supported value; the others become alternatives."""
    groups = grouped(candidates)
    if not groups:
        return _unreadable(candidates)
    ranked = sorted(groups.values(), key=lambda group: (_stands_in(group), -_support(spec, group, options)))
    best, others = ranked[0], [one for group in ranked[1:] for one in group]
    chosen = _shown(best)
    sure = confidence(spec, best, _comparable(chosen, others, options), options)
    if sure < options.unreadable:
        return _unreadable(candidates, _others(ranked, options, spec)[: options.alternatives])
    repaired = _repaired(spec, chosen, sure * options.repaired, groups)
    offered = (*_others(ranked[1:], options, spec), *repaired)
    return FieldReading(
        field=spec.name,
        text=chosen.text,
        value=chosen.value,
        confidence=sure,
        page_index=chosen.found.geometry.page_index,
        region=region(chosen.found.geometry, chosen.found.box),
        reader=_readers(best),
        alternatives=offered[: options.alternatives],
    )


def _shown(group: Sequence[Candidate]) -> Candidate:
    """The candidate whose text and place stand for a value: printed words where there are any, the code's otherwise.

    Of the best place's reader the longest reading that holds it counts: of an amount both forms, not the first alone.
    """
    printed = [one for one in group if one.found.how != "code"] or group
    best = max(printed, key=lambda one: (one.found.quality, one.found.confidence))
    holding = (one for one in printed if one.reader == best.reader and best.text in one.text)
    return max(holding, key=lambda one: len(one.text))


def _support(spec: FieldSpec, group: Sequence[Candidate], options: ExtractionOptions) -> float:
    """How well a value is supported: each reader once, by its skill, the place's quality and the value's own check."""
    best: dict[str, float] = {}
    for one in group:
        skill = options.reader_weight.get(one.reader, options.strange_reader_weight)
        weight = skill * one.found.quality * (options.unsure_weight + one.found.confidence)
        if traits(spec.kind).checked and not one.problems:
            weight *= options.check_weight
        if one.problems:
            noted = all(problem.severity == "info" for problem in one.problems)
            weight *= options.note_weight if noted else options.problem_weight
        best[one.reader] = max(best.get(one.reader, 0.0), weight)
    return sum(best.values())


def _stands_in(group: Sequence[Candidate]) -> bool:
    """Whether a value stands nowhere but beside captions of something else: a value beside a proper one goes first."""
    return all(one.found.stand_in for one in group)


def _comparable(chosen: Candidate, others: Sequence[Candidate], options: ExtractionOptions) -> list[Candidate]:
    """Rivals of equal standing: a find of lower quality elsewhere on the paper says nothing against a better one."""
    return [one for one in others if one.found.quality >= chosen.found.quality - options.rival_quality]


def _unreadable(candidates: Sequence[Candidate], offered: tuple[Alternative, ...] = ()) -> FieldReading | None:
    """A field that is there but whose value nobody can vouch for; a find without a caption is then none at all."""
    seen = [one for one in candidates if one.found.how == "caption"]
    if not seen:
        return None
    first = max(seen, key=lambda one: one.found.quality)
    place = region(first.found.geometry, first.found.box)
    return FieldReading(
        first.found.field, first.text, None, 0.0, first.found.geometry.page_index, place, first.reader, offered
    )


def _readers(group: Sequence[Candidate]) -> str:
    names = {one.reader for one in group}
    return "+".join(sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)))


def _others(
    groups: Sequence[Sequence[Candidate]], options: ExtractionOptions, spec: FieldSpec
) -> tuple[Alternative, ...]:
    made: list[Alternative] = []
    for group in groups:
        best = max(group, key=lambda one: one.found.confidence)
        sure = min(options.other_most, confidence(spec, group, [best], options))
        reason = "other_caption" if _stands_in(group) else "read"
        made.append(Alternative(best.value or "", _shown(group).text, sure, _readers(group), reason))
    return tuple(made)


def _repaired(
    spec: FieldSpec, chosen: Candidate, sure: float, groups: dict[str, list[Candidate]]
) -> tuple[Alternative, ...]:
    """Values that a misread text may stand for, ranked by the check digit or a lexicon; only a person takes one."""
    if not chosen.problems:
        return ()
    offered = (value for value in repairs(spec.kind, chosen.text) if value not in groups)
    return tuple(Alternative(value, chosen.text, round(sure, 4), "rule", "candidate") for value in offered)
