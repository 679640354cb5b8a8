"""A first look at a file, in a process of its own that never waits behind papers that are read."""

from __future__ import annotations

import time

import numpy as np

from intake import glance, log
from intake.errors import EngineError, InputError
from intake.recognition.engine import CropRequest
from models import glances
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


def warm(context: Context) -> None:
    """Load what looking takes before the first file comes: its bringer counts the seconds."""
    paper = np.full((48, 320, 3), 255, np.uint8)
    context.readers.second.read_crops([CropRequest(paper, language="chi_sim", alphabet=None, single_line=True)])
