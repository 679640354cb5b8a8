"""How a proposed fact stands before anybody looked at it: one word, which the desk tells by colour, picture and text.

What a rule knows outranks what a reader believes: a wrong check digit read with 99.9 % is invalid, and two papers that
were both read well and differ conflict all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from rapidfuzz.distance import Levenshtein

from intake import fields
from intake.types import DraftCustomerFile, DraftFact, FactSource, FieldReading, Finding
from intake.writing.common import rare

Standing = Literal["certain", "doubtful", "conflicting", "invalid", "missing"]

_READ_THERE = "read"
"""The reason of an alternative that another reader read at the same place."""
_AMONG_PAPERS = ("case.", "customer.")
"""Codes of findings about one fact that come from comparing it with another paper or with the customer file."""


def standing(fact: DraftFact, findings: Iterable[Finding]) -> Standing:
    """``missing``: no value. ``invalid``: not of its kind's form, or in error by itself. ``conflicting``: contradicted.

    A contradiction is a finding (not a mere note) that names other facts too or compares papers, or a customer file
    that holds another value. ``doubtful``: everything else that a person has to look at; only what is ``certain`` is
    accepted without a look.
    """
    if fact.value is None:
        return "missing"
    noticed = [one for one in findings if fact.fact in one.fields and one.severity != "info"]
    against = [one for one in noticed if len(one.fields) > 1 or one.code.startswith(_AMONG_PAPERS)]
    own = any(one.severity == "error" and one not in against for one in noticed)
    if own or fields.check(fact.kind, fact.value).value != fact.value:
        return "invalid"
    if against or (fact.present is not None and fact.present != fact.value):
        return "conflicting"
    return "doubtful" if noticed or fact.doubtful else "certain"


def opposed_since(before: DraftCustomerFile, after: DraftCustomerFile) -> frozenset[str]:
    """The facts of a draft made anew against which something stands that did not: what nobody has looked at yet.

    That is another value in the customer file, or a finding (not a mere note). Who accepted the same value ``before``
    knew nothing of it.
    """
    known = {fact.fact: _against(fact, before) for fact in before.facts}
    return frozenset(fact.fact for fact in after.facts if _against(fact, after) - known.get(fact.fact, frozenset()))


def _against(fact: DraftFact, file: DraftCustomerFile) -> frozenset[str]:
    """What stands against a fact's value: the keys of findings, and what the customer file holds instead."""
    found = {one.key for one in file.findings if fact.fact in one.fields and one.severity != "info"}
    return frozenset(found if fact.present in {None, fact.value} else {*found, f"present:{fact.present}"})


def weak_places(kind: str, value: str, reading: FieldReading) -> tuple[int, ...]:
    """The places (from 0) in ``value``, read so, where an eye should rest, in order.

    Those of which the reader was not sure, those where the other reader has something else, rare ones of a name.
    """
    if reading.value != value:
        return ()
    places = set(reading.unsure)
    if fields.traits(kind).names:
        places.update(rare(value))
    for other in reading.alternatives:
        if other.reason == _READ_THERE:
            places.update(differing(value, other.value))
    return tuple(sorted(place for place in places if place < len(value)))


def differing(value: str, other: str) -> set[int]:
    """The places of ``value`` that the other one does not bear out; none where they have little in common.

    >>> differing("杭州己远贸易", "杭州已远贸易"), differing("杭州己远", "宁波三江")
    ({2}, set())
    """
    steps = Levenshtein.opcodes(value, other)
    kept = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    changed = (range(step.src_start, step.src_end) for step in steps if step.tag != "equal")
    return {place for run in changed for place in run} if kept * 2 >= len(value) else set()


def uncommon(kind: str, value: str | None, sources: Sequence[FactSource]) -> bool:
    """Whether a name asks for a look, however surely it was read: a rare character, or readers who differ in it."""
    if value is None or not fields.traits(kind).names:
        return False
    differ = any(
        other.reason == _READ_THERE and source.reading.value == value
        for source in sources
        for other in source.reading.alternatives
    )
    return differ or bool(rare(value))
