"""The legal representative of the license and the people whose ID cards lie in the case.

A name that differs by one character from a card's is an error: one of the two was misread, or they are two people. No
card of that name is a warning: the card may be an agent's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import Levenshtein

from intake.papers import Paper
from intake.types import Finding, Label

_NEARLY = Label("法定代表人与身份证姓名只差一字，请核对。", "Legal representative and ID card differ by one character.")
_OTHER = Label("案卷中的身份证不是法定代表人的。", "No ID card in this case is the legal representative's.")


def case(papers: Sequence[Paper], today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - every rule is told the day
    """At most one finding, on the license's representative and the nearest card's name."""
    licensed = {name for paper in papers if (name := paper.value("legal_representative")) is not None}
    people = {
        name: paper.numbered("person_name") for paper in papers if (name := paper.value("person_name")) is not None
    }
    if not licensed or not people or licensed & people.keys():
        return ()
    distance, fact = min((Levenshtein.distance(one, name), people[name]) for one in licensed for name in people)
    if distance == 1:
        return (Finding("representative.nearly", "error", ("legal_representative", fact), _NEARLY),)
    return (Finding("representative.other", "warning", ("legal_representative", fact), _OTHER),)
