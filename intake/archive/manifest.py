"""The list that comes with an archive (清单): reference numbers 档号, titles 题名, pages 页数; and what lies there.

A manifest is a CSV file (UTF-8 with or without byte order mark, UTF-16 with one, else GB 18030, which holds GBK and
GB 2312 as well; commas, tabs or semicolons) or the first sheet of an XLSX workbook. Its heading may stand below a title
line; columns are known by their names, in any order. All that is wrong is told at once, by the rows that a person sees.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import openpyxl

from intake.errors import UnfitManifestError
from intake.types import Label

Row = tuple[int, list[str]]
"""A row with its number as the program shows it that the person opens the list with, from 1."""

NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "档号",
        "档案号",
        "案卷号",
        "卷号",
        "案卷级档号",
        "referencenumber",
        "archivalnumber",
        "number",
        "reference",
    ),
    "title": ("题名", "案卷题名", "文件题名", "标题", "title"),
    "pages": ("页数", "总页数", "页", "文件页数", "pages", "pagecount", "expectedpages"),
    "folder": ("文件夹", "目录", "路径", "文件夹名", "folder", "path", "directory"),
}
"""What columns are called; ``number`` must be there, the others may."""

_HEADING_ROWS = 10  # first rows among which the heading stands
_MOST_ROWS = 200_000
_MOST_COLUMNS = 60  # a sheet that is formatted to its last column says that every row has 16,384
_MOST_BYTES = 60_000_000  # of a workbook unpacked: a list of as many rows as there may be
_TOLD = 30  # problems named one by one
_PAGES = re.compile(r"^(\d{1,6})(?:\.0+)?页?$")
_DATE = "\0"  # a cell that holds a date; no text of a file has it
_UNSEEN = re.compile(r"[\x01-\x1f\x7f-\x9f]+")  # breaks of lines in a number, which is one line
_ZEROS = re.compile(r"^0+$")
_DAMAGED = (  # what openpyxl, its XML and its ZIP raise of a workbook that is none, or broken somewhere inside
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)

Kind = Literal["missing", "extra", "pages"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest: ``row`` as a person counts it, ``pages`` ``None`` where the list does not say.

    ``folder`` is where its files lie below the root, where the list says so.
    """

    row: int
    number: str
    title: str = ""
    pages: int | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One folder as it lies in the tree: its path below the root, with ``/``, and how many pages it has, if known."""

    folder: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where manifest and tree differ.

    ``missing``: listed, not there. ``extra``: there, not listed. ``pages``: another number of pages than listed.
    """

    kind: Kind
    entry: Entry | None
    found: Found | None

    @property
    def message(self) -> Label:
        """The difference in both languages, with the row of the list where there is one."""
        row = self.entry.row if self.entry else 0
        if self.kind == "missing":
            return Label(f"移交目录第 {row} 行没有对应的文件夹。", f"Row {row} of the manifest has no folder.")
        if self.kind == "extra":
            return Label("移交目录中没有这个文件夹。", "The manifest does not list this folder.")
        listed = self.entry.pages if self.entry else None
        there = self.found.pages if self.found else None
        return Label(
            f"移交目录第 {row} 行写明 {listed} 页，实有 {there} 页。",
            f"Row {row} of the manifest says {listed} pages; there are {there}.",
        )


