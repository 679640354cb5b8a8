"""Whether a paper begins on a page, told by the page and the one before it: the base of suggested boundaries."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from intake.archive.linking import clauses_go_on, one_card, same_size, sentence_goes_on
from intake.archive.pages import Sheet
from intake.archive_options import ArchiveOptions

_TITLE = re.compile(
    r"(?:合同|协议|协议书|通知|通知书|报告|报告书|请示|批复|决定|决议|纪要|会议记录|申请|申请书|申请表|登记表|审批表|证明|证明书|"
    r"证书|执照|许可证|函|意见|意见书|方案|计划|总结|说明|说明书|清单|目录|名册|章程|委托书|授权书|承诺书|声明|公告|公示|发票|"
    r"收据|凭证|简历|履历表|鉴定表|考核表|任命书|判决书|裁定书|调解书|公证书)(?:[（(][^）)]{1,12}[)）])?$"
)
_TITLE_LINES = 4  # first lines of a page among which a heading stands
_TITLE_LETTERS = 40  # the longest heading (关于……的通知)
_RUNNING = re.compile(r"[，。；,;]")


@dataclass(frozen=True, slots=True)
class Beginning:
    """How sure a paper begins on a page (0 to 1), and what says so."""

    sure: float
    reason: str


def beginning(before: Sheet, after: Sheet, options: ArchiveOptions) -> Beginning:
    """Whether a new paper begins on ``after``, which follows ``before`` (blank pages between them left out)."""
    evidence = {
        "number": _by_number(before, after, options),
        "type": _by_type(before, after, options),
        "heading": options.begins_heading if heading(after.text) and not after.types else 0.0,
        "size": 0.0 if same_size(before, after, options) else options.begins_size,
    }
    against = _goes_on(before, after, options)
    score = options.begins_prior + sum(evidence.values()) - against
    reason = "+".join(name for name, odds in evidence.items() if odds > 0)
    return Beginning(round(1 / (1 + math.exp(-score)), 4), reason)


def heading(text: str) -> str | None:
    r"""The heading that a page begins with: a short line among its first that ends as titles of papers do.

    >>> heading("某某局\n关于印发规程的通知\n各单位："), heading("本通知自发布之日起施行。")
    ('关于印发规程的通知', None)
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_TITLE_LINES]
    for line in lines:
        plain = "".join(line.split())
        if len(plain) <= _TITLE_LETTERS and _TITLE.search(plain) and not _RUNNING.search(plain):
            return plain
    return None


def _by_number(before: Sheet, after: Sheet, options: ArchiveOptions) -> float:
    """Printed page numbers: 1 begins a paper, the next after the last carries it on."""
    if after.number is None:
        over = before.number is not None and before.count is not None and before.number >= before.count
        return options.begins_last if over else 0.0
    if after.number == 1:
        return options.begins_number
    if before.number is not None and after.number == before.number + 1 and before.count in (after.count, None):
        return -options.begins_number
    if before.number is not None and after.count is not None and before.count not in (after.count, None):
        return options.begins_last  # of another paper, whose first pages are missing
    falls = before.number is not None and after.number < before.number
    return options.begins_last if falls else 0.0


def _by_type(before: Sheet, after: Sheet, options: ArchiveOptions) -> float:
    if not after.types:
        return 0.0
    return -options.begins_type if one_card(before, after) else options.begins_type


def _goes_on(before: Sheet, after: Sheet, options: ArchiveOptions) -> float:
    clauses = clauses_go_on(before.text, after.text)
    return (options.link_clauses if clauses else 0.0) + (
        options.link_sentence if sentence_goes_on(before, after) else 0.0
    )
