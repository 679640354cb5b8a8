"""What separator sheets say: plain patch sheets that part one paper from the next, and numbered cover sheets.

A cover sheet's code is ``IAS1:batch:box:folder:number:side:check``. Its number is ``12-40`` where 40 is the last one
that was printed with it, ``52-41-80`` where 41 was the first; sheets of earlier versions say ``12``. It is of capitals,
digits and the punctuation of QR's alphanumeric mode, which Code 128 and print for the eye hold as well
(:mod:`intake.archive.sheets` draws all three, each a witness of its own). A name with other letters stands as ``$`` and
its UTF-8 in base 32 (RFC 4648, without padding). The two check digits are those of ISO/IEC 7064, MOD 97-10, over all
before them (each character as its two-digit place in the alphabet): a misread character, or two exchanged, lead to no
other box. No personal data is in it.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from stdnum.iso7064 import mod_97_10

Kind = Literal["patch", "cover"]
Side = Literal["front", "back"]

PREFIX = "IAS1:"
"""What the code of every cover sheet begins with, so that a page is known as one before anything is read on it."""

PATCH = "PATCHT"
"""What a code on a plain separator says (paperless-ngx's default, and what others print after Kodak's Patch T); the
bar pattern itself (:mod:`intake.imaging.patch`) is told by the same word."""

SHEET_TITLE = "INTAKE 分隔页 SEPARATOR SHEET"
"""Printed large on every cover sheet: what tells one of which no code is left."""

_PARTS = 7
_PATCH = re.compile(r"^\W*PATCH[\W_]*T\W*$", re.IGNORECASE)
_PLAIN = re.compile(r"^[A-Z0-9][A-Z0-9.\-]*$")
_NUMBER = re.compile(r"(?P<number>[0-9]+)(?:-(?:(?P<first>[0-9]+)-)?(?P<last>[0-9]+))?")
_SIDES: dict[Side, str] = {"front": "F", "back": "B"}
_PRINTED = re.compile(r"[I1L|][A4][S5][1I|L]:(?:[$A-Z0-9.\-]*:){3}[0-9OQDILSBZ|\-]+:[FB8P]:[0-9OQDILSBZ|]{2}")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_DIGITS = str.maketrans("OQDI|LSBZ", "000111582")
_MISREAD = {"0": "OQD", "O": "0Q", "1": "IL", "I": "1L", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:$.-"
_TITLE_WORDS = ("分隔页", "SEPARATOR", "INTAKE")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a separator says of what follows it.

    ``patch``: nothing but that a new paper begins. ``cover``: the batch, box and folder it was printed for, and its
    running ``number`` (from 1), the same on both of its sides; ``None`` where a cover sheet is too damaged to be read.
    ``witnesses`` tell what said so: ``code``, or ``words`` where only the readable line was left. ``run`` are the first
    and the last number that were printed with it, where it says so.
    """

    kind: Kind
    batch: str = ""
    box: str = ""
    folder: str = ""
    number: int | None = None
    side: Side = "front"
    witnesses: tuple[str, ...] = ()
    run: tuple[int, int] | None = None

    @property
    def is_readable(self) -> bool:
        """Whether it is known which separator of the run this is; plain patch sheets have no number to be read."""
        return self.kind == "patch" or self.number is not None

    def same_sheet(self, other: Mark) -> bool:
        """Whether two marks are the sides (or two witnesses) of one cover sheet.

        Bars that had no room for the names of box and folder agree with a code that has them.
        """
        numbered = self.kind == other.kind == "cover" and self.number is not None and self.number == other.number
        names = {(one.box, one.folder) for one in (self, other)} - {("", "")}
        return numbered and self.batch == other.batch and len(names) <= 1


def write(mark: Mark, *, short: bool = False) -> str:
    """What the codes of a cover sheet, or of a patch sheet, say. Raises ``ValueError`` for a cover without a number.

    ``short``: without the names of box and folder, for bars that have no room for them.

    >>> write(Mark("cover", "B7", "3", "永久", 12))
    'IAS1:B7:3:$42YLRZFZQU:12:F:03'
    >>> write(Mark("cover", "B7", number=12, run=(1, 40))), write(Mark("cover", "B7", number=52, run=(41, 80)))
    ('IAS1:B7:::12-40:F:87', 'IAS1:B7:::52-41-80:F:92')
    >>> write(Mark("patch"))
    'PATCHT'
    """
    if mark.kind == "patch":
        return PATCH
    if mark.number is None or mark.number < 0:
        raise ValueError("a cover sheet needs its running number")
    names = (_coded(name) for name in (mark.batch, *(("", "") if short else (mark.box, mark.folder))))
    body = PREFIX + ":".join((*names, _numbered(mark.number, mark.run), _SIDES[mark.side]))
    return f"{body}:{_check(body)}"


