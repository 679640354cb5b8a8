"""From the plan of the folders to files and their truth."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from PIL import Image

from sample_docs.generator import conditions, files
from sample_docs.generator.cases import Specimen
from sample_docs.generator.papers import Document, Paper

SEED = 20_261_122
TRUTH = "truth.jsonl"
_CUSTOMERS = "cases"


def drawn(specimen: Specimen, seed: int = SEED) -> Paper:
    """The specimen's paper before anything happened to it."""
    return specimen.draw(_chance(specimen, seed, "paper"))


def write(specimen: Specimen, out: Path, seed: int = SEED) -> dict[str, object]:
    """Draw the specimen, wear it, store it below ``out`` and give its line of the truth."""
    paper = drawn(specimen, seed)
    chance = _chance(specimen, seed, "condition")
    pages: list[Image.Image] = []
    for number, image in enumerate(paper.images):
        turns = specimen.quarter_turns[min(number, len(specimen.quarter_turns) - 1)]
        pages.append(conditions.turned(specimen.condition(image, chance), turns))
    path = out / specimen.path
    files.save(pages, path, dpi=specimen.dpi, quality=specimen.quality, orientation=specimen.orientation)
    return truth(specimen, paper)


def truth(specimen: Specimen, paper: Paper) -> dict[str, object]:
    """A line of ``truth.jsonl`` in the form of a corpus."""
    line: dict[str, object] = {"file": specimen.path, "profile": specimen.profile}
    line["documents"] = [_document(document) for document in paper.documents]
    if specimen.note:
        line["note"] = specimen.note
    return line


def write_truth(lines: Iterable[dict[str, object]], path: Path) -> None:
    """Write the truth, one line per file, in the order of the names."""
    ordered = sorted(lines, key=lambda line: str(line["file"]))
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in ordered), encoding="utf-8")


def write_truths(lines: Iterable[dict[str, Any]], out: Path) -> None:
    """Write the truth of specimens below ``out``: that of the customers there, that of a type in the type's folder."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        home = _home(line["file"])
        grouped[home].append({**line, "file": PurePosixPath(line["file"]).relative_to(home).as_posix()})
    for home, own in grouped.items():
        write_truth(own, out / home / TRUTH)


def _home(path: str) -> str:
    """The folder whose truth speaks of a specimen."""
    parts = PurePosixPath(path).parts
    return "." if parts[0] == _CUSTOMERS else "/".join(parts[:2])


def _document(document: Document) -> dict[str, object]:
    """One document of a line."""
    entry: dict[str, object] = {"type": document.type, "pages": list(document.pages), "fields": document.fields}
    if document.seal_only:
        entry["seal_only"] = list(document.seal_only)
    return entry


def _chance(specimen: Specimen, seed: int, purpose: str) -> np.random.Generator:
    """Random numbers of this specimen alone, so that one more specimen changes no other."""
    return np.random.default_rng([seed, zlib.crc32(f"{specimen.path} {purpose}".encode())])
