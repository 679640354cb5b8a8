"""Names, lists and the package around them."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from pathlib import Path

import bagit
import pytest

from intake.archive.manifest import read
from intake.archive.package import BYTE_ORDER_MARK, ITEMS, distinct, folder_name, item_name, lines, safe, seal

ABOUT = {"Bagging-Date": "2026-11-22", "External-Identifier": "b"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("J001·2020-D30", "J001·2020-D30"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("end. ", "end"),
        ("", "_"),
        ("\x00\x1f", "__"),
    ],
)
def test_a_name_is_fit_for_every_usual_file_system(name: str, kept: str) -> None:
    """Whatever a manifest or a scanner called it, it is one name, of one folder, on Windows too."""
    assert safe(name) == kept


def test_a_long_name_is_cut_between_characters() -> None:
    """Chinese takes three bytes a character; none is cut in two."""
    assert safe("档" * 300) == "档" * 66


def test_an_item_is_named_by_the_number_of_its_folder_and_its_serial() -> None:
    """The path stands in where no manifest gave a number."""
    assert item_name(folder_name("J001-2020-D30", "x"), 3) == "J001-2020-D30-0003"
    assert item_name(folder_name(None, "12/3"), 12345) == "12-3-12345"


def test_names_that_differ_in_case_only_are_told_apart() -> None:
    """Two folders never become one; a name that looks like a made one is not taken twice."""
    assert distinct(["a.pdf", "A.PDF", "a~2.pdf", "a.pdf"]) == ["a.pdf", "A~2.PDF", "a~2~2.pdf", "a~3.pdf"]


def test_a_list_can_be_opened_and_taken_in_again() -> None:
    """A spreadsheet reckons with nothing in it, and as a manifest it gives number, title and pages."""
    rows = [ITEMS, ("J001-0001", "=HYPERLINK(1)", "1", "1/c", 1, 3, "f.pdf", "00")]
    body = BYTE_ORDER_MARK + lines(rows)
    cells = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert cells[1][1] == "'=HYPERLINK(1)"
    (entry,) = read(body)
    assert (entry.number, entry.pages) == ("J001-0001", 3)


def _folder(path: Path) -> Path:
    (path / "卷一" / "originals").mkdir(parents=True)
    (path / "卷一" / "甲.pdf").write_bytes(b"one")
    (path / "卷一" / "originals" / "扫描 1.tif").write_bytes(b"two")
    return path


def test_a_package_is_valid_for_the_librarys_own_command(tmp_path: Path) -> None:
    """``bagit.py --validate``, which receivers run, agrees, with Chinese names and a space."""
    bag = _folder(tmp_path / "b")
    seal(bag, ABOUT, {"卷一/甲.pdf": hashlib.sha256(b"one").hexdigest()})
    subprocess.run([sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)], check=True, timeout=60)
    manifest = (bag / "manifest-sha256.txt").read_text("utf-8").splitlines()
    assert f"{hashlib.sha256(b'two').hexdigest()}  data/卷一/originals/扫描 1.tif" in manifest
    assert "Bagging-Date: 2026-11-22" in (bag / "bag-info.txt").read_text("utf-8")
    (bag / "data" / "卷一" / "甲.pdf").write_bytes(b"three")
    assert subprocess.run([sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)], check=False).returncode


def test_a_file_that_is_not_what_was_taken_in_stops_the_package(tmp_path: Path) -> None:
    """A hash of the ledger is worth more than one that was reckoned just now."""
    with pytest.raises(bagit.BagError, match="1 files"):
        seal(_folder(tmp_path / "b"), ABOUT, {"卷一/甲.pdf": hashlib.sha256(b"other").hexdigest()})
