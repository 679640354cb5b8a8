"""Record what the readers read on some of the project's own samples, so that tests understand them without any engine.

Run it after a change to imaging or recognition, from the root of the project::

    .venv/bin/python tests/recorded/record.py            # all of them
    .venv/bin/python tests/recorded/record.py 09-fax     # those whose path holds this

Every sample becomes one file beside this script: the kept words (``PageText``) of all readings, and what the sample
truly says (out of the samples' ``truth.jsonl``), which the tests compare with.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from intake.media import identify
from intake.pipeline import Readers, read_file
from intake.wire import dump

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "sample_docs"
CHOSEN = (
    "cases/01-trading-company/account-permit.png",
    "cases/01-trading-company/id-card.jpg",
    "cases/01-trading-company/license.jpg",
    "cases/02-sole-trader/license.jpg",
    "cases/03-tenant/lease-contract.pdf",
    "cases/04-machine-works/account-permit.tif",
    "cases/04-machine-works/license.pdf",
    "cases/04-machine-works/tax-registration.jpg",
    "cases/08-farm-stack/everything.pdf",
)
"""Both orientations of the license, the old number, a photo, a photocopy and a mixed stack.

Besides these, all of ``types/``."""

HEAD = 65_536  # bytes by which a file is known


def record(file: str, truth: dict[str, Any], readers: Readers) -> None:
    """Read one sample and keep its words and truth as ``<case>.<name>.json``."""
    path = SAMPLES / file
    media_type = identify(path.read_bytes()[:HEAD]).name
    reading = read_file(path, media_type, readers=readers, today=date(2026, 11, 22))
    kept = {"file": file, "documents": truth["documents"], "texts": [_rounded(dump(text)) for text in reading.texts]}
    target = HERE / f"{path.parent.name}.{path.stem}.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _rounded(noun: Any) -> Any:
    """The same with confidences to three places: more would only make every recording differ."""
    if isinstance(noun, dict):
        return {key: round(one, 3) if key == "confidence" else _rounded(one) for key, one in noun.items()}
    return [_rounded(one) for one in noun] if isinstance(noun, list) else noun


def main(wanted: str) -> None:
    """Record the chosen samples whose path holds ``wanted``."""
    truths = dict(truth for path in sorted(SAMPLES.rglob("truth.jsonl")) for truth in _truths(path))
    with Readers("doubtful") as readers:
        for file in (*CHOSEN, *(file for file in truths if file.startswith("types/"))):
            if wanted in file:
                record(file, truths[file], readers)


def _truths(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The samples' files of one ``truth.jsonl``, each with what it says."""
    folder = path.parent.relative_to(SAMPLES)
    for line in path.read_text("utf-8").splitlines():
        truth = json.loads(line)
        yield (folder / truth["file"]).as_posix(), truth


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
