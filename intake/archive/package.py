"""What is handed over: names by reference number 档号 and serial, lists with SHA-256, the BagIt package around it all.

A package (BagIt, RFC 8493) of a batch holds under ``data/``::

    items.csv                       one line per item: 档号, 题名, pages, its PDF/A and that one's SHA-256
    pages.csv                       one line per page of the batch, whatever became of it, with its source's SHA-256
    <folder>/<item>.pdf             the searchable PDF/A of an item, named <folder>-<serial>
    <folder>/originals/<name>       the sources as they were taken in, to the byte

and beside ``data/`` the manifest of SHA-256 over all of it, which ``bagit.py --validate`` checks.
"""

from __future__ import annotations

import csv
import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from pathlib import Path

import bagit

from intake.archive.leaving import Standing

ALGORITHM = "sha256"
ORIGINALS = "originals"

ITEMS = ("档号", "题名", "盒", "卷", "件号", "页数", "文件", "SHA-256")
"""Headings of ``items.csv``; the first, second and sixth are what a manifest to be taken in has."""

PAGES = ("盒", "卷", "页号", "状态", "件号", "件内页号", "原因", "原文件", "原文件页号", "原件", "SHA-256")
"""Headings of ``pages.csv``."""

STATES = {"filed": "已归件", "blank": "空白", "separator": "分隔页", "rejected": "不归档"}
"""What ``pages.csv`` calls the states in which the pages of a closed batch stand."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # what Windows takes in no name, and a slash nowhere
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 200  # bytes of a name: systems take 255, and a serial and an ending are still to come
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet reckons with instead of showing it


def safe(name: str) -> str:
    """A name that every usual file system takes; what it does not becomes ``_``.

    >>> safe("J001·2020/D30?"), safe(" con.txt. "), safe("..")
    ('J001·2020_D30_', '_con.txt', '_')
    """
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    shorter = plain.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").rstrip(" .") or "_"
    return f"_{shorter}" if _RESERVED.match(shorter) else shorter


def folder_name(number: str | None, path: str) -> str:
    """The name of a folder: its reference number, else its path in the tree with ``-`` for each ``/``.

    >>> folder_name("J001-2020-D30", "12/3"), folder_name(None, "12/3"), folder_name(None, ".")
    ('J001-2020-D30', '12-3', '_')
    """
    return safe(number or path.replace("/", "-"))


def item_name(folder: str, number: int) -> str:
    """The name of an item, which is its own reference number: that of its folder and a serial of four digits.

    >>> item_name("J001-2020-D30", 17)
    'J001-2020-D30-0017'
    """
    return f"{folder}-{number:04d}"


def distinct(names: Iterable[str]) -> list[str]:
    """The names, told apart where they are alike but for letters' case: ``a.pdf``, ``a~2.pdf``.

    >>> distinct(["a.pdf", "A.pdf", "b"])
    ['a.pdf', 'A~2.pdf', 'b']
    """
    seen: Counter[str] = Counter()
    taken: list[str] = []
    for name in names:
        other = name
        while seen[other.casefold()]:
            seen[name.casefold()] += 1
            stem, dot, ending = name.rpartition(".")
            mark = f"~{seen[name.casefold()]}"
            other = f"{stem}{mark}{dot}{ending}" if stem else f"{name}{mark}"
        seen[other.casefold()] += 1
        taken.append(other)
    return taken


def lines(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Rows of a list as CSV in UTF-8, such that a spreadsheet shows every cell and reckons with none.

    >>> lines([("=1", 2, None)]).decode().rstrip()
    "'=1,2,"
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8")


BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What a list begins with, or spreadsheets take its Chinese for something else."""


def _cell(value: str | int | None) -> str | int:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def acceptance(standing: Standing) -> str:
    """What ``bag-info.txt`` says of a batch's acceptance, in both languages.

    >>> acceptance(Standing(True))
    '未经验收 / not accepted'
    """
    if not standing.accepted or standing.signed_at is None:
        return "未经验收 / not accepted"
    at = standing.signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"验收合格 / accepted; No. {standing.number}; {at}"


def seal(folder: Path, about: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Make a folder's content a BagIt package in place, with SHA-256 of every file, and check that it is whole.

    ``about`` goes into ``bag-info.txt`` (RFC 8493, 2.2.2), the day of packing (``Bagging-Date``) among it. Each file is
    read once, for the manifest. Raises :class:`bagit.BagError` where one has not the SHA-256 that is ``expected`` of it
    by its path, or is not there.
    """
    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # it logs the name of every file
    bagit.make_bag(str(folder), dict(about), checksums=[ALGORITHM])
    bag = bagit.Bag(str(folder))
    bag.validate(completeness_only=True)
    found = {path: hashes[ALGORITHM] for path, hashes in bag.payload_entries().items()}
    changed = sum(found.get(f"data/{path}") != sha256 for path, sha256 in expected.items())
    if changed:
        raise bagit.BagError(f"{changed} files are not what was to be handed over")
