"""What the names of a folder tree say: which are passed over, in which order files lie, which are sides of a stack.

A **folder** (卷) is a directory that holds files, its **box** (盒) the first part of its path below the root. Where a
feeder took the fronts and the backs of a stack one after the other, two sub-folders or the files' names say so:
``odd``/``even``, 奇/偶, 正面/反面, ``A``/``B``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Stack = Literal["odd", "even"]

ROOT = "."
"""The name of the root itself, as a folder and as a box, where it holds files."""

_OS_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "folder.jpg.tmp", "icon\r"})
_OS_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "lost+found", "@eadir"})
_SIDE = re.compile(
    r"""^(?P<before>.*?)
        (?:(?P<word>(?<![a-z])(?:odd|even)(?![a-z])|奇数?页?|偶数?页?|正面|[反背]面)
          |(?P<letter>(?<![^\s])[ab](?=[\s_\-.]*\d*$)))
        [)）\]】]?(?P<behind>[\s_\-.]*\d*)$""",
    re.VERBOSE,
)
_ODD = ("odd", "奇", "正", "a")
_OF_STACKS = ("odd", "even", "奇", "偶")  # words of pages alone; 正面 may be that of a card as well
_UNLIKE_FILES = 2
"""Files by which the sides of a stack differ, at least: a feeder that took two sheets at once."""
_PARTS = re.compile(r"(\d+)")

Key = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the tree: its path below the root with ``/``, its size in bytes, and which side of a stack it is.

    ``modified``: nanoseconds since 1970 when it was changed last, where that is known.
    """

    path: str
    size: int
    stack: Stack | None = None
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """A directory that holds files, with its files in order; ``name`` is its path below the root."""

    box: str
    name: str
    files: tuple[FoundFile, ...]


def natural(name: str) -> Key:
    """The key by which people sort: runs of digits by their value, letters without case.

    >>> sorted(["p10.tif", "P2.tif", "p１.tif"], key=natural)
    ['p１.tif', 'P2.tif', 'p10.tif']
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.split(plain) if part)


def box_of(folder: str) -> str:
    """The box of a folder.

    >>> box_of("12/3/a"), box_of(".")
    ('12', '.')
    """
    return folder.partition("/")[0]


def is_passed_over(name: str, *, folder: bool = False) -> bool:
    """Whether a name is hidden or of an operating system's own making: it is counted and told, never taken in.

    >>> is_passed_over(".DS_Store"), is_passed_over("Thumbs.db"), is_passed_over("0001.tif")
    (True, True, False)
    """
    plain = name.casefold()
    return plain.startswith((".", "~$")) or plain in (_OS_FOLDERS if folder else _OS_FILES)


def side_of_folder(name: str) -> Stack | None:
    """The side of a stack that a sub-folder holds, if its name says nothing else.

    >>> side_of_folder("odd"), side_of_folder("偶数页"), side_of_folder("B"), side_of_folder("Bills")
    ('odd', 'even', 'even', None)
    """
    found = _side(name)
    return None if found is None or found[1] else found[0]


def sided(folders: Mapping[str, int], *, root: bool = False) -> dict[str, Stack]:
    """Which sub-folders of one directory are the two sides of a stack; none where only one side is there.

    ``folders`` tells how many files each holds. ``A`` and ``B`` may be any two folders: they are sides only where there
    are no others, both hold files, about as many, and not as the boxes right below the ``root``.

    >>> sided({"odd": 4, "even": 3, "notes": 1})
    {'odd': 'odd', 'even': 'even'}
    >>> sided({"A": 30, "B": 29}), sided({"A": 30, "B": 9}), sided({"A": 3, "B": 3, "C": 3})
    ({'A': 'odd', 'B': 'even'}, {}, {})
    """
    found = {name: side for name in folders if (side := side_of_folder(name)) is not None}
    letters = {name for name in found if _side(name) == (found[name], "", True)}
    if letters and (root or set(folders) != letters or not _alike(list(folders.values()))):
        found = {name: side for name, side in found.items() if name not in letters}
    return found if set(found.values()) == {"odd", "even"} else {}


def lone(names: Iterable[str], *, folders: bool = False) -> list[str]:
    """Of the names of one directory those of odd or even pages whose other side is not among them.

    >>> lone(["s_odd.pdf", "t_odd.pdf", "t_even.pdf", "正面.jpg"]), lone(["偶数页", "notes"], folders=True)
    (['s_odd.pdf'], ['偶数页'])
    """
    said = {name: name if folders else _stem(name) for name in names}
    found = {name: told for name, stem in said.items() if (told := _side(stem)) and not (folders and told[1])}
    sides: dict[str, set[Stack]] = defaultdict(set)
    for side, stack, _ in found.values():
        sides[stack].add(side)
    alone = [name for name, (_, stack, _) in found.items() if len(sides[stack]) == 1]
    return [name for name in alone if _word(said[name]) in _OF_STACKS]


def _alike(counts: Sequence[int]) -> bool:
    return min(counts) > 0 and max(counts) - min(counts) <= max(_UNLIKE_FILES, max(counts) // 10)


def in_order(names: Iterable[str]) -> tuple[tuple[str, Stack | None], ...]:
    """The files of one directory in the order in which they lie, with the sides of stacks that their names tell.

    A stack's fronts stand before its backs. A side without the other tells nothing, and ``A`` and ``B`` tell it only
    where every file of the directory is one of them.

    >>> in_order(["2.pdf", "10.pdf", "s_even.pdf", "s_odd.pdf"])
    (('2.pdf', None), ('10.pdf', None), ('s_odd.pdf', 'odd'), ('s_even.pdf', 'even'))
    """
    listed = list(names)
    said = {name: _side(_stem(name)) for name in listed}
    lettered = all(one is not None and one[2] for one in said.values())
    stacks: dict[str, set[Stack]] = defaultdict(set)
    for one in said.values():
        if one is not None and (lettered or not one[2]):
            stacks[one[1]].add(one[0])
    placed: list[tuple[Key, int, Key, str, Stack | None]] = []
    for name in listed:
        one = said[name]
        side = one[0] if one is not None and stacks.get(one[1]) == {"odd", "even"} else None
        first = natural(one[1]) if one is not None and side is not None else natural(name)
        placed.append((first, int(side == "even"), natural(name), name, side))
    return tuple((name, side) for _, _, _, name, side in sorted(placed))


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _match(stem: str) -> re.Match[str] | None:
    return _SIDE.match(unicodedata.normalize("NFKC", stem).casefold().strip())


def _word(stem: str) -> str:
    """The word by which a name tells a side, without the page."""
    found = _match(stem)
    return "" if found is None else (found["word"] or found["letter"]).rstrip("页数")


def _side(stem: str) -> tuple[Stack, str, bool] | None:
    """The side that a name tells, what stands before the word (the stack's name), whether it is a letter alone."""
    found = _match(stem)
    if found is None:
        return None
    word = found["word"] or found["letter"]
    if found["letter"] and found["before"].strip():
        return None
    side: Stack = "odd" if word.startswith(_ODD) else "even"
    return side, found["before"].strip(" _-.(（[【"), bool(found["letter"])
