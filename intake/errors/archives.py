"""What goes wrong with batches of legacy archives: sources that do not answer, and requests that clash."""

from __future__ import annotations

from intake.errors.base import EngineError, ReviewError
from intake.types import Label


class SourceUnreadableError(EngineError):
    """A source of a batch cannot be opened or read: its disk or share does not answer, or it may not be read."""

    code = "archive.source_unreadable"
    cause = Label("无法读取来源文件。", "A source file cannot be read.")
    next_step = Label("请检查磁盘、共享和权限。", "Check the disk or share and the permissions.")


class SourceChangingError(EngineError):
    """A source of a batch changes while it is taken in, or has changed since."""

    code = "archive.source_changing"
    cause = Label("来源文件正在被更改。", "A source file is being changed.")
    next_step = Label("请等扫描完成后再试。", "Wait until its scanner is done with it.")


class FolderFixedError(ReviewError):
    """The items of the folder are fixed: their papers are rearranged in their cases."""

    code = "archive.folder_fixed"
    cause = Label("这一卷的分件已经确认。", "The items of this folder are fixed already.")
    next_step = Label("如需调整，请在各件的案卷中进行。", "Rearrange the papers in the cases of its items.")


class FolderBusyError(ReviewError):
    """The folder is still being read, or being fixed."""

    code = "archive.folder_busy"
    cause = Label("这一卷还在处理中。", "This folder is still being worked on.")
    next_step = Label("请等处理完成后再试。", "Wait until that is done, then try again.")


class SourceRejectedError(ReviewError):
    """A person rejected the source whose reading was put aside: it is not read any more."""

    code = "archive.source_rejected"
    cause = Label("这个来源文件已被注明理由不归档。", "This source was rejected with a reason.")
    next_step = Label(
        "如仍需要，请以新文件名放入来源文件夹。", "Put it into the source folder anew, under another name, if needed."
    )


class StripUnfitError(ReviewError):
    """What was asked for would change nothing, or names a page or an item that is not there."""

    code = "archive.strip_unfit"
    cause = Label("这一操作不适用于所选的页或件。", "That cannot be done with this page or item.")
    next_step = Label("请刷新页面后再试。", "Load the page again and try anew.")


class AnswerUnfitError(ReviewError):
    """An exception takes other answers, needs a reason, or is settled. ``details``: ``answers``."""

    code = "archive.answer_unfit"
    cause = Label("这一例外不能这样处理。", "This exception does not take that answer.")
    next_step = Label("可选：{answers}。", "It takes: {answers}.")


class ExceptionsOpenError(ReviewError):
    """Exceptions wait for a person. ``details``: ``count``."""

    code = "archive.exceptions_open"
    cause = Label("还有 {count} 个例外未处理。", "Exceptions are still open: {count}.")
    next_step = Label("请先逐一处理。", "Settle each of them first.")


class LedgerUnbalancedError(ReviewError):
    """Received is not filed + blank + separator + rejected. ``details``: ``received``, ``settled``, ``waiting``."""

    code = "archive.unbalanced"
    cause = Label(
        "页账不平：收到 {received} 页，已落实 {settled} 页，等待 {waiting} 页。",
        "The ledger does not balance: {received} pages received, {settled} settled, {waiting} waiting.",
    )
    next_step = Label("请处理等待中的页和未完成的卷。", "Settle the pages that wait and the folders that are open.")


class BatchClosedError(ReviewError):
    """The batch is closed."""

    code = "archive.closed"
    cause = Label("这一批次已经结束。", "This batch is closed.")
    next_step = Label("如有新的文件，请另建批次。", "Begin another batch for further files.")


class BatchOpenError(ReviewError):
    """The batch is not closed, so not every page of it is in its place."""

    code = "archive.not_closed"
    cause = Label("这一批次尚未结清。", "The batch is not closed yet.")
    next_step = Label(
        "验收和移交之前，请处理完它的问题，然后结清页账。",
        "Answer what it asks and close its ledger; then it is accepted and handed over.",
    )


class ItemsUnconfirmedError(ReviewError):
    """Items of the batch hold values on which nobody decided. ``details``: ``count``."""

    code = "archive.unconfirmed"
    cause = Label("还有 {count} 件的内容无人确认。", "Nobody has decided on the values of {count} of its items.")
    next_step = Label(
        "请判定其抽检批，或逐件审核；也可注明“未经验收”后导出。",
        "Judge their lots or review them one by one, or hand the batch over marked as unaccepted.",
    )


class BatchUnacceptedError(ReviewError):
    """Nobody signed the acceptance of the batch as it is, or it was signed as refused."""

    code = "archive.unaccepted"
    cause = Label("这一批次还没有验收合格。", "The batch has not been accepted.")
    next_step = Label(
        "请在它的“验收”页面完成并签署验收；也可注明“未经验收”后导出。",
        "Complete and sign its acceptance on its page, or hand it over marked as unaccepted.",
    )


class PackageBusyError(ReviewError):
    """A package of the batch is being made."""

    code = "archive.package_busy"
    cause = Label("这一批次的移交包正在制作。", "A package of this batch is being made.")
    next_step = Label("请等它完成。", "Wait until it is done.")


class PackageGoneError(ReviewError):
    """The package is not there: not made yet, failed, or taken away."""

    code = "archive.package_gone"
    cause = Label("这个移交包不在。", "This package is not there.")
    next_step = Label("请在批次页面重新制作。", "Have another one made on the batch's page.")


class PackageIncompleteError(EngineError):
    """Items or originals of a package could not be made, so there is none. ``details``: ``count``."""

    code = "archive.package_incomplete"
    cause = Label(
        "有的件或原件未能写入，移交包没有生成。", "Items or originals could not be made, so there is no package."
    )
    next_step = Label("请查看所列各项的原因，排除后重新制作。", "See to the causes listed, then have it made again.")


class PackageUnwrittenError(EngineError):
    """The disk refused a package, or did not hold what was written."""

    code = "archive.package_unwritten"
    cause = Label(
        "移交包无法写入磁盘，或写入后校验不符。", "The package could not be written, or was not what was written."
    )
    next_step = Label(
        "请检查磁盘空间和权限（INTAKE_EXPORTS_DIR），然后重新制作。",
        "Check the disk's space and permissions (INTAKE_EXPORTS_DIR), then have it made again.",
    )


class PackageHeldError(EngineError):
    """Another process writes the same package."""

    code = "archive.package_held"
    cause = Label("另一个进程正在写这个移交包。", "Another process is writing this package.")
    next_step = Label("请等它结束后再试。", "Wait until it is done, then try again.")


class RootRefusedError(ReviewError):
    """A folder that batches may not be taken from here."""

    code = "archive.root_refused"
    cause = Label("不允许从这个文件夹收取。", "Batches may not be taken from this folder.")
    next_step = Label(
        "请管理员在 INTAKE_ARCHIVE_ROOTS 中加入它。", "Ask an administrator to add it to INTAKE_ARCHIVE_ROOTS."
    )


class RootTakenError(ReviewError):
    """A folder whose papers another batch takes in."""

    code = "archive.root_taken"
    cause = Label(
        "另一未结清的批次正在收取这个文件夹，或其上级、下级文件夹。",
        "A batch that is not closed takes in this folder, one that holds it, or one that lies in it.",
    )
    next_step = Label("请继续那个批次，或先将其结清。", "Go on with that batch, or close it first.")
