"""The font of a searchable PDF: nothing of it is seen, and every character of Unicode can be copied out of it.

A CID font in which a document's characters are numbered from 1 in the order of their code points. There are two
glyphs, both without ink: one as wide as it is high for Chinese, one half as wide for Latin letters and digits, so that
the characters of a mixed word lie where they are printed. ``ToUnicode`` gives each number its character, beyond the
basic plane by surrogates (ISO 32000-1, 9.10.3); number 0, ``.notdef``, is never shown (ISO 19005-2, 6.2.11.8).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from functools import cache

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

EM = 1000
"""Units of the font's height, and the width of a full character in them."""

ASCENT, DESCENT = 880, -120
"""Where the square of a Chinese character lies about the base line, as in printing fonts."""

_NAME = "IntakeGlyphless"
_FULL, _HALF = 1, 2  # glyphs; 0 is .notdef
_MOST = 0xFFFF  # numbers of two bytes
_PER_RANGE = 256  # numbers that share their first byte
_PER_BLOCK = 100  # entries that a CMap may hold in one block (Adobe technical note 5014)
_NARROW = frozenset({"Na", "H", "N"})
_BORN = 0x7C25B080  # 1970 in seconds since 1904, as the font's tables count: no time of making is told
_FORBIDDEN = frozenset({"\ufeff", "\ufffe", "\uffff"})  # ISO 19005-2, 6.2.11.7.2


def written(text: str) -> str:
    """The characters of a text that can be shown: no control characters, lone surrogates or byte order marks.

    >>> written(f"甲{chr(0)}乙{chr(0xFEFF)}")
    '甲乙'
    """
    return "".join(
        character
        for character in text
        if character not in _FORBIDDEN and unicodedata.category(character) not in {"Cc", "Cs"}
    )


def width(text: str) -> int:
    """How wide a text is in :data:`EM`.

    >>> width("甲1")
    1500
    """
    return sum(EM if _glyph(character) == _FULL else EM // 2 for character in text)


class Alphabet:
    """The characters of one document and their numbers."""

    def __init__(self, characters: Iterable[str]) -> None:
        """Number each different character. Raises ValueError where there are more than two bytes can tell apart."""
        known = sorted(set(characters))
        if len(known) > _MOST - 1:
            raise ValueError("one document does not hold so many different characters")
        self._numbers = {character: number for number, character in enumerate(known, start=1)}

    def code(self, text: str) -> str:
        """The text as a string of the font, in hexadecimal digits."""
        return "".join(f"{self._numbers[character]:04X}" for character in text)

    def font(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font in ``pdf``."""
        below = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{_NAME}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
            DW=EM,
            W=Array(self._narrow()),
            CIDToGIDMap=pdf.make_stream(self._glyphs()),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{_NAME}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(below)]),
                ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )

    def _narrow(self) -> list[int]:
        """The runs of numbers whose characters are half as wide as the others: first, last, width (9.7.4.3)."""
        runs: list[int] = []
        for character, number in self._numbers.items():
            if _glyph(character) == _FULL:
                continue
            if runs and runs[-2] == number - 1:
                runs[-2] = number
            else:
                runs += [number, number, EM // 2]
        return runs

    def _glyphs(self) -> bytes:
        return b"\0\0" + b"".join(_glyph(character).to_bytes(2, "big") for character in self._numbers)

    def _to_unicode(self) -> bytes:
        """Ranges of numbers with one first byte (ISO 32000-1, 9.10.3), each with the list of its characters."""
        known = ["", *self._numbers]
        ranges = [(at or 1, known[at or 1 : at + _PER_RANGE]) for at in range(0, len(known), _PER_RANGE)]
        lines = [
            f"<{first:04X}> <{first + len(named) - 1:04X}> [{''.join(map(_character, named))}]"
            for first, named in ranges
        ]
        blocks = [
            "\n".join([f"{len(block)} beginbfrange", *block, "endbfrange"])
            for block in (lines[at : at + _PER_BLOCK] for at in range(0, len(lines), _PER_BLOCK))
        ]
        return "\n".join([_HEAD, *blocks, _FOOT]).encode("ascii")


_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _character(character: str) -> str:
    return f"<{character.encode('utf-16-be').hex().upper()}>"


def _glyph(character: str) -> int:
    return _HALF if unicodedata.east_asian_width(character) in _NARROW else _FULL


def _cornered(wide: int) -> Glyph:
    """A glyph without ink that fills its square all the same, since PDFium leaves out text without an extent.

    Its outline goes from one corner to the opposite one and back: it has an extent and no area.
    """
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((wide, ASCENT))
    pen.closePath()
    return pen.glyph()


def _descriptor(pdf: pikepdf.Pdf) -> Dictionary:
    program = pdf.make_stream(_program())
    program.Length1 = len(_program())
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=4,  # symbolic: the characters are of no Latin set
        FontBBox=Array([0, DESCENT, EM, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=program,
    )


@cache
def _program() -> bytes:
    """A TrueType font of glyphs without ink (ISO/IEC 14496-22); the same bytes every time."""
    names = [".notdef", "full", "half"]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf({".notdef": _cornered(EM), "full": _cornered(EM), "half": _cornered(EM // 2)})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "full": (EM, 0), "half": (EM // 2, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.setupMaxp()
    builder.updateHead(created=_BORN, modified=_BORN, fontRevision=1.0)
    builder.font.recalcTimestamp = False
    body = io.BytesIO()
    builder.save(body)
    return body.getvalue()
