"""The words and pictures of the portal for what the core names by codes: states, roles, actions, errors, types.

A state is shown by colour, picture and text together, so that none of them is needed to understand it. A code without
words here is shown as it is: a new one needs no change to be visible.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from markupsafe import Markup, escape

from intake import doctypes, errors, fields, review
from intake.types import Alternative, Label
from web.languages import shown

SURE = 0.99
LIKELY = 0.95
"""A calibrated confidence from which a value counts as sure (1 in 100 is wrong) or likely (1 in 20)."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a code is shown: its text, its tone (a colour of the style sheet) and its icon."""

    label: Label
    tone: str
    icon: str


STATES: dict[str, Sign] = {
    "queued": Sign(Label("等待识读", "Waiting"), "quiet", "clock"),
    "reading": Sign(Label("识读中", "Reading"), "busy", "scan"),
    "running": Sign(Label("进行中", "Running"), "busy", "scan"),
    "read": Sign(Label("已识读", "Read"), "good", "check"),
    "done": Sign(Label("已完成", "Done"), "good", "check"),
    "linked": Sign(Label("已有相同文件", "Known already"), "good", "link"),
    "failed": Sign(Label("无法识读", "Not readable"), "bad", "alert"),
    "rejected": Sign(Label("未接收", "Refused"), "bad", "ban"),
    "quarantined": Sign(Label("已隔离", "In quarantine"), "bad", "quarantine"),
    "drafted": Sign(Label("待审核", "Awaiting review"), "wait", "eye"),
    "open": Sign(Label("待审核", "Awaiting review"), "wait", "eye"),
    "confirmed": Sign(Label("已确认", "Confirmed"), "good", "shield"),
    "returned": Sign(Label("已退回", "Returned"), "warn", "back"),
    "discarded": Sign(Label("已作废", "Discarded"), "quiet", "ban"),
    "joined": Sign(Label("已并入其他案卷", "Joined to another case"), "quiet", "link"),
}

SAMPLES: dict[str, Sign] = {
    "waiting": Sign(Label("待质检", "Awaiting a check"), "wait", "eye"),
    "agreed": Sign(Label("质检一致", "Check agreed"), "good", "check"),
    "reopened": Sign(Label("发现错误", "Error found"), "bad", "alert"),
}
"""Where a quality check stands."""

ROLES: dict[str, Label] = {
    "clerk": Label("录入员", "Clerk"),
    "reviewer": Label("审核员", "Reviewer"),
    "archivist": Label("档案员", "Archivist"),
    "administrator": Label("管理员", "Administrator"),
    "security": Label("安全员", "Security officer"),
    "auditor": Label("审计员", "Auditor"),
}

JOB_KINDS: dict[str, Label] = {
    "read_file": Label("识读文件", "Read a file"),
    "draft_case": Label("生成草稿", "Make a draft"),
    "reread_pages": Label("重新识读转正的页", "Read turned pages again"),
    "read_region": Label("重读一处", "Read a place again"),
    "assemble_folder": Label("整理一卷", "Put a folder together"),
    "settle_lot": Label("处理抽检批", "Settle a lot"),
    "check_batch": Label("机检一个批次", "Check a batch"),
    "export_batch": Label("制作移交包", "Make a package"),
}

EDITS: dict[str, Label] = {
    "type": Label("更改类型", "Type changed"),
    "split": Label("拆分", "Split"),
    "join": Label("合并", "Joined"),
    "place": Label("调整页序", "Pages reordered"),
    "aside": Label("页面搁置", "Pages put aside"),
    "use": Label("重新使用页面", "Pages used again"),
    "turn": Label("转正页面", "Pages turned"),
    "reread": Label("转正后重新识读", "Read again after turning"),
    "move": Label("移到另一案卷", "Moved to another case"),
}
"""What people do to the structure of a case."""

PAPER_STATES: dict[str, Sign] = {
    "there": Sign(Label("已齐", "There"), "good", "check"),
    "missing": Sign(Label("缺少", "Missing"), "bad", "minus"),
    "expired": Sign(Label("已过期", "Expired"), "bad", "clock"),
    "illegible": Sign(Label("看不清", "Not legible"), "warn", "alert"),
    "seen": Sign(Label("正在识读", "Being read"), "busy", "eye"),
    "awaited": Sign(Label("尚未见到", "Not seen so far"), "quiet", "clock"),
    "absent": Sign(Label("未提供（可选）", "Not brought (optional)"), "quiet", "minus"),
}
"""Where a paper of a checklist stands."""

NEEDS: dict[str, Label] = {
    "required": Label("必须", "Required"),
    "one_of_a": Label("A 组任一", "One of group A"),
    "one_of_b": Label("B 组任一", "One of group B"),
    "if_present": Label("如有则查", "If present"),
}
"""How much a checklist asks for a paper."""

DECISIONS: dict[str, Sign] = {
    "accept": Sign(Label("原样接受", "Accepted as read"), "good", "check"),
    "correct": Sign(Label("人工改正", "Corrected by a person"), "wait", "pencil"),
    "omit": Sign(Label("略去", "Left out"), "quiet", "ban"),
}

STANDINGS: dict[str, Sign] = {
    "certain": Sign(Label("可靠", "Certain"), "good", "check"),
    "doubtful": Sign(Label("存疑", "Doubtful"), "warn", "question"),
    "conflicting": Sign(Label("矛盾", "Conflicting"), "bad", "conflict"),
    "invalid": Sign(Label("不合规", "Invalid"), "bad", "ban"),
    "missing": Sign(Label("缺失", "Missing"), "quiet", "missing"),
    "blind": Sign(Label("盲录", "Key blind"), "wait", "eye"),
}
"""How a proposed fact stands (:mod:`intake.standing`)."""

