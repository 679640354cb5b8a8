"""The branch of requests that clash with what is kept: each a :class:`ReviewError`."""

from __future__ import annotations

from intake.errors.base import ReviewError
from intake.types import Label


class UnresolvedFindingsError(ReviewError):
    """Findings of severity ``error`` were not decided. ``details``: ``findings`` (keys), ``facts``."""

    code = "review.unresolved_findings"
    cause = Label("还有错误未作决定：{findings}。", "Errors are still undecided: {findings}.")
    next_step = Label(
        "请逐条改正、略去，或明确确认仍然接受。", "Correct or leave out each value, or accept it explicitly."
    )


class UndecidedFactsError(ReviewError):
    """Facts of the draft have no decision. ``details``: ``facts``."""

    code = "review.undecided_facts"
    cause = Label("还有字段未作决定：{facts}。", "Facts are still undecided: {facts}.")
    next_step = Label("请对每个字段选择接受、改正或略去。", "Accept, correct or leave out each of them.")


class UnknownFactError(ReviewError):
    """A decision names a fact that the draft does not hold. ``details``: ``facts``."""

    code = "review.unknown_fact"
    cause = Label("草稿中没有这些字段：{facts}。", "The draft has no such facts: {facts}.")
    next_step = Label("请刷新草稿后再决定。", "Load the draft again and decide anew.")


class InvalidValueError(ReviewError):
    """A corrected value is not of its field's form. ``details``: ``facts``."""

    code = "review.invalid_value"
    cause = Label("改正的值格式不对：{facts}。", "Corrected values are not well formed: {facts}.")
    next_step = Label("请按字段提示的格式填写。", "Write them in the form shown beside the field.")


class AlreadyClaimedError(ReviewError):
    """Another reviewer holds the draft."""

    code = "review.already_claimed"
    cause = Label("另一位审核员正在处理这份草稿。", "Another reviewer is working on this draft.")
    next_step = Label("请打开队列中的下一份，或稍后再试。", "Open the next one, or try again later.")


class NotClaimedError(ReviewError):
    """The draft must be claimed by the caller first."""

    code = "review.not_claimed"
    cause = Label("您尚未领取这份草稿，或领取已过期。", "You have not claimed this draft, or the claim has run out.")
    next_step = Label("请先领取，再作决定。", "Claim it first, then decide.")


class AlreadySettledError(ReviewError):
    """The draft is confirmed, returned or discarded already."""

    code = "review.already_settled"
    cause = Label("这份草稿已经处理完毕。", "This draft is settled already.")
    next_step = Label("请打开队列中的下一份。", "Open the next one in the queue.")


class StaleVersionError(ReviewError):
    """The caller read an older version. ``details``: ``version``, ``changed`` (names of what changed)."""

    code = "review.stale_version"
    cause = Label("读取之后草稿已被更改：{changed}。", "The draft has changed since it was read: {changed}.")
    next_step = Label("请刷新后核对更改，再作决定。", "Load it again, look at the changes and decide anew.")


class MissingReasonError(ReviewError):
    """Returning or discarding needs a reason."""

    code = "review.missing_reason"
    cause = Label("没有说明原因。", "No reason was given.")
    next_step = Label("请选择或填写原因。", "Choose or write a reason.")


class UndoOverError(ReviewError):
    """A confirmation can no longer be taken back: too late, another's, or something rests on it already."""

    code = "review.undo_over"
    cause = Label("这次确认已不能撤销。", "This confirmation can no longer be undone.")
    next_step = Label("请打开客户档案核对。", "Look at the customer file.")


class WordPassedOnError(ReviewError):
    """A word that waits for another person can no longer be taken back: too late, or somebody goes on with it."""

    code = "review.word_passed_on"
    cause = Label(
        "您的审核结果已不能撤回：时间已过，或另一位审核员已经接手。",
        "Your word can no longer be taken back: the time is over, or another reviewer goes on with it.",
    )
    next_step = Label("请告诉下一位审核员需要改正什么。", "Tell the reviewer who decides next what to correct.")


