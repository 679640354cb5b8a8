"""A manifest is read as offices save it, and compared with the tree both ways."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from intake.archive.manifest import Difference, Entry, Found, compare, matched, read
from intake.errors import UnfitManifestError

TEXT = "档号,题名,页数\n2015-Y-001,关于印发规程的通知,12\n2015-Y-002,会议纪要,\n"
ENTRIES = (Entry(2, "2015-Y-001", "关于印发规程的通知", 12), Entry(3, "2015-Y-002", "会议纪要"))


def workbook(rows: list[list[Any]], formats: dict[str, str] | None = None) -> bytes:
    """An XLSX file with these rows on its first sheet, and another sheet behind it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    book.create_sheet("other").append(["档号"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def refused(data: bytes) -> list[str]:
    """What is said of a manifest that cannot be used, in Chinese; the English says as much."""
    with pytest.raises(UnfitManifestError) as caught:
        read(data)
    zh, en = caught.value.details["zh"], caught.value.details["en"]
    assert isinstance(zh, list)
    assert isinstance(en, list)
    assert len(zh) == len(en)
    assert all(caught.value.told("en"))
    return zh


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    """With and without byte order mark, and as Chinese Excel saves it."""
    assert read(TEXT.encode(encoding)) == ENTRIES


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_csv_may_be_parted_by_other_signs(delimiter: str) -> None:
    """Tabs and semicolons, as some programs save it."""
    assert read(TEXT.replace(",", delimiter).encode()) == ENTRIES


def test_xlsx_is_read_from_its_first_sheet() -> None:
    """Columns in another order, a title above the heading, numbers as numbers, empty rows between."""
    rows = [["某局 2015 年档案清单"], [None], ["序号", "页数", "题名", "档号"]]
    rows += [[1, 12, "关于印发规程的通知", "2015-Y-001"], [None], [2, None, "会议纪要", "2015-Y-002"]]
    assert read(workbook(rows)) == (Entry(4, *_rest(ENTRIES[0])), Entry(6, *_rest(ENTRIES[1])))


def _rest(entry: Entry) -> tuple[str, str, int | None]:
    return entry.number, entry.title, entry.pages


def test_numbers_keep_the_zeros_that_their_format_shows() -> None:
    """A cell that shows 0012 is 0012; whole numbers have no fraction."""
    data = workbook([["档号", "页数"], [12, 3.0], [7, "5页"]], {"A2": "0000"})
    assert read(data) == (Entry(2, "0012", "", 3), Entry(3, "7", "", 5))


def test_rows_are_counted_as_a_person_sees_them() -> None:
    """Also where a title runs over two lines."""
    data = '档号,题名,页数\nA1,"两行\n题名",2\n,无号,3\nA3,x,y\nA1,重,1\nA4,零,0\n'.encode()
    assert refused(data) == [
        "第 4 行没有档号",
        "第 5 行的页数不是正整数",
        "第 7 行的页数不是正整数",
        "第 6 行与第 3 行的档号相同",
    ]


def test_a_number_is_one_line() -> None:
    """It becomes the title of files, and a name in lists."""
    assert [entry.number for entry in read('档号\n"J1\n 2/3:4"\n'.encode())] == ["J1  2/3:4"]


def test_a_number_that_became_a_date_is_told() -> None:
    """Spreadsheets make dates of 2015-1-2 by themselves; what was meant nobody knows."""
    assert refused(workbook([["档号"], [dt.datetime(2015, 1, 2)]])) == ["第 2 行的档号或页数被表格程序变成了日期"]  # noqa: DTZ001 - as openpyxl gives it


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02\xff\xfe",
        b"\xff\xfe\x00",
        b"PK\x03\x04 no workbook",
        "名称,数量\na,1\n".encode(),
        "档号\n".encode(),
        b'"',
    ],
)
def test_what_is_no_manifest_is_refused_with_a_reason(data: bytes) -> None:
    """Empty, binary, torn, without the column, without a row."""
    assert len(refused(data)) == 1


