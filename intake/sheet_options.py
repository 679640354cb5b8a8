"""The tuned numbers of sheets and their pictures, with unit and reason; part of :mod:`intake.options`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImagingOptions:
    """How sheets are found and made flat, and how ink is parted from paper."""

    min_text_height: float = 30.0  # pixels of a Chinese glyph; smaller print is enlarged: both readers see 36 to 48
    max_text_height: float = 38.0  # pixels; larger is made smaller: on 24 sheets 63 % of the values were read, not 57 %
    max_enlargement: float = 3.0  # times; more only smooths what the scan does not hold
    max_flat_megapixels: float = 16.0  # of a flat page; A4 at 400 dpi is 15.5
    light_side: int = 512  # pixels of the longer side of the copy on which light is estimated
    light_reach: float = 0.03  # of the longer side; strokes and seals' rims thinner than this are not taken for paper
    tint_reach: float = 0.2  # of the longer side; broader than any seal or portrait
    light_floor: float = 0.45  # of the usual brightness; darker neighbourhoods are pictures or desk, not shadow
    seal_side: int = 800  # pixels of the longer side of the copy on which seals are sought
    seal_redness: int = 28  # red minus the larger of green and blue, 0 to 255, of paper made white
    seal_full_redness: float = 60.0  # as above, from which on a pixel is nothing but seal
    seal_min_size: float = 0.05  # of the longer side; a round seal of 38 mm is 0.13 of A4, a name seal of 18 mm 0.06
    seal_max_size: float = 0.45  # of the longer side; a seal on a small certificate has 0.3, a red frame 0.9
    purpose_colour: int = 20  # red or blue above the two others, 0 to 255, of words of purpose; a filmed screen has 15
    purpose_reach: float = 0.015  # of the longer side; letters of words of purpose stand no further apart
    purpose_lean: float = (
        8.0  # degrees off level and upright; such words lean by 15 to 45, a skewed page by less than 5
    )
    purpose_length: float = 0.05  # of the longer side; five letters of the smallest such words
    purpose_aspect: float = 3.0  # such words are longer than they are high
    purpose_spread: float = 5.0  # degrees within which they lean alike
    purpose_repeats: int = 4  # fewer may be signatures, strokes of a pen, or a name seal laid askew
    purpose_most: float = 0.32  # of the page; the waves of a filmed screen cover more
    seal_max_aspect: float = 2.2  # oval seals are 45 x 30 mm; a red line of print is longer than that
    ink_block: float = 0.04  # of the longer side: a neighbourhood in which print is about equally dark
    ink_dark_percentile: float = 2.0  # per cent of a neighbourhood; as dark as this is ink
    ink_black_at_most: int = 140  # grey; where there is no print, grain must not become ink (5 photos)
    ink_grain: float = 3.5  # times the difference between neighbouring spots of paper, that print has to stand out by
    ink_paper_least: int = 225  # grey; from here on it is paper, on patterned paper
    ink_paper_most: int = 248  # the same on clean paper
    skew_side: int = 1200  # pixels of the longer side of the copy on which the skew is sought
    skew_range: float = 12.0  # degrees either way; a page fed askew has up to 8
    skew_least: float = 0.08  # degrees; less is not worth a resampling
    skew_min_dots: int = 400  # edge dots; fewer tell no direction
    skew_contrast: float = 1.08  # best angle's score over the median one
    bend_least: float = 0.3  # print heights that a row curves; flat sheets have 0.02 to 0.1, of 0.2 nothing is lost
    bend_lean: float = 0.6  # print heights between the highest and the lowest place of a row
    bend_most: float = 4.0  # print heights; no paper that can be read is bent more
    bend_runs: int = 5  # runs of print; fewer tell no bend
    bend_windows: int = 40  # places on them at which their height is measured
    text_least: int = 6  # pixels; smaller pieces are grain
    text_most: float = 0.06  # of the longer side; larger pieces are titles, frames and pictures
    text_pieces: int = 20  # fewer pieces of print tell no height
    sheet_side: int = 720  # pixels of the longer side of the copy on which outlines are sought
    sheet_least_fill: float = 0.93  # overlap of a four-sided outline with the patch of colour it was drawn round
    sheet_worst_angle: float = 22.0  # degrees off the right angle at a corner; a phone held askew gives 15
    sheet_cut_angle: float = 6.0  # as above for a sheet that the picture's edge cuts: its outline is less to be trusted
    sheet_least_area: float = 0.15  # of the picture
    sheet_most_area: float = 0.985  # of the picture; more is the picture itself
    sheet_most_aspect: float = 1.8  # longer over shorter side; A4 1.41, ID card 1.59
    sheet_least_step: float = 0.85  # of a side's length along which the colour changes across it
    sheet_step: float = 9.0  # units of Lab (8 bits) that make a change of colour
    sheet_step_reach: float = 5.0  # pixels of the copy to either side of a side
    sheet_margin: float = 0.012  # of the side, kept outside a sheet
    sheet_print_pieces: int = 15  # pieces of print outside the outlines, above which the page stays whole
    sheet_print_contrast: int = 40  # grey levels between print and the paper round it
    sheet_print_paper: int = 150  # grey; print outside stands on something as light as paper
    sheet_print_width: int = 9  # pixels of the copy; strokes of print and lines of frames are narrower
    sheet_full: float = 0.45  # share of a grid's cells with print from which a sheet cannot be loose cards (0.1 to 0.3)
    sheet_rim_white: int = 225  # grey; the rim of a page that a flatbed saw is paper
    sheet_rim_grain: float = 12.0  # grey levels (standard deviation) of such a rim; desks and shadows vary by 20 to 60
    line_least_support: float = 0.7  # of each side's length along which an edge runs
    line_least_length: float = 0.12  # of the copy's shorter side; a card's short side on A4 is 0.25
    line_most: int = 14  # lines of each direction that are crossed with each other
    line_outlines: int = 30  # best-supported outlines that are judged further
    card_margin: float = 0.02  # of the side, kept outside a card
    card_aspect_tolerance: float = 0.08  # of an ID-1 card's 1.586
    card_least_fill: float = 0.93  # as sheet_least_fill; rounded corners cost 0.01
    card_worst_angle: float = 4.0  # degrees; the sheet is flat already
    card_least_step: float = 0.8  # as sheet_least_step; pale cards lie on white paper
    card_least_area: float = 0.015  # of the sheet; an ID card is 0.074 of A4
    card_most_area: float = 0.5  # of the sheet


@dataclass(frozen=True, slots=True)
class QualityOptions:
    """From where on a picture is complained of: looked at on 35 photos of licenses and 200 generated papers."""

    most_edges: float = 0.16
    """Of the print's height: 35 photos of licenses had 0.05 to 0.14 and could be read, blurred copies 0.17 to 0.35."""
    least_print: float = 10.0
    """Pixels of a Chinese glyph on the scan; at 12 most values are read, at 8 few."""
    most_glare: float = 0.002
    """Share of the sheet; one letter of a license is about 0.0002 of it."""
    least_lightness: float = 0.3
    """0 to 1, of the paper; photos that were read well have 0.4 and more."""
    most_unevenness: float = 0.5
    """0 to 1; half as bright as elsewhere, print begins to drown in the noise of the shadow."""
    most_missing: float = 0.01
    """Share of the sheet beyond the picture: a line of print along its edge."""
    most_skew: float = 1.0
    """Degrees left after straightening: over a line of 20 glyphs a third of a glyph's height."""
