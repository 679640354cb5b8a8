"""Whether a batch is accepted: machines pass everything or a person lets it stand, and the sample holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from intake.archive import sampling
from intake.types import Label

FAULTS = MappingProxyType({
    "illegible": Label("看不清", "Not legible"),
    "incomplete": Label("不完整", "Not whole"),
    "askew": Label("方向不正或歪斜", "Turned or leaning"),
    "order": Label("页序不对", "Out of order"),
    "text": Label("识读文字不可用", "Text of no use"),
    "other": Label("其他问题", "Something else"),
})  # fmt: skip
"""What may be wrong with a page that the index leads to, by code."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One page of the sample as judged: its place in the drawn order, whether the index leads to it, what is wrong."""

    position: int
    matched: bool
    fault: str | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.matched and self.fault is None


def verdict(plan: sampling.Plan, looked: Sequence[Looked], failing: Sequence[Label]) -> tuple[Label, ...]:
    """Why a batch is not accepted; empty where it is. ``failing``: the rules that machines fail and nobody lets stand.

    Raises ``ValueError`` where too few pages were looked at.
    """
    bad = [one for one in looked if not one.good]
    judged = sampling.judged(
        plan,
        sample=sum(one.position <= plan.size for one in bad),
        inspected=len(looked),
        nonconforming=len(bad),
        mismatched=sum(not one.matched for one in looked),
    )
    told = tuple(Label(f"机检未通过：{rule.zh}。", f"Machines do not pass it: {rule.en}.") for rule in failing)
    return (*told, *judged.reasons)


def rate(looked: Sequence[Looked]) -> Decimal:
    """The share of the pages looked at that are right, 0 to 1."""
    return Decimal(sum(one.good for one in looked)) / Decimal(len(looked)) if looked else Decimal(0)
