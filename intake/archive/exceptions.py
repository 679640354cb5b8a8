"""What a batch asks people: every kind of exception with its words, what may be answered, and what it holds up.

Exceptions are rows (``models.batch_exceptions``); their code is a key of :data:`KINDS`. Codes that other parts add
(machine checks) need no row here: they hold nothing up but the closing of the batch.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.types import Label

UNREADABLE = "unreadable"
QUARANTINED = "quarantined"
DUPLICATE = "duplicate"
BOUNDARIES = "boundaries"
GAP = "duplex_gap"
SEPARATOR = "separator_"
"""Beginning of the codes of alarms about separators; the alarm's kind follows (``alarm_words.MESSAGES``)."""
MANIFEST = "manifest_"
"""Beginning of the codes of differences from the manifest."""
CHANGED = "source_changed"
CLOSED = "folder_closed"
ONE_SIDE = "one_side"
STUCK = "folder_stuck"

REJECT = "reject"
RETRY = "retry"
KEEP = "keep"
CHECKED = "checked"
CONFIRMED = "confirmed"
WITHDRAWN = "withdrawn"
"""No person's answer: what was asked holds no more, and was taken back."""

ANSWERS: dict[str, Label] = {
    REJECT: Label("不归档（注明理由）", "Reject, with a reason"),
    RETRY: Label("重试", "Try again"),
    KEEP: Label("保留", "Keep"),
    CHECKED: Label("已核对", "Checked"),
    CONFIRMED: Label("分件已确认", "Boundaries confirmed"),
    WITHDRAWN: Label("已撤回", "Taken back"),
}
"""What a person may answer, and that what was asked holds no more."""

REASONS: dict[str, Label] = {
    "damaged": Label("文件损坏", "The file is damaged"),
    "encrypted": Label("文件加密", "The file is encrypted"),
    "duplicate": Label("与另一文件相同", "The same as another file"),
    "foreign": Label("不属于本批次", "Does not belong to this batch"),
    "useless": Label("无保存价值", "Not worth keeping"),
    "unreadable": Label("无法识读", "Cannot be read"),
}
"""Why a page is rejected."""

PAUSES: dict[str, Label] = {
    "person": Label("由人员暂停", "Paused by a person"),
    "like_failures": Label("连续出现相同的失败", "The same failure again and again"),
    "disk_full": Label("磁盘空间不足", "The disk is nearly full"),
    "root_missing": Label("找不到来源文件夹", "The source folder is not there"),
    "root_refused": Label("来源文件夹不在允许的范围内", "The source folder is outside those allowed"),
}
"""Why a batch stands still."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of exception: its ``title``, what to do (``step``), the ``answers`` that it takes.

    ``blocks``: the items of its folder are not fixed before it is settled.
    """

    title: Label
    step: Label
    answers: tuple[str, ...] = (CHECKED,)
    blocks: bool = True


KINDS: dict[str, Kind] = {
    UNREADABLE: Kind(
        Label("文件无法识读", "A file cannot be read"),
        Label("请找原件重新扫描，或注明理由不归档。", "Scan the original again, or reject it with a reason."),
        (REJECT, RETRY),
    ),
    QUARANTINED: Kind(
        Label("文件多次处理失败，已隔离", "A file failed again and again and was put aside"),
        Label("排除故障后重试，或注明理由不归档。", "Try again once the cause is gone, or reject it with a reason."),
        (RETRY, REJECT),
    ),
    DUPLICATE: Kind(
        Label("两个文件内容完全相同", "Two files have the same bytes"),
        Label("请决定两份都保留，还是这一份不归档。", "Keep both, or reject this one."),
        (KEEP, REJECT),
    ),
    BOUNDARIES: Kind(
        Label("分件由内容推断，等待确认", "Boundaries were found by content and wait for a person"),
        Label("请核对分件，改正后确认。", "Look at the boundaries, correct and confirm them."),
        (CONFIRMED,),
        blocks=False,
    ),
    GAP: Kind(
        Label("正反面页数不符", "A side of a duplex stack is missing"),
        Label("请并排核对，并找出缺失的一面。", "Compare the pages side by side and look for the missing side."),
    ),
    CHANGED: Kind(
        Label("来源文件在收取后被更改", "A source changed after it was taken in"),
        Label(
            "已收取的内容不受影响；如需新的内容，请另放一处。", "What was taken in stands; put new content elsewhere."
        ),
        blocks=False,
    ),
    CLOSED: Kind(
        Label("有一个文件夹或文件无法收取", "A folder or file cannot be taken in"),
        Label(
            "请检查它的权限和名称，然后继续这一批次。", "Check its permissions and its name, then go on with the batch."
        ),
        blocks=False,
    ),
    ONE_SIDE: Kind(
        Label("双面扫描只有一面", "Only one side of a duplex stack is there"),
        Label(
            "请补扫另一面，放在同处；确无另一面时请答“已核对”，受监看的文件夹随后才收取它。",
            "Scan the other side and put it beside; if there is none, say that this was checked: "
            "a watched folder takes it in only then.",
        ),
        blocks=False,
    ),
    STUCK: Kind(
        Label("一卷无法整理", "A folder could not be put together"),
        Label("请重试；若反复出现，请联系管理员。", "Try again; if it recurs, tell an administrator."),
        (RETRY,),
    ),
    f"{MANIFEST}missing": Kind(
        Label("移交目录中的案卷没有找到", "A folder of the manifest was not found"),
        Label("请补充扫描，或核对目录。", "Scan what is missing, or correct the manifest."),
        blocks=False,
    ),
    f"{MANIFEST}extra": Kind(
        Label("移交目录中没有这个文件夹", "A folder does not stand in the manifest"),
        Label("请核对目录。", "Correct the manifest."),
        blocks=False,
    ),
    f"{MANIFEST}pages": Kind(
        Label("页数与移交目录不符", "The number of pages differs from the manifest"),
        Label("请核对是否漏扫。", "Look for pages that were not scanned."),
    ),
}

_ALARM = Kind(
    Label("分隔页需要核对", "A separator has to be looked at"),
    Label("请按所列页面核对分件。", "Look at the boundaries at these pages."),
)
_NOTICES = frozenset({"by_words", "empty", "anew"})
"""Alarms by which no page can have come into the wrong item."""


def kind_of(code: str) -> Kind | None:
    """The kind of a code; ``None`` where another part defines it."""
    if code.startswith(SEPARATOR):
        notice = code.removeprefix(SEPARATOR) in _NOTICES
        return Kind(_ALARM.title, _ALARM.step, blocks=False) if notice else _ALARM
    return KINDS.get(code)


def blocks(code: str) -> bool:
    """Whether the items of a folder wait for such an exception.

    >>> blocks("separator_missing"), blocks("separator_empty"), blocks("resolution_low")
    (True, False, False)
    """
    kind = kind_of(code)
    return kind is not None and kind.blocks


def reason_for(code: str) -> str:
    """The reason with which a file that failed with ``code`` is rejected, where the person gives no other.

    >>> reason_for("file.encrypted"), reason_for("job.lost")
    ('encrypted', 'unreadable')
    """
    return {"file.encrypted": "encrypted", "file.damaged": "damaged"}.get(code, "unreadable")
