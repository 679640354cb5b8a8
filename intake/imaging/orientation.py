"""Quarter turns: a flat page set upright."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from intake.geometry import compose, quarter_turned, turned_bend
from intake.types import RectifiedPage


def turned(page: RectifiedPage, turns: int) -> RectifiedPage:
    """The page after ``turns`` further quarter turns counter-clockwise, with pixels, ink and the way back."""
    flat = page.geometry
    pixels, ink = (np.ascontiguousarray(np.rot90(picture, turns)) for picture in (page.pixels, page.ink))
    geometry = replace(
        flat,
        width=ink.shape[1],
        height=ink.shape[0],
        to_scan=compose(flat.to_scan, quarter_turned(turns % 4, flat.width, flat.height)),
        quarter_turns=(flat.quarter_turns + turns) % 4,
        bend=turned_bend(flat.bend, turns),
    )
    return replace(page, geometry=geometry, pixels=pixels, ink=ink)
