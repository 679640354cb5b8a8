"""Files that must be refused, made on demand for tests; none of them lies among the samples."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from PIL import Image


def truncated_jpeg(path: Path) -> Path:
    """A JPEG cut off in the middle, as an aborted transfer leaves it."""
    Image.linear_gradient("L").resize((800, 1100)).save(path, "JPEG", quality=90)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def encrypted_pdf(path: Path, password: str = "opens-nothing") -> Path:  # noqa: S107 - protects an empty page
    """A PDF of one empty A4 page that asks for a password."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path, encryption=pikepdf.Encryption(owner=password, user=password))
    return path


def text_named_jpeg(path: Path) -> Path:
    """Plain text under the name of a picture."""
    path.write_text("This is a note, not a picture.\n", encoding="utf-8")
    return path


def empty(path: Path) -> Path:
    """A file of no bytes."""
    path.write_bytes(b"")
    return path
