"""Open fonts, found by name through fontconfig, never by a machine's path."""

from __future__ import annotations

import shutil
import subprocess
from enum import Enum
from functools import cache

from PIL import ImageFont


class Face(Enum):
    """A typeface as fontconfig knows it; packages fonts-noto-cjk, -arphic-, -wqy-, -liberation."""

    HEI_LIGHT = "Noto Sans CJK SC:light"
    HEI = "Noto Sans CJK SC:regular"
    HEI_MEDIUM = "Noto Sans CJK SC:medium"
    HEI_BOLD = "Noto Sans CJK SC:bold"
    HEI_BLACK = "Noto Sans CJK SC:black"
    SONG = "AR PL UMing CN"
    SONG_LIGHT = "Noto Serif CJK SC:light"
    SONG_BOOK = "Noto Serif CJK SC:regular"
    SONG_MEDIUM = "Noto Serif CJK SC:medium"
    SONG_BOLD = "Noto Serif CJK SC:bold"
    SONG_BLACK = "Noto Serif CJK SC:black"
    KAI = "AR PL UKai CN"
    MONO = "Noto Sans Mono CJK SC:regular"
    DIGITS = "Noto Sans Mono CJK SC:bold"
    ZENHEI = "WenQuanYi Zen Hei"
    MICROHEI = "WenQuanYi Micro Hei"
    ROMAN = "Liberation Serif:regular"
    ROMAN_BOLD = "Liberation Serif:bold"
    GROTESQUE = "Liberation Sans:regular"


@cache
def _located(face: Face) -> tuple[str, int]:
    """The font file of a face and the index within its collection.

    Raises LookupError when fontconfig is absent or answers with another family.
    """
    executable = shutil.which("fc-match")
    if executable is None:
        raise LookupError("fc-match is missing: install the package fontconfig")
    pattern = ["-f", "%{family}\t%{file}\t%{index}", face.value]
    answer = subprocess.run([executable, *pattern], check=True, capture_output=True, text=True, timeout=20).stdout  # noqa: S603 - fixed words, no shell
    family, file, index = answer.split("\t")
    wanted = face.value.partition(":")[0]
    if wanted not in family:
        raise LookupError(
            f"the font {wanted} is missing: install fonts-noto-cjk, fonts-arphic-ukai, fonts-arphic-uming"
        )
    # The high half of the index names a variable font's instance; Pillow wants the low half.
    return file, int(index) & 0xFFFF


@cache
def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """A face at a size: the height of its em square in pixels."""
    file, index = _located(face)
    return ImageFont.truetype(file, pixels, index=index)
