"""A reader that replays what another reader read before: tests of understanding run in milliseconds, without OCR.

A folder holds one ``<page index>-<sheet>.json`` per flat page (:func:`intake.wire.dump` of its ``PageText``) and one
``crop-<digest>.json`` per crop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from intake.errors import EngineOutputError
from intake.recognition.engine import CropRequest, CropText, Engine
from intake.types import PageText, RectifiedPage
from intake.wire import dump, load


class Recorded:
    """Replays the words kept in ``folder``; with ``source``, what is not kept yet is read by it and kept."""

    def __init__(self, folder: Path, source: Engine | None = None) -> None:
        """``folder`` must exist when there is no ``source``; ``name`` is the source's, else ``recorded``."""
        self.folder = folder
        self.source = source
        self.name = source.name if source else "recorded"

    def read_page(self, page: RectifiedPage) -> PageText:
        """The kept words of this page index and sheet; raises :class:`EngineOutputError` where none are kept."""
        path = self.folder / f"{page.geometry.page_index}-{page.geometry.sheet}.json"
        if not path.exists():
            self._keep(path, self._source().read_page(page))
        return load(PageText, json.loads(path.read_text("utf-8")))

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The kept text of each crop, found by the digest of its pixels, language and alphabet."""
        paths = [self.folder / f"crop-{digest(crop)}.json" for crop in crops]
        missing = [index for index, path in enumerate(paths) if not path.exists()]
        if missing:
            read = self._source().read_crops([crops[index] for index in missing])
            for index, text in zip(missing, read, strict=True):
                self._keep(paths[index], text)
        return [load(CropText, json.loads(path.read_text("utf-8"))) for path in paths]

    def close(self) -> None:
        """Close the source, if there is one."""
        if self.source:
            self.source.close()

    def _source(self) -> Engine:
        if self.source is None:
            raise EngineOutputError(tool=self.name)
        return self.source

    def _keep(self, path: Path, noun: PageText | CropText) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(dump(noun), ensure_ascii=False, indent=1) + "\n", "utf-8")


def digest(crop: CropRequest) -> str:
    """16 hex digits that tell one crop request from another."""
    asked = f"{crop.pixels.shape}|{crop.language}|{crop.alphabet}|{crop.single_line}"
    return hashlib.sha256(asked.encode() + crop.pixels.tobytes()).hexdigest()[:16]
