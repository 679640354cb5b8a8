"""The tuned numbers of putting legacy archives in order, with unit and reason; part of :mod:`intake.options`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How pages speak for standing beside each other, where papers begin, and what a separator looks like."""

    size_tolerance: float = 0.04
    """Share of a side by which two scans of one size of paper differ: feeders stretch and crop by 1 to 3 %; A4 and
    Letter differ by 6, A4 and 16 开 by 7."""
    link_number: float = 5.0
    """Log-odds of printed page numbers that follow each other, or do not: misread in fewer than one of a hundred."""
    link_clauses: float = 2.5
    """Log-odds of clauses that go on from page to page: an annex may count anew."""
    link_sentence: float = 1.0
    """Log-odds of a page that breaks off in a sentence and one that begins with text: many pages do."""
    link_size: float = 4.0
    """Log-odds against two sides of one sheet that differ in size."""
    link_card: float = 3.0
    """Log-odds of a card's second side behind its first."""
    link_begins: float = 0.7
    """Log-odds against a paper that begins on the back of a sheet."""
    link_mark: float = 8.0
    """Log-odds of the two sides of one cover sheet, and against those of two."""
    link_back: float = 2.0
    """Log-odds against a written page on the back of a separator, and for another separator whose number is torn."""
    duplex_gap: float = 6.0
    """Log-odds against a side that is missing from a stack: one sheet of some hundreds is fed double."""
    duplex_straight: float = 6.0
    """Log-odds by which the backs must speak for lying in order, before they are not taken to lie reversed."""
    duplex_band: int = 24
    """Pages by which the stacks may drift apart beyond the difference of their counts."""
    duplex_cells: int = 150_000
    """Sheets times the drift allowed: more takes over ten seconds and 200 MB. A stack of 1,500 whose counts differ by
    50 has as many."""
    begins_prior: float = -1.4
    """Log-odds that a page begins a paper before anything is known of it: papers of an archive have about five."""
    begins_number: float = 4.0
    """Log-odds of a printed 第1页, and against a beginning of the number next to the one before."""
    begins_last: float = 3.0
    """Log-odds behind a page that is printed as the last (第3页 共3页)."""
    begins_type: float = 3.5
    """Log-odds of a known kind of paper whose heading stands on the page."""
    begins_heading: float = 2.5
    """Log-odds of a line that ends as titles do; lists and annexes have some too."""
    begins_size: float = 2.0
    """Log-odds of another size of paper: annexes and drawings differ from their paper too."""
    boundary_sure: float = 0.5
    """Probability from which on a boundary is suggested: a person confirms it, and joining is as quick as parting."""
    separator_letters: int = 320
    """Letters: our cover sheets bear 200 to 250; a page with more is written on."""
    patch_side: int = 1000
    """Pixels of the longer side of the copy on which Patch T is looked for: a narrow bar on A4 has seven."""
    patch_neighbourhood: float = 0.12
    """Share of that side by which a pixel's neighbourhood is wide: more than the pattern, 0.07 of A4."""
    patch_contrast: int = 18
    """Grey levels by which a bar is darker than its neighbourhood; a worn ribbon prints 60 darker than paper."""
    patch_stride: int = 3
    """Pixels from line to line across the bars: 60 lines cross a pattern."""
    patch_lines: int = 10
    """Lines that must find the pattern, at least."""
    patch_least: float = 0.04
    """Share of the copy's longer side that the pattern is deep, at least: 0.80 inch of A3 is 0.048."""
    patch_most: float = 0.25
    """The same, at most: 0.80 inch of a card."""
    patch_tolerance: float = 0.42
    """Units of a narrow bar by which a width may be off: copies and bleeding ink widen bars by a fifth of one."""
    patch_white: float = 2.8
    """Units of white before and behind the pattern: Kodak asks for 0.25 inch, 3.1; the spaces of Code 39 have 2.7."""
    patch_drift: float = 0.25
    """Pattern depths by which lines may disagree about its place."""
    patch_long: float = 1.8
    """Pattern depths along which lines are counted: bars are 2.5 deep or more."""
    patch_reach: float = 1.3
    """Pattern depths from the first to the last of them; a logo or a letter is about as long as it is deep."""
    patch_share: float = 0.5
    """Share of the lines along them that must find it: the others have streaks and tears."""
    blank_side: int = 1000
    """Pixels of the longer side, at least, of the copy on which ink is looked for: a pen's stroke on A4 has two."""
    blank_rim: float = 0.025
    """Share of that side left out all around: shadows and skewed edges; print keeps 0.034 of A4 from them."""
    blank_neighbourhood: float = 0.04
    """Share of that side over which the paper's own shade is taken: wider than any stroke."""
    blank_contrast: int = 34
    """Grey levels darker than the paper; print shining through has 10 to 25, a soft pencil 50 and more."""
    blank_grain: float = 6.0
    """Standard deviations of the scan's grain that ink has to stand out by."""
    blank_speck: int = 12
    """Pixels of a copy of that side: smaller pieces are dust, of 0.4 mm; a printed 1 of 10 points has 20."""
    blank_line: float = 0.5
    """Share of the page along which a thin piece runs that is a line of dirt on a feeder's glass."""
    blank_thin: float = 0.006
    """Share of the longer side that such a line is wide, at most: 1.8 mm of A4."""
    blank_edge: float = 0.07
    """Share of the longer side within which punch holes lie: 20 mm of A4."""
    blank_hole: tuple[float, float] = (0.012, 0.03)
    """Shares of the longer side that a punch hole measures: 5 to 6 mm of A4, with what the scan makes of it."""
    blank_ink: float = 0.00005
    """Share of the page that is ink, from which on it is written on: a page number of one digit has 0.00006."""
    blank_light: int = 110
    """Grey of the paper below which nothing is sure: a dark picture, or a scan that failed."""
    blank_shade: int = 60
    """Grey levels by which the paper's own shade varies: more is a picture or a patch of colour."""
    blank_plain: float = 0.985
    """Share of the page whose shade varies no more than that."""
