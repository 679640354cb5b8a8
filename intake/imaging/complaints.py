"""What is wrong with a sheet's picture, in words for whoever can make a better one.

The measures are :class:`intake.types.PictureQuality`; from where on they are complained of stands in
:class:`intake.options.QualityOptions`. A complaint is no finding about the paper: its values may be read well all the
same. No library of pictures is needed here.
"""

from __future__ import annotations

from intake.pictures import WORDS
from intake.sheet_options import QualityOptions
from intake.types import PictureQuality


def complaints(quality: PictureQuality, options: QualityOptions) -> tuple[str, ...]:
    """The codes of what is wrong with a picture, keys of :data:`intake.pictures.WORDS` in order."""
    height, edges = quality.print_height, quality.edges
    small = height is not None and height < options.least_print
    wrong = {
        "blurred": edges is not None and edges > options.most_edges and not small,
        "glare": quality.glare > options.most_glare,
        "too_dark": quality.lightness < options.least_lightness,
        "uneven_light": quality.unevenness > options.most_unevenness,
        "cut_off": bool(quality.cut_sides) or quality.missing > options.most_missing,
        "too_small": small,
        "askew": abs(quality.skew) > options.most_skew,
    }
    return tuple(code for code in WORDS if wrong.get(code))
