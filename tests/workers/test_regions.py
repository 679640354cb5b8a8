"""A place of a page is read again by a worker, off the sharpest picture that is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from sqlalchemy import select

from intake.imaging import encode
from intake.recognition.engine import CropRequest, CropText
from intake.types import Page, Region
from models import region_readings
from models.cases import Page as PageRow
from models.jobs import Job
from tests import made_up
from workers import tasks
from workers.context import Context

PLACE = Region(((0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0)))


def test_a_region_is_read_upright_off_the_full_picture_and_kept_for_who_asked(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is given the pixels of the region alone; the text is told to nobody but the one who asked."""
    pixels = np.full((100, 400, 3), 255, np.uint8)
    pixels[:, 200:] = 40
    full = context.store.put_picture("pages/full.jpg", encode.jpeg(Page(0, pixels)))
    seen: list[CropRequest] = []

    def read(crops: Sequence[CropRequest]) -> list[CropText]:
        seen.extend(crops)
        return [CropText("2016年3月8日", 0.9)]

    monkeypatch.setattr(context.readers.first, "read_crops", read)
    with context.database.unit() as unit:
        made_up.enter_case(unit, "clerk-1", [made_up.license_reading()], "pages/small.jpg")
        page = unit.session.scalars(select(PageRow)).one()
        page.full = full
        reading_id, job_id = region_readings.ask(unit, page.id, PLACE, "date", "clerk-1", document_id="paper", number=1)
    tasks.run_job(context, job_id)
    (crop,) = seen
    assert crop.pixels.shape == (100, 200, 3)
    assert crop.pixels.mean() < 60
    with context.database.read() as session:
        found = region_readings.load(session, reading_id, "clerk-1")
        assert found is not None
        assert (found.text, found.confidence) == ("2016年3月8日", 0.9)
        assert session.get_one(Job, job_id).state == "done"
        assert region_readings.load(session, reading_id, "somebody else") is None
