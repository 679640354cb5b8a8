"""The company of the case is a party of each contract that lies in it (without a company: an ID card's holder).

A name that is nearly a party's is an error: one of the two was misread. No such party is a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz

from intake.papers import Paper
from intake.types import Finding, Label

NEAR = 85.0  # rapidfuzz ratio: up to two wrong characters in a name of fourteen

_NEARLY = Label(
    "合同一方的名称与客户名称略有出入，请核对。", "A party's name is nearly, but not quite, the customer's."
)
_STRANGER = Label("客户不是这份合同的任何一方。", "The customer is no party of this contract.")


def case(papers: Sequence[Paper], today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """One finding per contract without the customer among its parties."""
    names = _values(papers, "company_name")
    source = "company_name"
    if not names:
        names, source = _values(papers, "person_name"), "person_name"
    found = {}
    for paper in papers:
        sides = [(side, value) for side in ("party_a", "party_b") if (value := _side(paper, side)) is not None]
        if names and sides and not names & {value for _, value in sides}:
            finding = _finding(paper, sides, names, source)
            found[finding.key] = finding
    return tuple(found.values())


def _finding(paper: Paper, sides: list[tuple[str, str]], names: set[str], source: str) -> Finding:
    ratio, side = max((fuzz.ratio(value, name), side) for side, value in sides for name in names)
    if ratio >= NEAR:
        return Finding("contract.party_nearly", "error", (source, paper.numbered(f"contract_{side}")), _NEARLY)
    return Finding(
        "contract.party_other", "warning", tuple(paper.numbered(f"contract_{side}") for side, _ in sides), _STRANGER
    )


def _values(papers: Sequence[Paper], fact: str) -> set[str]:
    return {value for paper in papers if (value := paper.value(fact)) is not None}


def _side(paper: Paper, side: str) -> str | None:
    return paper.value(f"contract_{side}")
