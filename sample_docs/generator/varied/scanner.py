"""What scanners, copiers and fax machines make of a sheet; eight-bit arithmetic, so that thousands are soon made."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.varied.canvas import Pixels, measure
from sample_docs.generator.varied.chance import Chance

_TILE = 384


def flatbed(
    chance: Chance,
    image: Image.Image,
    *,
    grey: bool = False,
    skew: float = 0.5,
    clean: bool = False,
    sheet: bool = True,
) -> Image.Image:
    """A scan at the sheet's own resolution: a little askew, a little soft, the sensor's noise, perhaps a fold."""
    pixels = skewed(np.array(image.convert("RGB")), chance.near(0, skew / 2), (250, 250, 250))
    pixels = cv2.GaussianBlur(pixels, (0, 0), chance.between(0.35, 0.65 if clean else 0.95))
    if grey:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if sheet and not clean and chance.maybe(0.3):
        pixels = creased(chance, pixels)
    if sheet and not clean and chance.maybe(0.25):
        pixels = shown_through(pixels)
    black, white = chance.between(0, 16), chance.between(236, 254)
    pixels = grainy(chance, toned(pixels, black, white), chance.between(0.6, 2.6))
    if not grey and chance.maybe(0.3):
        pixels = cast(chance, pixels, 0.04)
    return Image.fromarray(pixels)


def photocopy(chance: Chance, image: Image.Image) -> Image.Image:
    """A black-and-white copy scanned again: hard contrast, toner specks, dark edges, streaks, uneven toner."""
    pixels = skewed(np.array(image.convert("RGB")), chance.near(0, 0.6), (255, 255, 255))
    grey = cv2.GaussianBlur(_copied(chance, pixels), (0, 0), chance.between(0.5, 0.95))
    middle, slope = chance.between(132, 176), chance.between(11, 26)
    levels = np.arange(256, dtype=np.float32)
    curve = 255 / (1 + np.exp(-(levels - middle) / slope))
    low, high = chance.between(4, 45), chance.between(238, 255)
    grey = cv2.LUT(grey, np.clip(low + curve * (high - low) / 255, 0, 255).astype(np.uint8))
    grey = speckled(chance, grey, chance.between(1 / 60000, 1 / 7000))
    if chance.maybe(0.35):
        grey = faded(chance, grey)
    return Image.fromarray(grainy(chance, edged(chance, grey), chance.between(1, 4)))


def _copied(chance: Chance, pixels: Pixels) -> Pixels:
    """Grey as the copier's lamp sees it: red seals come out black, pale or anything between."""
    red = chance.between(0.1, 0.5)
    weights = np.array([[red, 0.75 - red / 2, 0.25 - red / 2]], dtype=np.float32)
    return np.asarray(cv2.transform(pixels, weights))


def fax(chance: Chance, image: Image.Image) -> Image.Image:
    """One bit at about 200 dpi: threshold by the neighbourhood, ragged edges, line noise, the sender's line."""
    pixels = skewed(np.array(image.convert("RGB")), chance.near(0, 0.4), (255, 255, 255))
    grey = grainy(chance, _copied(chance, pixels), chance.between(4, 9))
    light = cv2.blur(grey, (61, 61))
    # Some forty levels below the neighbourhood is ink, as is all that is darker than 84: broad black stays black.
    limit = np.clip(cv2.subtract(light, np.full_like(light, round(chance.between(30, 50)))), 84, 172)
    bits = np.where(grey < limit, 0, 255).astype(np.uint8)
    bits = speckled(chance, bits, 1 / 30000)
    if chance.maybe(0.5):
        page = Image.fromarray(bits)
        when = f"20{chance.whole(6, 19):02d}-{chance.whole(1, 12):02d}-{chance.whole(1, 28):02d}"
        line = f"{when} {chance.whole(10, 17)}:{chance.whole(10, 59)}   FROM:0{chance.digits(10)}   P.001"
        ImageDraw.Draw(page).text((60, 12), line, font=font(Face.MONO, 22), fill=0)
        bits = np.array(page)
    return Image.fromarray(bits).convert("1", dither=Image.Dither.NONE)


