"""Handing batches over in the portal: a package is asked for, its making is watched, then it is fetched as a ZIP.

The ZIP is written while it is sent: nothing of it is kept a second time. Where the portal does not share the folder of
packages with the workers, the page tells the package's place on the server instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import RawIOBase
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from apiflask import APIBlueprint
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from intake.errors import PackageGoneError, ReviewError
from models import packages
from models.batch_rows import Batch
from models.database import Unit
from web import archive_words, context, errors
from web.access import requires, user
from workers.queue import ring

blueprint = APIBlueprint("packages", __name__, enable_openapi=False)

_CHUNK = 1 << 18


@blueprint.get("/archive/<batch_id>/packages")
@requires("archivist", "auditor")
def progress(batch_id: str) -> str:
    """The packages of a batch alone: what its page asks for while one is made."""
    here = context.current()
    with here.database.read() as rows:
        batch = rows.get(Batch, batch_id)
        if batch is None:
            abort(HTTPStatus.NOT_FOUND)
        found = packages.of_batch(rows, batch_id)
    return render_template("_archive_packages.html", signs=archive_words, **shown(batch_id, batch.state, found))


def shown(batch_id: str, state: str, found: list[packages.PackageLine]) -> dict[str, object]:
    """What the part of the page about packages needs."""
    exports = context.current().settings.exports
    return {
        "batch_id": batch_id,
        "closed": state == "closed",
        "packages": found,
        "places": {one.id: packages.place(exports, one) for one in found},
        "hands_over": user().has("archivist"),
    }


@blueprint.post("/archive/<batch_id>/packages")
@requires("archivist")
def make(batch_id: str) -> Answer:
    """Ask for a package; one of a batch that is not accepted only where the form says so."""

    def begin(unit: Unit) -> list[str]:
        return packages.begin(unit, batch_id, user().id, unaccepted="unaccepted" in request.form)[1]

    return _done(batch_id, begin, _("The package is being made."))


@blueprint.post("/archive/<batch_id>/packages/<package_id>/remove")
@requires("archivist")
def remove(batch_id: str, package_id: str) -> Answer:
    """Have a package taken away."""
    return _done(batch_id, lambda unit: packages.remove(unit, batch_id, package_id, user().id), _("It is taken away."))


@blueprint.get("/archive/<batch_id>/packages/<package_id>")
@requires("archivist")
def fetch(batch_id: str, package_id: str) -> Response | Answer:
    """The package as one ZIP, its folder's name at the root."""
    here = context.current()
    try:
        with here.database.unit() as unit:
            found = packages.fetch(unit, batch_id, package_id, user().id)
            folder = packages.place(here.settings.exports, found)
            if not (folder / "bagit.txt").is_file():
                raise PackageGoneError
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        errors.tell(error)
        return redirect(_page(batch_id), HTTPStatus.SEE_OTHER)
    name = quote(f"{found.name}.zip")
    headers = {"Content-Disposition": f"attachment; filename=package.zip; filename*=UTF-8''{name}"}
    return Response(zipped(folder), mimetype="application/zip", headers=headers)


def _done(batch_id: str, act: Callable[[Unit], list[str]], text: str) -> Answer:
    here = context.current()
    try:
        with here.database.unit() as unit:
            jobs = act(unit)
            unit.on_commit(lambda: ring(here.celery, jobs))
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(text, "done")
    return redirect(_page(batch_id), HTTPStatus.SEE_OTHER)


def _page(batch_id: str) -> str:
    return url_for("archive.show", batch_id=batch_id, _anchor="packages")


# ---- a ZIP while it is sent -----------------------------------------------------------------------------------------


class _Sink(RawIOBase):
    """What the ZIP is written to: it hands on what came since it was last asked."""

    def __init__(self) -> None:
        self._came: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._came.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What came since."""
        came, self._came = b"".join(self._came), []
        return came


def zipped(folder: Path) -> Iterator[bytes]:
    """A folder as a ZIP, piece by piece, without packing closer: its pictures are packed already."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as made:  # type: ignore[arg-type]
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            entry = ZipInfo.from_file(path, path.relative_to(folder.parent))
            with path.open("rb") as source, made.open(entry, "w", force_zip64=True) as target:
                while piece := source.read(_CHUNK):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()
