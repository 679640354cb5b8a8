"""Quality checks after confirmation: which drafts are drawn, and which others share the cause of an error found.

Whether a draft is drawn follows from its identifier and the seed alone, so that anybody can work out again that nothing
was left out by taste.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction

from intake.types import Action, Alternative, DraftCustomerFile, DraftFact, Finding, Label

QUALITY_ERROR = "quality.error"
"""The code of the finding that a check holds a confirmed value to be wrong."""

_MESSAGE = Label("质检认为这个值有误，请重新核对。", "A quality check holds this value to be wrong: look at it again.")
_BITS = 64


@dataclass(frozen=True, slots=True)
class Judged:
    """One confirmed field: where it was read by whom, what was read, what a person made of it, and who."""

    document_type: str | None
    field: str | None
    reader: str | None
    read: str | None
    value: str | None
    action: Action
    user_id: str


def drawn(draft_id: str, seed: str, share: float) -> bool:
    """Whether a draft is in the sample of ``share`` percent (0 to 100) that ``seed`` draws.

    The first 64 bits of SHA-256 over ``seed:draft_id``, as a fraction of one, lie below the share.

    >>> drawn("01ABC", "s", 0.0), drawn("01ABC", "s", 100.0)
    (False, True)
    """
    digest = hashlib.sha256(f"{seed}:{draft_id}".encode()).digest()
    place = Fraction(int.from_bytes(digest[: _BITS // 8], "big"), 1 << _BITS)
    return place * 100 < Fraction(share)


def pattern(wrong: str | None, right: str | None) -> frozenset[tuple[str, str]]:
    """What was taken for what: the runs of characters in which two values differ, as (wrong, right).

    >>> sorted(pattern("913B0", "91380")), pattern("same", "same")
    ([('B', '8')], frozenset())
    """
    one, other = wrong or "", right or ""
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return frozenset((one[a:b], other[c:d]) for kind, a, b, c, d in steps if kind != "equal")


def shares_cause(error: Judged, right: str | None, other: Judged) -> bool:
    """Whether another confirmed field may be wrong for the same reason as ``error``, which should have been ``right``.

    The same field of the same type of document, read by the same reader; and either a person corrected there what was
    mistaken here (the reader errs that way), or both were accepted untouched by the same person (who looked away).
    """
    place = (error.document_type, error.field, error.reader)
    if None in place or place != (other.document_type, other.field, other.reader):
        return False
    untouched = error.action == other.action == "accept" and error.user_id == other.user_id
    corrected = other.action == "correct" and bool(pattern(other.read, other.value) & pattern(error.value, right))
    return untouched or corrected


def doubting(file: DraftCustomerFile, wrong: Mapping[str, str | None]) -> DraftCustomerFile:
    """A draft in which the facts that a check found ``wrong`` are doubtful, with the right values offered first."""
    found = tuple(Finding(QUALITY_ERROR, "warning", (one.fact,), _MESSAGE) for one in file.facts if one.fact in wrong)
    facts = tuple(_doubtful(fact, wrong[fact.fact]) if fact.fact in wrong else fact for fact in file.facts)
    return replace(file, facts=facts, findings=(*file.findings, *found))


def _doubtful(fact: DraftFact, right: str | None) -> DraftFact:
    if right is None or right == fact.value:
        return replace(fact, doubtful=True)
    others = tuple(other for other in fact.alternatives if other.value != right)
    return replace(fact, doubtful=True, alternatives=(Alternative(right, "", 1.0, "person", "quality_check"), *others))
