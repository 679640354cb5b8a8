"""In what condition a paper reaches the office, drawn before the paper itself: it tells the resolution to draw at."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from sample_docs.generator.files import MADE, TURN_FOR_ORIENTATION
from sample_docs.generator.papers import Paper
from sample_docs.generator.varied import firms, marks, photo, places, scanner
from sample_docs.generator.varied.canvas import Canvas
from sample_docs.generator.varied.chance import Chance

_MM = 25.4
_EXIF_ORIENTATION = 0x0112
_PROFILES = {
    "clean300": 5.0, "gray200": 7.0, "photocopy": 9.0, "fax": 5.0, "lowjpeg": 8.0, "rot": 6.0, "seal": 6.0,
    "watermark": 7.0,
    "phone": 24.0, "folded": 7.0, "exif": 3.0, "small": 6.0, "screen": 3.0, "framed": 4.0, "several": 2.0,
}  # fmt: skip
_PAGED = {
    "clean300": 1.0,
    "gray200": 3.0,
    "photocopy": 3.0,
    "fax": 1.5,
    "lowjpeg": 2.0,
    "rot": 1.5,
    "seal": 1.0,
    "watermark": 1.0,
    "phone": 1.0,
}
_PHOTOS = {"phone", "folded", "exif", "small", "screen", "framed", "several"}
_USUAL_SIDES = {1100: 2, 1400: 3, 1800: 4, 2300: 2, 3000: 1}
_SIDES = {
    "small": {640: 1, 720: 2, 800: 3, 960: 3, 1080: 2},  # what messengers leave: print of 9 to 14 pixels
    "several": {2000: 1, 2600: 3, 3200: 3, 4000: 2},  # from further away, by telephones of today
}  # fmt: skip
"""Pixels of a photo's longer side, and how often."""
_USUAL_FILLS = {0.97: 4, 0.92: 4, 0.85: 2, 0.74: 0.7}
_FILLS = {"small": {0.97: 3, 0.93: 2, 0.88: 1}, "several": {0.92: 1, 0.86: 2, 0.8: 1}}
"""How much of the picture the paper takes: so that print is a hundredth to a fiftieth of its longer side."""
_PURPOSES = (
    "仅供办理业务使用，再次复印无效",
    "仅供开户使用",
    "与原件一致",
    "仅限投标使用",
    "仅供资质审核使用 他用无效",
    "仅用于办理贷款",
    "仅供备案使用",
    "此件仅供参考",
)
_SOFT = {"seal": "seal over the text", "watermark": "words of purpose across the text"}


@dataclass(frozen=True, slots=True)
class Condition:
    """How one file looks: ``px`` pixels per millimetre to draw at, ``side`` the longer side of a photo in pixels.

    ``orientation`` is what EXIF says; where ``honest``, the picture is stored so turned, else it lies.
    """

    profile: str
    px: float
    photo: bool
    side: int = 0
    suffix: str = ".jpg"
    quality: int = 85
    turns: int = 0
    orientation: int = 1
    honest: bool = False
    note: str = ""

    @property
    def card_scale(self) -> float:
        """How much finer a card is drawn than a sheet: a photo of a card alone fills the picture."""
        return 2.6 if self.photo else 1.3


