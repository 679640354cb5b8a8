"""A first look at a file, in a process of its own that never waits behind papers that are read."""

from __future__ import annotations

import time

import numpy as np

from intake import glance, log, media
from intake.errors import EngineError, InputError
from intake.pictures import Glance
from intake.recognition.engine import CropRequest
from models import glances, looks, partials
from workers.context import Context

logger = log.get(__name__)


def look(context: Context, file_id: str) -> None:
    """Look at a file and keep what is seen, sheet by sheet, so that the first page need not wait for the others.

    What goes wrong with the file is told by reading it; a tool that fails here costs the courtesy only.
    """
    begun = time.monotonic()
    with context.database.read() as session:
        original = glances.wanted(session, file_id)
    if original is None:
        return
    try:
        with context.store.local(original.sha256) as path:
            for found in glance.glance(path, original.media_type, context.readers.second, context.options):
                with context.database.unit() as unit:
                    glances.keep(unit, file_id, found)
    except (InputError, EngineError) as error:
        logger.info("glance.none", file=file_id, code=error.code)
        return
    logger.info("file.glanced", file=file_id, seconds=round(time.monotonic() - begun, 2))


def look_before(context: Context, part_id: str) -> None:
    """Look at a file that its sender has not handed in yet, and say when no more will come of it.

    Its bytes lie with the portal; a worker on a machine of its own does not find them and leaves it at that.
    """
    begun = time.monotonic()
    with context.database.read() as session:
        if not looks.wanted(session, part_id):
            return
    path, found = partials.folder(context.settings.data_dir).path(part_id), list[Glance]()
    try:
        with path.open("rb") as file:
            kind = media.identify(file.read(media.HEAD))
        for one in glance.glance(path, kind.name, context.readers.second, context.options):
            found.append(one)
            _keep(context, part_id, found, done=False)
    except (InputError, EngineError, FileNotFoundError) as error:
        logger.info("look.none", part=part_id, reason=type(error).__name__)
    _keep(context, part_id, found, done=True)
    logger.info("part.looked_at", part=part_id, seconds=round(time.monotonic() - begun, 2))


def _keep(context: Context, part_id: str, found: list[Glance], *, done: bool) -> None:
    with context.database.unit() as unit:
        looks.keep(unit, part_id, found, done=done)


def warm(context: Context) -> None:
    """Load what looking takes before the first file comes: its bringer counts the seconds."""
    paper = np.full((48, 320, 3), 255, np.uint8)
    context.readers.second.read_crops([CropRequest(paper, language="chi_sim", alphabet=None, single_line=True)])
