"""Looking at a sheet's pixels for what parts papers: slips, cover sheets, patch sheets."""

from __future__ import annotations

from intake.archive import marks
from intake.archive.separators import letters
from intake.archive_options import ArchiveOptions
from intake.customers import slips
from intake.imaging.patch import is_patch_t
from intake.recognition.codes import mark_copy, read_marks, read_worn_marks
from intake.types import PageText, Pixels


def codes(pixels: Pixels, options: ArchiveOptions) -> tuple[str, ...]:
    """What slips and separators on a sheet say: their large codes, and Patch T by its word; ``()`` on other pages.

    Every sheet is asked before it is read: about 15 ms of an A4 page at 300 dpi.
    """
    copy = mark_copy(pixels)
    found = tuple(code for code in read_marks(copy) if slips.is_slip(code) or marks.is_mark(code))
    return (*found, marks.PATCH) if not found and is_patch_t(copy, options) else found


def worn_codes(pixels: Pixels, text: PageText, options: ArchiveOptions) -> tuple[str, ...]:
    """The separators' codes, looked for closely: on a sheet of few words, some of which only separators bear."""
    words = "\n".join(line.text for line in text.lines)
    if letters(words) > options.separator_letters or not marks.hints_at_separator(words):
        return ()
    return tuple(filter(marks.is_mark, read_worn_marks(pixels)))
