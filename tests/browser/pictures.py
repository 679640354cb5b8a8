"""The README's pictures: the service's own screens with the sample papers, taken anew by one command.

``python -m tests.browser.pictures [--kept FOLDER]`` starts the service, has its workers read ``sample_docs``, works on
them a little as clerk and reviewer do, and writes ``docs/images/*.png``. Every paper on them is an invented one.
Reading takes minutes; ``--kept`` keeps the data folder once all are read, and begins there the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import func, select

from intake.settings import Settings
from models.accounts import ROLES, find_by_name
from models.database import Database
from models.draft_rows import Draft
from models.job_rows import Job
from models.schema import upgrade
from models.upload_rows import Upload, UploadFile
from tests.browser.conftest import ROOT, Site, serving, started
from tests.conftest import wait_for
from web import welcome

IMAGES = ROOT / "docs" / "images"
SAMPLES = ROOT / "sample_docs" / "cases"
READ_SECONDS = 1200.0
WIDTH, HEIGHT = 1280, 800
COLOURS = (192, 128, 96, 64, 48)
"""Of a picture's palette, tried in turn: screens keep their look, and lose nine tenths of their bytes."""
MOST_BYTES = 200_000
MOST_STEPS = 200
HELD = """() => { const held = document.activeElement; return {
  fact: !!held.closest("[data-fact]"), tick: held.name === "acknowledged", value: held.value ?? "",
  confirm: held.matches("[data-confirm]") }; }"""


@contextmanager
def office(folder: Path) -> Iterator[Site]:
    """The service with an account per role and every sample paper read."""
    settings = Settings(data_dir=folder, secret_key="0" * 64)
    upgrade(settings.database)
    database = Database(settings.database)
    welcome.demo_links(database)
    welcome.seed(settings, database, SAMPLES)
    with database.read() as session:
        accounts = {role: find_by_name(session, role) for role in ROLES}
    people = {role: account.id for role, account in accounts.items() if account is not None}
    camera = folder / "camera.mjpeg"
    camera.write_bytes(before_the_camera())
    shows = f"--use-file-for-fake-video-capture={camera}"
    with started(shows) as browser, serving(settings, browser, people, workers=2) as site:
        wait_for(lambda: not _left(database), READ_SECONDS, step=0.5)
        yield site
    database.close()


