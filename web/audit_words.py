"""The words of the audit: what was done to what, by whom, and the details beside it. :mod:`web.words` has the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intake.archive import exceptions
from intake.types import Label
from web import words
from web.kind_words import POLICIES
from web.languages import shown

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
    "batch.begun": Label("建立批次", "Batch begun"),
    "batch.listed": Label("核对移交目录", "Manifest compared"),
    "batch.filled": Label("登记来源文件", "Sources entered"),
    "batch.paused": Label("暂停批次", "Batch paused"),
    "batch.resumed": Label("继续批次", "Batch resumed"),
    "batch.arranged": Label("整理一卷", "Folder put together"),
    "batch.regrouped": Label("调整分件", "Items rearranged"),
    "batch.confirmed": Label("确认一卷的分件", "Items of a folder confirmed"),
    "batch.filed": Label("一卷归档", "Folder filed"),
    "batch.excepted": Label("批次出现例外", "Batch asks a person"),
    "batch.answered": Label("处理例外", "Exception answered"),
    "batch.read": Label("批次识读完毕", "Batch read"),
    "batch.closed": Label("结束批次", "Batch closed"),
    "batch.policy": Label("设定简化确认", "Light confirmation set"),
    "batch.acceptance_begun": Label("开始验收", "Acceptance begun"),
    "batch.checked": Label("机检完成并抽样", "Machines checked, sample drawn"),
    "batch.looked_at": Label("判定抽检页", "Page of the sample judged"),
    "batch.let_stand": Label("同意机检问题保留", "Machine finding let stand"),
    "batch.accepted": Label("验收合格", "Accepted"),
    "batch.not_accepted": Label("验收不合格", "Not accepted"),
    "batch.exported": Label("导出移交包", "Batch exported"),
    "batch.fetched": Label("下载移交包", "Package fetched"),
    "batch.package_failed": Label("移交包未能完成", "Package could not be made"),
    "batch.package_removed": Label("删除移交包", "Package taken away"),
    "case.viewed": Label("查看案卷", "Case viewed"),
    "case.regrouped": Label("调整材料", "Papers rearranged"),
    "case.regrouping_undone": Label("撤销调整", "Rearranging undone"),
    "case.joined": Label("重新扫描的材料并入案卷", "New scan joined to its case"),
    "case.customer_chosen": Label("选定客户", "Customer chosen"),
    "corpus.exported": Label("导出已确认材料", "Confirmed papers exported"),
    "corpus.measured": Label("用已确认材料衡量识读", "Reading measured on confirmed papers"),
    "customer.viewed": Label("查看客户档案", "Customer file viewed"),
    "customer.created": Label("建立客户档案", "Customer file made"),
    "customer.changed": Label("更新客户档案", "Customer file changed"),
    "customer.restored": Label("恢复更新前的客户档案", "Customer file as before again"),
    "customer.removed": Label("撤销建立客户档案", "Customer file taken back"),
    "document.viewed": Label("查看证件与文书", "Document viewed"),
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
    "draft.in_lot": Label("编入抽检批", "Put into a lot"),
    "draft.keyed": Label("完成一轮审核", "Round decided"),
    "draft.unkeyed": Label("撤回一轮审核", "Round taken back"),
    "draft.out_of_lot": Label("移出抽检批", "Taken out of a lot"),
    "draft.sampled": Label("抽中质检", "Drawn for a check"),
    "draft.returned": Label("退回草稿", "Draft returned"),
    "draft.discarded": Label("作废草稿", "Draft discarded"),
    "folder.viewed": Label("查看一卷", "Folder viewed"),
    "job.quarantined": Label("任务隔离", "Job quarantined"),
    "job.retried": Label("任务重试", "Job tried again"),
    "link.made": Label("生成客户上传链接", "Customer's link made"),
    "link.revoked": Label("撤销客户上传链接", "Customer's link revoked"),
    "link.used": Label("客户经链接提交材料", "Papers came by a customer's link"),
    "lot.drawn": Label("抽取样本", "Sample of a lot drawn"),
    "lot.judged": Label("判定一份样本", "One of a sample judged"),
    "lot.accepted": Label("抽检批合格", "Lot accepted"),
    "lot.refused": Label("抽检批不合格", "Lot refused"),
    "policy.changed": Label("更改规则", "Policy changed"),
    "region.asked": Label("要求另行识读一处", "Place asked to be read again"),
    "retention.applied": Label("清除过期的工作记录", "Old working rows forgotten"),
    "sample.agreed": Label("质检一致", "Check agreed"),
    "sample.reopened": Label("质检发现错误", "Check found an error"),
    "sending.accepted": Label("认可客户提交的材料", "What a customer sent accepted"),
    "slip.refused": Label("退件单未能并入案卷", "Slip did not lead to its case"),
    "upload.received": Label("收到上传", "Upload received"),
    "file.read": Label("识读完成", "File read"),
    "file.failed": Label("识读失败", "File not readable"),
    "file.settled": Label("与相同的文件一并完成", "Settled with the same file"),
}

SUBJECTS: dict[str, Label] = {
    "account": Label("账号", "Account"),
    "batch": Label("批次", "Batch"),
    "case": Label("案卷", "Case"),
    "corpus": Label("已确认材料", "Confirmed papers"),
    "customer": Label("客户档案", "Customer file"),
    "document": Label("证件与文书", "Document"),
    "draft": Label("草稿", "Draft"),
    "folder": Label("卷", "Folder"),
    "policy": Label("规则", "Policy"),
    "retention": Label("保留期", "Retention"),
    "upload_file": Label("文件", "File"),
    "job": Label("任务", "Job"),
    "link": Label("客户上传链接", "Customer's link"),
    "upload": Label("上传", "Upload"),
    "view": Label("视图", "View"),
}

DETAILS: dict[str, Label] = {
    "accept": Label("合格判定数", "acceptance number"),
    "account": Label("账号", "account"),
    "aql": Label("接收质量限", "AQL"),
    "answer": Label("处理", "answer"),
    "attempts": Label("尝试次数", "attempts"),
    "blank": Label("空白页", "blank"),
    "boundaries": Label("分件方式", "boundaries"),
    "by": Label("方式", "by"),
    "case": Label("案卷", "case"),
    "code": Label("原因", "cause"),
    "customer": Label("客户档案", "customer file"),
    "documents": Label("证件与文书数", "documents"),
    "draft": Label("草稿", "draft"),
    "drawn": Label("抽检数", "drawn"),
    "edit": Label("操作", "step"),
    "exception": Label("例外", "exception"),
    "facts": Label("字段", "facts"),
    "filed": Label("已归档页", "filed"),
    "files": Label("文件数", "files"),
    "folder": Label("卷", "folder"),
    "folders": Label("卷数", "folders"),
    "hours": Label("有效小时数", "hours"),
    "items": Label("件数", "items"),
    "jobs": Label("已完成的任务", "jobs that were done"),
    "kind": Label("任务", "job"),
    "linked": Label("已有相同文件", "known already"),
    "lot": Label("抽检批", "lot"),
    "lost": Label("中断次数", "lost"),
    "match": Label("目录对应", "index matches"),
    "move": Label("归档后移走来源", "sources taken away"),
    "n": Label("样本量", "sample size"),
    "number": Label("序号", "number"),
    "origin": Label("相同的文件", "same file"),
    "page": Label("页", "page"),
    "pages": Label("页数", "pages"),
    "plan": Label("字码", "code letter"),
    "policy": Label("规则", "policy"),
    "purpose": Label("用途", "purpose"),
    "queued": Label("等待识读", "waiting"),
    "reason": Label("理由", "reason"),
    "received": Label("收到页", "received"),
    "regions": Label("另行识读的位置", "places read again"),
    "rejected": Label("未接收", "refused"),
    "roles": Label("角色", "roles"),
    "round": Label("轮次", "round"),
    "rule": Label("检查项", "rule"),
    "seed": Label("种子", "seed"),
    "separator": Label("分隔页", "separators"),
    "share": Label("比例", "share in percent"),
    "size": Label("批量", "lot size"),
    "state": Label("状态", "state"),
    "step": Label("操作", "what was done"),
    "target": Label("移到的案卷", "to case"),
    "threshold": Label("阈值", "threshold"),
    "tokens": Label("令牌数", "tokens"),
    "upload": Label("上传", "upload"),
    "uploads": Label("上传次数", "uploads"),
    "value": Label("内容", "content"),
    "version": Label("版本", "version"),
    "via": Label("来源", "through"),
    "verdict": Label("结论", "verdict"),
    "wrong": Label("错误", "wrong"),
    "watched": Label("持续监看", "watched"),
}
"""What the audit keeps beside a row's action and subject."""

