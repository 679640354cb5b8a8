"""Which files a command line means."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.commands.sources import files

JPEG = bytes.fromhex("ffd8ffe000104a464946")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus-like folder: papers, truth, notes, hidden things, a script."""
    contents = {
        "b.jpg": JPEG,
        "a/two.PDF": b"not really",
        "a/one": JPEG,
        "empty.png": b"",
        "truth.jsonl": b"{}\n",
        "README.md": b"# notes\n",
        "generate.py": b"print()\n",
        ".hidden.jpg": JPEG,
        ".cache/x.jpg": JPEG,
    }
    for name, body in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    return tmp_path


def test_a_folder_is_walked_for_what_is_paper_or_claims_to_be(folder: Path) -> None:
    """Known by bytes (even without a suffix) or by name (even when damaged or empty); sorted, never hidden."""
    found = [str(path.relative_to(folder)) for path in files([folder])]
    assert found == ["b.jpg", "empty.png", "a/one", "a/two.PDF"]


def test_named_files_always_count_in_the_order_given(folder: Path) -> None:
    """Whoever names a file wants to hear about it, also when it is no paper or not there."""
    named = [folder / "truth.jsonl", folder / "gone.jpg", folder / ".hidden.jpg"]
    assert list(files(named)) == named