def condition(chance: Chance, kind: str) -> Condition:
    """A condition that suits the kind of paper."""
    paged = kind in {"contract", "stack"}
    profiles = dict(_PAGED if paged else _PROFILES)
    if kind in {"permit", "tax", "decoy", "contract"}:
        profiles.pop("several", None)
    if kind == "card":
        profiles["folded"] = profiles["framed"] = 0.3
    profile = chance.weighed(profiles)
    made = Condition(profile, _density(chance, profile, paged=paged), profile in _PHOTOS, quality=chance.whole(62, 92))
    if made.photo:
        side = round(chance.weighed(_SIDES.get(profile, _USUAL_SIDES)) * chance.between(0.92, 1.08))
        # A sheet of 297 mm fills nine tenths of the picture; drawn a fifth finer, it loses nothing by the camera.
        made = replace(made, side=side, px=min(max(side * 1.1 / 297, 3.4), 9.0), quality=chance.whole(45, 92))
    turns = (
        chance.weighed({0: 8, 1: 1, 3: 1, 2: 0.5})
        if profile == "phone"
        else chance.pick((1, 2, 3))
        if profile == "rot"
        else 0
    )
    suffix = ".pdf" if paged else _suffix(chance, profile)
    if profile == "lowjpeg":
        made = replace(made, quality=chance.whole(12, 32))
    orientation, note = 1, _SOFT.get(profile, "")
    if profile == "exif":
        orientation, note = chance.pick((3, 6, 8)), "the EXIF orientation lies"
    honest = profile in {"phone", "small", "folded"} and turns == 0 and chance.maybe(0.2)
    if honest and suffix == ".jpg":
        orientation = chance.pick((3, 6, 6, 8))
    return replace(made, turns=turns, suffix=suffix, orientation=orientation, honest=honest, note=note)


def _density(chance: Chance, profile: str, *, paged: bool) -> float:
    """Pixels per millimetre of a scan."""
    if profile == "clean300":
        return 300 / _MM
    if profile == "lowjpeg":
        return chance.pick((100, 120, 150, 150)) / _MM
    return (
        chance.pick((150, 200, 200) if paged or profile != "gray200" else (200,)) / _MM
        if profile != "fax"
        else 200 / _MM
    )


def _suffix(chance: Chance, profile: str) -> str:
    """The file's format."""
    if profile in _PHOTOS or profile == "lowjpeg":
        return ".jpg"
    if profile == "fax":
        return chance.pick((".tif", ".pdf", ".png"))
    return chance.weighed({".jpg": 5, ".pdf": 4, ".png": 1, ".tif": 0.6})


def write(chance: Chance, paper: Paper, worn: Condition, stem: Path) -> Path:
    """Wear the pages and store them; gives the file."""
    if worn.profile == "several":
        pages = [_picture(chance, list(paper.images), worn)]
    else:
        pages = [_page(chance.child(f"page {number}"), image, worn) for number, image in enumerate(paper.images)]
    path = stem.with_suffix(worn.suffix)
    _save(chance, [page.rotate(90 * worn.turns, expand=True) for page in pages], path, worn)
    return path


def _page(chance: Chance, image: Image.Image, worn: Condition) -> Image.Image:
    """One page in the condition."""
    if worn.profile in {"seal", "watermark"} or chance.maybe(0.05):
        image = _marked(chance, image, worn)
    if worn.photo:
        return _picture(chance, [image], worn)
    if worn.profile == "photocopy":
        return scanner.photocopy(chance, image)
    if worn.profile == "fax":
        return scanner.fax(chance, image)
    grey = worn.profile == "gray200" or (worn.profile in {"rot", "seal", "watermark"} and chance.maybe(0.35))
    if worn.profile in {"rot", "watermark", "seal"} and chance.maybe(0.2):
        return scanner.photocopy(chance, image)
    return scanner.flatbed(
        chance,
        image,
        grey=grey,
        skew=chance.pick((0.3, 0.6, 1.6)),
        clean=worn.profile == "clean300",
        sheet=min(image.size) > 120 * worn.px,
    )


