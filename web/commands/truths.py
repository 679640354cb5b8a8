"""The truth of a corpus: the ``truth.jsonl`` of its folder, and those of the folders below."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from intake.evaluation import FileTruth, parse_truth

TRUTH = "truth.jsonl"


class Half(StrEnum):
    """Which lines of the truth: rules are tuned on the even ones, and figures are quoted of the odd ones."""

    EVEN = "even"
    ODD = "odd"
    ALL = "all"

    def of(self, truths: Sequence[FileTruth]) -> tuple[FileTruth, ...]:
        """Those of ``truths``, counted from 0.

        >>> Half.ODD.of("abcde")
        ('b', 'd')
        """
        return tuple(truths[self is Half.ODD :: 1 if self is Half.ALL else 2])


def truths(corpus: Path) -> tuple[FileTruth, ...]:
    """Every labelled file, named from ``corpus`` on; where two speak of one file, the higher folder's counts.

    Empty where there is no truth. Raises as :func:`parse_truth` does where a line has another form.
    """
    found: dict[str, FileTruth] = {}
    for path in _files(corpus):
        folder = path.parent.relative_to(corpus)
        for truth in parse_truth(path.read_text("utf-8").splitlines()):
            name = (folder / truth.file).as_posix()
            found.setdefault(name, replace(truth, file=name))
    return tuple(found.values())


def digest(corpus: Path) -> str:
    """16 hexadecimal digits by which all the truth of a corpus is known again."""
    whole = hashlib.sha256()
    for path in _files(corpus):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def _files(corpus: Path) -> list[Path]:
    """The files of truth, the higher folders' first."""
    return sorted(corpus.rglob(TRUTH), key=lambda path: (len(path.parts), path))
