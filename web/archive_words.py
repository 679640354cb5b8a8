"""The words and pictures for batches of legacy archives: where batches, folders, files and pages stand."""

from __future__ import annotations

from typing import Any

from intake.archive import alarm_words
from intake.archive import exceptions as kinds
from intake.archive.rules import REASONS, RULES
from intake.types import Label
from web.words import Sign

BATCHES: dict[str, Sign] = {
    "running": Sign(Label("进行中", "Running"), "busy", "scan"),
    "paused": Sign(Label("已暂停", "Paused"), "warn", "clock"),
    "read": Sign(Label("已读完，待处理", "Read, questions open"), "wait", "eye"),
    "closed": Sign(Label("已结清", "Closed"), "good", "lock"),
}

LOTS: dict[str, Sign] = {
    "gathering": Sign(Label("收集中", "Gathering"), "busy", "scan"),
    "drawn": Sign(Label("判定中", "Being judged"), "wait", "eye"),
    "accepted": Sign(Label("合格", "Accepted"), "good", "check"),
    "refused": Sign(Label("不合格", "Refused"), "bad", "alert"),
}

PACKAGES: dict[str, Sign] = {
    "making": Sign(Label("正在制作", "Being made"), "busy", "clock"),
    "ready": Sign(Label("已完成", "Ready"), "good", "check"),
    "failed": Sign(Label("失败", "Failed"), "bad", "alert"),
    "removing": Sign(Label("正在删除", "Being taken away"), "quiet", "clock"),
    "removed": Sign(Label("已删除", "Taken away"), "quiet", "ban"),
}

ACCEPTANCES: dict[str, Sign] = {
    "checking": Sign(Label("机检中", "Being checked"), "busy", "scan"),
    "sampled": Sign(Label("等待人工抽检", "Waits for a person"), "wait", "eye"),
    "accepted": Sign(Label("验收合格", "Accepted"), "good", "shield"),
    "refused": Sign(Label("验收不合格", "Not accepted"), "bad", "alert"),
}

FOLDERS: dict[str, Sign] = {
    "waiting": Sign(Label("等待收取", "Waiting"), "quiet", "clock"),
    "reading": Sign(Label("识读中", "Reading"), "busy", "scan"),
    "asks": Sign(Label("待确认", "To be confirmed"), "wait", "question"),
    "ready": Sign(Label("待前后各卷", "Waits for its neighbours"), "quiet", "clock"),
    "confirmed": Sign(Label("已确认", "Confirmed"), "good", "check"),
    "assembled": Sign(Label("已归件", "Filed"), "good", "folder"),
}

PAGES: dict[str, Sign] = {
    "waiting": Sign(Label("等待", "Waiting"), "wait", "clock"),
    "filed": Sign(Label("归件", "Filed"), "good", "file"),
    "blank": Sign(Label("空白", "Blank"), "quiet", "blank"),
    "separator": Sign(Label("分隔页", "Separator"), "quiet", "split"),
    "rejected": Sign(Label("不归档", "Rejected"), "bad", "ban"),
}
"""The states of the ledger, in the order in which they are shown."""

PASSED_OVER: dict[str, Label] = {
    "manifest": Label("移交目录（请在下方与各卷核对）", "manifests (hold them against the folders below)"),
    "hidden": Label("隐藏文件、系统文件", "hidden or of an operating system"),
    "link": Label("符号链接", "symbolic links"),
    "special": Label("非普通文件", "no plain files"),
    "unnameable": Label("名称无法保存", "with names that cannot be kept"),
    "unquiet": Label("刚有变动的文件夹，稍后再看", "folders that changed a moment ago, looked at later"),
    "one_sided": Label("只有一面的双面堆，等待另一面", "sides of duplex stacks, waiting for the other"),
    "settled": Label("已在结清的批次中", "held by a closed batch"),
}
"""What a walk through the tree left where it was."""

BOUNDARIES: dict[str, Label] = {
    "auto": Label(
        "自动：有分隔页按分隔页，否则按内容", "By itself: by separators where there are some, else by content"
    ),
    "separators": Label("按分隔页", "By separators"),
    "files": Label("每个文件一件", "Each file is an item"),
    "content": Label("按内容推断", "By content"),
}
"""How items are told apart."""


def problem(code: str, details: dict[str, Any]) -> tuple[Label, Label]:
    """What an exception says, and what to do about it."""
    kind, alarm = kinds.kind_of(code), code.removeprefix(kinds.SEPARATOR)
    if kind is None:
        rule = RULES.get(code)
        return (rule.title, rule.wanted) if rule else (Label(code, code), Label("请核对。", "Please check."))
    if alarm != code and alarm in alarm_words.MESSAGES:
        return kind.title, alarm_words.told(alarm, details.get("number"), details.get("likely"))
    return kind.title, kind.step


def reasons() -> dict[str, Label]:
    """Why a page is rejected, by code."""
    return kinds.REASONS


def stood(reason: str) -> Label:
    """A reason that was given, in words."""
    return kinds.REASONS.get(reason) or REASONS.get(reason) or Label(reason, reason)
