"""Emblem sides of ID cards that could as well be another person's: nothing on the papers tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from intake.papers import Paper
from intake.types import Finding, Label

_FACTS = frozenset({"id_authority", "id_valid_from", "id_valid_to"})
_MESSAGE = Label(
    "第 {0} 人的身份证国徽面是按先后顺序配的，可能互换，请对照原件。",
    "The emblem sides of persons {0} were matched by their order alone and may be crossed: compare with the cards.",
)


def case(papers: Sequence[Paper], _today: date) -> tuple[Finding, ...]:
    """One finding that names the facts of all emblem sides that may be crossed, and their people by number."""
    unsure = [paper for paper in papers if paper.unsure]
    facts = [paper.numbered(spec.fact) for paper in unsure for spec, _ in paper.readings() if spec.fact in _FACTS]
    if not facts:
        return ()
    people = [str(number) for number in sorted({paper.number for paper in unsure})]
    message = Label(_MESSAGE.zh.format("、".join(people)), _MESSAGE.en.format(" and ".join(people)))
    return (Finding("id_card.pairing", "warning", tuple(dict.fromkeys(facts)), message),)
