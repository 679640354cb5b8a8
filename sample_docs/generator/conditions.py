"""What an office makes of a paper: scanner, copier, fax, telephone, stamp of purpose.

Every condition takes an image at 300 dpi and gives another with its resolution, so that the file can say it. The names
of the conditions are the ``profile`` in the truth.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font

Floats = NDArray[np.float32]


def flatbed(
    image: Image.Image, rng: np.random.Generator, *, dpi: int = 300, grey: bool = False, skew: float = 0.35
) -> Image.Image:
    """A clean scan: slightly askew, slightly soft, the sensor's noise."""
    turned = _turned(image, float(rng.uniform(-skew, skew)), (250, 250, 250))
    pixels = _resized(turned, dpi / 300)
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.55)
    if grey:
        pixels = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    noisy = _creased(_fibres(pixels.astype(np.float32), rng, 0.8), rng) + _noise(pixels.shape, rng, 1.2)
    # In grey, scanners whiten the ground: it also makes the files small.
    result = _image(_levels(noisy, 6, 240 if grey else 250))
    return result.convert("L") if grey else result


def photocopy(image: Image.Image, rng: np.random.Generator, *, dpi: int = 200) -> Image.Image:
    """A black-and-white copy scanned again: hard contrast, toner specks, a dark edge, a streak along the drum."""
    turned = _turned(image, float(rng.uniform(-0.9, 0.9)), (255, 255, 255))
    grey = cv2.cvtColor(_resized(turned, dpi / 300), cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.7)
    # The copier's curve: paler than 200 becomes paper, darker than 90 becomes toner.
    grey = 255 / (1 + np.exp(-(grey - 158) / 17))
    height, width = grey.shape
    specks = rng.integers(0, (width, height), (int(width * height / 9000), 2))
    for x, y in specks:
        cv2.circle(grey, (int(x), int(y)), int(rng.integers(0, 2)), float(rng.uniform(20, 150)), -1)
    streak = int(rng.uniform(0.1, 0.9) * width)
    grey[:, streak : streak + 2] *= 0.86
    ramp = np.exp(-np.arange(width) / (width * 0.008)).astype(np.float32)
    grey *= 1 - 0.75 * (ramp if rng.integers(2) else ramp[::-1])[None, :]
    grey = grey * 0.95 + 8 + _noise(grey.shape, rng, 3.0)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def fax(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """One bit at 200 dpi: threshold by the neighbourhood, ragged edges, line noise."""
    turned = _turned(image, float(rng.uniform(-0.5, 0.5)), (255, 255, 255))
    grey = cv2.cvtColor(_resized(turned, 200 / 300), cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = cv2.GaussianBlur(grey, (0, 0), 25)
    bits = (grey + _noise(grey.shape, rng, 7.0)) < np.minimum(light - 42, 172)
    height, width = bits.shape
    for x, y in rng.integers(0, (width, height), (int(width * height / 26000), 2)):
        bits[y, x : x + int(rng.integers(1, 4))] = True
    return Image.fromarray(np.where(bits, 0, 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)


def phone(
    image: Image.Image, rng: np.random.Generator, *, width: int = 1900, upright: bool | None = None, fill: float = 0.86
) -> Image.Image:
    """A snapshot on a desk: perspective, uneven light, the soft shadow of a hand, a little blur."""
    tall = image.height > image.width if upright is None else upright
    size = (width, width * 4 // 3) if tall else (width * 4 // 3, width)
    page = np.array(image.convert("RGBA"))
    corners = _corners(image.size, size, fill, rng)
    source = np.array([[0, 0], [image.width, 0], [image.width, image.height], [0, image.height]], dtype=np.float32)
    warp = cv2.getPerspectiveTransform(source, corners)
    soft = cv2.GaussianBlur(page, (0, 0), max(image.width / float(np.ptp(corners[:, 0])) * 0.45, 0.3))
    laid = cv2.warpPerspective(soft, warp, size, flags=cv2.INTER_AREA)
    alpha = laid[..., 3:].astype(np.float32) / 255
    desk = _desk(size, rng)
    fall = cv2.GaussianBlur(np.roll(alpha[..., 0], (width // 120, width // 150), (0, 1)), (0, 0), width / 130)[
        ..., None
    ]
    scene = desk * (1 - 0.5 * fall) * (1 - alpha) + laid[..., :3] * alpha
    lit = scene * _light(size, rng) * np.array([1.0, 0.975, 0.93], dtype=np.float32)
    lit = cv2.GaussianBlur(lit, (0, 0), 0.7) + _noise((*lit.shape[:2], 1), rng, 2.4)
    return _image(lit)


def watermark(image: Image.Image, words: str) -> Image.Image:
    """Words of purpose across the paper, as offices demand on copies: grey, slanted, repeated, see-through."""
    em = image.width // 34
    side = int(math.hypot(*image.size))
    layer = Image.new("L", (side, side), 0)
    pen, draw = font(Face.HEI, em), ImageDraw.Draw(layer)
    step = int(pen.getlength(words)) + em * 4
    for row, y in enumerate(range(0, side, em * 7)):
        for x in range(-(row % 2) * step // 2, side, step):
            draw.text((x, y), words, font=pen, fill=86)
    turned = layer.rotate(24, Image.Resampling.BICUBIC)
    left, top = (side - image.width) // 2, (side - image.height) // 2
    mask = turned.crop((left, top, left + image.width, top + image.height))
    return Image.composite(Image.new("RGB", image.size, (120, 120, 128)), image.convert("RGB"), mask)


def turned(image: Image.Image, quarter_turns: int) -> Image.Image:
    """The page laid in the wrong way: ``quarter_turns`` of 90° counter-clockwise."""
    return image.rotate(90 * quarter_turns, expand=True)


def _turned(image: Image.Image, degrees: float, ground: tuple[int, int, int]) -> Image.Image:
    """A small turn within the same frame, counter-clockwise positive."""
    return image.convert("RGB").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=ground)


def _resized(image: Image.Image, factor: float) -> NDArray[np.uint8]:
    """Pixels at another resolution."""
    size = (round(image.width * factor), round(image.height * factor))
    return np.array(image.resize(size, Image.Resampling.LANCZOS) if factor != 1 else image)


def _corners(page: tuple[int, int], frame: tuple[int, int], fill: float, rng: np.random.Generator) -> Floats:
    """Where the page's corners fall in the frame: scaled to ``fill``, turned a little, drawn together at one end."""
    scale = fill * min(frame[0] / page[0], frame[1] / page[1])
    half = np.array(page) * scale / 2
    angle = math.radians(float(rng.uniform(-3.0, 3.0)))
    pinch = float(rng.uniform(0.02, 0.055))
    points = np.array([[-1 + pinch, -1], [1 - pinch, -1], [1, 1], [-1, 1]]) * half
    points += rng.uniform(-0.012, 0.012, (4, 2)) * half
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return np.asarray(points @ rotation.T + np.array(frame) / 2, dtype=np.float32)


def _desk(size: tuple[int, int], rng: np.random.Generator) -> Floats:
    """A table top: wood grain along x, or plain grey laminate."""
    width, height = size
    wood = bool(rng.integers(2))
    base = np.array([132, 98, 68] if wood else [92, 96, 100], dtype=np.float32)
    streaks = rng.normal(0, 1, (height // 6, 6 if wood else width // 6)).astype(np.float32)
    grain = cv2.resize(streaks, (width, height), interpolation=cv2.INTER_CUBIC) * (9 if wood else 3)
    slow = cv2.resize(rng.normal(0, 1, (7, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * 8
    return np.asarray(base + (grain + slow)[..., None], dtype=np.float32)


def _light(size: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Brightness over the frame: a slope, darker corners and one soft shadow that enters from an edge."""
    width, height = size
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    slope = float(rng.uniform(0, 2 * math.pi))
    light = 0.93 + 0.07 * (x * math.cos(slope) + y * math.sin(slope)) - 0.07 * (x**2 + y**2)
    side, place = float(rng.choice([-1, 1])), float(rng.uniform(-0.2, 0.7))
    distance = np.hypot((x - side * 1.15) / 0.95, (y - place) / 0.75)
    shadow = 1 / (1 + np.exp((distance - 0.95) / 0.1))
    return np.asarray((light * (1 - 0.33 * shadow))[..., None], dtype=np.float32)


def _fibres(pixels: Floats, rng: np.random.Generator, strength: float) -> Floats:
    """The paper's cloudiness: slow, grey, hardly seen."""
    height, width = pixels.shape[:2]
    clouds = rng.normal(0, strength, (height // 24 + 2, width // 24 + 2)).astype(np.float32)
    slow = cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(pixels + slow[..., None], dtype=np.float32)


def _creased(pixels: Floats, rng: np.random.Generator) -> Floats:
    """Where a sheet was folded once, a soft line across its longer side; a third of all sheets, and no card."""
    height, width = pixels.shape[:2]
    folded = rng.uniform() < 0.35 and min(height, width) > 1000  # noqa: PLR2004 - shorter than any sheet of A5
    if not folded:
        return pixels
    length = max(height, width)
    from_fold = np.arange(length, dtype=np.float32) - length * float(rng.uniform(0.49, 0.51))
    dark = -9 * np.exp(-((from_fold / (length * 0.0009)) ** 2)) - 3.5 * np.exp(-np.abs(from_fold) / (length * 0.012))
    profile = np.where(from_fold < 0, dark, dark * 0.35).astype(np.float32)
    across = profile[:, None, None] if height >= width else profile[None, :, None]
    return np.asarray(pixels + across, dtype=np.float32)


def _noise(shape: tuple[int, ...], rng: np.random.Generator, sigma: float) -> Floats:
    """Grey noise of the sensor, the same in every channel."""
    flat = rng.standard_normal(shape[:2], dtype=np.float32) * np.float32(sigma)
    return flat if len(shape) == 2 else flat[..., None]  # noqa: PLR2004 - a plane has two axes


def _levels(pixels: Floats, black: float, white: float) -> Floats:
    """The scanner's tone curve: ``black`` to ``white`` is drawn out to the whole range."""
    return (pixels - black) * 255 / (white - black)


def _image(pixels: Floats) -> Image.Image:
    """Clipped and rounded to eight bits."""
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
