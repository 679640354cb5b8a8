"""What alarms about separators say to people."""

from __future__ import annotations

from intake.types import Label

MESSAGES: dict[str, Label] = {
    "missing": Label(
        "第 {number} 号分隔页没有找到：它前后的页可能被并在一起。请在列出的页中找出它应在的位置。",
        "Separator {number} was not found: papers may have run together. Find its place among these pages.",
    ),
    "first_missing": Label(
        "同一批打印的第 {number} 号分隔页没有找到，本应在这一卷的第一张之前。请核对其材料是否漏扫，或并入了前面。",
        "Separator {number} of this printed run was not found before the first one here. See whether its papers were "
        "not scanned, or have run together with what lies before.",
    ),
    "last_missing": Label(
        "同一批打印的第 {number} 号分隔页没有找到，本应在这一卷最后一张之后。若未曾使用，即为正常；否则请找出其位置。",
        "Separator {number} of this printed run was not found behind the last one here. If it was left over, all is "
        "well; else papers may have run together: find its place among these pages.",
    ),
    "doubled": Label("第 {number} 号分隔页出现了不止一次。", "Separator {number} was met more than once."),
    "out_of_order": Label(
        "第 {number} 号分隔页不按顺序：这一叠可能放乱了。",
        "Separator {number} is out of order: the stack may be mixed up.",
    ),
    "unreadable": Label(
        "这一页是分隔页，但上面的编号无法识读。请照原件录入。",
        "This is a separator whose number cannot be read. Key it from the scan.",
    ),
    "by_words": Label(
        "第 {number} 号分隔页的条码都已损坏，编号是从文字读出的。请核对。",
        "Both codes of separator {number} are damaged; its number was read from the words. Check it.",
    ),
    "foreign": Label("这张分隔页属于另一批次。", "This separator belongs to another batch."),
    "suspected": Label(
        "这一页可能是损坏的分隔页，已按普通页处理。请核对。",
        "This page may be a damaged separator; it was taken for an ordinary page. Check it.",
    ),
    "written_on": Label(
        "这一页有分隔码，但也有许多文字，可能是档案内容。请核对。",
        "This page bears a separator's code and much text: it may belong to the archive. Check it.",
    ),
    "before_first": Label(
        "第一张分隔页之前还有页。请指明它们属于哪一件。", "Pages lie before the first separator. Say where they belong."
    ),
    "empty": Label("第 {number} 号分隔页之后没有任何页。", "No page follows separator {number}."),
    "anew": Label(
        "分隔页的编号从这一卷起重新开始：一卷末尾缺少的分隔页因此无法发现。请核对各卷的最后一件，以后请使用连续编号。",
        "From this folder on the separators' numbers begin anew: one missing at a folder's end cannot be noticed. "
        "Check the last paper of each folder; let numbers run on next time.",
    ),
    "none": Label(
        "没有找到任何分隔页，这一叠被当作一件。请核对。",
        "No separator was found, so the whole stack is one paper. Check it.",
    ),
    "unexpected": Label(
        "按文件分件时文件中出现了分隔页。请核对分件方式。",
        "A separator lies in a file although files are taken as papers. Check how papers are told apart.",
    ),
}
"""What each kind of alarm says, in both languages; ``{number}`` is the running number of the separator."""


LIKELY = Label("最可能在第 {page} 页之前。", " Most likely it lay before page {page}.")
"""What is added where the content of the pages tells the place of a missing separator."""


def told(kind: str, number: int | str | None, likely: int | None = None) -> Label:
    """What an alarm says, in both languages, with the number of its separator where that is known.

    ``likely`` is the page (from 1) before which a missing one most likely lay.

    >>> told("missing", 3, 7).en
    'Separator 3 was not found: papers may have run together. Find its place among these pages. Most likely it lay \
before page 7.'
    """
    label, shown = MESSAGES[kind], "?" if number is None else number
    added = LIKELY if likely is not None else Label("", "")
    zh, en = f"{label.zh}{added.zh}", f"{label.en}{added.en}"
    return Label(zh.format(number=shown, page=likely), en.format(number=shown, page=likely))
