"""The folder of files on their way in: what the disk does wrong is the store's fault, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.errors import StoreUnavailableError
from models.base import new_id
from models.partials import Folder


def test_what_breaks_while_a_part_is_held_is_not_called_the_disks(tmp_path: Path) -> None:
    """A connection that ends in the middle is told as such, and the part is free again."""
    folder, part = Folder(tmp_path / "parts"), new_id()
    for _ in range(2):
        with pytest.raises(ConnectionResetError), folder.hold(part):
            raise ConnectionResetError


def test_a_folder_that_cannot_be_made_is_an_error_of_ours(tmp_path: Path) -> None:
    """A file stands in its place: the sender is asked to try again later, and an administrator told what to check."""
    (tmp_path / "parts").write_bytes(b"")
    folder, part = Folder(tmp_path / "parts"), new_id()
    with pytest.raises(StoreUnavailableError):
        folder.write(part, 0, b"scan")
    with pytest.raises(StoreUnavailableError), folder.hold(part):
        pytest.fail("nothing is held")