def _picture(chance: Chance, images: list[Image.Image], worn: Condition) -> Image.Image:
    """A telephone's picture of the papers."""
    if worn.profile == "folded" or (worn.profile in {"phone", "small", "exif"} and chance.maybe(0.3)):
        images = [photo.curved(chance, image) if image.mode == "RGB" else image for image in images]
    if worn.profile == "framed":
        images = [photo.framed(chance, image) for image in images]
    if worn.profile == "screen":
        images = [photo.screened(chance, image) for image in images]
    first = images[0]
    tall = first.height >= first.width
    ratio = chance.pick((4 / 3, 4 / 3, 16 / 9, 3 / 2)) if worn.profile != "several" else 4 / 3
    if chance.maybe(0.55) and len(images) == 1:
        ratio = max(first.width, first.height) / min(first.width, first.height) * chance.between(0.97, 1.06)
    short = round(worn.side / ratio)
    size = (short, worn.side) if tall else (worn.side, short)
    harsh = chance.weighed({0.15: 3, 0.5: 3, 1.0: 2})
    shot = photo.Shot(
        size,
        chance.weighed(_FILLS.get(worn.profile, _USUAL_FILLS)),
        harsh,
        chance.between(0.2, 1.5),
        glass=worn.profile == "framed" and chance.maybe(0.6),
    )
    picture = photo.snapped(chance, images, shot)
    if worn.profile != "small" and chance.maybe(0.06):
        picture = picture.convert("L")
    return picture


def _marked(chance: Chance, image: Image.Image, worn: Condition) -> Image.Image:
    """A seal, a purpose stamp or words of purpose over the text."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if worn.profile == "watermark" or (worn.profile != "seal" and chance.maybe(0.5)):
        marked = scanner.watermarked(chance, image, chance.pick(_PURPOSES))
    else:
        marked = _stamped(chance, image, worn)
    if alpha is not None:
        marked.putalpha(alpha)
    return marked


def _stamped(chance: Chance, image: Image.Image, worn: Condition) -> Image.Image:
    """A round seal or a rectangular stamp somewhere on the page, over what is written there."""
    canvas = Canvas(10, 10, worn.px, (255, 255, 255))
    canvas.base = np.array(image.convert("RGB"))
    canvas.size = image.size
    width, height = image.width / worn.px, image.height / worn.px
    x, y = width * chance.between(0.25, 0.75), height * chance.between(0.3, 0.75)
    if chance.maybe(0.65):
        owner = firms.firm(chance.child("owner"), form="company").name
        marks.seal(canvas, chance, x, y, owner, diameter=min(40.0, height * 0.5), strength=chance.between(0.35, 0.75))
    else:
        lines = chance.pick(
            (
                ("仅供办理业务使用", "再次复印无效"),
                ("与原件核对一致",),
                ("复印件与原件一致", "经办人："),
                (f"{places.road(chance)[:2]}支行", "核对无误"),
            )
        )
        marks.purpose_stamp(
            canvas, chance, x * 0.7, y, lines, chance.pick(((206, 34, 40), (60, 80, 180), (60, 60, 70)))
        )
    return Image.fromarray(canvas.base)


def _save(chance: Chance, pages: list[Image.Image], path: Path, worn: Condition) -> None:
    """Store the pages; one in six photos was compressed and resized before, as messengers do."""
    dpi = round(worn.px * _MM)
    first, rest = pages[0], pages[1:]
    if path.suffix == ".pdf":
        quality = {} if first.mode == "1" else {"quality": worn.quality}
        first.save(path, save_all=True, append_images=rest, resolution=dpi, creationDate=MADE, modDate=MADE, **quality)
    elif path.suffix == ".tif":
        compression = "group4" if first.mode == "1" else "jpeg"
        first.save(path, save_all=True, append_images=rest, compression=compression, dpi=(dpi, dpi))
    elif path.suffix == ".png":
        first.save(path, dpi=(dpi, dpi))
    else:
        if worn.photo and chance.maybe(0.17):
            first = _again(first, chance.whole(45, 75))
        if worn.honest:
            first = first.rotate(TURN_FOR_ORIENTATION[worn.orientation], expand=True)
        exif = Image.Exif()
        exif[_EXIF_ORIENTATION] = worn.orientation
        first.convert("L" if first.mode == "1" else first.mode).save(
            path, quality=worn.quality, exif=exif, dpi=(dpi, dpi)
        )


def _again(image: Image.Image, quality: int) -> Image.Image:
    """The picture after an earlier compression."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).copy()
