"""The endless row of papers: paper ``i`` of a seed is the same whatever else is made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import cv2

from sample_docs.generator.papers import Document, Paper, stack
from sample_docs.generator.varied import (
    agreement_print,
    decoys,
    firms,
    identity,
    license_forms,
    licenses,
    names,
    permits,
    societies,
    taxes,
)
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.conditions import Condition, condition
from sample_docs.generator.varied.conditions import write as write_pages
from sample_docs.generator.varied.labelled import LabelledDocument

TYPES: dict[str, float] = {
    "license": 46, "card": 13, "contract": 15, "permit": 7, "tax": 6, "decoy": 6, "stack": 7, "society": 3,
}  # fmt: skip
"""What is made, and how often among a hundred."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: ``types`` are keys of TYPES."""

    seed: int
    types: tuple[str, ...] = tuple(TYPES)


def generate(order: Order, count: int, out: Path, jobs: int = 1) -> int:
    """Write papers 0 to ``count`` - 1 and their truth below ``out``; gives the number of pages."""
    out.mkdir(parents=True, exist_ok=True)
    make = partial(write, order, out)
    if jobs == 1:
        lines = [make(index) for index in range(count)]
    else:
        with ProcessPoolExecutor(jobs, initializer=_one_thread) as pool:
            lines = list(pool.map(make, range(count), chunksize=4))
    write_truth((line for line, _ in lines), out / "truth.jsonl")
    return sum(pages for _, pages in lines)


def _one_thread() -> None:
    """Each process keeps to one core."""
    cv2.setNumThreads(1)


def write(order: Order, out: Path, index: int) -> tuple[dict[str, object], int]:
    """Make paper ``index``, store it below ``out`` and give its line of the truth and its number of pages."""
    chance = Chance(order.seed, index)
    kind = chance.child("type").weighed({kind: TYPES[kind] for kind in order.types})
    worn = condition(chance.child("condition"), kind)
    paper = draw(chance.child("paper"), kind, worn)
    path = write_pages(chance.child("wear"), paper, worn, out / f"{index:06d}")
    return truth(paper, path.name, worn), len(paper.images)


def draw(chance: Chance, kind: str, worn: Condition) -> Paper:
    """A paper of the kind at the resolution that its condition needs."""
    if kind == "stack":
        parts = [chance.child(f"part {place}") for place in range(chance.whole(2, 5))]
        kinds = [
            part.weighed({"license": 4, "card": 4, "contract": 2, "permit": 2, "tax": 2, "decoy": 1.5, "society": 0.7})
            for part in parts
        ]
        return stack(*(draw(part, name, worn) for part, name in zip(parts, kinds, strict=True)))
    return {
        "license": _license, "card": _card, "contract": _contract, "permit": _permit, "tax": _tax, "decoy": _decoy,
        "society": _society,
    }[kind](chance, worn)  # fmt: skip


def _license(chance: Chance, worn: Condition) -> Paper:
    """A license; most that lie in archives are of the years since 2014."""
    years = chance.child("years").weighed({(1992, 2006): 1, (2007, 2013): 1.5, (2014, 2018): 4, (2019, 2026): 3.5})
    span = (date(years[0], 1, 4), min(date(years[1], 12, 30), firms.LAST))
    firm = firms.firm(chance.child("firm"), issued=span)
    paper = license_forms.draw(chance.child("print"), licenses.content(chance.child("content"), firm), worn.px)
    if worn.profile != "several":
        return paper
    other = identity.front(chance.child("card"), names.person(chance.child("person")), worn.px)
    return _together((paper, other))


def _card(chance: Chance, worn: Condition) -> Paper:
    person = names.person(chance.child("person"))
    side = chance.weighed({"front": 3, "back": 1.6, "both": 2.4})
    if worn.profile == "several":
        return _together(
            (
                identity.front(chance.child("front"), person, worn.px),
                identity.back(chance.child("back"), person, worn.px),
            )
        )
    if side == "both":
        return identity.both(chance, person, worn.px)
    paper = (identity.front if side == "front" else identity.back)(chance, person, worn.px * worn.card_scale)
    return paper if worn.photo else identity.alone(chance, paper, chance.between(0.02, 0.2))


def _contract(chance: Chance, worn: Condition) -> Paper:
    return agreement_print.contract(chance, worn.px)


def _permit(chance: Chance, worn: Condition) -> Paper:
    return permits.account_permit(chance, firms.firm(chance.child("firm")), worn.px)


def _tax(chance: Chance, worn: Condition) -> Paper:
    return taxes.tax_registration(chance, firms.firm(chance.child("firm")), worn.px)


def _society(chance: Chance, worn: Condition) -> Paper:
    return societies.society_certificate(chance, worn.px)


def _decoy(chance: Chance, worn: Condition) -> Paper:
    return decoys.decoy(chance, worn.px)


def _together(papers: tuple[Paper, ...]) -> Paper:
    """Papers that will lie in one picture: their documents are all on page 1."""
    documents = tuple(replace(document, pages=(1,)) for paper in papers for document in paper.documents)
    return Paper(tuple(image for paper in papers for image in paper.images), documents)


def truth(paper: Paper, name: str, worn: Condition) -> dict[str, object]:
    """A line of ``truth.jsonl`` in the form of a corpus."""
    line: dict[str, object] = {
        "file": name,
        "profile": worn.profile,
        "documents": [_entry(document) for document in paper.documents],
    }
    if worn.note:
        line["note"] = worn.note
    return line


def _entry(document: Document) -> dict[str, object]:
    """One document of a line."""
    entry: dict[str, object] = {"type": document.type, "pages": list(document.pages), "fields": document.fields}
    if document.seal_only:
        entry["seal_only"] = list(document.seal_only)
    if isinstance(document, LabelledDocument):
        if document.alternatives:
            entry["alternatives"] = {name: list(values) for name, values in document.alternatives}
        if document.optional:
            entry["optional"] = list(document.optional)
        if document.unordered:
            entry["party_order"] = "unspecified"
    return entry


def write_truth(lines: Iterable[dict[str, object]], path: Path) -> None:
    """Write the truth, one line per file."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
