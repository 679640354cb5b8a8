"""Debian's Chromium before a portal: in this process with made-up papers, or the whole service with real workers."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from apiflask import APIFlask
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator, FileWrapper

from intake.settings import Settings
from models import accounts
from models.accounts import ROLES
from models.database import Database
from tests import made_up
from tests.conftest import free_port, wait_for
from web.app import create_app

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
START_SECONDS = 90.0
PATIENCE = 60_000
"""Milliseconds in which a page must come to what is expected of it: a test states what, never how fast."""

expect.set_options(timeout=PATIENCE)


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[Browser]:
    """Debian's Chromium, with further words on its command line."""
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: apt install chromium"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=executable, args=[*CHROMIUM, *arguments])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    with started() as browser:
        yield browser


def close_windows(browser: Browser) -> None:
    """Close every window: one that is left open goes on listening and drawing beside all tests that follow."""
    for context in browser.contexts:
        context.close()


@dataclass
class Site:
    """A running portal with its accounts by role, and what its pages complained of in the browser."""

    address: str
    database: Database
    people: dict[str, str]
    chromium: Browser
    complaints: list[str] = field(default_factory=list)
    app: APIFlask | None = None  # a whole service is another process

    def enter(
        self,
        role: str,
        *,
        language: str = "zh-CN",
        dark: bool = False,
        width: int = 1440,
        height: int = 900,
        still: bool = True,
        scripts: bool = True,
    ) -> Page:
        """A fresh browser window in which ``role`` has signed in by a one-time link, as people do.

        ``still``: as for who asked his system for less motion; without ``scripts`` none is run.
        A role without an account stands before the door.
        """
        scheme = "dark" if dark else "light"
        context = self.chromium.new_context(
            base_url=self.address,
            locale=language,
            color_scheme=scheme,  # type: ignore[arg-type]  # one of the Literal's words
            viewport={"width": width, "height": height},
            reduced_motion="reduce" if still else "no-preference",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if role not in self.people:
            return page
        with self.database.unit() as unit:
            token = accounts.make_sign_in_link(unit, self.people[role])
        page.goto(f"/sign-in/link/{token}")
        page.locator("main button").click()
        page.wait_for_url(f"{self.address}/")
        return page

    def _note(self, message: ConsoleMessage) -> None:
        """Keep errors; those of answers that are meant to be errors are not the page's."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


def picture() -> bytes:
    """A page with something drawn at the place that made-up values point to."""
    image = Image.new("RGB", (1000, 700), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((100, 70, 400, 140), outline="black", width=3)
    pen.line((110, 105, 390, 105), fill="black", width=12)
    body = BytesIO()
    image.save(body, "JPEG")
    return body.getvalue()


def _closed(app: APIFlask) -> WSGIApplication:
    """``app`` whose answers are closed even where the server forgets it: where a window is closed while it is read."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        body = app(environ, start_response)
        try:
            yield from body
        finally:
            if isinstance(body, ClosingIterator | FileWrapper):
                body.close()

    return answer


@pytest.fixture
def site(settings: Settings, chromium: Browser) -> Iterator[Site]:
    """The portal in this process on made-up papers: a customer file, a doubtful draft, a sure one."""
    app = create_app(settings)
    tools = app.extensions["intake"]
    people = made_up.people(tools.database, *ROLES, "reviewer")
    key = tools.store.put_picture("pages/made-up.jpg", picture())
    license_ = made_up.license_reading(made_up.CODES[1], "苏州听松测试机械有限公司")
    settled = made_up.enter_draft(tools.database, people["clerk"], [license_], key)
    made_up.confirmed(tools.database, settled, people["reviewer"], company_name="苏州听松测试设备有限公司")
    for code, confidence in ((made_up.CODES[0], 0.6), (made_up.CODES[2], 0.995)):
        others = [made_up.reading(name, {}) for name in ("id_card_back", "bank_account_permit", "tax_registration")]
        readings = [made_up.license_reading(code, confidence=confidence), made_up.card_reading(), *others]
        made_up.enter_draft(tools.database, people["clerk"], readings, key)
    server = make_server("127.0.0.1", 0, _closed(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", tools.database, people, chromium, app=app)
    close_windows(chromium)
    server.shutdown()
    thread.join()
    server.server_close()
    tools.database.close()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310  # our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextlib.contextmanager
def serving(settings: Settings, chromium: Browser, people: dict[str, str], workers: int) -> Iterator[Site]:
    """The whole service on ``settings``' folder as ``intake serve`` starts it; ended with the context."""
    database = Database(settings.database)
    port = free_port()
    words = [sys.executable, "-m", "web.cli", "serve", "--data", str(settings.data_dir), "--port", str(port)]
    environment = os.environ | {"INTAKE_READER_POLICY": "doubtful", "INTAKE_SECRET_KEY": settings.secret_key}
    words += ["--workers", str(workers)]
    log = (settings.data_dir / "log").open("wb")
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
    site = Site(f"http://127.0.0.1:{port}", database, people, chromium)
    try:
        wait_for(lambda: process.poll() is not None or _answers(site.address), START_SECONDS)
        assert process.poll() is None, (settings.data_dir / "log").read_text()
        yield site
    finally:
        close_windows(chromium)
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)
        log.close()
        database.close()


@pytest.fixture
def service(settings: Settings, chromium: Browser) -> Iterator[Site]:
    """The whole service as ``intake serve`` starts it: portal, worker, sweeper, private Redis; an account per role."""
    database = Database(settings.database)
    people = made_up.people(database, *ROLES)
    database.close()
    with serving(settings, chromium, people, workers=1) as site:
        yield site