class SamePersonError(ReviewError):
    """The draft, or what was confirmed of it, waits for another person than the caller, who has decided already."""

    code = "review.same_person"
    cause = Label("您已经审过这一份，须由另一位审核员再审。", "You have decided on it already: another person has to.")
    next_step = Label("请打开队列中的下一份。", "Open the next one in the queue.")


class UnknownCustomerError(ReviewError):
    """Somebody picked a customer for a case whom there is not, or one of another kind (company or person)."""

    code = "review.unknown_customer"
    cause = Label("没有这个客户档案，或它的客户类型不同。", "There is no such customer file, or it is of another kind.")
    next_step = Label("请从列表中选择，或选“新客户”。", "Choose one of the list, or a new customer.")


class KeyedBlindError(ReviewError):
    """Who keys a value of the case blind gets no reading of its papers."""

    code = "review.keyed_blind"
    cause = Label("这个案卷有盲录的字段，不提供识读。", "A value of this case is keyed blind: nothing is read for you.")
    next_step = Label("请放大原件，照原件录入。", "Enlarge the scan and key what you see.")


class InvalidPolicyError(ReviewError):
    """Policies with fields that cannot be kept. ``details``: ``fields``, the names of the form's fields."""

    code = "policy.invalid"
    cause = Label("有内容不是 0 到 100 的百分数，未保存。", "Something is no percentage (0 to 100); nothing was kept.")
    next_step = Label("请改正标出的内容后再保存。", "Correct what is marked, then keep it again.")


class TooManyViewsError(ReviewError):
    """A person keeps as many views of the queue as are allowed. ``details``: ``limit``."""

    code = "queue.too_many_views"
    cause = Label("您已保存 {limit} 个视图，不能再多。", "You keep {limit} views already, and more are not kept.")
    next_step = Label("请先删除不再需要的视图。", "Remove one that you no longer need first.")


class StructureChangedError(ReviewError):
    """The documents that an edit names are no longer there: somebody regrouped the case meanwhile."""

    code = "structure.changed"
    cause = Label("案卷的材料在打开页面之后已被调整。", "These papers were rearranged since the page was opened.")
    next_step = Label("请看一看现在的样子，再操作。", "Look at them as they are now, then do it again.")


class StructureUnfitError(ReviewError):
    """What was asked cannot be done with the pages that were chosen, or would change nothing."""

    code = "structure.unfit"
    cause = Label("对所选的页，这个操作无法进行，或不会有任何变化。", "This cannot be done with the chosen pages.")
    next_step = Label("请另选页，再试一次。", "Choose other pages and try again.")


class UnknownTargetError(ReviewError):
    """Documents were to be moved to a case that is not there, or whose papers the caller may not arrange."""

    code = "structure.unknown_case"
    cause = Label(
        "没有这个编号的案卷，或您不能调整它的材料。",
        "There is no case of this number, or its papers are not yours.",
    )
    next_step = Label(
        "请核对编号：案卷页上写着案卷编号；也可填客户档案编号。",
        "Check the number: it stands on the case's page; the number of a customer file does as well.",
    )


class EditFinalError(ReviewError):
    """An edit can no longer be undone: a draft was confirmed, or a customer decided on, with its documents."""

    code = "structure.final"
    cause = Label("这步调整已不能撤销：之后已有草稿被确认。", "A draft was confirmed since: this cannot be undone.")
    next_step = Label("请再调整一次，恢复成需要的样子。", "Rearrange the papers once more as they should be.")


class NothingToUndoError(ReviewError):
    """No edit of the case stands."""

    code = "structure.nothing_to_undo"
    cause = Label("没有可以撤销的调整。", "There is nothing to undo.")
    next_step = Label("材料就是识读时的样子。", "The papers stand as they were read.")


class IdempotencyMismatchError(ReviewError):
    """The Idempotency-Key was used with another body within 24 hours (answered 422)."""

    code = "upload.idempotency_mismatch"
    cause = Label("同一个 Idempotency-Key 已用于另一份内容。", "This Idempotency-Key was used with another body.")
    next_step = Label("请为新的上传使用新的键。", "Use a new key for a new upload.")


