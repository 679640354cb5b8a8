"""Two papers of a case that give different values of one fact (a license and a bank permit, say).

Compared after NFKC without spaces and punctuation. Of a kind that offices word differently (an address, a scope) a
difference is only a warning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from intake import fields
from intake.papers import Paper
from intake.types import Finding, Label

_MESSAGE = Label("几份证件上的内容不一致，请核对后选定。", "The papers do not agree: compare them and choose.")


def case(papers: Sequence[Paper], today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """One finding per fact with more than one value."""
    values: dict[str, set[str]] = {}
    worded: set[str] = set()
    for paper in papers:
        for spec, reading in paper.readings():
            if reading.value is not None:
                values.setdefault(paper.fact(spec.name), set()).add(_plain(reading.value))
            if fields.traits(spec.kind).worded:
                worded.add(paper.fact(spec.name))
    return tuple(
        Finding("case.conflict", "warning" if fact in worded else "error", (fact,), _MESSAGE)
        for fact, given in values.items()
        if len(given) > 1
    )


def _plain(value: str) -> str:
    folded = unicodedata.normalize("NFKC", value)
    return "".join(character for character in folded if character.isalnum())
