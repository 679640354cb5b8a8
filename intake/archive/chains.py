"""The run of cover sheets from folder to folder: one that lay at a folder's end is missed by no folder alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class End:
    """Numbers that were printed with a run, from ``first`` to ``last``, and lay nowhere in the batch.

    ``kind`` is that of the alarm: ``first_missing``, before the first of the run that was met, or ``last_missing``,
    behind the last one; that one lies in ``folder``.
    """

    kind: Literal["first_missing", "last_missing"]
    first: int
    last: int
    folder: str

    @property
    def numbers(self) -> int | str:
        """The number, or from where to where they go."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


def ends(folders: Sequence[tuple[str, Sequence[Mark]]]) -> tuple[End, ...]:
    """The numbers missing at the ends of the runs that the cover sheets of a batch name.

    A run of which a number lies in two folders was printed twice, or for each of them: it ends where it begins anew.

    >>> two, three = (Mark("cover", "B", number=number, run=(1, 4)) for number in (2, 3))
    >>> [(end.kind, end.numbers, end.folder) for end in ends([("a", [two]), ("b", [three])])]
    [('first_missing', 1, 'a'), ('last_missing', 4, 'b')]
    """
    runs: dict[tuple[str, tuple[int, int]], list[list[tuple[int, str]]]] = {}
    for folder, marks in folders:
        for mark in marks:
            if mark.run is not None and mark.number is not None:
                met = runs.setdefault((mark.batch, mark.run), [])
                if not met or met[-1][0][1] != folder:
                    met.append([])
                met[-1].append((mark.number, folder))
    return tuple(end for (_, run), met in runs.items() for part in _parts(met) for end in _ends(run, part))


def _parts(met: Sequence[list[tuple[int, str]]]) -> list[list[tuple[int, str]]]:
    """What was met of a run, folder by folder: in one part, or in as many as it was printed."""
    numbers = Counter(number for own in met for number in {number for number, _ in own})
    parts: list[list[tuple[int, str]]] = []
    for own in met:
        anew = max(numbers.values()) > 1 and parts and own[0][0] <= parts[-1][0][0]
        if anew or not parts:
            parts.append([])
        parts[-1] += own
    return parts


def _ends(run: tuple[int, int], met: Sequence[tuple[int, str]]) -> Iterator[End]:
    (low, early), (high, late) = min(met), max(met)
    if low > run[0]:
        yield End("first_missing", run[0], low - 1, early)
    if high < run[1]:
        yield End("last_missing", high + 1, run[1], late)


def whole(before: Mark | None, after: Mark | None) -> bool:
    """Whether no cover sheet lay between two that follow one another, as far as their numbers tell.

    ``None`` stands for the edge of the batch. Where numbers begin anew, or are those of another run, nothing is known
    unless they say of what they are the first and the last.

    >>> one, two, three = (Mark("cover", "B", number=number) for number in (1, 2, 3))
    >>> whole(one, two), whole(one, three), whole(three, one), whole(None, three)
    (True, False, True, True)
    >>> whole(None, Mark("cover", "B", number=2, run=(1, 2))), whole(Mark("cover", "B", number=2, run=(1, 2)), one)
    (False, True)
    """
    if before is not None and after is not None and _runs_on(before, after):
        return not any(_between(before, [after]))
    return (before is None or ends_run(before)) and (after is None or after.run is None or after.number == after.run[0])


def ends_run(mark: Mark) -> bool:
    """Whether nothing is known to follow on a cover sheet."""
    return mark.run is None or mark.number == mark.run[1]


def _runs_on(last: Mark, first: Mark) -> bool:
    same = last.batch == first.batch and (None in {last.run, first.run} or last.run == first.run)
    return same and (first.number or 0) > (last.number or 0)


def anew(folders: Sequence[tuple[str, Sequence[Mark]]]) -> str | None:
    """The first folder in which the numbers of one run of cover sheets begin anew, ``None`` where they run on.

    Those that name the last number of their run do not count: a missing last one is noticed all the same.

    >>> one, two = Mark("cover", "B", number=1), Mark("cover", "B", number=2)
    >>> anew([("a", [one, two]), ("b", [one])]), anew([("a", [one]), ("b", [two])])
    ('b', None)
    """
    known = [(folder, marks) for folder, marks in folders if marks and marks[-1].run is None]
    for (_, marks), (following, behind) in pairwise(known):
        if marks[-1].batch == behind[0].batch and (behind[0].number or 0) <= (marks[0].number or 0):
            return following
    return None


def _between(last: Mark, behind: Sequence[Mark]) -> Iterator[int]:
    """The numbers that should stand between a folder's last cover sheet and the first of the next."""
    low, high = last.number or 0, behind[0].number or 0
    if _runs_on(last, behind[0]):
        yield from range(low + 1, high)
