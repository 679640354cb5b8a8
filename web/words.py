"""The words and pictures of the portal for what the core names by codes: states, roles, actions, errors, types.

A state is shown by colour, picture and text together, so that none of them is needed to understand it. A code without
words here is shown as it is: a new one needs no change to be visible.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from markupsafe import Markup, escape

from intake import doctypes, errors, fields, review
from intake.types import Alternative, Label
from web.kind_words import POLICIES
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

ACTIONS: dict[str, Label] = {
    "account.added": Label("添加账号", "Account added"),
    "account.closed": Label("停用账号", "Account closed"),
    "account.opened": Label("启用账号", "Account opened"),
    "account.link_made": Label("生成登录链接", "Sign-in link made"),
    "account.token_made": Label("生成接口令牌", "API token made"),
    "account.tokens_revoked": Label("吊销接口令牌", "API tokens revoked"),
    "account.password_set": Label("设置密码", "Password set"),
    "account.signed_in": Label("登录", "Signed in"),
    "account.signed_out": Label("退出登录", "Signed out"),
    "case.regrouped": Label("调整材料", "Papers rearranged"),
    "case.regrouping_undone": Label("撤销调整", "Rearranging undone"),
    "case.joined": Label("重新扫描的材料并入案卷", "New scan joined to its case"),
    "corpus.exported": Label("导出已确认材料", "Confirmed papers exported"),
    "corpus.measured": Label("用已确认材料衡量识读", "Reading measured on confirmed papers"),
    "customer.viewed": Label("查看客户档案", "Customer file viewed"),
    "customer.created": Label("建立客户档案", "Customer file made"),
    "customer.changed": Label("更新客户档案", "Customer file changed"),
    "draft.saved": Label("生成草稿", "Draft made"),
    "draft.claimed": Label("领取草稿", "Draft claimed"),
    "draft.released": Label("放回草稿", "Draft released"),
    "draft.assigned": Label("分派草稿", "Draft assigned"),
    "view.saved": Label("保存视图", "View saved"),
    "view.shared": Label("共享视图", "View shared"),
    "view.removed": Label("删除视图", "View removed"),
    "draft.answered": Label("作答", "Facts answered"),
    "draft.answers_taken_back": Label("撤回作答", "Answers taken back"),
    "draft.confirmed": Label("确认草稿", "Draft confirmed"),
    "draft.unconfirmed": Label("撤销确认", "Confirmation undone"),
    "draft.keyed": Label("完成一轮审核", "Round decided"),
    "draft.sampled": Label("抽中质检", "Drawn for a check"),
    "draft.returned": Label("退回草稿", "Draft returned"),
    "draft.discarded": Label("作废草稿", "Draft discarded"),
    "job.quarantined": Label("任务隔离", "Job quarantined"),
    "job.retried": Label("任务重试", "Job tried again"),
    "policy.changed": Label("更改规则", "Policy changed"),
    "sample.agreed": Label("质检一致", "Check agreed"),
    "sample.reopened": Label("质检发现错误", "Check found an error"),
    "slip.refused": Label("退件单未能并入案卷", "Slip did not lead to its case"),
    "upload.received": Label("收到上传", "Upload received"),
    "file.read": Label("识读完成", "File read"),
    "file.failed": Label("识读失败", "File not readable"),
    "file.settled": Label("与相同的文件一并完成", "Settled with the same file"),
}

JOB_KINDS: dict[str, Label] = {
    "read_file": Label("识读文件", "Read a file"),
    "draft_case": Label("生成草稿", "Make a draft"),
    "reread_pages": Label("重新识读转正的页", "Read turned pages again"),
    "read_region": Label("重读一处", "Read a place again"),
}

SUBJECTS: dict[str, Label] = {
    "account": Label("账号", "Account"),
    "case": Label("案卷", "Case"),
    "corpus": Label("已确认材料", "Confirmed papers"),
    "customer": Label("客户档案", "Customer file"),
    "draft": Label("草稿", "Draft"),
    "policy": Label("规则", "Policy"),
    "upload_file": Label("文件", "File"),
    "job": Label("任务", "Job"),
    "upload": Label("上传", "Upload"),
    "view": Label("视图", "View"),
}

DETAILS: dict[str, Label] = {
    "account": Label("账号", "account"),
    "attempts": Label("尝试次数", "attempts"),
    "by": Label("方式", "by"),
    "case": Label("案卷", "case"),
    "code": Label("原因", "cause"),
    "customer": Label("客户档案", "customer file"),
    "documents": Label("证件与文书数", "documents"),
    "draft": Label("草稿", "draft"),
    "edit": Label("操作", "step"),
    "facts": Label("字段", "facts"),
    "files": Label("文件数", "files"),
    "kind": Label("任务", "job"),
    "linked": Label("已有相同文件", "known already"),
    "lost": Label("中断次数", "lost"),
    "origin": Label("相同的文件", "same file"),
    "pages": Label("页数", "pages"),
    "policy": Label("规则", "policy"),
    "purpose": Label("用途", "purpose"),
    "queued": Label("等待识读", "waiting"),
    "reason": Label("理由", "reason"),
    "rejected": Label("未接收", "refused"),
    "roles": Label("角色", "roles"),
    "round": Label("轮次", "round"),
    "seed": Label("种子", "seed"),
    "share": Label("比例", "share in percent"),
    "state": Label("状态", "state"),
    "target": Label("移到的案卷", "to case"),
    "tokens": Label("令牌数", "tokens"),
    "value": Label("内容", "content"),
    "version": Label("版本", "version"),
    "via": Label("来源", "through"),
}
"""What the audit keeps beside a row's action and subject."""

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

