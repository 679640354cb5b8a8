"""A person decides: the one way in which values enter a customer file.

Every fact of the draft needs a decision, every error an explicit one; what is confirmed keeps what the engine had read
beside what the person decided. The rules of :mod:`intake.checks` are asked again about the decided values, so that a
correction that contradicts another value does not pass in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from intake import checks, doctypes, fields
from intake.customers import returning
from intake.customers.titles import UNNAMED, name_fact, title
from intake.doctypes import DocumentType
from intake.errors import InvalidValueError, UndecidedFactsError, UnknownFactError, UnresolvedFindingsError
from intake.papers import Paper, base, number
from intake.types import (
    CaseDocument,
    Classification,
    CustomerFact,
    CustomerFile,
    Decision,
    DocumentReading,
    DraftCustomerFile,
    DraftFact,
    FieldReading,
    Finding,
    Label,
    Region,
)

RETURN_REASONS = returning.REASONS
"""Why a draft goes back to the clerk, by code."""

RETURN_STEPS = returning.STEPS
"""What the clerk does about each."""

DISCARD_REASONS: dict[str, Label] = {
    "duplicate": Label("重复上传", "Uploaded twice"),
    "not_a_customer": Label("与客户无关的材料", "Not a customer's paper"),
    "wrong_upload": Label("误传", "Uploaded by mistake"),
    "papers_moved": Label("材料已移到另一案卷", "Its papers were moved to another case"),
    "customer_withdrew": Label("客户撤回", "The customer withdrew"),
    "other": Label("其他原因", "Another reason"),
}
"""Why a draft is dropped, by code; its papers are kept."""

_NOWHERE = Region(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


def confirm(
    draft: DraftCustomerFile,
    decisions: Sequence[Decision],
    *,
    by: str,
    at: datetime,
    acknowledged: frozenset[str] = frozenset(),
) -> CustomerFile:
    """The customer file as these decisions leave it; nothing that was not accepted or corrected is in it.

    ``accept`` takes the draft's value (it may repeat it, never change it), ``correct`` gives another, which is brought
    to the canonical form of its kind, ``omit`` leaves the fact out. ``acknowledged`` holds keys of findings that the
    person has seen and lets stand.

    Raises, with the names of the facts: :class:`UnknownFactError` for decisions on facts that the draft does not hold;
    :class:`UndecidedFactsError` for facts without exactly one decision; :class:`InvalidValueError` for accepting where
    there is no such value and for corrections that have not the form of their kind;
    :class:`UnresolvedFindingsError` for :func:`open_errors` that are not acknowledged, with their keys
    (``uscc.check_digit:credit_code``).
    """
    chosen = _one_for_each(draft, decisions)
    given = _values(draft.facts, chosen)
    _require_settled(open_errors(draft, decisions, today=at.date()), acknowledged)
    facts = tuple(
        _confirmed(fact, chosen[fact.fact], value, by, at)
        for fact in draft.facts
        if (value := given[fact.fact]) is not None
    )
    return CustomerFile(draft.kind, _title(draft, given), facts, draft.customer_number)


def values(draft: DraftCustomerFile, decisions: Sequence[Decision]) -> dict[str, str | None]:
    """The canonical value that each of some decisions gives its fact; ``None`` for facts left out.

    Raises, with the names of the facts: :class:`UnknownFactError` for facts that the draft does not hold,
    :class:`InvalidValueError` for values as in :func:`confirm`.
    """
    chosen = {decision.fact: decision for decision in decisions}
    unknown = sorted(set(chosen) - {fact.fact for fact in draft.facts})
    if unknown:
        raise UnknownFactError(facts=unknown)
    return _values([fact for fact in draft.facts if fact.fact in chosen], chosen)


def open_errors(draft: DraftCustomerFile, decisions: Sequence[Decision], *, today: date) -> tuple[Finding, ...]:
    """The errors that stand when these decisions are taken, each once; what is not decided yet counts as accepted.

    An error of the draft stands while all its facts are accepted. Where one is corrected or left out, the error stands
    while the rules still find it; one that no rule of ours finds (it was told in reading) while a fact of it is
    accepted. And so does every error that the rules find in the decided values: a wrong check digit that was typed, a
    birth date that is not that of the ID number beside it.
    """
    chosen = {decision.fact: decision for decision in decisions}
    before = _found(draft, {}, today)
    after = _found(draft, chosen, today)
    held = [
        finding
        for finding in draft.findings
        if finding.severity == "error" and _stands(finding, chosen, found_by_rule=finding.key in before)
    ]
    return tuple({**after, **{finding.key: finding for finding in held}}.values())


def _one_for_each(draft: DraftCustomerFile, decisions: Sequence[Decision]) -> dict[str, Decision]:
    names = [fact.fact for fact in draft.facts]
    unknown = sorted({decision.fact for decision in decisions} - set(names))
    if unknown:
        raise UnknownFactError(facts=unknown)
    counts = Counter(decision.fact for decision in decisions)
    undecided = [name for name in names if counts[name] != 1]
    if undecided:
        raise UndecidedFactsError(facts=undecided)
    return {decision.fact: decision for decision in decisions}


def _values(facts: Sequence[DraftFact], chosen: dict[str, Decision]) -> dict[str, str | None]:
    given: dict[str, str | None] = {}
    invalid = []
    for fact in facts:
        decision = chosen[fact.fact]
        value = _value(fact, decision)
        if value is None and decision.action != "omit":
            invalid.append(fact.fact)
        given[fact.fact] = value
    if invalid:
        raise InvalidValueError(facts=invalid)
    return given


def _value(fact: DraftFact, decision: Decision) -> str | None:
    if decision.action == "accept":
        return fact.value if decision.value in (None, fact.value) else None
    if decision.action == "correct" and decision.value is not None:
        return fields.check(fact.kind, decision.value).value
    return None


def _require_settled(errors: Sequence[Finding], acknowledged: frozenset[str]) -> None:
    left = [finding for finding in errors if finding.key not in acknowledged]
    if left:
        facts = dict.fromkeys(name for finding in left for name in finding.fields)
        raise UnresolvedFindingsError(findings=[finding.key for finding in left], facts=list(facts))


def _stands(finding: Finding, chosen: dict[str, Decision], *, found_by_rule: bool) -> bool:
    """Whether an error of the draft is still there, apart from what the rules find in the decided values."""
    actions = [chosen[name].action if name in chosen else "accept" for name in finding.fields]
    if found_by_rule and set(actions) != {"accept"}:
        return False
    return not actions or "accept" in actions


def _found(draft: DraftCustomerFile, chosen: dict[str, Decision], today: date) -> dict[str, Finding]:
    """The errors, by key, that the rules find in the papers as they would be with the decided values on them."""
    papers = _as_decided(draft, chosen)
    found = [
        Finding(one.code, one.severity, tuple(paper.fact(name) for name in one.fields), one.message)
        for paper in papers
        for one in checks.document(paper.document.reading, today)
    ]
    found += checks.across(papers, today)
    return {finding.key: finding for finding in found if finding.severity == "error"}


def _as_decided(draft: DraftCustomerFile, chosen: dict[str, Decision]) -> list[Paper]:
    """One paper for each type and number that the draft knows, with what was decided on each of its facts.

    A fact has one decided value, whatever several papers of a type say of it; so one paper of a type is enough.
    """
    said = {fact.fact: reading for fact in draft.facts if (reading := _said(fact, chosen.get(fact.fact))) is not None}
    places = dict.fromkeys(place for fact in draft.facts for place in _places(fact))
    return [_paper(doctypes.get(name), count, said) for name, count in places]


def _places(fact: DraftFact) -> list[tuple[str, int]]:
    """The types of paper, with the paper's number, that a fact was read on; all that have it where it was on none."""
    names = [source.document_type for source in fact.sources] or [
        kind.name for kind in doctypes.types() if any(spec.fact == base(fact.fact) for spec in kind.fields)
    ]
    return [(name, number(fact.fact)) for name in names]


