"""The one table from our errors to HTTP status and text, and the two forms of an answer: a page or a problem document.

A problem document is RFC 9457 (``application/problem+json``) with our ``code`` and ``next_step``. Both forms are in the
language of the request.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, flash, jsonify, make_response, render_template, request
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException

from intake import errors, log
from intake.errors import IntakeError
from intake.types import Label
from web import access

logger = log.get(__name__)

STATUS: dict[type[IntakeError], HTTPStatus] = {
    errors.InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedFileError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.FileTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.UploadEmptyError: HTTPStatus.BAD_REQUEST,
    errors.TooManyAtOnceError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.EngineError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SetupError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.UntrustedHostError: HTTPStatus.MISDIRECTED_REQUEST,
    errors.ReviewError: HTTPStatus.CONFLICT,
    errors.UnknownFactError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownCustomerError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownTargetError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.InvalidValueError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.MissingReasonError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.InvalidPolicyError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.AcceptancePlanError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.InvalidLightPolicyError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.IdempotencyMismatchError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TooMuchOnTheWayError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.ChangedOnTheWayError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownRoleError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PasswordTooShortError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PasswordsDifferError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PresentPasswordError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.WrongPasswordError: HTTPStatus.UNAUTHORIZED,
    errors.LinkSpentError: HTTPStatus.UNAUTHORIZED,
}
"""The nearest class on the way up the tree counts."""

_AGAIN = Label("请返回上一页再试。", "Go back and try again.")

HTTP_TEXTS: dict[int, tuple[Label, Label]] = {
    400: (
        Label("请求无法理解，或页面已过期。", "The request could not be understood, or the page is outdated."),
        _AGAIN,
    ),
    401: (Label("请先登录。", "Please sign in first."), Label("登录后再试。", "Sign in and try again.")),
    403: (
        Label("您的角色不能使用这个页面。", "Your role does not include this page."),
        Label("如需权限，请联系管理员。", "Ask an administrator if you need it."),
    ),
    404: (
        Label("没有这个页面或对象，或者您无权查看。", "There is no such page or thing, or it is not yours to see."),
        Label("请检查地址，或从首页重新进入。", "Check the address, or start from the home page."),
    ),
    405: (Label("这个地址不支持该操作。", "This address does not do that."), _AGAIN),
    412: (
        Label("内容在您读取之后已被更改。", "It has changed since you read it."),
        Label("请重新读取后再提交。", "Read it again, then send your change."),
    ),
    413: (
        Label("上传的内容太大。", "Too much was sent at once."),
        Label("请分几次上传。", "Upload it in several parts."),
    ),
    415: (Label("不支持这种内容类型。", "This content type is not supported."), _AGAIN),
    422: (
        Label("请求的内容不符合要求。", "What was sent is not well formed."),
        Label("请按说明改正后再试。", "Correct it as described and try again."),
    ),
    428: (
        Label("更改需要 If-Match 头。", "A change needs the header If-Match."),
        Label("请先读取，再带上它的 ETag 提交。", "Read it first and send its ETag."),
    ),
    429: (
        Label("尝试次数过多。", "Too many attempts."),
        Label("请稍等几分钟再试。", "Wait a few minutes, then try again."),
    ),
    500: (
        Label("系统出现错误，已记录。", "Something went wrong on our side; it has been recorded."),
        Label("请稍后再试；若反复出现，请联系管理员。", "Try again shortly; if it recurs, tell an administrator."),
    ),
}


def status_of(kind: type[IntakeError]) -> HTTPStatus:
    """The HTTP status that answers an error of ``kind``; raises LookupError for one that no row covers."""
    found = next((STATUS[above] for above in kind.__mro__ if above in STATUS), None)
    if found is None:
        raise LookupError(f"{kind.__name__} has no status")
    return found


def texts_of(status: int) -> tuple[Label, Label]:
    """Cause and next step of an HTTP status: its own, or those of its kind (the request's fault, or ours)."""
    return HTTP_TEXTS.get(status, HTTP_TEXTS[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500])


def install(app: Flask) -> None:
    """Make ``app`` answer every error in the two forms."""
    app.register_error_handler(IntakeError, _ours)
    app.register_error_handler(HTTPException, _theirs)
    app.register_error_handler(Exception, _unforeseen)


def _ours(error: IntakeError) -> Response:
    cause, step = error.told(str(get_locale()))
    return answer(int(status_of(type(error))), error.code, cause, step, error.details)


def _theirs(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    cause, step = texts_of(status)
    language = str(get_locale())
    response = answer(int(status), f"http.{status}", cause.text(language), step.text(language), {})
    for name, value in error.get_headers(request.environ):
        if name.lower() in {"allow", "retry-after", "www-authenticate"}:
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    """The last line: the kind of error and where it arose are logged, its text is not, for it may quote a paper."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    logger.error("request_failed", kind=type(error).__name__, endpoint=request.endpoint, trace=frames)
    cause, step = HTTP_TEXTS[500]
    language = str(get_locale())
    return answer(500, "http.500", cause.text(language), step.text(language), {})


def answer(status: int, code: str, cause: str, step: str, details: dict[str, Any]) -> Response:
    """The answer to an error: a problem document for programs, a page for people."""
    if wants_problem():
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "code": code,
            "detail": cause,
            "next_step": step,
            **({"details": details} if details else {}),
        }
        response = jsonify(problem)
        response.content_type = "application/problem+json"
    else:
        response = make_response(render_template("error.html", status=status, code=code, cause=cause, next_step=step))
    response.status_code = status
    return response


def tell(error: IntakeError) -> None:
    """Tell of an error at the head of the page that is shown next, as the page of an error tells it."""
    flash(list(error.told(str(get_locale()))), f"error:{error.code}")  # type: ignore[arg-type]  # any JSON is kept


def wants_problem() -> bool:
    """Whether the present request is from a program: the API, or a script that asks for JSON.

    A page that stays where it is (``X-Desk``) asks for another page, and tells a problem beside what it holds.
    """
    if access.is_api() or "X-Desk" in request.headers:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best in {"application/json", "application/problem+json"}