def read(data: bytes) -> tuple[Entry, ...]:
    """The entries of a manifest, in its order.

    Raises :class:`intake.errors.UnfitManifestError` with every row that cannot be used, by its number.
    """
    rows = list(islice(_rows(data), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        raise _unfit([Label(f"超过 {_MOST_ROWS} 行", f"it has more than {_MOST_ROWS} rows")])
    heading = _heading(rows)
    if heading is None:
        raise _unfit([Label("没有名为“档号”的列", "no column is called 档号 (reference number)")])
    columns = _columns(rows[heading][1])
    entries: list[Entry] = []
    problems: list[Label] = []
    for number, cells in rows[heading + 1 :]:
        entries += _entry(number, {name: _cell(cells, place) for name, place in columns.items()}, problems)
    problems += _doubled(entries)
    if not entries and not problems:
        problems.append(Label("没有任何条目", "it lists nothing"))
    if problems:
        raise _unfit(problems)
    return tuple(entries)


def is_manifest(data: bytes) -> bool:
    """Whether a file is a manifest by its heading; what is wrong in its rows is told when it is read."""
    try:
        return _heading(list(islice(_rows(data), _HEADING_ROWS))) is not None
    except UnfitManifestError:
        return False


def compare(entries: Sequence[Entry], found: Sequence[Found]) -> tuple[Difference, ...]:
    """How a manifest and a tree differ, both ways: in the order of the list, then what it does not list.

    An entry's folder is the one of its path, else the one whose path, or last part of it, is the reference number.
    Widths, case, and signs that a folder's name cannot have do not count, but who is called exactly so comes first.

    >>> compare([Entry(2, "A/1", pages=3), Entry(3, "A/2")], [Found("box/A-1", 4), Found("box/a-3")])[0].message.en
    'Row 2 of the manifest says 3 pages; there are 4.'
    """
    differences: list[Difference] = []
    pairs = _paired(entries, found)
    for entry, there in pairs:
        if there is None:
            differences.append(Difference("missing", entry, None))
        elif entry.pages is not None and there.pages is not None and entry.pages != there.pages:
            differences.append(Difference("pages", entry, there))
    met = {there.folder for _, there in pairs if there is not None}
    return tuple(differences) + tuple(Difference("extra", None, one) for one in found if one.folder not in met)


def matched(entries: Sequence[Entry], found: Sequence[Found]) -> dict[str, Entry]:
    """The entry of each folder that has one, by the folder's path, as :func:`compare` pairs them."""
    return {there.folder: entry for entry, there in _paired(entries, found) if there is not None}


def _paired(entries: Sequence[Entry], found: Sequence[Found]) -> list[tuple[Entry, Found | None]]:
    """Each entry with its folder; a folder belongs to one entry.

    Who is called exactly so comes first: the path as it is written, then its last part, then either but for signs.
    """
    pairs: dict[int, Found] = {}
    met: set[str] = set()
    for named in (_plain, _key):
        for called in (str, _last):
            places: dict[str, list[Found]] = {}
            for one in found:
                if one.folder not in met:
                    places.setdefault(named(called(one.folder)), []).append(one)
            for place, entry in enumerate(entries):
                fitting = places.get(named(entry.folder or entry.number)) if place not in pairs else None
                if fitting:
                    pairs[place] = fitting.pop(0)
                    met.add(pairs[place].folder)
    return [(entry, pairs.get(place)) for place, entry in enumerate(entries)]


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _plain(name: str) -> str:
    """A name whatever the widths and case of its letters."""
    return unicodedata.normalize("NFKC", name).casefold()


def _key(name: str) -> str:
    """A name as folders can be called: letters and digits of any script, one hyphen between them."""
    return re.sub(r"[^\w]+|_+", "-", _plain(name)).strip("-")


def _rows(data: bytes) -> Iterator[Row]:
    """The rows of either kind of file in which anything stands, cells as trimmed text."""
    rows = _workbook(data) if data.startswith(b"PK\x03\x04") else _text_rows(data)
    yield from (row for row in rows if any(row[1]))


def _text_rows(data: bytes) -> Iterator[Row]:
    """The rows of a CSV file."""
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;，", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:
        raise _unfit([Label("不是完整的 CSV 文件", "it is no whole CSV file")]) from None


def _decoded(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unfit([Label("既不是 CSV 也不是 XLSX 文件", "it is neither a CSV nor an XLSX file")])


def _workbook(data: bytes) -> Iterator[Row]:
    """The rows of a workbook's first sheet; one that unpacks to more than a list can need is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > _MOST_BYTES:
            raise _unfit([Label("工作簿太大", "the workbook is too large")])
        with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            sheet = book.worksheets[0]
            for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS), start=1):
                yield number, [_text(cell) for cell in row]
    except _DAMAGED:
        raise _unfit([Label("工作簿已损坏，或有密码保护", "the workbook is damaged or protected")]) from None


def _text(cell: Any) -> str:
    """A cell as the eye sees it: whole numbers without fraction, with the zeros before them that its format shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (dt.date, dt.time)):
        return _DATE
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    zeros = isinstance(value, int) and _ZEROS.match(cell.number_format or "")
    return text.zfill(len(cell.number_format)) if zeros else text


def _heading(rows: Sequence[Row]) -> int | None:
    """The place of the row that names the columns."""
    return next((place for place, row in enumerate(rows[:_HEADING_ROWS]) if "number" in _columns(row[1])), None)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column is which, by a row taken for the heading."""
    plain = ["".join(unicodedata.normalize("NFKC", cell).casefold().replace("_", " ").split()) for cell in cells]
    return {
        name: plain.index(called[0]) for name, known in NAMES.items() if (called := [k for k in known if k in plain])
    }


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _entry(row: int, cells: dict[str, str], problems: list[Label]) -> list[Entry]:
    """The entry of a row, or none and what is wrong with it."""
    number, pages = _UNSEEN.sub(" ", cells["number"]), cells.get("pages", "")
    count = _PAGES.match(unicodedata.normalize("NFKC", pages))
    wrong: list[Label] = []
    if not number:
        wrong.append(Label(f"第 {row} 行没有档号", f"row {row} has no reference number"))
    if _DATE in (number, pages):
        wrong.append(
            Label(f"第 {row} 行的档号或页数被表格程序变成了日期", f"row {row}: the spreadsheet made a date of a number")
        )
    elif pages and (count is None or int(count[1]) == 0):
        wrong.append(Label(f"第 {row} 行的页数不是正整数", f"row {row}: the page count is no whole number above 0"))
    problems += wrong
    if wrong:
        return []
    folder = cells.get("folder", "").replace("\\", "/").strip("/")
    return [Entry(row, number, cells.get("title", ""), int(count[1]) if count else None, folder)]


def _doubled(entries: Sequence[Entry]) -> list[Label]:
    """Reference numbers that stand twice; folders cannot be told apart by them."""
    first: dict[str, int] = {}
    problems: list[Label] = []
    for entry in entries:
        row = first.setdefault(entry.folder or entry.number, entry.row)
        if row != entry.row:
            problems.append(
                Label(
                    f"第 {entry.row} 行与第 {row} 行的档号相同",
                    f"rows {row} and {entry.row} have the same reference number",
                )
            )
    return problems


def _unfit(problems: Sequence[Label]) -> UnfitManifestError:
    more = len(problems) - _TOLD
    told = [*problems[:_TOLD], *([Label(f"另有 {more} 处", f"and {more} more")] if more > 0 else [])]
    return UnfitManifestError(zh=[one.zh for one in told], en=[one.en for one in told])
