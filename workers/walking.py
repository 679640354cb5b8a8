"""Walking a folder tree: its folders one by one in the order of their names, and what was passed over, counted.

Symbolic links are never followed, so that a tree cannot lead out of itself; hidden files and those of operating systems
are left where they are. What the names mean is told by :mod:`intake.archive.tree`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from intake.archive import tree
from intake.archive.tree import FoundFile, FoundFolder, Stack

LONGEST = 1024
"""Characters of a path below the root that can be kept."""

_LARGEST_LIST = 20_000_000
_DAY = 86_400

NO_LINK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""How a file of a tree is opened: no link in its place, and no pipe that keeps one waiting."""


@contextmanager
def directory(root: Path, name: str) -> Iterator[int]:
    """A directory below ``root``, to read and to name files in, as its descriptor; raises OSError.

    It is opened step by step, so that no link below the root is followed, whenever somebody put it there.
    """
    held = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for step in filter(None, name.split("/")):
            below = os.open(step, NO_LINK | os.O_DIRECTORY, dir_fd=held)
            os.close(held)
            held = below
        yield held
    finally:
        os.close(held)


@dataclass
class Walk:
    """One walk through the tree at ``root``; ``without`` are files that are none of its papers.

    ``quiet``: seconds in which nothing in a folder may have changed; a younger one is left for the next walk. After the
    walk ``passed_over`` counts what was left out by kind (``hidden``, ``link``, ``special``, ``manifest``,
    ``unnameable``, ``unquiet``, ``one_sided``), ``closed`` names what could not be looked into, and ``alone`` the odd
    or even pages whose other side is not there. With ``quiet`` these are left, too, but for those in ``whole``: the
    others may still lie on the feeder, and would never meet what was taken in alone.
    """

    root: Path
    quiet: float = 0.0
    without: frozenset[Path] = frozenset()
    whole: frozenset[str] = frozenset()
    passed_over: Counter[str] = field(default_factory=Counter)
    closed: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    def folders(self) -> Iterator[FoundFolder]:
        """Every folder that holds files, with its files in order; one directory is in memory at a time."""
        return self._below("")

    def _below(self, name: str) -> Iterator[FoundFolder]:
        files, below = self._listed(name)
        named = [one for one in below if tree.side_of_folder(one)]
        held = {one: len(self._listed(_path(name, one), count=False)[0]) for one in named}
        sides = tree.sided({**dict.fromkeys(below, 0), **held}, root=not name)
        left = self._one_sided(name, files, [one for one in named if held[one]])
        found = [] if left & set(files) else [_found(name, one, files[one], on) for one, on in tree.in_order(files)]
        for side in sorted(sides, key=lambda one: sides[one] == "even"):
            found += self._side(_path(name, side), sides[side])
        if found and not self._is_young([name, *(_path(name, side) for side in sides)], found):
            yield FoundFolder(tree.box_of(name) or tree.ROOT, name or tree.ROOT, tuple(found))
        del files, found
        for one in sorted(set(below) - left, key=tree.natural):
            if one in sides:
                _, deeper = self._listed(_path(name, one), count=False)
                for two in sorted(deeper, key=tree.natural):
                    yield from self._below(_path(_path(name, one), two))
            else:
                yield from self._below(_path(name, one))

    def _one_sided(self, name: str, files: Iterable[str], folders: Iterable[str]) -> set[str]:
        """The files and sub-folders of a directory that are left for their other side."""
        alone = [*tree.lone(files), *tree.lone(folders, folders=True)]
        self.alone += [_path(name, one) for one in alone]
        left = {one for one in alone if self.quiet and _path(name, one) not in self.whole}
        self.passed_over.update({"one_sided": len(left)} if left else {})
        return left

    def _side(self, name: str, stack: Stack) -> list[FoundFile]:
        """The files of a sub-folder that is one side of a stack."""
        files, _ = self._listed(name)
        return [_found(name, one, files[one], stack) for one, _ in tree.in_order(files)]

    def _listed(self, name: str, *, count: bool = True) -> tuple[dict[str, os.stat_result], list[str]]:
        """The files of a directory with their sizes and times, and its sub-directories."""
        files: dict[str, os.stat_result] = {}
        below: list[str] = []
        kinds: Counter[str] = Counter()
        try:
            with directory(self.root, name) as held, os.scandir(held) as entries:
                for entry in entries:
                    kind = self._kind(name, entry, held)
                    if kind == "file":
                        files[entry.name] = entry.stat(follow_symlinks=False)
                    elif kind == "folder":
                        below.append(entry.name)
                    else:
                        kinds[kind] += 1
        except OSError:
            self._close(name or tree.ROOT)
        if count:
            self.passed_over += kinds
        return files, below

    def _kind(self, name: str, entry: os.DirEntry[str], held: int) -> str:
        """What an entry is: ``file``, ``folder``, or why it is passed over."""
        if entry.is_symlink():
            return "link"
        is_folder = entry.is_dir(follow_symlinks=False)
        if tree.is_passed_over(entry.name, folder=is_folder):
            return "hidden"
        if not is_folder and not entry.is_file(follow_symlinks=False):
            return "special"
        path = _path(name, entry.name)
        if self.root / path in self.without or (not is_folder and _is_manifest(entry.name, held)):
            return "manifest"
        if len(path) > LONGEST or not _can_be_kept(path):
            self._close(path)
            return "unnameable"
        return "folder" if is_folder else "file"

    def _is_young(self, names: list[str], files: list[FoundFile]) -> bool:
        """Whether something in a folder changed a moment ago; what is of days to come says nothing of that."""
        if not self.quiet:
            return False
        at = time.time()
        try:
            times = [(self.root / one).stat().st_mtime for one in (*names, *(file.path for file in files))]
            young = any(at - self.quiet < changed < at + _DAY for changed in times)
        except OSError:
            young = True  # something is moving there
        self.passed_over["unquiet"] += young
        return young

    def _close(self, path: str) -> None:
        shown = path.encode("utf-8", "replace").decode()[:LONGEST]
        if shown not in self.closed:
            self.closed.append(shown)


def _is_manifest(name: str, held: int) -> bool:
    """Whether a file of an opened directory is the list that came with an archive: none of its papers."""
    from intake.archive import manifest  # noqa: PLC0415 - loads what reads workbooks, for such files alone

    if not name.casefold().endswith((".csv", ".xlsx")):
        return False
    try:
        with os.fdopen(os.open(name, NO_LINK, dir_fd=held), "rb") as file:
            data = file.read(_LARGEST_LIST + 1)
    except OSError:  # it is told as a source that cannot be read
        return False
    return len(data) <= _LARGEST_LIST and manifest.is_manifest(data)


def _found(folder: str, name: str, told: os.stat_result, stack: Stack | None) -> FoundFile:
    return FoundFile(_path(folder, name), told.st_size, stack, told.st_mtime_ns)


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _can_be_kept(path: str) -> bool:
    """Whether a name is text: Linux takes any bytes for one."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in path
