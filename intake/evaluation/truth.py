"""What a corpus says: ``truth.jsonl`` as plain data, and when two texts count as equal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PUNCTUATION = str.maketrans("。“”‘’《》〈〉【】〔〕—–−·•～", ".\"\"''<><>[][]---··~")
"""Chinese marks with an ASCII mark of the same meaning, beyond those that NFKC makes equal (，；：（）！？)."""


@dataclass(frozen=True, slots=True)
class DocumentTruth:
    """What a document of the corpus says. ``pages`` count from 1."""

    type: str
    pages: tuple[int, ...]
    fields: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seal_only: frozenset[str] = frozenset()
    any_party_order: bool = False


@dataclass(frozen=True, slots=True)
class FileTruth:
    """One line of ``truth.jsonl``."""

    file: str
    profile: str
    documents: tuple[DocumentTruth, ...]


def comparable(text: str) -> str:
    """NFKC, no white space, Chinese and ASCII punctuation equal.

    >>> comparable("杭州 （西湖）　店，№ ８。") == comparable("杭州(西湖)店,No8.")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(PUNCTUATION).split())


def parse_truth(lines: Iterable[str]) -> tuple[FileTruth, ...]:
    """The lines of ``truth.jsonl``; raises ``ValueError``, ``KeyError``, ``TypeError`` where one has another form."""
    return tuple(_file_truth(json.loads(line)) for line in lines if line.strip())


def truth_line(truth: FileTruth) -> str:
    """A line of ``truth.jsonl``, without its end, that :func:`parse_truth` reads as the same truth.

    >>> truth_line(FileTruth("a.png", "fax", (DocumentTruth("contract", (1,), {}),)))
    '{"file": "a.png", "profile": "fax", "documents": [{"type": "contract", "pages": [1], "fields": {}}]}'
    """
    documents = [_document_line(document) for document in truth.documents]
    return json.dumps({"file": truth.file, "profile": truth.profile, "documents": documents}, ensure_ascii=False)


def _document_line(truth: DocumentTruth) -> dict[str, object]:
    """A document as plain data; what is empty is left out, as in a corpus written by hand."""
    beyond: dict[str, object] = {
        "optional": sorted(truth.optional),
        "alternatives": {name: list(values) for name, values in truth.alternatives.items()},
        "seal_only": sorted(truth.seal_only),
        "party_order": "unspecified" if truth.any_party_order else "",
    }
    told: dict[str, object] = {"type": truth.type, "pages": list(truth.pages), "fields": dict(truth.fields)}
    return {**told, **{name: value for name, value in beyond.items() if value}}


def _file_truth(data: Mapping[str, object]) -> FileTruth:
    documents = data["documents"]
    if not isinstance(documents, list):
        raise TypeError("documents must be a list")
    return FileTruth(str(data["file"]), str(data.get("profile", "")), tuple(_document_truth(one) for one in documents))


def _document_truth(data: Mapping[str, Mapping[str, object]]) -> DocumentTruth:
    return DocumentTruth(
        type=str(data["type"]),
        pages=tuple(int(str(page)) for page in data["pages"]),
        fields={name: str(value) for name, value in data["fields"].items() if value is not None},
        optional=frozenset(data.get("optional", ())),
        alternatives={name: _texts(values) for name, values in data.get("alternatives", {}).items()},
        seal_only=frozenset(data.get("seal_only", ())),
        any_party_order=str(data.get("party_order", "")) == "unspecified",
    )


def _texts(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, list) else (str(values),)
