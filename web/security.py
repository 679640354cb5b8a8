"""What protects a browser's session: headers, cookies, the CSRF token and the throttle on signing in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect, validate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import ValidationError

from intake.settings import Settings
from models.signing import secret_key
from web import access, context

CONTENT_POLICY = (
    "default-src 'self'; "
    "img-src 'self' blob: data:; "  # the viewer draws on blobs; the style sheet carries small pictures as data
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
FOR_GOOD = "public, max-age=31536000, immutable"
"""A file whose address names its time of change is never asked for again; what modules import is, each time."""

SIGN_IN_WINDOW = "15 minutes"
FILES_AT_ONCE = 40
"""Files of the largest size that one request may carry: a clerk's stack, not an archive."""
PARTS = 300
"""Parts of an upload's form: each file above 500 KB holds a descriptor while it is received."""
FORM_BYTES = 4_000_000
"""A request without files: the decisions on the longest draft are a tenth of it."""
STRANGERS_BYTES = 64_000
"""A request to a route that needs no account: name, password, address; its body is read before anybody is known."""
FORM_PARTS = 50
"""Parts of a form in pieces that is no upload: our own pages send no such forms."""

_FILES = "intake_takes_files"
_ROOM = "intake_takes_files_by"
View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()
limiter = Limiter(key_func=lambda: request.remote_addr or "", in_memory_fallback_enabled=True)


def install(app: Flask, settings: Settings) -> None:
    """Protect ``app``."""
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="intake_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=settings.session_hours * 3600,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=_throttle_storage(settings),
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        RATELIMIT_SWALLOW_ERRORS=True,
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        behind = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = behind  # type: ignore[method-assign]  # Flask means it to be wrapped
    app.before_request(_widen)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def takes_files(view: View) -> View:
    """Declare that a view receives papers; the bodies of all others stay small. Write it next to the view."""
    setattr(view, _FILES, True)
    return view


def takes_files_by(room: Callable[[dict[str, Any]], int]) -> Callable[[View], View]:
    """Declare that a view without accounts receives papers at some addresses, told before any body is read.

    ``room`` gives the bytes that may come, by the address's parts; 0 where it is none. The page names no address to
    others: its answers ask for no referrer, and none is looked for.
    """

    def declare(view: View) -> View:
        setattr(view, _ROOM, room)
        return view

    return declare


def _widen() -> None:
    """Let an upload be as large as one may be; its body is read only after its sender's role was looked at."""
    view = current_app.view_functions.get(request.endpoint or "")
    if access.is_public(view):
        request.max_content_length = STRANGERS_BYTES
    room: Callable[[dict[str, Any]], int] | None = getattr(view, _ROOM, None)
    if room is not None:
        request.max_content_length = max(room(request.view_args or {}), STRANGERS_BYTES)
        request.max_form_parts = PARTS
    if getattr(view, _FILES, False):
        request.max_content_length = context.current().settings.max_file_mb * 1_000_000 * FILES_AT_ONCE
        request.max_form_parts = PARTS


def _throttle_storage(settings: Settings) -> str:
    """The throttle counts in Redis, where all processes see it; while Redis is away each process counts for itself."""
    return f"redis+{settings.redis}" if settings.redis.startswith("unix:") else settings.redis


def check_csrf() -> None:
    """Every change by a session needs the token; a bearer token cannot be sent by another site and needs none."""
    if request.endpoint is None or (access.is_api() and access.bearer() is not None):
        return
    if hasattr(current_app.view_functions[request.endpoint], _ROOM):
        _check_token()
    else:
        csrf.protect()
    if not access.is_api():
        _refuse_nul()


def _check_token() -> None:
    """As ``csrf.protect``, without its look at the referrer, which pages of this kind do not send."""
    if request.method in current_app.config["WTF_CSRF_METHODS"]:
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError:
            abort(400)


def _refuse_nul() -> None:
    """No text that a person types holds a NUL, and PostgreSQL takes none; the API refuses it by its own schema."""
    typed = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if any("\0" in part for pair in typed for part in pair):
        abort(400)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
    elif "v" in request.args and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = FOR_GOOD
    return response