def watermarked(chance: Chance, image: Image.Image, words: str) -> Image.Image:
    """Words of purpose across the paper: grey, red or blue, slanted, repeated or once, see-through."""
    page = image.convert("RGB")
    if chance.maybe(0.3):
        em = max(round(page.width * chance.between(0.8, 1.1) / max(len(words), 6)), 12)
        step = (10**6, 10**6)
    else:
        em = max(page.width // chance.whole(24, 40), 10)
        step = (round(measure(words, Face.HEI, em)) + em * chance.whole(2, 6), em * chance.whole(5, 10))
    side = int(np.hypot(*page.size))
    layer = Image.new("L", (side, side), 0)
    draw, pen = ImageDraw.Draw(layer), font(chance.pick((Face.HEI, Face.KAI, Face.HEI_BOLD)), em)
    if step[0] > side:
        draw.text((side / 2, side / 2), words, font=pen, fill=255, anchor="mm")
    else:
        for row, y in enumerate(range(0, side, step[1])):
            for x in range(-(row % 2) * step[0] // 2, side, step[0]):
                draw.text((x, y), words, font=pen, fill=255)
    turned = layer.rotate(chance.pick((24, 30, 45, -24, 15)), Image.Resampling.BICUBIC)
    left, top = (side - page.width) // 2, (side - page.height) // 2
    strength = chance.between(0.16, 0.42)
    mask = turned.crop((left, top, left + page.width, top + page.height)).point(lambda value: value * strength)
    page.paste(chance.pick(((110, 110, 118), (110, 110, 118), (200, 60, 60), (60, 90, 190))), (0, 0), mask)
    return page


def skewed(pixels: Pixels, degrees: float, ground: tuple[int, int, int]) -> Pixels:
    """A small turn within the same frame."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground))


def grainy(chance: Chance, pixels: Pixels, sigma: float) -> Pixels:
    """Grey noise of a sensor, from a tile laid at a place of chance."""
    height, width = pixels.shape[:2]
    tile = np.round(chance.rng.standard_normal((_TILE, _TILE), dtype=np.float32) * sigma).astype(np.int16)
    repeats = (height // _TILE + 2, width // _TILE + 2)
    noise = np.tile(tile, repeats)[:height, :width]
    if pixels.ndim == 3:  # noqa: PLR2004 - planes and colour pictures
        noise = np.ascontiguousarray(np.repeat(noise[..., None], 3, axis=2))
    return np.asarray(cv2.add(pixels, np.ascontiguousarray(noise), dtype=cv2.CV_8U))


def toned(pixels: Pixels, black: float, white: float, gamma: float = 1.0) -> Pixels:
    """A tone curve: ``black`` to ``white`` is drawn out to the whole range."""
    levels = np.clip((np.arange(256) - black) / (white - black), 0, 1) ** gamma
    return np.asarray(cv2.LUT(pixels, np.round(levels * 255).astype(np.uint8)))


def cast(chance: Chance, pixels: Pixels, strength: float) -> Pixels:
    """A tint over all."""
    gains = np.diag([1 + chance.near(0, strength / 2) for _ in range(3)]).astype(np.float32)
    return np.asarray(cv2.transform(pixels, gains))


def lit(pixels: Pixels, light: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Pixels:
    """The picture multiplied by a small map of light, drawn out smoothly."""
    height, width = pixels.shape[:2]
    whole = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    if pixels.ndim == 3:  # noqa: PLR2004 - planes and colour pictures
        whole = cv2.merge([whole] * 3) if whole.ndim == 2 else whole  # noqa: PLR2004 - as above
    return np.asarray(cv2.multiply(pixels, whole, dtype=cv2.CV_8U))


def creased(chance: Chance, pixels: Pixels, folds: int = 1) -> Pixels:
    """Soft lines where the sheet was folded, across its longer or both sides."""
    height, width = pixels.shape[:2]
    light = np.ones((min(1200, height), min(1200, width)), dtype=np.float32)
    for fold in range(folds):
        axis = 0 if (height >= width) == (fold % 2 == 0) else 1
        length = light.shape[axis]
        place = length * chance.near(0.5 if fold < 2 else chance.pick((0.33, 0.66)), 0.01)  # noqa: PLR2004 - the first two folds halve
        away = np.arange(length) - place
        dark = 0.22 * chance.between(0.3, 1) * np.exp(-((away / 1.4) ** 2)) + 0.06 * np.exp(
            -np.abs(away) / (length * 0.02)
        )
        dark -= 0.05 * np.exp(-(((away - 4) / 3.0) ** 2))
        light *= (1 - dark.astype(np.float32))[:, None] if axis == 0 else (1 - dark.astype(np.float32))[None, :]
    return lit(pixels, light)


def shown_through(pixels: Pixels) -> Pixels:
    """The mirrored print of a back side, hardly seen."""
    mirrored = cv2.GaussianBlur(pixels[:, ::-1], (0, 0), 1.6)
    faint = cv2.addWeighted(mirrored, 0.06, np.full_like(mirrored, 255), 0.94, 0)
    return np.asarray(cv2.multiply(pixels, faint, scale=1 / 255))


def faded(chance: Chance, grey: Pixels) -> Pixels:
    """Toner that ran out in bands."""
    bands = cv2.resize(
        chance.rng.uniform(0.0, 0.4, (1, 7)).astype(np.float32), (256, 64), interpolation=cv2.INTER_CUBIC
    )
    height, width = grey.shape
    lift = cv2.resize(np.clip(bands, 0, 0.42), (width, height))
    return np.asarray((grey + (255 - grey) * lift).astype(np.uint8))


def speckled(chance: Chance, grey: Pixels, density: float) -> Pixels:
    """Specks of toner or of the line."""
    height, width = grey.shape
    for x, y, reach, shade in zip(
        *(chance.rng.integers(0, limit, max(int(width * height * density), 1)) for limit in (width, height, 3, 150)),
        strict=True,
    ):
        cv2.circle(grey, (int(x), int(y)), int(reach), int(shade), -1)
    return grey


def edged(chance: Chance, grey: Pixels) -> Pixels:
    """Dark edges of an open lid and streaks along the drum."""
    height, width = grey.shape
    if chance.maybe(0.5):
        ramp = 1 - chance.between(0.3, 0.9) * np.exp(-np.arange(width) / (width * chance.between(0.003, 0.02)))
        grey = cv2.multiply(
            grey, np.tile((ramp if chance.maybe(0.5) else ramp[::-1]).astype(np.float32), (height, 1)), dtype=cv2.CV_8U
        )
    for _ in range(chance.weighed({0: 3, 1: 3, 2: 1})):
        x = chance.whole(width // 20, width - width // 20)
        grey[:, x : x + chance.whole(1, 3)] = cv2.multiply(
            grey[:, x : x + 2][:, :1], np.full((height, 1), 0.86, dtype=np.float32), dtype=cv2.CV_8U
        )
    return np.asarray(grey)