class TooMuchOnTheWayError(ReviewError):
    """An account has too many unfinished files (answered 413). ``details``: ``parts``, ``megabytes``."""

    code = "upload.too_much"
    cause = Label(
        "未传完的文件太多：每人最多 {parts} 个，共 {megabytes} MB。",
        "Too many files are on their way: {parts} or {megabytes} MB per person at most.",
    )
    next_step = Label("请先提交已传的文件，再传其余的。", "Hand in what is there, then send the rest.")


class OffsetMismatchError(ReviewError):
    """A piece does not begin where the file's bytes end (409). ``details``: ``offset``."""

    code = "upload.offset"
    cause = Label(
        "该文件已收到 {offset} 字节，续传位置不符。",
        "{offset} bytes of this file are here; the piece begins elsewhere.",
    )
    next_step = Label("请查询进度后从该处续传。", "Ask how far it is and go on there.")


class PartIncompleteError(ReviewError):
    """Files were to be handed in that are not here, or not whole (409)."""

    code = "upload.incomplete"
    cause = Label("有文件尚未传完，或已过期。", "A file is not whole yet, or has expired.")
    next_step = Label("请重新选择该文件，从断处续传。", "Choose it again; sending goes on where it broke off.")


class ChangedOnTheWayError(ReviewError):
    """Bytes arrived that are not those that were sent (422)."""

    code = "upload.changed"
    cause = Label("文件在传输中发生了变化。", "A file changed on its way.")
    next_step = Label("请再传一次该文件。", "Send it again.")


class NameTakenError(ReviewError):
    """An account of this name exists."""

    code = "account.name_taken"
    cause = Label("这个登录名已被使用。", "An account of this name exists already.")
    next_step = Label("请换一个登录名。", "Choose another sign-in name.")


class UnknownRoleError(ReviewError):
    """An account needs at least one role, each of a known name. ``details``: ``roles``, ``known``."""

    code = "account.unknown_role"
    cause = Label("没有选择角色，或角色不存在。", "No role was given, or one is not known.")
    next_step = Label("请至少选择一个角色。", "Choose at least one role.")


class PasswordTooShortError(ReviewError):
    """A new password is too short. ``details``: ``least``."""

    code = "account.password_too_short"
    cause = Label("密码太短。", "The password is too short.")
    next_step = Label("请至少使用 {least} 个字符。", "Use at least {least} characters.")


class WrongPasswordError(ReviewError):
    """Somebody signs in with a name and a password that do not fit (answered 401); never told which of the two."""

    code = "account.wrong_password"
    cause = Label("登录名或密码不正确。", "Name or password is wrong.")
    next_step = Label(
        "请再试一次；忘记密码请向管理员索取登录链接。", "Try again, or ask an administrator for a sign-in link."
    )


class LinkSpentError(ReviewError):
    """A sign-in link was used already or has run out (answered 401)."""

    code = "account.link_spent"
    cause = Label("链接已使用或已过期。", "This link was used already or has run out.")
    next_step = Label("请向管理员索取新的链接。", "Ask an administrator for a new one.")


class PasswordsDifferError(ReviewError):
    """A new password was typed twice, and not the same."""

    code = "account.passwords_differ"
    cause = Label("两次输入的密码不一致。", "The two passwords differ.")
    next_step = Label("请重新输入两次相同的密码。", "Type the same password twice.")


class PresentPasswordError(ReviewError):
    """A new password was set by somebody who does not tell the present one (answered 422)."""

    code = "account.present_password"
    cause = Label("当前密码不对。", "The present password is wrong.")
    next_step = Label(
        "请再试一次；忘记密码请向管理员索取登录链接。", "Try again, or ask an administrator for a sign-in link."
    )


class OwnAccountError(ReviewError):
    """Somebody would close his own account."""

    code = "account.own"
    cause = Label("不能停用自己的账号。", "You cannot close your own account.")
    next_step = Label("请由另一位管理员或安全员停用。", "Let another administrator or security officer close it.")


class NotQuarantinedError(ReviewError):
    """A job was to be tried again that does not lie in quarantine."""

    code = "job.not_quarantined"
    cause = Label("这个任务已不在隔离中。", "The job is no longer in quarantine.")
    next_step = Label("请在列表中查看它现在的状态。", "Look in the lists where it stands now.")
