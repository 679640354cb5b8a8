"""Light confirmation: which drafts of a legacy archive may be accepted as a lot by a sample, if the archivist says so.

A draft is fit for a lot where nothing in it asks for a look: every fact is certain by the office's own line and by the
policy's, no rule found anything, no second person is asked for, and every page passes what machines check of it. All
others are looked at one by one, as every draft is where no policy says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from intake.archive import sampling
from intake.errors import InvalidLightPolicyError
from intake.standing import standing, uncommon
from intake.types import DraftCustomerFile

LEAST_SHARE = 5.0
"""Per cent of a lot that a person looks at, at least (DA/T 31-2017, acceptance by sample)."""

_LONGEST_SEED = 64


@dataclass(frozen=True, slots=True)
class LightPolicy:
    """An archivist's policy for one batch. ``threshold``: of confidence, 0 to 1; ``share``: per cent of each lot."""

    on: bool = False
    threshold: float = 0.99
    aql: str = "0.65"
    share: float = LEAST_SHARE
    seed: str = ""


def policy(values: Mapping[str, Any] | None) -> LightPolicy:
    """The policy that is kept for a batch; off where none is."""
    kept = values or {}
    known = {name: kept[name] for name in LightPolicy.__dataclass_fields__ if name in kept}
    return LightPolicy(**known)


def require(chosen: LightPolicy, calibrated: float) -> None:
    """Raise InvalidLightPolicyError, with the names of what is wrong, for a policy that could not be answered for.

    ``calibrated`` is the office's own line, below which a fact is doubtful: no policy goes below it.
    """
    wrong = []
    if not calibrated <= chosen.threshold <= 1.0:
        wrong.append("threshold")
    if not LEAST_SHARE <= chosen.share <= 100.0:  # noqa: PLR2004 - per cent
        wrong.append("share")
    if not is_aql(chosen.aql):
        wrong.append("aql")
    if not chosen.seed or len(chosen.seed) > _LONGEST_SEED:
        wrong.append("seed")
    if wrong:
        raise InvalidLightPolicyError(fields=wrong, least=round(calibrated * 100, 2))


def is_aql(text: str) -> bool:
    """Whether a text is one of the preferred AQLs of ISO 2859-1 that sampling knows."""
    try:
        return Decimal(text) in sampling.AQLS
    except InvalidOperation:
        return False


def unfit(draft: DraftCustomerFile, chosen: LightPolicy, line: Callable[[str, str], float]) -> str | None:
    """Why a draft has to be looked at by itself, as a code; ``None`` where it may go to a lot.

    ``line`` gives the office's line for a fact (without number) of a kind.
    """
    if not draft.facts:
        return "empty"
    if any(finding.severity != "info" for finding in draft.findings):
        return "finding"
    for fact in draft.facts:
        if standing(fact, draft.findings) != "certain":
            return "doubtful"
        if fact.confidence < max(chosen.threshold, line(fact.fact.partition("#")[0], fact.kind)):
            return "threshold"
        if uncommon(fact.kind, fact.value, fact.sources):
            return "uncommon"
    return None


def sample_size(lot: int, chosen: LightPolicy) -> tuple[sampling.Plan, int]:
    """The plan of ISO 2859-1 for a lot of drafts, and how many are drawn by it and by the policy's share.

    >>> sample_size(1000, LightPolicy(aql="1.0", share=10.0))[1]
    100
    """
    plan = sampling.plan(lot, Decimal(chosen.aql))
    return plan, min(max(plan.drawn, math.ceil(lot * chosen.share / 100)), lot)
