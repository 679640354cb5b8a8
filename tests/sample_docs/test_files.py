"""The committed sample files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from sample_docs.generator import broken

register_heif_opener()

Truth = list[dict[str, Any]]


def _pages(path: Path) -> int:
    """How many pages a file has."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1)


def test_the_files_are_those_of_the_truth(samples: Path, truth: Truth) -> None:
    """Nothing is missing from the folders and nothing lies there unlabelled."""
    found = {path.relative_to(samples).as_posix() for path in (samples / "cases").rglob("*") if path.is_file()}
    assert found == {line["file"] for line in truth}


def test_page_counts_match(samples: Path, truth: Truth) -> None:
    """Each page of each file belongs to a document."""
    for line in truth:
        labelled = {page for entry in line["documents"] for page in entry["pages"]}
        assert labelled == set(range(1, _pages(samples / line["file"]) + 1)), line["file"]


def test_every_picture_can_be_decoded(samples: Path, truth: Truth) -> None:
    """The first page opens and is no smaller than a card at 150 dpi."""
    for line in truth:
        path = samples / line["file"]
        if path.suffix != ".pdf":
            with Image.open(path) as image:
                image.load()
                assert min(image.size) >= 318


def test_the_folder_stays_small(samples: Path, truth: Truth) -> None:
    """At most 1.4 MB a file, 12 MB and 55 pages together: they are cloned with the project and read at first start."""
    sizes = [(samples / line["file"]).stat().st_size for line in truth]
    assert max(sizes) <= 1_400_000
    assert sum(sizes) <= 12_000_000
    assert sum(_pages(samples / line["file"]) for line in truth) <= 55


def test_a_telephone_stored_its_photo_turned(samples: Path) -> None:
    """One photo says by EXIF how to hold it; held so, it is the landscape picture that the telephone saw."""
    with Image.open(samples / "cases/02-sole-trader/id-front.jpg") as image:
        assert image.getexif()[0x0112] == 6
        assert image.height > image.width
        upright = ImageOps.exif_transpose(image)
    assert upright.width > upright.height


def test_broken_files_are_broken(tmp_path: Path) -> None:
    """The makers of bad inputs give files that cannot be read, each for its own reason."""
    with Image.open(broken.truncated_jpeg(tmp_path / "cut.jpg")) as image, pytest.raises(OSError, match="truncated"):
        image.load()
    with pytest.raises(pypdfium2.PdfiumError, match="assword"):
        pypdfium2.PdfDocument(broken.encrypted_pdf(tmp_path / "locked.pdf"))
    with pytest.raises(OSError, match="identify"):
        Image.open(broken.text_named_jpeg(tmp_path / "note.jpg"))
    assert broken.empty(tmp_path / "empty.pdf").stat().st_size == 0
