"""Papers of the project's own samples as an office has them once confirmed: bytes, kept words, drafts, decisions."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intake import wire
from intake.media import identify
from intake.pipeline import understand
from intake.types import FileReading, PageSize, PageText
from models import cases, drafts, jobs, readings, uploads
from models.database import Database
from models.store import Store
from models.uploads import IncomingFile
from tests.made_up import TODAY, confirmed, drafted

ROOT = Path(__file__).parents[1]
LICENSE = "02-sole-trader.license"
PERMIT = "01-trading-company.account-permit"


@cache
def words(name: str) -> tuple[PageText, ...]:
    """What the readers read on a sample, as recorded."""
    data = json.loads((ROOT / "tests/recorded" / f"{name}.json").read_text("utf-8"))
    return tuple(wire.load(PageText, text) for text in data["texts"])


@cache
def reading(name: str) -> FileReading:
    """What the pipeline makes of them."""
    texts = words(name)
    sizes = {text.geometry.page_index: PageSize(text.geometry.scan_width, text.geometry.scan_height) for text in texts}
    return FileReading(tuple(sizes[index] for index in sorted(sizes)), texts, understand(texts, today=TODAY))


def sample(name: str) -> Path:
    """The sample's own file."""
    data = json.loads((ROOT / "tests/recorded" / f"{name}.json").read_text("utf-8"))
    return ROOT / "sample_docs" / data["file"]


@dataclass
class Archive:
    """Samples that went the whole way from the counter to the reviewer."""

    database: Database
    store: Store
    people: dict[str, str]
    drafts: list[str] = field(default_factory=list)

    def draft(self, *names: str, files: tuple[FileReading, ...] = (), copy: int = 0) -> str:
        """Hand samples in, read them from their recorded words (or as ``files`` say) and draft; gives the draft.

        Each ``copy`` is a scan of its own: other bytes, the same picture.
        """
        incoming = [self._kept(sample(name), copy) for name in names]
        with self.database.unit() as unit:
            received = uploads.receive(unit, user_id=self.people["clerk"], files=incoming, via="portal")
        for job_id, read in zip(received.job_ids, files or [reading(name) for name in names], strict=False):
            with self.database.unit() as unit:
                claim = jobs.claim(unit, job_id, 30)
                assert claim is not None
                readings.keep(unit, claim, read, {})
        with self.database.unit() as unit:
            documents = cases.documents(unit.session, received.upload.case_id)
            types = [document.reading.type or "" for document in documents]
            return drafts.save_draft(unit, received.upload.case_id, drafted(documents), types).id

    def confirm(self, *names: str, files: tuple[FileReading, ...] = (), copy: int = 0, **corrections: str) -> str:
        """The same, and everything accepted but for the corrections; what has no value is left out."""
        draft_id = self.draft(*names, files=files, copy=copy)
        confirmed(self.database, draft_id, self.people["reviewer"], **corrections)
        return draft_id

    def _kept(self, path: Path, copy: int) -> IncomingFile:
        body = path.read_bytes() + b"\0" * copy
        kept = self.store.put(io.BytesIO(body), 100_000_000)
        return IncomingFile(path.name, kept.size, kept.sha256, identify(body[:65536]).name)