def before_the_camera() -> bytes:
    """What the phone's camera sees: a license on a table, not quite straight."""
    table = Image.new("RGB", (1440, 1080), (96, 74, 56))
    paper = Image.open(SAMPLES / "01-trading-company" / "license.jpg").convert("RGB")
    paper.thumbnail((1280, 960))
    turned = paper.convert("RGBA").rotate(2, Image.Resampling.BICUBIC, expand=True)
    table.paste(turned, ((table.width - turned.width) // 2, (table.height - turned.height) // 2), turned)
    body = io.BytesIO()
    table.save(body, "JPEG", quality=92)
    return body.getvalue()


def _left(database: Database) -> int:
    """Jobs that are still to be done."""
    with database.read() as session:
        unsettled = Job.state.in_(("queued", "running"))
        return session.scalar(select(func.count()).select_from(Job).where(unsettled)) or 0


def take(page: Page, name: str, *, ready: str, before: Callable[[Page], None] | None = None) -> None:
    """Write what the window shows as ``name``, once ``ready`` stands and the page is at rest."""
    page.locator(ready).first.wait_for()
    if before is not None:
        before(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    (IMAGES / f"{name}.png").write_bytes(small(page.screenshot()))


def small(screenshot: bytes) -> bytes:
    """A screenshot with as large a palette as a picture of the README may weigh."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for colours in COLOURS:
        body = io.BytesIO()
        few = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
        few.save(body, "PNG", optimize=True)
        if body.tell() <= MOST_BYTES:
            return body.getvalue()
    raise RuntimeError(f"a picture of {body.tell()} bytes")


def case_of(site: Site, paper: str) -> str:
    """The case that a sample paper (its path below the samples) was handed in for."""
    digest = hashlib.sha256((SAMPLES / paper).read_bytes()).hexdigest()
    with site.database.read() as session:
        found = session.scalar(
            select(Upload.case_id)
            .join(UploadFile, UploadFile.upload_id == Upload.id)
            .where(UploadFile.sha256 == digest)
        )
    assert found is not None, paper
    return found


def draft_of(site: Site, paper: str) -> str:
    """The open draft of its case."""
    with site.database.read() as session:
        return session.scalars(
            select(Draft.id).where(Draft.case_id == case_of(site, paper), Draft.state == "open")
        ).one()


def window(site: Site, role: str, *, dark: bool = False, phone: bool = False) -> Page:
    """A window of a role at which nothing moves."""
    width, height = (390, 844) if phone else (WIDTH, HEIGHT)
    return site.enter(role, dark=dark, width=width, height=height)


def open_desk(page: Page, draft_id: str) -> None:
    """Take a draft in hand."""
    page.goto(f"/reviews/{draft_id}")
    if page.locator("[data-claim]").count():
        page.locator("[data-claim]").click()
    page.locator("[data-review][data-mine=yes][data-scan-ready]").wait_for()


def decide_all(page: Page) -> None:
    """Accept what stands on the desk, leave out what is missing, tick what is told, confirm."""
    for _ in range(MOST_STEPS):
        held = page.evaluate(HELD)
        if held["confirm"]:
            page.keyboard.press("Control+Enter")
            page.locator("[data-undo]").wait_for()
            return
        page.keyboard.press("Alt+0" if held["fact"] and not held["value"] and not held["tick"] else "Enter")
    raise RuntimeError("the desk asks on and on")


def put_aside(page: Page, draft_id: str) -> None:
    """Return a draft's papers to the clerk: an end of the card is cut off."""
    open_desk(page, draft_id)
    page.locator("details.menu.up summary").click()
    form = page.locator("form[action$='/return']")
    form.locator("select").select_option(index=2)
    form.locator("button").click()
    page.wait_for_url(lambda url: draft_id not in url)


def at_the_counter(site: Site, folder: Path) -> None:
    """Photograph a license with a phone; hand three papers in, of which one is cut off."""
    phone = window(site, "clerk", phone=True)
    phone.set_viewport_size({"width": 390, "height": 1080})  # with the service's word, which stands below the photo
    phone.goto("/uploads/camera")
    phone.locator("[data-says].tone-good").wait_for()
    phone.locator("[data-take]").click()
    take(phone, "camera", ready="[data-look=done]")
    papers = []
    for name in ("id-card.jpg", "license.png", "account-permit.jpg"):
        paper = Image.open(SAMPLES / "06-branch-office" / name).convert("RGB")
        if name == "id-card.jpg":
            paper = paper.crop((0, 0, paper.width, paper.height // 3))
        papers.append(folder / f"{Path(name).stem}-2.jpg")  # other bytes than the sample, which came before
        paper.save(papers[-1], quality=93)
    clerk = window(site, "clerk")
    clerk.goto("/uploads/new")
    clerk.locator("main input[name=files]").set_input_files(papers)
    clerk.locator("main form[data-upload] button.btn-primary").click()
    clerk.locator(".glances").nth(2).wait_for()
    take(clerk, "upload", ready=".checklist")


def photograph(site: Site) -> None:
    """Work a little and take every picture."""
    clerk, reviewer = window(site, "clerk"), window(site, "reviewer")
    clerk.goto(f"/cases/{case_of(site, '11-expired-card/license.jpg')}")
    take(clerk, "case", ready="main h1")
    reviewer.goto("/reviews")
    take(reviewer, "queue", ready="table")
    reviewer.goto("/reviews/groups")
    reviewer.goto(str(reviewer.locator(".group-kind").first.get_attribute("href")))
    take(reviewer, "groups", ready="[data-answer], .group-row, main li img")
    reviewer.goto(f"/cases/{case_of(site, '08-farm-stack/everything.pdf')}/pages")
    take(reviewer, "pages", ready="[data-tile] img")
    open_desk(reviewer, draft_of(site, "10-contradiction/license.jpg"))
    take(reviewer, "review", ready=".place:not(.faint)")
    phone = window(site, "reviewer", dark=True, phone=True)
    phone.goto(reviewer.url)
    take(phone, "phone", ready=".place:not(.faint)")
    returned = "11-expired-card/license.jpg"
    put_aside(reviewer, draft_of(site, returned))
    clerk.goto(f"/cases/{case_of(site, returned)}/slip")
    take(clerk, "slip", ready=".slip-page")
    for paper in ("04-machine-works/license.pdf", "02-sole-trader/license.jpg", "01-trading-company/license.jpg"):
        open_desk(reviewer, draft_of(site, paper))
        decide_all(reviewer)
    reviewer.locator("[data-undo]").wait_for()
    reviewer.goto(str(reviewer.locator("main > .note a[href^='/customers/']").get_attribute("href")))
    reviewer.locator("details.origin summary").first.click()
    take(reviewer, "customer", ready="details.origin[open] img.crop")
    reviewer.goto("/dashboard")
    take(reviewer, "dashboard", ready="main canvas, main svg")


def main() -> None:
    """Have the samples read, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, help="a folder that keeps what was read between runs")
    kept = parser.parse_args().kept
    with tempfile.TemporaryDirectory() as folder:
        if kept is not None and not kept.exists():
            with office(Path(folder)):
                pass
            shutil.copytree(folder, kept)
        elif kept is not None:
            shutil.copytree(kept, folder, dirs_exist_ok=True)
        with office(Path(folder)) as site:
            photograph(site)
            at_the_counter(site, Path(folder))
            assert site.complaints == [], site.complaints


if __name__ == "__main__":
    main()