def patched(part: str, **words: str) -> bytes:
    """A workbook with words of one of its parts replaced: ``row="r"`` puts ``r`` for what :data:`WORDS` calls so."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["档号"], ["A-1"]]))) as whole,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in whole.namelist():
            text = whole.read(name).decode()
            for word, new in words.items() if name == part else ():
                assert WORDS[word] in text
                text = text.replace(WORDS[word], new)
            changed.writestr(name, text)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
WORDS = {
    "size": 'ref="A1:A2"',
    "row": '<row r="2"',
    "row_end": "</row>",
    "end": "</sheetData>",
    "sheets": "<sheets>",
    "types": "<Types",
}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (SHEET, {"row_end": "</cell>"}),
        (SHEET, {"row": '<row r="x"'}),
        (SHEET, {"end": '<row r="9"><c r="A9" s="99"><v>1</v></c></row></sheetData>'}),
        ("xl/workbook.xml", {"sheets": "<sheets x>"}),
        ("[Content_Types].xml", {"types": "<Kinds"}),
    ],
)
def test_a_workbook_that_is_broken_inside_is_refused(part: str, words: dict[str, str]) -> None:
    """Wherever its XML is torn or makes no sense, that is told, and nothing else raised."""
    assert refused(patched(part, **words)) == ["工作簿已损坏，或有密码保护"]


def test_a_small_workbook_cannot_fill_the_memory() -> None:
    """A sheet that says that all its columns and rows are in use is read by the cells that it has."""
    far = '<row r="20000"><c r="A20000" t="inlineStr"><is><t>A-2</t></is></c></row></sheetData>'
    data = patched(SHEET, size='ref="A1:XFD1048576"', end=far)
    assert [entry.row for entry in read(data)] == [2, 20000]


def test_a_list_without_end_is_refused() -> None:
    """No archive has so many folders; empty rows do not count."""
    assert refused(("档号\n" + "A\n" * 200_000).encode()) == ["超过 200000 行"]
    assert [entry.row for entry in read(("档号\n" + "\n" * 200_000 + "A\n").encode())] == [200_002]


def test_of_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    """The message stays readable."""
    told = refused(("档号,页数\n" + "A,x\n" * 100).encode())
    assert len(told) == 31
    assert told[-1] == "另有 70 处"


def test_list_and_tree_are_compared_both_ways() -> None:
    """Listed and not there, there and not listed, another number of pages."""
    entries = [Entry(2, "A-1", pages=3), Entry(3, "A-2"), Entry(4, "A-3", pages=5), Entry(5, "x", folder="盒2/卷1")]
    found = [Found("盒1/Ａ-1", 3), Found("盒1/A-3", 6), Found("盒2/卷1"), Found("盒2/卷2", 1)]
    assert compare(entries, found) == (
        Difference("missing", entries[1], None),
        Difference("pages", entries[2], found[1]),
        Difference("extra", None, found[3]),
    )
    assert matched(entries, found) == {"盒1/Ａ-1": entries[0], "盒1/A-3": entries[2], "盒2/卷1": entries[3]}


def test_every_difference_is_said_in_both_languages() -> None:
    """With the row of the list where there is one."""
    for difference in compare([Entry(9, "a"), Entry(10, "b", pages=2)], [Found("b", 1), Found("c")]):
        assert difference.message.zh
        assert difference.message.en


def test_a_tree_whose_pages_are_not_counted_yet_is_compared_by_its_folders() -> None:
    """Counts are compared when they are known."""
    assert compare([Entry(2, "a", pages=3)], [Found("a")]) == ()


def test_signs_that_folders_cannot_have_do_not_part_them() -> None:
    """A slash of a reference number is a hyphen in the folder's name; widths and case do not count."""
    assert compare([Entry(2, "J001/2015·永久 3")], [Found("j001-2015-永久-3")]) == ()


@pytest.mark.parametrize(
    ("numbers", "folders"),
    [(("2", "1/2"), ("1/2", "2")), (("A-1", "A/1"), ("A/1", "x/A-1")), (("卷 1", "卷-1"), ("盒/卷-1", "盒/卷 1"))],
)
def test_who_is_called_exactly_so_comes_first(numbers: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Wherever they stand in the list and in the tree: no entry takes a folder that another one names."""
    entries = [Entry(row, number) for row, number in enumerate(numbers, start=2)]
    found = [Found(folder) for folder in folders]
    assert compare(entries, found) == ()
    assert {name: entry.number for name, entry in matched(entries, found).items()} == {
        folder: next(number for number in numbers if folder in (number, f"x/{number}", f"盒/{number}"))
        for folder in folders
    }
