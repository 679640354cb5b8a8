"""Telephone pictures: papers on a table, in a frame, on a screen; light, shadow, glare, blur, noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sample_docs.generator.varied import scanner
from sample_docs.generator.varied.canvas import Pixels
from sample_docs.generator.varied.chance import Chance

Floats = NDArray[np.float32]
Cell = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of the picture, in pixels."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken: its size, how hard the light and the hand are on it (0 to 1), glass over the paper.

    ``fill`` is the share of the picture, or of their part of it, that the papers take.
    """

    size: tuple[int, int]
    fill: float
    harsh: float
    tilt: float
    glass: bool = False


def snapped(chance: Chance, papers: Sequence[Image.Image], shot: Shot) -> Image.Image:
    """One or several papers on a ground, in the order given from the top left, all at one scale as they lie there."""
    scene = ground(chance, shot.size)
    cells = _cells(shot.size, papers)
    scale = shot.fill * min(
        min((right - left) / paper.width, (bottom - top) / paper.height)
        for (left, top, right, bottom), paper in zip(cells, papers, strict=True)
    )
    for cell, paper in zip(cells, papers, strict=True):
        scene = _laid(chance, scene, paper, cell, shot, scale)
    scene = scanner.lit(scene, _light(chance, shot))
    if shot.glass or chance.maybe(0.12 * shot.harsh):
        scene = _glared(chance, scene)
    return Image.fromarray(camera(chance, scene, shot.harsh))


def _cells(size: tuple[int, int], papers: Sequence[Image.Image]) -> list[Cell]:
    """A part of the picture for each paper: above each other where the picture is tall, else beside."""
    width, height = size
    if len(papers) == 1:
        return [(0.0, 0.0, float(width), float(height))]
    shares = [paper.height if width < height else paper.width for paper in papers]
    edges = np.cumsum([0.0, *shares]) / sum(shares)
    if width < height:
        return [(0.0, top * height, float(width), bottom * height) for top, bottom in pairwise(edges)]
    return [(left * width, 0.0, right * width, float(height)) for left, right in pairwise(edges)]


