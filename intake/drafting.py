"""From the papers of a case to a draft customer file (客户档案草稿), fact by fact.

Nothing is decided here. Each fact keeps all its sources, the best first, and every other value as an alternative; it is
``doubtful`` where a person has to look. A field that every paper of its type prints and that was found nowhere is a
fact without value and sources, so that a person can fill it in from the paper or leave it out.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from intake import checks, standing
from intake.customers import matching
from intake.customers.titles import name_fact, title
from intake.doctypes import FieldSpec
from intake.options import DraftingOptions
from intake.papers import Paper, base, papers, speak_of_company
from intake.types import (
    Alternative,
    CaseDocument,
    CustomerFact,
    CustomerFile,
    CustomerKind,
    DraftCustomerFile,
    DraftFact,
    FactSource,
    Finding,
    Label,
)

KNOWN_ELSEWHERE = "customer.known_elsewhere"
"""The code of the finding that another customer's file holds a number by which customers are told apart."""

_IDENTITY_CHANGED = Label(
    "与客户档案中的号码不同：可能是另一个客户。", "Not the number in the customer file: this may be another customer."
)
_CHANGED = Label("与客户档案中的内容不同。", "Not what the customer file holds today.")


@dataclass(frozen=True, slots=True)
class _Given:
    """What one paper says of a fact, under which field; ``source`` is ``None`` where it should and nothing was read."""

    paper: Paper
    spec: FieldSpec
    source: FactSource | None
    faulty: bool

    @property
    def value(self) -> str | None:
        """The canonical value, where one was read."""
        return self.source.reading.value if self.source is not None else None

    @property
    def confidence(self) -> float:
        """Of the value; 0 where there is none."""
        return self.source.reading.confidence if self.source is not None and self.value is not None else 0.0


