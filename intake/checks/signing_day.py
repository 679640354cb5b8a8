"""On the day a contract was signed, the license and the ID cards of the case should have been valid.

A copy of an older paper may lie in the case, so this is a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake.papers import Paper
from intake.types import Finding, Label

_BEGINNINGS = ("license_valid_from", "established_on", "id_valid_from")
_ENDS = ("license_valid_to", "id_valid_to")

_BEFORE = Label("签订日期早于证件的起始日期。", "The contract was signed before this paper's term began.")
_AFTER = Label("签订日期晚于证件的有效期。", "The contract was signed after this paper's term had ended.")


def case(papers: Sequence[Paper], today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """Findings for each pair of a contract's day and a term that does not hold it."""
    found: dict[str, Finding] = {}
    for contract in papers:
        day = contract.value("contract_signed_on")
        for paper in papers if day is not None else ():
            for finding in _outside(day or "", contract.numbered("contract_signed_on"), paper):
                found[finding.key] = finding
    return tuple(found.values())


def _outside(day: str, signed: str, paper: Paper) -> list[Finding]:
    """Dates in ISO form compare as text; an open end (``long-term``) comes after every digit."""
    begins = [fact for fact in _BEGINNINGS if (first := paper.value(fact)) is not None and day < first]
    ends = [fact for fact in _ENDS if (last := paper.value(fact)) is not None and last < day]
    early = [Finding("signing.before_term", "warning", (signed, paper.numbered(fact)), _BEFORE) for fact in begins]
    return early + [Finding("signing.after_term", "warning", (signed, paper.numbered(fact)), _AFTER) for fact in ends]
