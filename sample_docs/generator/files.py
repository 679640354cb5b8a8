"""Images into files of the formats that offices send."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

TURN_FOR_ORIENTATION = {1: 0, 3: 180, 6: 90, 8: 270}
_EXIF_ORIENTATION = 0x0112
# A fixed day, so that the same pictures give the same PDF.
MADE = time.struct_time((2026, 11, 20, 9, 0, 0, 4, 324, 0))


def save(images: Sequence[Image.Image], path: Path, *, dpi: int, quality: int, orientation: int = 1) -> None:
    """Write the pages to ``path``; its suffix tells the format.

    ``orientation`` (1, 3, 6, 8) stores a JPEG turned and says so in its EXIF, as telephones do. PDF and TIFF hold many
    pages, the others one. One-bit pages become CCITT group 4. Raises ValueError for several pages in a one-page format.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    first, rest = images[0], list(images[1:])
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        first.save(
            path, save_all=True, append_images=rest, resolution=dpi, quality=quality, creationDate=MADE, modDate=MADE
        )
    elif suffix == ".tif":
        compression = "group4" if first.mode == "1" else "jpeg"
        options: dict[str, Any] = {} if first.mode == "1" else {"quality": quality}
        first.save(path, save_all=True, append_images=rest, compression=compression, dpi=(dpi, dpi), **options)
    elif rest:
        raise ValueError(f"{suffix} holds one page")
    elif suffix == ".jpg":
        exif = Image.Exif()
        exif[_EXIF_ORIENTATION] = orientation
        turned = first.rotate(TURN_FOR_ORIENTATION[orientation], expand=True)
        turned.save(path, quality=quality, dpi=(dpi, dpi), exif=exif, optimize=True)
    elif suffix == ".png":
        _few_colours(first).save(path, dpi=(dpi, dpi), optimize=True)
    elif suffix == ".bmp":
        first.save(path, dpi=(dpi, dpi))
    else:
        first.save(path, quality=quality)


def _few_colours(image: Image.Image) -> Image.Image:
    """What a scanner's small PNG has: 16 greys or 96 colours."""
    if image.mode == "L":
        return image.quantize(16, dither=Image.Dither.NONE)
    return image.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
