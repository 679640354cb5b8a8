"""The tuned numbers of putting legacy archives in order, with unit and reason; part of :mod:`intake.options`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How pages speak for standing beside each other, where papers begin, and what a separator looks like."""

    size_tolerance: float = 0.03
    """Share of a side by which two scans of one size of paper differ: feeders stretch and crop by 1 to 2 %."""
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
    duplex_gap: float = 6.0
    """Log-odds against a side that is missing from a stack: one sheet of some hundreds is fed double."""
    duplex_straight: float = 6.0
    """Log-odds by which the backs must speak for lying in order, before they are not taken to lie reversed."""
    duplex_band: int = 24
    """Pages by which the stacks may drift apart beyond the difference of their counts."""
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
    separator_letters: int = 220
    """Letters: our cover sheets bear about 110; a page with more than twice that is written on."""
