"""What all pages share: the words and pictures that templates use beside their own data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, make_response, redirect, request, url_for
from flask_babel import format_decimal
from werkzeug.wrappers import Response

from intake import media, pictures
from models import links
from web import access, charts, context, failures, languages, reasons, tours, words

_KB = 1_000
_MB = 1_000_000
_STATIC = Path(__file__).parent / "static"


def install(app: Flask) -> None:
    """Give every template the account, its abilities, the words and the addresses of files that browsers may keep."""
    app.jinja_env.globals.update(
        access=access,
        tours=tours,
        account=access.anyone,
        words=words,
        read_by=reasons.read_by,
        asset=asset,
        theme=theme,
        failures=failures.texts,
        asked_again=asked_again,
        unverified_of=unverified_of,
        pictures=pictures,
        upload_settings=lambda: context.current().settings,
        accepted_files=accepted_files,
        language=languages.language_of_request,
    )
    app.jinja_env.filters["shown"] = languages.shown
    app.jinja_env.filters["percent"] = percent
    app.jinja_env.filters["percents"] = charts.percents
    app.jinja_env.filters["size"] = size
    app.jinja_env.filters["counted"] = format_decimal
    app.jinja_env.filters["marked"] = words.marked
    app.jinja_env.filters["picked"] = words.picked
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def lead(there: str) -> Response:
    """To another page: a redirection; a script whose page stays until it has the answer (``X-Desk``) is told where to.

    The answer to the script is empty, so that what was flashed is still there for the page that it goes to.
    """
    if "X-Desk" not in request.headers:
        return redirect(there)
    answer = make_response("")
    answer.headers["Content-Location"] = there
    return answer


def asset(name: str) -> str:
    """The address of a static file, with its time of change so that a new one is fetched at once."""
    return _address(request.script_root, name)


@lru_cache
def _address(_root: str, name: str) -> str:
    """The same, found once per process: a desk names two hundred icons."""
    path = _STATIC / name
    return url_for("static", filename=name, v=int(path.stat().st_mtime) if path.exists() else None)


def asked_again() -> str:
    """Where the present page is asked for anew, in another language; home where it answers a form and is shown once."""
    there = current_app.create_url_adapter(request)
    found = request.url_rule is not None and there is not None and there.test(method="GET")
    return request.full_path.rstrip("?") if found else url_for("home.home")


def unverified_of(case_id: str) -> tuple[str, ...]:
    """The uploads of a case that a customer sent by a link and that nobody has accepted yet."""
    with context.current().database.read() as rows:
        return links.unverified(rows, case_id)


def accepted_files() -> str:
    """The extensions of the kinds of file that are read, as a file input's ``accept`` wants them."""
    return ",".join(sorted({f".{kind.extension}" for kind in media.MEDIA_TYPES} | {".jpeg", ".tiff"}))


def theme() -> str:
    """The chosen look: ``light``, ``dark`` or ``auto`` (the system's)."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else "auto"


def percent(value: float) -> str:
    """A probability as whole percent; only certainty itself is called 100 %."""
    return "100%" if value >= 1 else f"{min(int(value * 100 + 0.5), 99)}%"


def size(count: int) -> str:
    """A number of bytes for people."""
    if count < _KB:
        return f"{count} B"
    return f"{count / _KB:.0f} KB" if count < _MB else f"{count / _MB:.1f} MB"
