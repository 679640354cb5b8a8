"""The manifest that comes with an archive (移交目录), held against the folders of a batch in the portal.

It may be given again: the later one takes the place of the one before. It is read here, for it is small: as large as a
form may be, and none of it is kept but what it says of the folders that are there.
"""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from intake.errors import ReviewError, UnfitManifestError
from models import batch_manifest, batches
from web import context, errors
from web.access import requires, user

blueprint = APIBlueprint("manifests", __name__, enable_openapi=False)


@blueprint.post("/archive/<batch_id>/manifest")
@requires("archivist")
def hold(batch_id: str) -> Answer:
    """Hold a CSV or XLSX against the folders, both ways: numbers and titles go in, differences are asked about."""
    from intake.archive import manifest  # noqa: PLC0415 - loads what reads workbooks, for this act alone

    here = context.current()
    with here.database.read() as rows:
        batch = batches.view(rows, batch_id)
    if batch is None:
        abort(HTTPStatus.NOT_FOUND)
    if not batch.walked:  # the page offers it later: folders that nobody looked for are not missing
        abort(HTTPStatus.CONFLICT)
    given = request.files.get("manifest")
    try:
        entries = manifest.read(given.read() if given is not None else b"")
        with here.database.unit() as unit:
            listed = batch_manifest.apply(unit, batch_id, entries, user().id)
    except (UnfitManifestError, ReviewError) as error:
        errors.tell(error)
    else:
        flash(_("The manifest was held against the folders: it lists %(count)s of them.", count=listed), "done")
    return redirect(url_for("archive.show", batch_id=batch_id), HTTPStatus.SEE_OTHER)
