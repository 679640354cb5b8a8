"""Seals, purpose stamps, foil letters, emblems, QR codes and barcodes at any resolution."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.ornament import emblem, star
from sample_docs.generator.varied.canvas import Canvas, Colour, Pixels, measure
from sample_docs.generator.varied.chance import Chance

_REDS: tuple[Colour, ...] = ((206, 34, 40), (220, 48, 46), (196, 30, 52), (226, 70, 80), (186, 26, 30), (214, 52, 92))
_SEAL_FACES = (Face.SONG_BOLD, Face.SONG_BOLD, Face.SONG_MEDIUM, Face.HEI_BOLD)


def seal(
    canvas: Canvas, chance: Chance, x: float, y: float, owner: str, *, foot: str = "", diameter: float = 40.0,
    strength: float | None = None, colour: Colour | None = None, star_inside: bool = True,
) -> None:  # fmt: skip
    """Press a round seal with its middle at x, y: a ring, the owner along the arc, ``foot`` below the star."""
    side = round(diameter * canvas.px)
    plate = _plate(
        owner,
        foot,
        side,
        chance.pick(_SEAL_FACES),
        star_inside=star_inside,
        serial=chance.digits(13) if chance.maybe(0.3) else "",
    )
    turned = _rotated(_inked(plate, chance), chance.near(0, 7.0))
    at = (x - turned.shape[1] / canvas.px / 2, y - turned.shape[0] / canvas.px / 2)
    canvas.blend(turned, colour or chance.pick(_REDS), strength or chance.between(0.6, 0.98), at)


def square_seal(canvas: Canvas, chance: Chance, x: float, y: float, name: str, side: float = 17.0) -> None:
    """A person's square name seal, in four fields with 印."""
    edge = round(side * canvas.px)
    plate = Image.new("L", (edge, edge), 0)
    draw = ImageDraw.Draw(plate)
    draw.rectangle((1, 1, edge - 2, edge - 2), outline=255, width=max(edge // 22, 1))
    letters = (name[:3] + "印之印")[:4]
    places = ((0.72, 0.28), (0.72, 0.72), (0.28, 0.28), (0.28, 0.72))
    pen = font(Face.SONG_BOLD, max(round(edge * 0.4), 6))
    for letter, (across, down) in zip(letters, places, strict=True):
        draw.text((edge * across, edge * down), letter, font=pen, fill=255, anchor="mm")
    canvas.blend(
        _rotated(_inked(plate, chance), chance.near(0, 5)),
        chance.pick(_REDS),
        chance.between(0.6, 0.95),
        (x - side / 2, y - side / 2),
    )


def purpose_stamp(canvas: Canvas, chance: Chance, x: float, y: float, words: tuple[str, ...], colour: Colour) -> None:
    """A rectangular stamp with its lines of words, its top left at x, y."""
    size = chance.between(3.6, 5.2)
    width = max(measure(line, Face.HEI_BOLD, size) for line in words) + size * 1.4
    height = len(words) * size * 1.5 + size * 0.8
    plate = Image.new("L", (round(width * canvas.px), round(height * canvas.px)), 0)
    draw = ImageDraw.Draw(plate)
    draw.rectangle((1, 1, plate.width - 2, plate.height - 2), outline=255, width=max(round(0.5 * canvas.px), 1))
    pen = font(Face.HEI_BOLD, max(round(size * canvas.px), 6))
    for row, line in enumerate(words):
        draw.text((plate.width / 2, (size * 1.1 + row * size * 1.5) * canvas.px), line, font=pen, fill=255, anchor="mm")
    canvas.blend(_rotated(_inked(plate, chance), chance.near(0, 4)), colour, chance.between(0.5, 0.85), (x, y))


@lru_cache(maxsize=8)
def _plate(owner: str, foot: str, side: int, face: Face, *, star_inside: bool, serial: str) -> Image.Image:
    """The seal's face, white where there is ink."""
    plate = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(plate)
    draw.ellipse((1, 1, side - 2, side - 2), outline=255, width=max(round(side * 0.028), 1))
    if star_inside:
        draw.polygon(star(side / 2, side / 2, side * 0.15), fill=255)
    span = min(math.radians(22 * len(owner)), math.radians(244))
    step = span / max(len(owner) - 1, 1)
    em = min(side * 0.155, side * 0.38 * step * 1.28)
    for place, character in enumerate(owner):
        angle = -math.pi / 2 - span / 2 + place * step
        glyph = _glyph(character, em, side * 0.155, face).rotate(
            -math.degrees(angle) - 90, Image.Resampling.BICUBIC, expand=True
        )
        at = (
            round(side / 2 + side * 0.378 * math.cos(angle) - glyph.width / 2),
            round(side / 2 + side * 0.378 * math.sin(angle) - glyph.height / 2),
        )
        plate.paste(255, at, glyph)
    if foot:
        draw.text((side / 2, side * 0.735), foot, font=font(face, max(round(side * 0.078), 5)), fill=255, anchor="mm")
    for place, digit in enumerate(serial):
        angle = math.pi / 2 + (6 - place) * math.radians(5.2)
        glyph = _glyph(digit, side * 0.03, side * 0.045, Face.HEI).rotate(
            90 - math.degrees(angle), Image.Resampling.BICUBIC, expand=True
        )
        plate.paste(
            255,
            (
                round(side / 2 + side * 0.43 * math.cos(angle) - glyph.width / 2),
                round(side / 2 + side * 0.43 * math.sin(angle) - glyph.height / 2),
            ),
            glyph,
        )
    return plate


def _glyph(character: str, width: float, height: float, face: Face) -> Image.Image:
    """One character squeezed to the narrow form that seals have."""
    em = max(round(height), 4)
    tile = Image.new("L", (em + 4, em + 4), 0)
    ImageDraw.Draw(tile).text((2 + em / 2, 2 + em / 2), character, font=font(face, em), fill=255, anchor="mm")
    return tile.resize((max(round(min(width, height * 0.86)), 2), em + 4), Image.Resampling.LANCZOS)


def _inked(plate: Image.Image, chance: Chance) -> Pixels:
    """The face as it prints: patches with less ink, pin holes, soft edges."""
    width, height = plate.size
    rng = chance.rng
    patches = cv2.resize(rng.normal(0.92, 0.16, (6, 6)).astype(np.float32), plate.size, interpolation=cv2.INTER_CUBIC)
    grain = cv2.resize(rng.normal(1.0, 0.2, (max(height // 3, 2), max(width // 3, 2))).astype(np.float32), plate.size)
    face = cv2.GaussianBlur(np.asarray(plate, dtype=np.float32), (0, 0), chance.between(0.4, 0.9))
    return np.clip(face * np.clip(patches, 0.45, 1.0) * np.clip(grain, 0.5, 1.0), 0, 255).astype(np.uint8)


def _rotated(mask: Pixels, degrees: float) -> Pixels:
    """The mask turned about its middle, in a frame that holds it."""
    return np.asarray(Image.fromarray(mask).rotate(degrees, Image.Resampling.BICUBIC, expand=True))


def foil(
    canvas: Canvas,
    chance: Chance,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    stretch: float,
    gap: float,
    face: Face = Face.HEI_BLACK,
    dull: bool = False,
) -> None:
    """Gold letters around ``x`` with their top at ``y``: foil glints along a slanted line, or is dull print."""
    px = canvas.px
    em, tall = max(round(size * px), 8), max(round(size * px * stretch), 8)
    length = len(text) * size + (len(text) - 1) * gap
    mask = Image.new("L", (round(length * px) + em // 4, tall), 0)
    for place, character in enumerate(text):
        tile = Image.new("L", (em, em), 0)
        ImageDraw.Draw(tile).text((em / 2, em * 0.88), character, font=font(face, em), fill=255, anchor="ms")
        mask.paste(tile.resize((em, tall), Image.Resampling.LANCZOS), (round(place * (size + gap) * px), 0))
    across, down = np.meshgrid(
        np.linspace(-1, 1, mask.width, dtype=np.float32), np.linspace(-1, 1, mask.height, dtype=np.float32)
    )
    slope, middle = chance.between(-1.2, 1.2), chance.between(-1, 1)
    glint = np.exp(-(((across - middle + slope * down * 0.3) / chance.between(0.25, 0.9)) ** 2))
    low, high = chance.pick(
        (
            ((138, 98, 30), (224, 186, 84)),
            ((112, 84, 34), (252, 232, 96)),
            ((92, 66, 22), (206, 160, 60)),
            ((168, 128, 60), (232, 206, 130)),
        )
    )
    glint = np.full_like(glint, 0.35) if dull else glint
    shade = (np.array(low) * (1 - glint[..., None]) + np.array(high) * glint[..., None]).astype(np.uint8)
    letters = Image.fromarray(shade).convert("RGBA")
    letters.putalpha(mask)
    canvas.paste(letters, x - length / 2, y)


@lru_cache(maxsize=4)
def _emblem(diameter: float) -> Image.Image:
    return emblem(diameter)


def arms(canvas: Canvas, chance: Chance, x: float, y: float, diameter: float) -> None:
    """The abstract emblem, its middle top at x, y: bright, faded or of glinting foil."""
    side = max(round(diameter * canvas.px), 8)
    image = _emblem(30.0).resize((side, round(side * 1.08)), Image.Resampling.LANCZOS)
    rgb = np.asarray(image.convert("RGB"), dtype=np.float32)
    mood = chance.weighed({"bright": 5, "faded": 2, "dark": 1.5})
    factor, lift = {"bright": (1.0, 0.0), "faded": (0.6, 96.0), "dark": (0.7, 0.0)}[mood]
    shown = Image.fromarray(np.clip(rgb * factor + lift, 0, 255).astype(np.uint8)).convert("RGBA")
    shown.putalpha(image.getchannel("A"))
    canvas.paste(shown, x - diameter / 2, y)


def code(canvas: Canvas, payload: str | bytes, x: float, y: float, side: float, *, kind: str = "QRCode") -> None:
    """A QR code (or another kind) of ``side`` mm; bytes keep their encoding, such as GBK."""
    barcode = zxingcpp.create_barcode(payload, getattr(zxingcpp.BarcodeFormat, kind))
    image = Image.fromarray(np.array(barcode.to_image(scale=1, add_quiet_zones=False))).convert("L")
    pixels = max(round(side * canvas.px), image.width)
    height = pixels if kind == "QRCode" else max(round(pixels * 0.1), 6)
    canvas.paste(
        image.resize((pixels, height), Image.Resampling.BOX if kind == "QRCode" else Image.Resampling.NEAREST).convert(
            "RGB"
        ),
        x,
        y,
    )
