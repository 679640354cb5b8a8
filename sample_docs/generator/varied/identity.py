"""Identity cards, front and back, alone or both on one sheet, in the variety of a copier's tray."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sample_docs.generator.cards import _hills, _silhouette
from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import LONG_TERM, Document, Paper, Person
from sample_docs.generator.varied import frames, marks
from sample_docs.generator.varied.canvas import Canvas, Colour, Ink, wrapped
from sample_docs.generator.varied.chance import Chance

_WIDTH, _HEIGHT = 85.6, 54.0
_LABELS: tuple[Colour, ...] = ((74, 132, 176), (58, 116, 168), (96, 146, 182), (66, 120, 150))
_VALUES = (Face.HEI, Face.HEI_MEDIUM, Face.HEI, Face.MICROHEI, Face.ZENHEI)
_CAPTIONS = (
    (6, 7.6, "姓名"), (6, 14.4, "性别"), (24.5, 14.4, "民族"), (6, 21.2, "出生"), (6, 28.0, "住址"),
    (6, 45.2, "公民身份号码"),
)  # fmt: skip


def front(chance: Chance, person: Person, px: float) -> Paper:
    """The side with the portrait (人像面)."""
    canvas = _blank(chance, px)
    canvas.inks["label"] = Ink(chance.pick(_LABELS), chance.between(0.9, 1.2))
    canvas.inks["fill"] = Ink((30, 30, 32), chance.between(0.9, 1.3), chance.between(0, 0.5))
    face, dx, dy = chance.pick(_VALUES), chance.near(0, 0.3), chance.near(0, 0.25)
    for x, y, caption in _CAPTIONS:
        canvas.text(x, y, caption, Face.HEI, 2.6, layer="label", spacing=chance.pick((0.0, 0.3)))
    size = 3.9 if len(person.name) < 8 else 3.3  # noqa: PLR2004 - long names are set smaller
    canvas.text(15.2 + dx, 6.9 + dy, person.name, face, size, layer="fill", spacing=0.3)
    canvas.text(15.2 + dx, 14.1 + dy, person.sex, face, 3.1, layer="fill")
    canvas.text(33.5 + dx, 14.1 + dy, person.ethnicity, face, 3.1, layer="fill")
    born = person.birth
    for x, number, unit in ((15.2, born.year, "年"), (28.2, born.month, "月"), (36.6, born.day, "日")):
        end = canvas.text(x + dx, 20.9 + dy, str(number), face, 3.1, layer="fill")
        canvas.text(max(end, x + 3.4) + 1.1, 21.2, unit, Face.HEI, 2.6, layer="label")
    size = 3.1 if len(wrapped(person.address, 36.2, face, 3.1)) <= 3 else 2.8  # noqa: PLR2004 - three lines have room
    canvas.paragraph(15.2 + dx, 27.7 + dy, person.address, 36.2, face, size, leading=4.2 / size)
    digits, spacing = chance.pick((Face.DIGITS, Face.DIGITS, Face.MONO)), chance.between(0.3, 0.5)
    canvas.text(29.5 + dx, 44.1 + dy, person.id_number, digits, 4.2, layer="fill", spacing=spacing)
    canvas.flush()
    canvas.paste(_tinted(chance, _portrait(person.sex, round(px * 100))), 55.6, 8.4)
    fields = {
        "name": person.name, "sex": person.sex, "ethnicity": person.ethnicity, "birth_date": born.isoformat(),
        "address": person.address, "id_number": person.id_number,
    }  # fmt: skip
    return Paper((_rounded(canvas),), (Document("id_card_front", (1,), fields),))


def back(chance: Chance, person: Person, px: float) -> Paper:
    """The side with the emblem (国徽面)."""
    canvas = _blank(chance, px)
    hills = np.zeros(canvas.base.shape[:2], dtype=np.uint8)
    frames._strokes(hills, px, [_hills(level, phase) for level in np.arange(22, 36, 1.1) for phase in (0.0, 0.5)], 0.1)  # noqa: SLF001 - the same pen as the frames'
    canvas.blend(hills, (120, 160, 176), 0.3)
    marks.arms(canvas, chance, 14.5, 5.0, 16.5)
    canvas.spread(28.5, 7.4, "中华人民共和国", 47, Face.SONG_BOLD, 5.0)
    canvas.spread(27.0, 15.0, "居民身份证", 50, Face.SONG_BLACK, 7.6)
    face, dx, dy = chance.pick(_VALUES), chance.near(0, 0.3), chance.near(0, 0.25)
    canvas.inks["fill"] = Ink((34, 34, 36), chance.between(0.9, 1.3), chance.between(0, 0.5))
    last = f"{person.valid_to:%Y.%m.%d}" if person.valid_to else "长期"
    for y, caption, value in (
        (38.2, "签发机关", person.police),
        (44.9, "有效期限", f"{person.valid_from:%Y.%m.%d}-{last}"),
    ):
        canvas.text(17.5, y, caption, Face.HEI_BOLD, 2.7)
        canvas.text(33.5 + dx, y - 0.3 + dy, value, face, 3.0, layer="fill")
    fields = {
        "issuing_authority": person.police, "valid_from": person.valid_from.isoformat(),
        "valid_to": person.valid_to.isoformat() if person.valid_to else LONG_TERM,
    }  # fmt: skip
    return Paper((_rounded(canvas),), (Document("id_card_back", (1,), fields),))


def both(chance: Chance, person: Person, px: float) -> Paper:
    """Both sides copied on one A4 sheet, one above the other or beside it, in either order, at their size or larger."""
    scale = chance.weighed({1.0: 6, 1.25: 2, 1.5: 1})
    sides = [front(chance, person, px * scale), back(chance, person, px * scale)]
    if chance.maybe(0.2):
        sides.reverse()
    across = scale == 1.0 and chance.maybe(0.15)
    grey = chance.whole(244, 255)
    page = Image.new("RGB", (round(210 * px), round(297 * px)), (grey, grey, grey - 1))
    width, height = _WIDTH * scale, _HEIGHT * scale
    top = chance.between(20, 60)
    for place, paper in enumerate(sides):
        x = (15 + place * 95 if across else (210 - width) / 2) + chance.near(0, 3)
        y = top if across else top + place * (height + chance.between(15, 40))
        _lay(chance, page, paper.images[0], (round(x * px), round(y * px)))
    return Paper((page,), tuple(document for paper in sides for document in paper.documents))


def alone(chance: Chance, side: Paper, margin: float) -> Paper:
    """One side on a scanner's lid, ``margin`` (a share of its width) around it."""
    card = side.images[0]
    edge = round(card.width * margin)
    grey = chance.pick((250, 246, 240, 226))
    page = Image.new("RGB", (card.width + 2 * edge, card.height + 2 * edge), (grey, grey, grey - 2))
    _lay(chance, page, card, (edge, edge))
    return Paper((page,), side.documents)


