"""Every tuned number with its unit and its reason, apart from the code that uses it (so that reading settings never loads OpenCV).

One frozen dataclass per room of the house. Change a number here, measure with ``intake evaluate``, and say in the
comment what it was measured on.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """How pages and crops are read."""

    page_language: str = "chi_sim"
    page_segmentation: int = 3
    page_seconds: float = 120.0
    """Wall clock for one page; an A4 page at 300 dpi takes 1 to 6 s on one core, a loaded machine ten times that."""
    crop_seconds: float = 60.0
    """Wall clock for one list of crops; 20 crops take about 2 s."""
    crop_height: int = 48
    """Pixels: crops are scaled so that a single line is this high, what the LSTM (36 px) reads best with its margin."""
    crop_margin: int = 12
    """Pixels of paper white set round a crop: without it Tesseract loses characters that touch the edge."""
    orientation_side: int = 2000
    """Pixels: longest side of the picture on which orientation is told; smaller is quicker, below 1500 px small print fails."""
    orientation_confidence: float = 4.0
    """Tesseract's own figure from which its word on orientation is taken without a second look."""
    orientation_seconds: float = 60.0
    detector_side: int = 1280
    """Pixels: longest side on which the second reader looks for lines; it reads them on the full picture."""
    detector_score: float = 0.5
    """The second reader's score from which a found box counts as text."""
    crop_batch: int = 6
    """Crops read at once by the second reader: padding to the widest eats what larger batches gain."""
