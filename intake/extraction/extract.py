"""From the words of one document to its fields: find, judge, weigh what the readers say, and keep what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.candidates import Candidate, candidate, grouped, shown, spaced_alike, without_copies
from intake.extraction.confidence import usual
from intake.extraction.evidence import Weighed
from intake.extraction.found import Found, Why
from intake.extraction.locate import locate
from intake.extraction.numbers import numbers
from intake.extraction.parties import sides
from intake.extraction.recalibration import recalibrated
from intake.extraction.roles import widened
from intake.extraction.second_thoughts import offered, reconsidered
from intake.extraction.sheet import Sheet
from intake.extraction.signing import last, without_agents
from intake.extraction.spans import reckoned
from intake.extraction.surroundings import Surroundings, surroundings
from intake.extraction.unsure import unsure
from intake.extraction.values import repairs
from intake.extraction.voices import SECOND
from intake.extraction.weighing import weigh
from intake.extraction.witness import witnesses
from intake.fields import traits
from intake.geometry import overlap, region
from intake.options import ExtractionOptions
from intake.types import ELSEWHERE, Alternative, FieldReading

_ORDER = ("tesseract", "rapidocr", "qr")

_IN_BOTH_FORMS = re.compile(r"[壹贰叁肆伍陆柒捌玖拾].*[0-9]|[0-9].*[壹贰叁肆伍陆柒捌玖拾]")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every candidate of every field of a document, by the fields' names, with the document as their background."""

    candidates: Mapping[str, Sequence[Candidate]]
    around: Surroundings

    def of(self, name: str) -> Sequence[Candidate]:
        """The candidates of a field; empty where it was found nowhere."""
        return self.candidates.get(name, ())


@dataclass(frozen=True, slots=True)
class Standing:
    """How one value of a field stands: the candidates that agree on it, the evidence, its probability."""

    group: tuple[Candidate, ...]
    weighed: Weighed
    sure: float

    @property
    def value(self) -> str:
        """The value, which every candidate of a group has."""
        return self.group[0].value or ""


def extract(
    sheets: Sequence[Sheet], document_type: DocumentType, options: ExtractionOptions | None = None
) -> tuple[FieldReading, ...]:
    """The fields of a document, in the order of its type; a field that was found nowhere is left out."""
    chosen = options or ExtractionOptions()
    gathered = gather(sheets, document_type, chosen)
    made = (decide(spec, gathered, chosen) for spec in document_type.fields)
    read = [reading for reading in made if reading is not None]
    order = [spec.name for spec in document_type.fields]
    every = [*read, *reckoned(sheets, document_type, read, chosen)]
    judged = recalibrated(document_type.name, every, chosen)
    return tuple(sorted(judged, key=lambda reading: order.index(reading.field)))


def gather(sheets: Sequence[Sheet], document_type: DocumentType, options: ExtractionOptions) -> Gathered:
    """Every candidate of every field: finds of each reader on whole pages, then the crops, then the codes."""
    gathered: dict[str, list[Candidate]] = {}
    document_type = widened(sheets, document_type)
    known = sides(sheets, document_type)
    for sheet in sheets:
        found = [one for text in sheet.pages for one in locate(text, document_type, options, known)]
        again = (*numbers(sheet, document_type, options), *witnesses(sheet, document_type, found, options))
        for one in (*found, *again):
            spec = document_type.field(one.field)
            written = replace(one, spaced=traits(spec.kind).names)
            gathered.setdefault(one.field, []).extend(_thought_over(spec, written, options))
    for spec in document_type.fields:
        if spec.side and spec.name in gathered:
            gathered[spec.name] = without_agents(gathered[spec.name])
        if spec.latest and spec.name in gathered:
            gathered[spec.name] = last(gathered[spec.name], options)
        if traits(spec.kind).copied and spec.name in gathered:
            gathered[spec.name] = without_copies(gathered[spec.name])
        if traits(spec.kind).names and spec.name in gathered:
            gathered[spec.name] = spaced_alike(gathered[spec.name], SECOND)
    return Gathered(gathered, surroundings(sheets, document_type, gathered))