def read(codes: Iterable[str], words: str = "") -> Mark | None:
    """What a page's codes and its read ``words`` say together; ``None`` where it is no separator.

    The codes come first. A code of ours that does not hold gives way to another that does, then to the line that is
    printed for the eye; where nothing holds, the mark is a cover without a number: somebody has to look.
    """
    codes = tuple(codes)
    covers = [mark for code in codes if (mark := _cover(code)) is not None]
    if covers:
        fullest = max(covers, key=lambda mark: (mark.box, mark.folder) != ("", ""))
        agree = all(fullest.same_sheet(mark) for mark in covers)
        return replace(fullest, witnesses=("code",)) if agree else Mark("cover")
    printed = _by_eye(words)
    if printed is not None:
        return printed
    if any(is_cover(code) for code in codes) or looks_like_cover(words):
        return Mark("cover")
    return Mark("patch", witnesses=("code",)) if any(_PATCH.match(code) for code in codes) else None


def is_mark(code: str) -> bool:
    """Whether a code on a page is that of a separator, whole or torn.

    >>> is_mark("PATCHT"), is_mark("patch-t"), is_mark("IAS1:B7:3:12:1:F:"), is_mark("https://example.org/PATCHT")
    (True, True, True, False)
    """
    return is_cover(code) or _PATCH.match(code) is not None


def names_sheet(codes: Iterable[str]) -> bool:
    """Whether codes say which cover sheet they lie on, so that none of its words is needed.

    >>> names_sheet([write(Mark("cover", "B7", number=1))]), names_sheet(["IAS1:B7:"]), names_sheet(["PATCHT"])
    (True, False, False)
    """
    mark = read(codes)
    return mark is not None and mark.number is not None


def is_cover(code: str) -> bool:
    """Whether a code is that of a cover sheet of ours, whole or torn."""
    return code.strip().upper().startswith(PREFIX)


def looks_like_cover(words: str) -> bool:
    """Whether the words of a page are those that every cover sheet bears in large letters, most of them read.

    >>> looks_like_cover("INTAKE 分隔页 SEPARAT"), looks_like_cover("本合同的分隔页另附")
    (True, False)
    """
    plain = _plain(words)
    return sum(word in plain for word in _TITLE_WORDS) >= 2  # noqa: PLR2004 - of three; one may stand in any paper


def hints_at_separator(words: str) -> bool:
    """Whether anything that only separators bear was read on a page; a sheet with little else may be a torn one.

    >>> hints_at_separator("PATCH T"), hints_at_separator("…IAS1:B7"), hints_at_separator("合同")
    (True, True, False)
    """
    plain = _plain(words)
    return any(word in plain for word in (PREFIX, "PATCHT", *_TITLE_WORDS[:2]))


def _cover(code: str) -> Mark | None:
    """The mark of a code whose form and check character hold."""
    code = code.strip().upper()
    parts = code.split(":", _PARTS - 1)
    if not code.startswith(PREFIX) or len(parts) != _PARTS or _check(code[: -len(parts[-1]) - 1]) != parts[-1]:
        return None
    side = next((side for side, letter in _SIDES.items() if letter == parts[5]), None)
    names = [_decoded(part) for part in parts[1:4]]
    told = _NUMBER.fullmatch(parts[4])
    if side is None or told is None or None in names:
        return None
    batch, box, folder = (name or "" for name in names)
    number, run = int(told["number"]), (int(told["first"] or 1), int(told["last"])) if told["last"] else None
    return Mark("cover", batch, box, folder, number, side, run=run)


def _numbered(number: int, run: tuple[int, int] | None) -> str:
    """A number with those of its run."""
    parts = [number, *(run or ())]
    return "-".join(str(part) for place, part in enumerate(parts) if not (run and place == 1 and part == 1))


def _sheet(mark: Mark) -> tuple[str, str, str, int | None]:
    return mark.batch, mark.box, mark.folder, mark.number


def _by_eye(words: str) -> Mark | None:
    """The mark of the readable line, as one of the ways to take its look-alikes for each other has it."""
    found = {
        _sheet(mark): mark
        for line in _PRINTED.findall(_plain(words))
        for guess in _guesses(line)
        if (mark := _cover(guess)) is not None
    }
    return replace(next(iter(found.values())), witnesses=("words",)) if len(found) == 1 else None


def _guesses(line: str) -> Iterator[str]:
    """A printed line as it was read; where that does not hold, with one look-alike taken for another."""
    parts = line.split(":", _PARTS - 1)
    side = {"8": "B", "P": "F"}.get(parts[5], parts[5])
    straight = ":".join((PREFIX[:-1], *parts[1:4], parts[4].translate(_DIGITS), side, parts[6].translate(_DIGITS)))
    if _cover(straight) is not None:
        yield straight
        return
    for place in range(len(PREFIX), len(straight)):
        for other in _MISREAD.get(straight[place], ""):
            yield straight[:place] + other + straight[place + 1 :]


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).upper().translate(_DASHES).split())


def _coded(name: str) -> str:
    if not name or _PLAIN.match(name):
        return name
    return "$" + base64.b32encode(name.encode()).decode().rstrip("=")


def _decoded(part: str) -> str | None:
    if not part.startswith("$"):
        return part
    letters = part[1:]
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _check(body: str) -> str:
    """The check digits; ``""`` of what has letters that no code of ours has."""
    if not set(body) <= set(_ALPHABET):
        return ""
    return str(mod_97_10.calc_check_digits("".join(f"{_ALPHABET.index(letter):02}" for letter in body)))
