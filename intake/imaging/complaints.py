"""What is wrong with a sheet's picture, in words for whoever can make a better one.

The measures are :class:`intake.types.PictureQuality`; from where on they are complained of stands in
:class:`intake.options.QualityOptions`. A complaint is no finding about the paper: its values may be read well all the
same. No library of pictures is needed here.
"""

from __future__ import annotations

from types import MappingProxyType

from intake.options import QualityOptions
from intake.types import Label, PictureQuality

WORDS = MappingProxyType({
    "blurred": Label("图像模糊，请对焦后重拍。", "The picture is blurred: focus, hold still and take it again."),
    "glare": Label("图像有反光，请换个角度重拍。", "Light is mirrored in the paper: take it again from another angle."),
    "too_dark": Label("图像太暗，请在光线充足处重拍。", "The picture is too dark: take it again in better light."),
    "uneven_light": Label("光线不均，请避开阴影重拍。", "The light is uneven: take it again without the shadow."),
    "cut_off": Label("证件没有拍全，请让四边都在画面内。", "It is cut off: take it again with all edges in view."),
    "too_small": Label("文字太小，请靠近些拍或提高扫描分辨率。", "The print is small: go closer or scan finer."),
    "askew": Label("图像歪斜或弯曲，请放平后重拍。", "The print leans or bends: lay the paper flat and take it again."),
})  # fmt: skip
"""The code of each complaint and what it says."""


def complaints(quality: PictureQuality, options: QualityOptions) -> tuple[str, ...]:
    """The codes of what is wrong with a picture, keys of :data:`WORDS` in their order; none for a good one."""
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
    return tuple(code for code in WORDS if wrong[code])