def _thought_over(spec: FieldSpec, found: Found, options: ExtractionOptions) -> Iterable[Candidate]:
    """A find as a candidate, and before it what its reader thought of and the kind prefers, if there is such."""
    first, second = candidate(spec, found), reconsidered(spec, found, options)
    again = candidate(spec, second) if second else None
    if again is None or again.value in {None, first.value}:
        yield first
    else:
        yield from (again, replace(first, superseded=True))


def rank(spec: FieldSpec, gathered: Gathered, options: ExtractionOptions) -> tuple[Standing, ...]:
    """Every value that was read for a field, the likeliest first.

    Those of which every reader thought better go behind the others, torn pieces of another behind these, those beside
    captions of something else last.
    """
    candidates = gathered.of(spec.name)
    # Of a long text the words first read are no other reading of the place: a mark is exchanged in most of them.
    against = [one for one in candidates if not (one.superseded and traits(spec.kind).prose)]
    standings: list[Standing] = []
    for group in grouped(candidates).values():
        weighed = weigh(spec, group, against, gathered.around, options)
        standings.append(Standing(tuple(group), weighed, usual().probability(weighed, options.certain)))
    torn = {standing.value for standing in standings if _is_torn(spec, standing, standings)}
    later = {one.value: (_stands_in(one.group), one.value in torn, _superseded(one.group)) for one in standings}
    return tuple(sorted(standings, key=lambda one: (later[one.value], -one.sure)))


def _is_torn(spec: FieldSpec, standing: Standing, others: Sequence[Standing]) -> bool:
    """Whether a name is a piece of another that stands whole elsewhere: a seal or an edge left no more of it there.

    A longer one with something against it (a stray letter behind 公司) does not count as whole.
    """
    piece = shown(standing.group)
    return traits(spec.kind).wraps and any(
        standing.value != other.value and standing.value in other.value and _elsewhere(piece, shown(other.group))
        for other in others
    )


def _elsewhere(piece: Candidate, whole: Candidate) -> bool:
    """Whether a sound value stands beside a caption of its own at another place than a piece of it."""
    same = piece.found.geometry == whole.found.geometry
    apart = not same or overlap(piece.found.box, whole.found.box) == 0
    return apart and whole.found.how == "caption" and not whole.problems


def _stands_in(group: Sequence[Candidate]) -> bool:
    """Whether a value stands nowhere but beside captions of something else: a value beside a proper one goes first."""
    return all(one.found.stand_in for one in group)


def _superseded(group: Sequence[Candidate]) -> bool:
    return all(one.superseded for one in group)


def decide(spec: FieldSpec, gathered: Gathered, options: ExtractionOptions) -> FieldReading | None:
    """One reading out of all candidates: the likeliest value; the others become alternatives."""
    candidates = gathered.of(spec.name)
    ranked = rank(spec, gathered, options)
    if not ranked:
        return _unreadable(candidates, _mended(spec, candidates, options))
    best = ranked[0]
    if best.sure < options.unreadable and not traits(spec.kind).prose:  # of a long text most is right all the same
        return _unreadable(candidates, _others(ranked, options)[: options.alternatives])
    chosen = shown(best.group)
    repaired = _repaired(spec, chosen, best.sure * options.repaired, {one.value for one in ranked})
    known = {one.value for one in ranked} | {one.value for one in repaired}
    other = (*_others(ranked[1:], options, best), *repaired)[: options.alternatives]
    return FieldReading(
        field=spec.name,
        text=chosen.text,
        value=chosen.value,
        confidence=min(best.sure, options.contradicted)
        if _is_open(spec, best.group, chosen, other, options)
        else best.sure,
        page_index=chosen.found.geometry.page_index,
        region=region(chosen.found.geometry, chosen.found.place_of(chosen.value or "")),
        reader=_readers(best.group),
        alternatives=(*other, *offered(spec, chosen, known, options)),
        how=_why(best.group, chosen.found),
        unsure=unsure(spec, chosen, options),
    )


def _why(group: Sequence[Candidate], place: Found) -> Why:
    """Why a value stands, told by the ``place`` that is shown; first that no reader had it as its first thought."""
    if all(one.found.second for one in group):
        return "second_thought"
    return "stand_in" if place.stand_in else place.how


