"""The columns of the queue: which there are, what each is called, and the choice that a form tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from werkzeug.datastructures import MultiDict

from intake.types import Label

COLUMNS: dict[str, Label] = {
    "papers": Label("材料", "Papers"),
    "case": Label("案卷编号", "Number of the case"),
    "arrived": Label("收到时间", "Arrived"),
    "age": Label("已等待", "Waiting"),
    "doubt": Label("存疑", "Doubt"),
    "status": Label("状态", "Status"),
    "values": Label("值的个数", "Number of values"),
    "customer": Label("客户档案", "Customer file"),
    "turn": Label("复核轮次", "Review round"),
    "assigned": Label("分派给", "Assigned to"),
    "held": Label("正在审核", "In hand"),
}
"""Beside the name of the draft, which stands first always. ``status`` says customer file, turn, assigned and held in
one; each of these has a column of its own as well."""

USUAL = ("papers", "arrived", "doubt", "status")


def chosen(kept: Iterable[str] | None) -> list[str]:
    """The columns that are shown, in order: what a person keeps, without what is no column any more."""
    return [code for code in dict.fromkeys(USUAL if kept is None else kept) if code in COLUMNS]


def offered(shown: Sequence[str]) -> list[tuple[str, bool]]:
    """Every column as (code, whether it is shown), the shown ones first in their order."""
    return [(code, True) for code in shown] + [(code, False) for code in COLUMNS if code not in shown]


def told(form: MultiDict[str, str]) -> list[str]:
    """The choice in a form: ticked columns in the order of its lines, one moved up or down where its button says so."""
    lines = [code for code in dict.fromkeys(form.getlist("line")) if code in COLUMNS]
    ticked = set(form.getlist("shown"))
    up, down = form.get("up", ""), form.get("down", "")
    listed = [code for code in lines if code in ticked]
    if up in listed:
        _swap(listed, listed.index(up) - 1)
    if down in listed:
        _swap(listed, listed.index(down))
    return listed


def _swap(listed: list[str], place: int) -> None:
    """Let two neighbours change places; at an end there is nobody to change with."""
    if 0 <= place < len(listed) - 1:
        listed[place], listed[place + 1] = listed[place + 1], listed[place]