def _lay(chance: Chance, page: Image.Image, card: Image.Image, at: tuple[int, int]) -> None:
    """A card on the page, not quite straight, with its faint shadow."""
    turned = card.rotate(chance.near(0, 0.9), Image.Resampling.BICUBIC, expand=True)
    shade = turned.getchannel("A").filter(ImageFilter.GaussianBlur(4)).point(lambda value: value * 0.3)
    page.paste((110, 110, 112), (at[0] + 3, at[1] + 4), shade)
    page.paste(turned.convert("RGB"), at, turned.getchannel("A"))


def _blank(chance: Chance, px: float) -> Canvas:
    """The card's ground: pale blue into pale rose with fine waves."""
    canvas = Canvas(_WIDTH, _HEIGHT, px, (255, 255, 255))
    along = np.linspace(0, 1, canvas.size[0])[None, :, None]
    down = np.linspace(0, 1, canvas.size[1])[:, None, None]
    mix = 0.5 + 0.5 * np.cos(2 * np.pi * (along - chance.between(0.35, 0.55) + 0.12 * down))
    cool, warm = np.array([222, 236, 242]) + chance.near(0, 4), np.array([246, 238, 238]) + chance.near(0, 4)
    canvas.base = np.clip(np.round(cool * mix + warm * (1 - mix)), 0, 255).astype(np.uint8)
    frames.ground(canvas, "waves", 0.5, (128, 184, 200), chance.between(0.12, 0.35))
    return canvas


def _rounded(canvas: Canvas) -> Image.Image:
    """The card with its round corners as alpha."""
    card = canvas.finished().convert("RGBA")
    mask = Image.new("L", card.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, card.width - 1, card.height - 1), radius=3.2 * canvas.px, fill=255)
    card.putalpha(mask)
    return card


@lru_cache(maxsize=16)
def _portrait(sex: str, hundredths: int) -> Image.Image:
    image = _silhouette(sex)
    return image.resize((round(25 * hundredths / 100), round(32 * hundredths / 100)), Image.Resampling.LANCZOS)


def _tinted(chance: Chance, portrait: Image.Image) -> Image.Image:
    """Another coat, another light."""
    rgb = np.asarray(portrait.convert("RGB"), dtype=np.float32) * np.array([chance.near(0.98, 0.03) for _ in range(3)])
    shown = Image.fromarray(cv2.convertScaleAbs(rgb)).convert("RGBA")
    shown.putalpha(portrait.getchannel("A"))
    return shown