def _mended(spec: FieldSpec, candidates: Sequence[Candidate], options: ExtractionOptions) -> tuple[Alternative, ...]:
    """What the texts beside a caption may stand for where none of them is a value; only a person takes one."""
    made: dict[str, Alternative] = {}
    for one in candidates:
        for value in repairs(spec, one.text) if one.found.how == "caption" else ():
            made.setdefault(value, Alternative(value, one.text, options.unreadable, "rule", "candidate"))
    return tuple(made.values())[: options.alternatives]


def _unreadable(candidates: Sequence[Candidate], offered: tuple[Alternative, ...] = ()) -> FieldReading | None:
    """A field that is there but whose value nobody can vouch for; a find without a caption is then none at all."""
    seen = [one for one in candidates if one.found.how == "caption"]
    if not seen:
        return None
    first = max(seen, key=lambda one: one.found.quality)
    place = region(first.found.geometry, first.found.box)
    return FieldReading(
        first.found.field,
        first.text,
        None,
        0.0,
        first.found.geometry.page_index,
        place,
        first.reader,
        offered,
        "caption",
    )


def _readers(group: Sequence[Candidate]) -> str:
    names = {one.reader for one in group}
    return "+".join(sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)))


def _others(
    ranked: Sequence[Standing], options: ExtractionOptions, best: Standing | None = None
) -> tuple[Alternative, ...]:
    """The values that are offered beside the ``best`` one, and why: read there too, elsewhere, as something else."""
    return tuple(
        Alternative(
            one.value,
            shown(one.group).text,
            min(options.other_most, one.sure),
            _readers(one.group),
            _reason(one, best),
        )
        for one in ranked
    )


def _reason(other: Standing, best: Standing | None) -> str:
    if _stands_in(other.group):
        return "other_caption"
    if _superseded(other.group):
        return "first_read"
    return ELSEWHERE if best is not None and _apart(other, best) else "read"


def _contradicted(spec: FieldSpec, chosen: Candidate, offered: Sequence[Alternative]) -> bool:
    """Whether the paper tells it otherwise: a sum in its other form or at another place, a day at the foot in two.

    So it is where the form of a sum lets it be another.
    """
    elsewhere = any(one.reason == ELSEWHERE for one in offered)
    if spec.place == "foot_date":
        return elsewhere and chosen.found.how == "place"
    return traits(spec.kind).once and (elsewhere or any(one.severity != "info" for one in chosen.problems))


def _is_open(
    spec: FieldSpec,
    group: Sequence[Candidate],
    chosen: Candidate,
    offered: Sequence[Alternative],
    options: ExtractionOptions,
) -> bool:
    """Whether a value may be another for what the paper says.

    The paper contradicts it, a hint alone speaks for a term or for a sum in one form, or the value begins inside a
    bracket: of something else.
    """
    torn = max(one.found.quality for one in group) <= options.torn_most
    hinted = all(one.found.how == "pattern" and one.found.quality <= options.hint_quality for one in group)
    alone = bool(spec.part) or (traits(spec.kind).once and not _IN_BOTH_FORMS.search(chosen.text))
    return torn or (alone and hinted) or _contradicted(spec, chosen, offered)


def _apart(other: Standing, best: Standing) -> bool:
    """Whether a value stands at places of its own alone, so that the paper says both: it is no misreading of the best.

    What a code says stands nowhere.
    """
    printed = [one.found for one in other.group if one.found.how != "code"]
    places = [one.found for one in best.group if one.found.how != "code"]
    return bool(printed) and not any(
        one.geometry == place.geometry and overlap(one.box, place.box) > 0 for one in printed for place in places
    )


def _repaired(spec: FieldSpec, chosen: Candidate, sure: float, read: AbstractSet[str]) -> tuple[Alternative, ...]:
    """Values that a misread text may stand for, ranked by the check digit or a lexicon; only a person takes one."""
    if not chosen.problems:
        return ()
    made = repairs(spec, chosen.text, whole=chosen.found.how == "pattern")
    offered = (value for value in made if value not in read)
    return tuple(Alternative(value, chosen.text, round(sure, 4), "rule", "candidate") for value in offered)