PURPOSES: dict[str, Label] = {
    "proposed": Label("衡量当时的识读", "figures of what was proposed"),
    "again": Label("衡量现在的规则", "figures of today's rules"),
    "recalibration": Label("重新校准", "recalibration"),
    "corpus": Label("语料", "corpus"),
    "tesstrain": Label("训练用的行图", "line pictures for training"),
}
"""What confirmed papers are taken out for."""

WAYS: dict[str, Label] = {
    "acceptance": Label("验收抽检", "sample of an acceptance"),
    "ahead": Label("预先加载的下一份草稿", "next draft, fetched ahead"),
    "archive": Label("档案批次", "archive batch"),
    "case": Label("案卷页", "case page"),
    "customer": Label("客户档案", "customer file"),
    "pages": Label("整理页面", "arranging of pages"),
    "picture": Label("单独的图片", "picture by itself"),
    "api": Label("接口", "API"),
    "desk": Label("审核台", "desk"),
    "group": Label("同类核对", "group verification"),
    "draft": Label("草稿", "draft"),
    "sampling": Label("抽样质检", "sampling"),
    "link": Label("客户上传链接", "customer's link"),
    "lot": Label("抽检批", "lot"),
    "portal": Label("网页", "portal"),
    "sample": Label("示例材料", "sample papers"),
}
"""Where it was done, or how it came in."""