def _laid(chance: Chance, scene: Pixels, paper: Image.Image, cell: Cell, shot: Shot, scale: float) -> Pixels:
    """The scene with a paper put into the cell, its soft shadow beside it."""
    page = np.array(paper.convert("RGBA"))
    corners = _corners(chance, paper.size, cell, shot, scale)
    source = np.array([[0, 0], [paper.width, 0], [paper.width, paper.height], [0, paper.height]], dtype=np.float32)
    shrink = float(np.ptp(corners[:, 0])) / paper.width
    if shrink < 0.8:  # noqa: PLR2004 - above, linear sampling suffices
        page = cv2.GaussianBlur(page, (0, 0), 0.42 / shrink)
    warp = cv2.getPerspectiveTransform(source, corners)
    laid = cv2.warpPerspective(page, warp, shot.size, flags=cv2.INTER_LINEAR)
    alpha = laid[..., 3]
    reach = max(shot.size[0] // 120, 1)
    small = cv2.resize(alpha, (shot.size[0] // 4 + 1, shot.size[1] // 4 + 1))
    fall = cv2.GaussianBlur(small, (0, 0), reach / 3 + 0.5)
    shade = np.roll(1 - 0.45 * fall.astype(np.float32) / 255, (1, 1), (0, 1))
    scene = scanner.lit(scene, shade.astype(np.float32))
    mask = cv2.merge([alpha] * 3)
    return np.asarray(
        cv2.add(cv2.multiply(laid[..., :3], mask, scale=1 / 255), cv2.multiply(scene, 255 - mask, scale=1 / 255))
    )


def _corners(chance: Chance, page: tuple[int, int], cell: Cell, shot: Shot, scale: float) -> Floats:
    """Where the page's corners fall: scaled into the cell, turned, drawn together at one end."""
    left, top, right, bottom = cell
    half = np.array(page) * scale / 2
    angle = math.radians(chance.near(0, 2.4 * shot.tilt))
    pinch, lean = chance.near(0, 0.03 * shot.tilt), chance.near(0, 0.02 * shot.tilt)
    points = (
        np.array([[-1 + pinch, -1 + lean], [1 - pinch, -1 - lean], [1 + pinch, 1 + lean], [-1 - pinch, 1 - lean]])
        * half
    )
    points += chance.rng.uniform(-0.01, 0.01, (4, 2)) * half * shot.tilt
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    middle = (
        np.array([(left + right) / 2, (top + bottom) / 2]) + chance.rng.uniform(-0.5, 0.5, 2) * (1 - shot.fill) * half
    )
    return np.asarray(points @ rotation.T + middle, dtype=np.float32)


def ground(chance: Chance, size: tuple[int, int]) -> Pixels:
    """What lies below: wood, laminate, cloth, dark stuff, a white desk, stone."""
    width, height = size
    kind = chance.weighed({"wood": 3, "laminate": 3, "cloth": 1.5, "dark": 1.5, "white": 2, "stone": 1})
    tones = {
        "wood": (136, 100, 70),
        "laminate": (104, 106, 108),
        "cloth": (126, 62, 58),
        "dark": (38, 36, 36),
        "white": (206, 204, 200),
        "stone": (158, 150, 142),
    }
    base = np.array(tones[kind], dtype=np.float32) * chance.between(0.75, 1.25) + np.array(
        [chance.near(0, 10) for _ in range(3)]
    )
    rng = chance.rng
    rows, columns, strength = {
        "wood": (height // 5 + 2, 5, 10),
        "cloth": (height // 4 + 2, width // 4 + 2, 9),
        "stone": (height // 8 + 2, width // 8 + 2, 14),
    }.get(kind, (height // 3 + 2, width // 3 + 2, 3))
    grain = cv2.resize(
        rng.normal(0, strength, (rows, columns)).astype(np.float32), size, interpolation=cv2.INTER_LINEAR
    )
    slow = cv2.resize(rng.normal(0, 8, (6, 4)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    if kind == "cloth":
        grain += np.tile(np.sin(np.arange(width) * 1.7).astype(np.float32) * 6, (height, 1))
    flat = cv2.merge([grain + slow] * 3) + base.astype(np.float32)
    return np.clip(flat, 0, 255).astype(np.uint8)


def _light(chance: Chance, shot: Shot) -> Floats:
    """A small map of brightness and tint: a slope, darker corners, soft shadows of hand and telephone."""
    x, y = np.meshgrid(np.linspace(-1, 1, 48, dtype=np.float32), np.linspace(-1, 1, 48, dtype=np.float32))
    slope, steep = chance.between(0, 2 * math.pi), chance.between(0.02, 0.2) * shot.harsh
    light = (
        chance.between(0.68, 0.96)
        + steep * (x * math.cos(slope) + y * math.sin(slope))
        - chance.between(0, 0.1) * (x**2 + y**2)
    )
    for _ in range(chance.weighed({0: 4, 1: 4, 2: 1}) if shot.harsh > 0.2 else 0):  # noqa: PLR2004 - gentle light has no shadow
        side, place = chance.pick((-1.0, 1.0)), chance.between(-1.0, 1.2)
        distance = np.hypot(
            (x - side * chance.between(0.7, 1.3)) / chance.between(0.5, 1.2), (y - place) / chance.between(0.4, 1.0)
        )
        light *= 1 - chance.between(0.12, 0.45) * shot.harsh / (
            1 + np.exp(np.minimum((distance - 0.95) / chance.between(0.04, 0.2), 60))
        )
    warm = chance.near(0, 0.05)
    tint = np.array([1 + warm, 1 + chance.near(0, 0.012), 1 - warm], dtype=np.float32)
    return np.asarray(light[..., None] * tint, dtype=np.float32)


def _glared(chance: Chance, scene: Pixels) -> Pixels:
    """Lamps mirrored in glass, lacquer or foil: soft spots and now and then a hard round one."""
    height, width = scene.shape[:2]
    spots = np.zeros((height // 4 + 1, width // 4 + 1), dtype=np.uint8)
    for _ in range(chance.whole(1, 2)):
        middle = (round(spots.shape[1] * chance.between(0.1, 0.9)), round(spots.shape[0] * chance.between(0.05, 0.95)))
        axes = (
            max(round(spots.shape[1] * chance.between(0.02, 0.09)), 1),
            max(round(spots.shape[0] * chance.between(0.02, 0.06)), 1),
        )
        cv2.ellipse(spots, middle, axes, chance.between(0, 180), 0, 360, chance.whole(40, 170), -1)
    soft = cv2.GaussianBlur(spots, (0, 0), max(width / 4 * chance.between(0.006, 0.03), 0.8))
    return np.asarray(cv2.add(scene, cv2.merge([cv2.resize(soft, (width, height))] * 3)))


def camera(chance: Chance, scene: Pixels, harsh: float) -> Pixels:
    """Blur, the sensor's noise, sharpening and the tone curve of a telephone."""
    sigma = chance.weighed({0.0: 3, 0.5: 3, 0.8: 2, 1.1: 1.2 * harsh + 0.01, 1.5: 0.5 * harsh + 0.01}) * min(
        scene.shape[1] / 1400, 1.4
    )
    if sigma > 0.2:  # noqa: PLR2004 - less is not seen
        scene = cv2.GaussianBlur(scene, (0, 0), sigma)
    if chance.maybe(0.1 * harsh):
        length = chance.whole(3, 5)
        kernel = (
            np.eye(length, dtype=np.float32) / length
            if chance.maybe(0.5)
            else np.full((1, length), 1 / length, dtype=np.float32)
        )
        scene = cv2.filter2D(scene, -1, kernel)
    scene = scanner.grainy(chance, scene, chance.between(0.8, 1.5 + 4.5 * harsh))
    if chance.maybe(0.35):
        scene = cv2.GaussianBlur(scene, (0, 0), 0.6)
    if chance.maybe(0.4):
        soft = cv2.GaussianBlur(scene, (0, 0), 1.4)
        scene = cv2.addWeighted(scene, 1 + chance.between(0.3, 0.9), soft, -chance.between(0.3, 0.6), 0)
    return scanner.toned(np.asarray(scene), chance.between(-6, 22), chance.between(226, 258), chance.between(0.85, 1.2))


def curved(chance: Chance, image: Image.Image) -> Image.Image:
    """A sheet that does not lie flat: bent along one side, or folded, with the light following its slope."""
    page = np.array(image.convert("RGBA"))
    height, width = page.shape[:2]
    along = np.linspace(0, 1, width, dtype=np.float32)
    bend, waves, start = chance.between(0.002, 0.011) * height, chance.between(0.5, 1.4), chance.between(0, 2 * math.pi)
    lift = bend * np.sin(2 * math.pi * waves * along + start)
    if chance.maybe(0.5):
        place = chance.near(0.5, 0.02)
        lift = lift * 0.3 + bend * (1 - np.abs(along - place) * 2)
    margin = round(np.abs(lift).max()) + 2
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height + 2 * margin, dtype=np.float32))
    moved = cv2.remap(
        page, xs, ys - margin + lift[None, :] * np.float32(1.0), cv2.INTER_LINEAR, borderValue=(0, 0, 0, 0)
    )
    slope = np.gradient(lift) * width / height
    light = (1 + np.clip(slope * chance.between(1.0, 3.0), -0.25, 0.12)).astype(np.float32)
    rgb = scanner.lit(np.ascontiguousarray(moved[..., :3]), np.tile(light, (2, 1)))
    if chance.maybe(0.6):
        rgb = scanner.creased(chance, rgb, chance.whole(1, 3))
    if chance.maybe(0.4):
        rgb = scanner.lit(rgb, _crumpled(chance))
    return Image.fromarray(np.dstack([rgb, moved[..., 3]]))


def _crumpled(chance: Chance) -> Floats:
    """The light on a sheet that was crumpled: many facets, each a little lighter or darker."""
    size = 320
    x, y = np.meshgrid(np.arange(size, dtype=np.float32), np.arange(size, dtype=np.float32))
    light = np.ones((size, size), dtype=np.float32)
    for _ in range(chance.whole(8, 22)):
        angle, reach = chance.between(0, 2 * math.pi), chance.between(8, 60)
        middle = (chance.between(0, size), chance.between(0, size))
        across = (x - middle[0]) * math.cos(angle) + (y - middle[1]) * math.sin(angle)
        along = (y - middle[1]) * math.cos(angle) - (x - middle[0]) * math.sin(angle)
        near = np.exp(-((along / (reach * 1.6)) ** 2)) * np.exp(-np.abs(across) / reach)
        light += np.sign(across) * near * chance.between(0.01, 0.045)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), 1.0), dtype=np.float32)


def framed(chance: Chance, image: Image.Image) -> Image.Image:
    """The paper behind glass in a frame of wood, gold or black plastic, or laminated with a clear rim."""
    page = image.convert("RGB")
    edge = round(min(page.size) * chance.between(0.035, 0.1))
    tone = chance.pick(((92, 56, 36), (186, 148, 72), (28, 26, 26), (140, 104, 60), (196, 196, 200)))
    mat = round(edge * chance.pick((0.0, 0.0, 0.5)))
    whole = Image.new("RGB", (page.width + 2 * (edge + mat), page.height + 2 * (edge + mat)), tone)
    whole.paste((236, 234, 228), (edge, edge, whole.width - edge, whole.height - edge))
    whole.paste(page, (edge + mat, edge + mat))
    pixels = np.array(whole)
    _bevel(pixels, edge, tone)
    return Image.fromarray(pixels)


def _bevel(pixels: Pixels, edge: int, tone: tuple[int, int, int]) -> None:
    """Shade a frame's four bars from its outer to its inner rim."""
    height, width = pixels.shape[:2]
    for step in range(edge):
        factor = 0.7 + 0.5 * math.sin(math.pi * (step + 0.5) / edge)
        colour = tuple(int(min(value * factor, 255)) for value in tone)
        cv2.rectangle(pixels, (step, step), (width - 1 - step, height - 1 - step), colour, 1)
    shade = pixels[edge : edge + max(edge // 4, 1), edge : width - edge]
    shade[:] = (shade * 0.75).astype(np.uint8)


def screened(chance: Chance, image: Image.Image) -> Image.Image:
    """The paper shown on a monitor: its dots, bands of moiré, its blue light."""
    pixels = np.array(image.convert("RGB"))
    height, width = pixels.shape[:2]
    pitch, turn = chance.between(2.1, 3.4), chance.between(-0.05, 0.05)
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    phase = 2 * math.pi * (x + turn * y) / pitch
    light = np.empty((height, width, 3), dtype=np.float32)
    strength = chance.between(0.03, 0.1)
    slow = 2 * math.pi * ((x * math.cos(turn * 8) + y * math.sin(turn * 8)) / chance.between(30, 110) + (y * turn) / 60)
    for channel in range(3):
        light[..., channel] = (
            1 + strength * np.sin(phase + channel * 2.1) + strength * 0.8 * np.sin(slow + channel * 1.3)
        )
    light *= np.array([0.94, 0.98, 1.04], dtype=np.float32)
    return Image.fromarray(np.asarray(cv2.multiply(pixels, light, dtype=cv2.CV_8U)))
