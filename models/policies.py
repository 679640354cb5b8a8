"""Policies: what the office has set about reviewing; every change is audited with what stands from now on.

A policy is one row of JSON under its name. Those of verification are read as :class:`Policies`; another part of the
house keeps its own under a name of its own by :func:`value` and :func:`change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.options import DraftingOptions
from intake.verification import Rule
from models import audit
from models.base import Base, identifier, now
from models.database import Unit, lock

SECOND_PERSON, BLIND, SAMPLING, THRESHOLDS = "second_person", "blind", "sampling", "thresholds"


class Policy(Base):
    """规则: one thing that administrators set, and who set it last."""

    __tablename__ = "policies"

    id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String(64), unique=True)
    value: Mapped[dict[str, Any]]
    changed_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which share of confirmed drafts comes back for a quality check: percent 0 to 100, drawn by ``seed``."""

    share: float = 0.0
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Policies:
    """All that is set about verification; what nobody set has its default: one person, no sample, one threshold."""

    rule: Rule = field(default_factory=Rule)
    sampling: Sampling = field(default_factory=Sampling)
    kind_thresholds: Mapping[str, float] = field(default_factory=dict)
    fact_thresholds: Mapping[str, float] = field(default_factory=dict)

    def drafting(self, options: DraftingOptions) -> DraftingOptions:
        """The drafting's options with the thresholds that are set here."""
        return replace(options, of_kind=self.kind_thresholds, of_fact=self.fact_thresholds)


def read(session: Session) -> Policies:
    """What is set today."""
    kept = {name: row.value for name, row in rows(session).items()}
    second, blind = kept.get(SECOND_PERSON, {}), kept.get(BLIND, {})
    sampling, thresholds = kept.get(SAMPLING, {}), kept.get(THRESHOLDS, {})
    return Policies(
        rule=Rule(
            frozenset(second.get("types", ())), frozenset(second.get("facts", ())), frozenset(blind.get("facts", ()))
        ),
        sampling=Sampling(float(sampling.get("share", 0.0)), str(sampling.get("seed", ""))),
        kind_thresholds=dict(thresholds.get("kinds", {})),
        fact_thresholds=dict(thresholds.get("facts", {})),
    )


def value(session: Session, name: str) -> dict[str, Any] | None:
    """The JSON of one policy, or ``None`` where nobody has set it."""
    return session.scalar(select(Policy.value).where(Policy.name == name))


def rows(session: Session) -> dict[str, Policy]:
    """Every policy that somebody has set, by name, with who did so when."""
    return {row.name: row for row in session.scalars(select(Policy))}


def change(unit: Unit, name: str, new: Mapping[str, Any], *, user_id: str, at: datetime | None = None) -> bool:
    """Set a policy; gives whether that changed anything. ``new`` holds names, codes and numbers, no personal data."""
    lock(unit.session, f"policy:{name}")
    row = unit.session.scalar(select(Policy).where(Policy.name == name))
    if row is not None and row.value == dict(new):
        return False
    if row is None:
        row = Policy(name=name)
        unit.session.add(row)
    row.value, row.changed_by, row.changed_at = dict(new), user_id, at or now()
    unit.session.flush()
    audit.append(
        unit,
        actor=user_id,
        action="policy.changed",
        subject_kind="policy",
        subject_id=name,
        details={"policy": name, "value": dict(new)},
    )
    return True
