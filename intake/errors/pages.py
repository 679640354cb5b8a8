"""What a page in the browser tells by itself, because no answer came or nothing was asked: never raised.

Each stands on the branch of who is at fault. ``web/failures.py`` gives the pages their texts.
"""

from __future__ import annotations

from intake.errors.base import EngineError, InputError
from intake.types import Label


class NoAnswerError(EngineError):
    """A small step of a page (keeping a word, looking something up) got no answer; doing it again does no harm."""

    code = "portal.no_answer"
    cause = Label("门户没有应答，这一步没有完成。", "The portal did not answer, and this was not done.")
    next_step = Label("请再试一次；重复操作不会生效两次。", "Try again; nothing is done twice.")


class OutcomeUnknownError(EngineError):
    """A change of a page got no answer, and was perhaps made."""

    code = "portal.outcome_unknown"
    cause = Label(
        "门户没有应答，不知道更改是否已生效。",
        "The portal did not answer: whether it was done is not known.",
    )
    next_step = Label("请重新载入页面查看。", "Load the page again to see whether it was done.")


class ConfirmationUnknownError(EngineError):
    """A draft was to be confirmed, returned or discarded and no answer came."""

    code = "review.outcome_unknown"
    cause = Label(
        "门户没有应答，不知道草稿是否已确认。",
        "The portal did not answer: it is not known whether the draft was confirmed.",
    )
    next_step = Label("请再确认一次，不会重复生效。", "Confirm once more; nothing is confirmed twice.")


class PictureMissingError(EngineError):
    """The picture of a page did not reach the desk."""

    code = "picture.unavailable"
    cause = Label("这一页的图像无法载入。", "The picture of this page could not be loaded.")
    next_step = Label("请再载入一次；若反复出现，请联系管理员。", "Load it again; if it recurs, tell an administrator.")


class SendingBrokenOffError(EngineError):
    """Files were on their way and could not be handed in."""

    code = "upload.broken_off"
    cause = Label("连接中断，什么也没有提交。", "The connection was lost, and nothing was handed in.")
    next_step = Label("请再提交一次；已传到的不会重传。", "Hand in again; what has arrived is not sent twice.")


class NoneFitError(InputError):
    """Every file that was chosen is refused before it is sent."""

    code = "upload.none_fit"
    cause = Label("这些文件都无法提交。", "None of these files can be handed in.")
    next_step = Label("原因写在各文件旁；请另选文件。", "Why stands beside each; choose others.")


class TooManyAtOnceError(InputError):
    """More files than a customer's link takes in one go (answered 413). ``details``: ``most``."""

    code = "upload.too_many_at_once"
    cause = Label("一次最多发送 {most} 个文件。", "Up to {most} files can be sent at once.")
    next_step = Label("请先移除一些，发送后再发其余的。", "Take some out, and send them after the others.")


class NoCameraError(InputError):
    """A page may not use the device's camera, or there is none."""

    code = "camera.unavailable"
    cause = Label("这里无法使用相机。", "No camera can be used here.")
    next_step = Label("请允许使用相机，或改为选择照片。", "Let the page use it, or choose photos instead.")