READERS: dict[str, Label] = {
    "customer_file": Label("客户档案", "customer file"),
    "person": Label("人工", "person"),
    "qr": Label("二维码", "code"),
    "rapidocr": Label("第二引擎", "second reader"),
    "rule": Label("校验规则", "check digit"),
    "tesseract": Label("第一引擎", "first reader"),
}
"""Who says a value."""

UNREAD = Sign(Label("未读出", "Not read"), "warn", "alert")
"""A field that is there but gave no value: it has no confidence to show."""

SEVERITIES: dict[str, Sign] = {
    "error": Sign(Label("错误", "Error"), "bad", "alert"),
    "warning": Sign(Label("注意", "Warning"), "warn", "alert"),
    "info": Sign(Label("提示", "Note"), "quiet", "info"),
}

_UNKNOWN_TYPE = Label("未识别类型", "Unknown type")


def sign(table: dict[str, Sign], code: str) -> Sign:
    """How a code of one of the tables is shown."""
    return table.get(code) or Sign(Label(code, code), "quiet", "info")


def word(table: dict[str, Label], code: str) -> str:
    """The text of a code of one of the tables, in the request's language."""
    return shown(table[code]) if code in table else code


def confidence(value: float, *, doubtful: bool = False) -> Sign:
    """A calibrated confidence in words."""
    if doubtful or value < LIKELY:
        return Sign(Label("存疑", "Doubtful"), "warn", "alert")
    if value < SURE:
        return Sign(Label("较可靠", "Likely"), "wait", "check")
    return Sign(Label("可靠", "Sure"), "good", "check")


def reason(code: str) -> str:
    """The text of a reason for returning or discarding."""
    return word({**review.RETURN_REASONS, **review.DISCARD_REASONS}, code)


def type_title(name: str | None) -> str:
    """The title of a document type."""
    known = {kind.name: kind.title for kind in doctypes.types()}
    return shown(known.get(name or "", _UNKNOWN_TYPE))


def type_choices() -> list[tuple[str, str]]:
    """Every document type as (name, title)."""
    return [(kind.name, shown(kind.title)) for kind in doctypes.laid_out()]


def field_label(type_name: str | None, field: str) -> str:
    """The label of a document's field."""
    try:
        return shown(doctypes.get(type_name or "").field(field).label)
    except KeyError:
        return field


def field_labels(type_name: str | None, names: Iterable[str]) -> str:
    """The labels of several fields of a document, in one line."""
    return ("、" if str(get_locale()).startswith("zh") else ", ").join(field_label(type_name, name) for name in names)


def fact_label(fact: str) -> str:
    """The label of a fact, by the first field of any type that speaks of it."""
    name = fact.split("#", 1)[0]
    labels = (spec.label for kind in doctypes.types() for spec in kind.fields if spec.fact == name)
    label = next(labels, None)
    return fact if label is None else shown(label)


def fact_choices() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every fact as (name, label, kind of value), under the title of the first type of paper that speaks of it."""
    seen: set[str] = set()
    listed: list[tuple[str, list[tuple[str, str, str]]]] = []
    for kind in doctypes.laid_out():
        new = {spec.fact: spec for spec in kind.fields if spec.fact not in seen}
        seen |= set(new)
        if new:
            listed.append((shown(kind.title), [(fact, shown(spec.label), spec.kind) for fact, spec in new.items()]))
    return listed


def displayed(kind: str, value: str | None) -> str:
    """A canonical value as a person of the request's language reads it."""
    return "" if value is None else fields.display(kind, value, str(get_locale()))


def typed(kind: str, value: str | None) -> str:
    """A canonical value as a person of the request's language types it."""
    return "" if value is None else fields.typed(kind, value, str(get_locale()))


def columns(text: str) -> int:
    """The width of a text in half-width characters, of which a Chinese one takes two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "FW") for letter in text)


def giver(other: Alternative) -> str:
    """Who offers an alternative, in words."""
    if other.reason == "other_paper":
        return shown(Label("其他证件", "another paper"))
    return readers(other.reader)


def readers(names: str) -> str:
    """Who read a value, in words; ``names`` are those of the engines, joined by ``+``."""
    return " + ".join(word(READERS, name) for name in names.split("+")) if names else ""


def marked(text: str, places: Iterable[int]) -> Markup:
    """A text with the characters at some places marked."""
    wanted = set(places)
    parts = (
        Markup("<mark>{}</mark>").format(one) if place in wanted else escape(one) for place, one in enumerate(text)
    )
    return Markup("").join(parts)


def picked(text: str, places: Iterable[int]) -> str:
    """The characters of a text at some places, each with its number from 1."""
    return ", ".join(f"{text[place]} ({place + 1})" for place in places if place < len(text))


def displayed_field(type_name: str | None, field: str, value: str | None) -> str:
    """A document field's value as a person reads it."""
    try:
        return displayed(doctypes.get(type_name or "").field(field).kind, value)
    except KeyError:
        return value or ""


def explained(code: str, details: dict[str, Any] | None = None) -> tuple[str, str]:
    """What happened and what to do next, for the stable code of an error, in the request's language."""
    kind = errors.kind_of(code) or errors.WorkBrokenOffError
    return kind(**(details or {})).told(str(get_locale()))
