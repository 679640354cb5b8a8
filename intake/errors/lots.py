"""Requests about lots and acceptance that clash with what is kept: each a :class:`ReviewError`."""

from __future__ import annotations

from intake.errors.base import ReviewError
from intake.types import Label


class InvalidLightPolicyError(ReviewError):
    """A policy of light confirmation that cannot be kept. ``details``: ``fields``, ``least`` (per cent)."""

    code = "lot.policy"
    cause = Label(
        "规则不成立：阈值不低于校准值 {least}%，抽检不低于 5%，AQL 须为标准值，种子不能为空。",
        "This policy cannot stand: a threshold of no less than the office's {least}%, a sample of no less than 5%, "
        "a preferred AQL and a seed are needed.",
    )
    next_step = Label("请改正标出的内容后再保存。", "Correct what is marked, then keep it again.")


class InLotError(ReviewError):
    """The draft waits in a lot, which is judged as a whole."""

    code = "lot.holds_draft"
    cause = Label("这份草稿在一个抽检批中，随整批一起判定。", "This draft is in a lot, which is judged as a whole.")
    next_step = Label(
        "请在抽检批页面判定样本，或等整批判定后再处理。", "Judge the lot's sample, or wait for its verdict."
    )


class LotStateError(ReviewError):
    """The lot is not in the state that this needs."""

    code = "lot.state"
    cause = Label("这个抽检批现在不能这样处理。", "The lot is not in a state for this.")
    next_step = Label("请刷新页面，看它现在进行到哪一步。", "Load the page again to see how far it is.")


class LotTakenError(ReviewError):
    """Another person judges the sample: one person answers for a lot."""

    code = "lot.taken"
    cause = Label(
        "另一位同事正在判定这个样本；一批由一人负责。", "Somebody else judges this sample; one person answers for it."
    )
    next_step = Label("请让这位同事判完，或选择另一批。", "Let them finish it, or choose another lot.")


class SampleUnfinishedError(ReviewError):
    """Parts of the sample have no judgement. ``details``: ``left``."""

    code = "lot.unfinished"
    cause = Label("样本中还有 {left} 份未判定。", "{left} of the sample are not judged yet.")
    next_step = Label("请对照扫描件判完全部样本，再作结论。", "Judge every one against its scan, then conclude.")


class AcceptancePlanError(ReviewError):
    """A plan of acceptance that the standard does not know."""

    code = "acceptance.plan"
    cause = Label(
        "抽样方案不成立：AQL 须为标准值，抽检比例须在 5% 到 100% 之间，种子不能为空。",
        "This plan cannot stand: a preferred AQL, a sample of 5 to 100 per cent and a seed are needed.",
    )
    next_step = Label("请改正后再开始验收。", "Correct it, then begin the acceptance.")