BYS: dict[str, Label] = {
    "link": Label("登录链接", "sign-in link"),
    "number": Label("案卷编号", "the case's number"),
    "password": Label("密码", "password"),
    "slip": Label("退件单", "the slip"),
}
"""What let somebody in, and what led papers to their case."""

CHOICES: dict[str, Label] = {
    "by_itself": Label("由材料认定", "as the papers tell"),
    "new": Label("新客户", "a new customer"),
}
"""What is said of a case's customer instead of a number."""

REFUSALS: dict[str, Label] = {
    "several": Label("几个案卷的退件单", "slips of several cases"),
    "unknown": Label("没有这个案卷", "no such case"),
    "not_theirs": Label("上传者不能查看该案卷", "a case that the sender may not see"),
}
"""Why a slip did not lead papers to their case."""

STEPS: dict[str, Label] = {
    "part": Label("在此页另起一件", "item parted at page"),
    "join": Label("与前一件合并", "item joined with the one before"),
    "blank": Label("标为空白页", "page marked as blank"),
    "separator": Label("标为分隔页", "page marked as separator"),
    "restore": Label("恢复该页", "page restored"),
    "reject": Label("该页不归档", "page rejected"),
}
"""What was changed on the strip of a batch's folder."""

BOUNDARIES: dict[str, Label] = {
    "auto": Label("自动", "automatic"),
    "separators": Label("按分隔页", "by separators"),
    "files": Label("每个文件一件", "each file an item"),
    "content": Label("按内容推断", "by content"),
}
"""How the items of a batch are told apart."""

ACTORS: dict[str, Label] = {
    "system": Label("系统", "System"),
    "worker": Label("识读进程", "Worker"),
    "sweeper": Label("巡检进程", "Sweeper"),
    "installation": Label("安装程序", "Installation"),
    "command": Label("命令行", "Command line"),
    "customer": Label("持链接的客户", "Customer with a link"),
}
"""Who acts without an account; people are shown by name."""


def detail(name: str, value: Any) -> tuple[str, list[str]]:
    """A detail of an audit row for people: what it is, and its value or values in words where they are our codes."""
    tables: dict[str, Callable[[str], str]] = {
        "answer": lambda code: words.word(exceptions.ANSWERS, code),
        "boundaries": lambda code: words.word(BOUNDARIES, code),
        "by": lambda code: words.word(BYS, code),
        "customer": lambda code: words.word(CHOICES, code),
        "edit": lambda code: words.word(words.EDITS, code),
        "exception": _exception,
        "facts": words.fact_label,
        "kind": lambda code: words.word(words.JOB_KINDS, code),
        "policy": lambda code: words.word(POLICIES, code),
        "purpose": lambda code: words.word(PURPOSES, code),
        "reason": _reason,
        "roles": lambda code: words.word(words.ROLES, code),
        "state": lambda code: shown(words.sign(words.STATES, code).label),
        "step": lambda code: words.word(STEPS, code),
        "via": lambda code: words.word(WAYS, code),
    }
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    said = tables.get(name, str)
    return words.word(DETAILS, name), [said(one) for one in values]


def _exception(code: str) -> str:
    kind = exceptions.kind_of(code)
    return code if kind is None else shown(kind.title)


def _reason(code: str) -> str:
    table = next((one for one in (REFUSALS, exceptions.PAUSES) if code in one), None)
    return words.reason(code) if table is None else words.word(table, code)
