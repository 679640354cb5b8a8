"""What a look at a file told before it was handed in: kept with the part, and with the file once it is an upload's.

As with every first look (:mod:`models.glances`), one that is lost is not missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wire
from intake.pictures import Glance
from models import glances
from models.database import Unit
from models.partials import Part, Partial
from models.upload_rows import UploadFile


@dataclass(frozen=True, slots=True)
class Looks:
    """The sheets that were looked at so far; ``done``: no further one will be."""

    glances: tuple[Glance, ...]
    done: bool


def wanted(session: Session, part_id: str) -> bool:
    """Whether a part is whole, not handed in, and nobody has looked at it."""
    row = session.get(Partial, part_id)
    return row is not None and row.offset == row.size and row.upload_id is None and row.looks is None


def keep(unit: Unit, part_id: str, found: Sequence[Glance], *, done: bool) -> None:
    """Keep what was seen of a part so far; nothing where its sender has taken it back."""
    row = unit.session.get(Partial, part_id)
    if row is not None:
        row.looks = {"sheets": [wire.dump(one) for one in found], "done": done}


def of_part(session: Session, part_id: str) -> Looks:
    """What is known of a part."""
    row = session.get(Partial, part_id)
    kept = (row.looks if row is not None else None) or {"sheets": [], "done": False}
    return Looks(tuple(wire.load(Glance, one) for one in kept["sheets"]), bool(kept["done"]))


def hand_on(unit: Unit, parts: Sequence[Part], upload_id: str) -> None:
    """Let the files of an upload have what was seen of the parts that they were, which stand in the same order."""
    mine = select(UploadFile).where(UploadFile.upload_id == upload_id).order_by(UploadFile.position)
    for part, file in zip(parts, unit.session.scalars(mine).all(), strict=True):
        known = of_part(unit.session, part.id)
        if known.done and file.state == "queued":
            for one in known.glances:
                glances.keep(unit, file.id, one)
