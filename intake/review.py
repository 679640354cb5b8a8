"""A person decides: the one way in which values enter a customer file.

Every fact of the draft needs a decision, every error an explicit one; what is confirmed keeps what the engine had read
beside what the person decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from intake import fields
from intake.customers.titles import UNNAMED, name_fact, title
from intake.errors import InvalidValueError, UndecidedFactsError, UnknownFactError, UnresolvedFindingsError
from intake.types import CustomerFact, CustomerFile, Decision, DraftCustomerFile, DraftFact, Finding, Label

RETURN_REASONS: dict[str, Label] = {
    "not_legible": Label("看不清，请重新扫描", "Not legible: scan it again"),
    "cut_off": Label("没有扫全，缺边或缺角", "Cut off: an edge or a corner is missing"),
    "side_missing": Label("缺少另一面或缺页", "The other side or a page is missing"),
    "wrong_paper": Label("不是所需的证件", "Not the paper that was asked for"),
    "expired": Label("证件已过期，请提供新证", "The paper has expired: ask for the new one"),
    "no_copy": Label("不接受复印件，请扫描原件", "A copy is not accepted: scan the original"),
    "not_same_customer": Label("几份证件不是同一客户的", "The papers are not of the same customer"),
    "other": Label("其他原因", "Another reason"),
}
"""Why a draft goes back to the clerk, by code."""

DISCARD_REASONS: dict[str, Label] = {
    "duplicate": Label("重复上传", "Uploaded twice"),
    "not_a_customer": Label("与客户无关的纸件", "Not a customer's paper"),
    "wrong_upload": Label("误传", "Uploaded by mistake"),
    "customer_withdrew": Label("客户撤回", "The customer withdrew"),
    "other": Label("其他原因", "Another reason"),
}
"""Why a draft is dropped, by code; its papers are kept."""


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
    :class:`UnresolvedFindingsError` for findings of severity ``error`` that are neither acknowledged nor settled by
    correcting or leaving out all their facts, and for corrections with an error of their own, such as a wrong check
    digit: the key of that finding (``uscc.check_digit:credit_code``) acknowledges it.
    """
    chosen = _one_for_each(draft, decisions)
    values = _values(draft, chosen)
    _require_settled(draft, chosen, values, acknowledged)
    facts = tuple(
        _confirmed(fact, chosen[fact.fact], value, by, at)
        for fact in draft.facts
        if (value := values[fact.fact]) is not None
    )
    omitted = tuple(fact.fact for fact in draft.facts if values[fact.fact] is None)
    return CustomerFile(draft.kind, _title(draft, values), facts, draft.customer_number, omitted)


def typed_errors(fact: str, kind: str, text: str) -> tuple[Finding, ...]:
    """The errors that a typed value of ``kind`` has by itself, such as a wrong check digit, as findings on ``fact``.

    A text without any canonical form has none here: it is no value that a person could let stand.
    """
    verdict = fields.check(kind, text)
    problems = () if verdict.value is None else verdict.problems
    return tuple(Finding(one.code, one.severity, (fact,), one.message) for one in problems if one.severity == "error")


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


def _values(draft: DraftCustomerFile, chosen: dict[str, Decision]) -> dict[str, str | None]:
    """The canonical value that each decision gives its fact; ``None`` for facts left out."""
    values: dict[str, str | None] = {}
    invalid = []
    for fact in draft.facts:
        decision = chosen[fact.fact]
        value = _value(fact, decision)
        if value is None and decision.action != "omit":
            invalid.append(fact.fact)
        values[fact.fact] = value
    if invalid:
        raise InvalidValueError(facts=invalid)
    return values


def _value(fact: DraftFact, decision: Decision) -> str | None:
    if decision.action == "accept":
        return fact.value if decision.value in (None, fact.value) else None
    if decision.action == "correct" and decision.value is not None:
        return fields.check(fact.kind, decision.value).value
    return None


def _require_settled(
    draft: DraftCustomerFile,
    chosen: dict[str, Decision],
    values: dict[str, str | None],
    acknowledged: frozenset[str],
) -> None:
    open_findings = [finding for finding in draft.findings if _stands(finding, chosen)]
    open_findings += [finding for fact in draft.facts for finding in _own_errors(fact, chosen[fact.fact], values)]
    left = {finding.key: finding for finding in open_findings if finding.key not in acknowledged}
    if left:
        facts = dict.fromkeys(name for finding in left.values() for name in finding.fields)
        raise UnresolvedFindingsError(findings=list(left), facts=list(facts))


def _stands(finding: Finding, chosen: dict[str, Decision]) -> bool:
    """Whether an error is still there: some fact of it keeps the value that was read."""
    if finding.severity != "error":
        return False
    decided = [chosen[name].action for name in finding.fields if name in chosen]
    return not decided or "accept" in decided


def _own_errors(fact: DraftFact, decision: Decision, values: dict[str, str | None]) -> list[Finding]:
    """The errors of a corrected value; one read by the engine has its findings in the draft already."""
    if decision.action != "correct" or values[fact.fact] is None:
        return []
    return list(typed_errors(fact.fact, fact.kind, decision.value or ""))


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