def _paper(kind: DocumentType, count: int, said: dict[str, FieldReading]) -> Paper:
    blank = Paper(CaseDocument("", DocumentReading(Classification(kind.name, 1.0), (), (), ())), kind, count)
    readings = tuple(
        replace(said[blank.fact(spec.name)], field=spec.name) for spec in kind.fields if blank.fact(spec.name) in said
    )
    return replace(blank, document=CaseDocument("", replace(blank.document.reading, fields=readings)))


def _said(fact: DraftFact, decision: Decision | None) -> FieldReading | None:
    """A fact as if its decided value had been read; ``None`` where it has none in the form of its kind."""
    value = fact.value if decision is None else _value(fact, decision)
    if value is None or fields.check(fact.kind, value).value != value:
        return None
    typed = decision.value if decision is not None and decision.action == "correct" else None
    read = fact.sources[0].reading.text if fact.sources else None
    return FieldReading(fact.fact, typed or read or value, value, 1.0, 0, _NOWHERE, "person")


def _confirmed(fact: DraftFact, decision: Decision, value: str, by: str, at: datetime) -> CustomerFact:
    source = fact.sources[0] if fact.sources else None
    return CustomerFact(
        fact=fact.fact,
        label=fact.label,
        kind=fact.kind,
        value=value,
        action=decision.action,
        decided_by=by,
        decided_at=at,
        source=source,
        read_value=source.reading.value if source is not None else fact.value,
        read_confidence=fact.confidence,
    )


def _title(draft: DraftCustomerFile, values: dict[str, str | None]) -> str:
    """The confirmed name; where it was left out or the papers do not hold it, the one that the customer file has."""
    named = name_fact(draft.kind)
    fact = next((one for one in draft.facts if one.fact == named), None)
    if draft.customer_number is None or values.get(named) is not None:
        return title(draft.kind, values)
    # A draft of an existing customer bears that customer's name unless the papers themselves give one.
    return draft.title if fact is None or fact.value is None else fact.present or UNNAMED
