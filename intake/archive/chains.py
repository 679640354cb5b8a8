"""The run of cover sheets from folder to folder: one that lay at a folder's end is missed by no folder alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.archive.marks import Mark


@dataclass(frozen=True, slots=True)
class Lost:
    """A cover sheet that lay in neither folder: behind the last of ``folder``, or before the first of ``following``."""

    number: int
    folder: str
    following: str


def lost(folders: Sequence[tuple[str, Sequence[Mark]]]) -> tuple[Lost, ...]:
    """The numbers missing between folders, given with their cover sheets in the order of the batch.

    Where the next folder's first number is not higher, its numbers begin anew and nothing is known. Numbers that lie
    elsewhere in the batch are not missing, only out of order.

    >>> one, two = Mark("cover", "B", number=4), Mark("cover", "B", number=6)
    >>> lost([("a", [one]), ("b", []), ("c", [two])])
    (Lost(number=5, folder='a', following='c'),)
    """
    known = [
        (folder, told) for folder, marks in folders if (told := [mark for mark in marks if mark.number is not None])
    ]
    seen = {(mark.batch, mark.number) for _, marks in known for mark in marks}
    return tuple(
        Lost(number, folder, following)
        for (folder, marks), (following, behind) in pairwise(known)
        for number in _between(marks[-1], behind)
        if (behind[0].batch, number) not in seen
    )


def whole(before: Mark | None, after: Mark | None) -> bool:
    """Whether no cover sheet lay between two that follow one another, as far as their numbers tell.

    ``None`` stands for the edge of the batch. Numbers that begin anew tell nothing, nor do those of another batch.

    >>> one, two, three = (Mark("cover", "B", number=number) for number in (1, 2, 3))
    >>> whole(one, two), whole(one, three), whole(three, one), whole(None, three)
    (True, False, True, True)
    """
    if before is None or after is None:
        return True
    return not any(_between(before, [after]))


def anew(folders: Sequence[tuple[str, Sequence[Mark]]]) -> str | None:
    """The first folder in which the numbers of one run of cover sheets begin anew, ``None`` where they run on.

    >>> one, two = Mark("cover", "B", number=1), Mark("cover", "B", number=2)
    >>> anew([("a", [one, two]), ("b", [one])]), anew([("a", [one]), ("b", [two])])
    ('b', None)
    """
    known = [(folder, marks) for folder, marks in folders if marks]
    for (_, marks), (following, behind) in pairwise(known):
        if marks[-1].batch == behind[0].batch and (behind[0].number or 0) <= (marks[0].number or 0):
            return following
    return None


def _between(last: Mark, behind: Sequence[Mark]) -> Iterator[int]:
    """The numbers that should stand between a folder's last cover sheet and the first of the next."""
    low, high = last.number or 0, behind[0].number or 0
    if last.batch == behind[0].batch and high > low:
        yield from range(low + 1, high)