def draft(
    documents: Sequence[CaseDocument],
    present: CustomerFile | None,
    *,
    today: date,
    options: DraftingOptions,
    elsewhere: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> DraftCustomerFile:
    """The proposed customer file of a case.

    ``present`` is the customer file that the case belongs to, if it is known; ``elsewhere`` gives, by fact, the numbers
    of other customers whose files hold what these papers tell a customer by: an error, for a person to settle. Facts
    stand in the order of the document types' fields, the customer's own papers first; findings name facts, each once.
    """
    known = papers(documents)
    kind = present.kind if present is not None else _kind(known)
    noted = {paper.document.id: _noted(paper, today) for paper in known}
    given = _collect(sorted(known, key=lambda paper: _rank(paper, kind)), noted)
    held = {fact.fact: fact for fact in present.facts} if present is not None else {}
    found = [finding for paper in known for finding in _of_paper(paper, noted[paper.document.id], given)]
    found += [*checks.case(documents, today), *_changes(given, held, kind), *known_elsewhere(given, elsewhere)]
    findings = tuple({finding.key: finding for finding in found}.values())
    facts = tuple(_fact(name, readings, held.get(name), findings, options) for name, readings in given.items())
    name = _title(kind, {fact.fact: fact.value for fact in facts}, present)
    return DraftCustomerFile(kind, name, facts, findings, present.number if present is not None else None)


def _kind(known: Sequence[Paper]) -> CustomerKind:
    """A company where a paper of one lies in the case, or nothing but contracts."""
    if speak_of_company(known):
        return "company"
    return "person" if any(paper.type.customer == "person" for paper in known) else "company"


def _rank(paper: Paper, kind: CustomerKind) -> tuple[bool, bool, int, int, str]:
    """The customer's own papers first, single ones before repeated ones, rich ones before poor ones."""
    return paper.type.customer != kind, paper.type.repeats, paper.number, -len(paper.type.fields), paper.type.name


def _noted(paper: Paper, today: date) -> tuple[Finding, ...]:
    """What was found when the paper was read, and what its rules find today (a term may have ended since)."""
    found = (*paper.document.reading.findings, *checks.document(paper.document.reading, today))
    return tuple({finding.key: finding for finding in found}.values())


def _collect(ordered: Iterable[Paper], noted: Mapping[str, Sequence[Finding]]) -> dict[str, list[_Given]]:
    """What the papers say of each fact, the best first: readable, without an error, most confident; nothing last."""
    given: dict[str, list[_Given]] = {}
    for paper in ordered:
        errors = [finding for finding in noted[paper.document.id] if finding.severity == "error"]
        faulty = {name for finding in errors for name in finding.fields}
        read = {spec.name: reading for spec, reading in paper.readings()}
        for spec in paper.type.fields:
            if spec.name in read or spec.expected:
                source = FactSource(paper.document.id, paper.type.name, read[spec.name]) if spec.name in read else None
                given.setdefault(paper.fact(spec.name), []).append(_Given(paper, spec, source, spec.name in faulty))
    for said in given.values():
        said.sort(key=_quality)
    return given


def _quality(one: _Given) -> tuple[bool, bool, bool, float]:
    return one.value is None, one.source is None, one.faulty, -one.confidence


def _of_paper(paper: Paper, noted: Sequence[Finding], given: Mapping[str, Sequence[_Given]]) -> Iterable[Finding]:
    """A paper's findings under fact names, where at least one fact takes its proposed value from this paper."""
    names = {spec.name for spec in paper.type.fields}
    for finding in noted:
        facts = [paper.fact(field) for field in finding.fields if field in names]
        facts = [fact for fact in facts if fact in given]
        if not facts or any(given[fact][0].paper.document.id == paper.document.id for fact in facts):
            yield Finding(finding.code, finding.severity, tuple(facts), finding.message)


def _changes(
    given: Mapping[str, Sequence[_Given]], held: Mapping[str, CustomerFact], kind: CustomerKind
) -> Iterable[Finding]:
    """Where the papers differ from the present customer file; another number by which he is known is an error.

    A company's new head has another ID number than the one before: that is a change, and no other customer.
    """
    for name, readings in given.items():
        value = readings[0].value
        if value is None or name not in held or held[name].value == value:
            continue
        if matching.IDENTITY.get(name) == kind:
            yield Finding("customer.identity_changed", "error", (name,), _IDENTITY_CHANGED)
        else:
            yield Finding("customer.changed", "info", (name,), _CHANGED)


def known_elsewhere(given: Container[str], elsewhere: Mapping[str, Sequence[str]]) -> Iterable[Finding]:
    """Where other customers' files hold the number, which ones; a credit code may stand as a taxpayer number.

    ``given`` are the names of the draft's facts, ``elsewhere`` as :func:`draft` has it.
    """
    for fact, numbers in elsewhere.items():
        names = [name for name in (fact, "taxpayer_number") if name in given][:1]
        listed = ", ".join(numbers)
        message = Label(
            f"客户档案 {listed} 中已有这个号码：请核对是否同一客户。",
            f"Customer file {listed} holds this number: see whether it is the same customer.",
        )
        yield Finding(KNOWN_ELSEWHERE, "error", tuple(names), message)


def _fact(
    name: str,
    readings: Sequence[_Given],
    held: CustomerFact | None,
    findings: Sequence[Finding],
    options: DraftingOptions,
) -> DraftFact:
    best = readings[0]
    value = best.value
    noticed = any(name in finding.fields and finding.severity != "info" for finding in findings)
    present = held.value if held is not None else None
    changed = present is not None and present != value
    sources = tuple(one.source for one in readings if one.source is not None)
    return DraftFact(
        fact=name,
        label=best.paper.label(best.spec),
        kind=best.spec.kind,
        value=value,
        confidence=best.confidence,
        sources=sources,
        alternatives=_alternatives(value, sources, present),
        present=present,
        doubtful=value is None
        or noticed
        or changed
        or best.confidence < options.line(base(name), best.spec.kind)
        or standing.uncommon(best.spec.kind, value, sources),
    )


def _alternatives(value: str | None, sources: Sequence[FactSource], present: str | None) -> tuple[Alternative, ...]:
    """Every other value, each once: other papers', then the readers', then the customer file's."""
    offered = [
        Alternative(reading.value, reading.text, reading.confidence, reading.reader, "other_paper")
        for reading in (source.reading for source in sources)
        if reading.value is not None
    ]
    offered += [other for source in sources for other in source.reading.alternatives]
    if present is not None:
        offered.append(Alternative(present, "", 1.0, "customer_file", "customer_file"))
    others: dict[str, Alternative] = {}
    for alternative in offered:
        if alternative.value != value:
            others.setdefault(alternative.value, alternative)
    return tuple(others.values())


def _title(kind: CustomerKind, values: Mapping[str, str | None], present: CustomerFile | None) -> str:
    """The customer's name as it stands on the papers; the present file's where they do not speak of it."""
    if present is not None and values.get(name_fact(kind)) is None:
        return present.title
    return title(kind, values)
