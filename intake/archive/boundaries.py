"""Where one paper ends and the next begins: by separators, by files, or suggested by what stands on the pages.

Separators and blank pages are taken out of the items and kept beside them, so that every page is in one place. Whatever
is wrong with the run of cover sheets is an :class:`Alarm` with the pages that it concerns: two papers are never joined
in silence because a separator was not found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from intake.archive.beginnings import beginning
from intake.archive.marks import Mark
from intake.archive.pages import Sheet
from intake.archive.runs import Alarm, alarms
from intake.archive_options import ArchiveOptions

__all__ = ["Alarm", "Assembled", "How", "Item", "items"]

How = Literal["separators", "files", "content"]


@dataclass(frozen=True, slots=True)
class Item:
    """Pages that become one document (件), and the separator that opened them.

    ``suggested``: nobody and no separator said so, the pages' content did: a person confirms it. ``reason``: ``cover``,
    ``patch``, ``file``, ``start`` (the first pages, before any separator), or what on the first page told (``number``,
    ``type``, ``heading``, ``size``, joined by ``+``). ``sure`` is how sure a suggestion is (0 to 1). ``blanks`` lie
    among its pages and are kept apart.
    """

    pages: tuple[Sheet, ...]
    mark: Mark | None
    suggested: bool
    reason: str
    sure: float = 1.0
    blanks: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Assembled:
    """A stack as papers: its ``items`` in order, what was taken out, and what somebody has to look at.

    Every sheet that was given is in exactly one item, among the ``separators`` or among the ``blanks``.
    """

    items: tuple[Item, ...]
    separators: tuple[Sheet, ...]
    blanks: tuple[Sheet, ...]
    alarms: tuple[Alarm, ...]


def items(
    sheets: Sequence[Sheet],
    how: How,
    *,
    options: ArchiveOptions | None = None,
) -> Assembled:
    """The papers of a stack that lies in order."""
    chosen = options or ArchiveOptions()
    ways: dict[How, Callable[[], list[_Cut]]] = {
        "separators": lambda: _by_separators(sheets),
        "files": lambda: _by_files(sheets),
        "content": lambda: _by_content(sheets, chosen),
    }
    found = [item for cut in ways[how]() if (item := _item(cut)) is not None]
    separators = tuple(sheet for sheet in sheets if sheet.mark is not None)
    blanks = tuple(sheet for sheet in sheets if sheet.mark is None and sheet.blank)
    told = alarms(
        sheets,
        separated=how != "files",
        wanted=how == "separators",
        options=chosen,
    )
    return Assembled(tuple(found), separators, blanks, told)


@dataclass(slots=True)
class _Cut:
    """An item in the making."""

    reason: str
    mark: Mark | None = None
    sure: float = 1.0
    suggested: bool = False
    sheets: list[Sheet] | None = None

    def add(self, sheet: Sheet) -> None:
        self.sheets = [*(self.sheets or ()), sheet]


def _item(cut: _Cut) -> Item | None:
    """An item of the pages of a cut; blanks alone are none."""
    pages = tuple(sheet for sheet in cut.sheets or () if not sheet.blank)
    blanks = tuple(sheet for sheet in cut.sheets or () if sheet.blank)
    return Item(pages, cut.mark, cut.suggested, cut.reason, cut.sure, blanks) if pages else None


def _by_separators(sheets: Sequence[Sheet]) -> list[_Cut]:
    """Each separator, or run of them (its two sides), opens an item."""
    cuts = [_Cut("start")]
    for sheet in sheets:
        if sheet.mark is None:
            cuts[-1].add(sheet)
        elif cuts[-1].sheets is not None or cuts[-1].mark is None:
            cuts.append(_Cut(sheet.mark.kind, sheet.mark))
        else:
            cuts[-1].mark = _stronger(cuts[-1].mark, sheet.mark)
            cuts[-1].reason = cuts[-1].mark.kind
    return cuts


def _stronger(before: Mark, after: Mark) -> Mark:
    """Of two separators that lie on each other the one that opens what follows: the later, if it can be read."""
    worse = (after.kind == "patch" and before.kind == "cover") or (not after.is_readable and before.is_readable)
    return before if worse or before.same_sheet(after) else after


def _by_files(sheets: Sequence[Sheet]) -> list[_Cut]:
    cuts: list[_Cut] = []
    last: str | None = None
    for sheet in sheets:
        if sheet.file != last:
            cuts.append(_Cut("file"))
            last = sheet.file
        if sheet.mark is None:
            cuts[-1].add(sheet)
        else:
            cuts[-1].mark = cuts[-1].mark or sheet.mark
    return cuts


def _by_content(sheets: Sequence[Sheet], options: ArchiveOptions) -> list[_Cut]:
    """Separators part papers in any case; between them the pages themselves suggest where one begins."""
    cuts: list[_Cut] = []
    for run in _by_separators(sheets):
        before: Sheet | None = None
        cuts.append(_Cut(run.reason, run.mark, suggested=run.mark is None))
        for sheet in run.sheets or ():
            told = beginning(before, sheet, options) if before is not None and not sheet.blank else None
            if told is not None and told.sure >= options.boundary_sure:
                cuts.append(_Cut(told.reason, run.mark, told.sure, suggested=True))
            cuts[-1].add(sheet)
            before = before if sheet.blank else sheet
    return cuts