PURPOSES: dict[str, Label] = {
    "proposed": Label("衡量当时的识读", "figures of what was proposed"),
    "again": Label("衡量现在的规则", "figures of today's rules"),
    "recalibration": Label("重新校准", "recalibration"),
    "corpus": Label("语料", "corpus"),
    "tesstrain": Label("训练用的行图", "line pictures for training"),
}
"""What confirmed papers are taken out for."""

WAYS: dict[str, Label] = {
    "api": Label("接口", "API"),
    "desk": Label("审核台", "desk"),
    "group": Label("同类核对", "group verification"),
    "draft": Label("草稿", "draft"),
    "sampling": Label("抽样质检", "sampling"),
    "link": Label("登录链接", "sign-in link"),
    "password": Label("密码", "password"),
    "portal": Label("网页", "portal"),
    "sample": Label("示例材料", "sample papers"),
}

ACTORS: dict[str, Label] = {
    "system": Label("系统", "System"),
    "worker": Label("识读进程", "Worker"),
    "sweeper": Label("巡检进程", "Sweeper"),
    "installation": Label("安装程序", "Installation"),
    "command": Label("命令行", "Command line"),
}
"""Who acts without an account; people are shown by name."""

DECISIONS: dict[str, Sign] = {
    "accept": Sign(Label("照读数接受", "Accepted as read"), "good", "check"),
    "correct": Sign(Label("人工改正", "Corrected by a person"), "wait", "pencil"),
    "omit": Sign(Label("略去", "Left out"), "quiet", "ban"),
}

STANDINGS: dict[str, Sign] = {
    "certain": Sign(Label("可靠", "Certain"), "good", "check"),
    "doubtful": Sign(Label("存疑", "Doubtful"), "warn", "question"),
    "conflicting": Sign(Label("矛盾", "Conflicting"), "bad", "conflict"),
    "invalid": Sign(Label("不合规", "Invalid"), "bad", "ban"),
    "missing": Sign(Label("缺失", "Missing"), "quiet", "missing"),
}
"""How a proposed fact stands (:mod:`intake.standing`)."""

READERS: dict[str, Label] = {
    "customer_file": Label("客户档案", "customer file"),
    "person": Label("人工", "person"),
    "qr": Label("二维码", "code"),
    "rapidocr": Label("第二读者", "second reader"),
    "rule": Label("校验规则", "check digit"),
    "tesseract": Label("第一读者", "first reader"),
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


def detail(name: str, value: Any) -> tuple[str, list[str]]:
    """A detail of an audit row for people: what it is, and its value or values in words where they are our codes."""
    tables: dict[str, Callable[[str], str]] = {
        "by": lambda code: word(WAYS, code),
        "edit": lambda code: word(EDITS, code),
        "facts": fact_label,
        "kind": lambda code: word(JOB_KINDS, code),
        "policy": lambda code: word(POLICIES, code),
        "purpose": lambda code: word(PURPOSES, code),
        "reason": reason,
        "roles": lambda code: word(ROLES, code),
        "via": lambda code: word(WAYS, code),
    }
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    said = tables.get(name, str)
    return word(DETAILS, name), [said(one) for one in values]


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
    return " + ".join(word(READERS, name) for name in other.reader.split("+"))


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
