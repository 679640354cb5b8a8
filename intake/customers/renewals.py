"""The versions of a customer's licenses and certificates: a renewal is the same paper again with other dates.

What counts is what people confirmed, not what was read. The same paper handed in again is no new version; one of which
anything was confirmed otherwise is. Papers without a day of issue or a term have no versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.doctypes import DocumentType, FieldSpec

DATES = ("issued_on", "valid_from", "valid_to")
"""The fields of a paper that tell its versions apart and stand with each."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One paper in one confirmation: ``values`` are all that was confirmed there, by fact."""

    document_id: str
    case_id: str
    draft_id: str
    type: str
    at: datetime
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that a version has otherwise than the one before it (``None``: it has none there)."""

    field: FieldSpec
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a paper, from 1; ``dates`` by :data:`DATES`; ``papers`` are those that it was confirmed from."""

    number: int
    dates: Mapping[str, str]
    changes: tuple[Changed, ...]
    papers: tuple[Seen, ...]


def dated(kind: DocumentType) -> bool:
    """Whether papers of this type have versions.

    >>> from intake import doctypes
    >>> dated(doctypes.get("business_license")), dated(doctypes.get("contract"))
    (True, False)
    """
    return any(spec.name in DATES for spec in kind.fields)


def versions(kind: DocumentType, seen: Iterable[Seen]) -> tuple[Version, ...]:
    """The versions of a customer's paper of one type, the latest confirmed first."""
    found: list[tuple[dict[str, str], list[Seen]]] = []
    for one in sorted((one for one in seen if one.type == kind.name), key=lambda one: (one.at, one.document_id)):
        values = {spec.name: one.values[spec.fact] for spec in kind.fields if spec.fact in one.values}
        again = bool(found) and found[-1][1][-1].document_id == one.document_id
        if again or (found and found[-1][0] == values):  # the very document decided on again, or a copy of it
            found[-1] = (values, [*found[-1][1], one])
        else:
            found.append((values, [one]))
    befores: list[dict[str, str]] = [{}, *(values for values, _ in found)]
    made = [
        Version(
            number,
            {name: values[name] for name in DATES if name in values},
            _changes(kind, before, values) if number > 1 else (),
            tuple({one.document_id: one for one in papers}.values()),
        )
        for number, (before, (values, papers)) in enumerate(zip(befores, found, strict=False), 1)
    ]
    return tuple(reversed(made))


def _changes(kind: DocumentType, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    return tuple(
        Changed(spec, before.get(spec.name), after.get(spec.name))
        for spec in kind.fields
        if before.get(spec.name) != after.get(spec.name)
    )
