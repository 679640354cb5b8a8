"""The second-generation identity card (居民身份证), both sides, with a drawn silhouette in place of a face."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sample_docs.generator import ornament
from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import LONG_TERM, Document, Paper, Person
from sample_docs.generator.sheet import PX, Colour, Sheet, broken

_LABEL: Colour = (74, 132, 176)
_WIDTH, _HEIGHT = 85.6, 54.0


def front(person: Person) -> Paper:
    """The side with the portrait (人像面)."""
    sheet = _blank()
    for x, y, caption in (
        (6, 7.6, "姓名"),
        (6, 14.4, "性别"),
        (24.5, 14.4, "民族"),
        (6, 21.2, "出生"),
        (6, 28.0, "住址"),
    ):
        sheet.text(x, y, caption, Face.HEI, 2.6, _LABEL)
    sheet.text(15.2, 6.9, person.name, Face.HEI_MEDIUM, 3.9, spacing=0.5)
    sheet.text(15.2, 14.1, person.sex, Face.HEI_MEDIUM, 3.1)
    sheet.text(33.5, 14.1, person.ethnicity, Face.HEI_MEDIUM, 3.1)
    born = person.birth
    for x, number, unit in ((15.2, born.year, "年"), (28.2, born.month, "月"), (36.6, born.day, "日")):
        end = sheet.text(x, 20.9, str(number), Face.HEI_MEDIUM, 3.1)
        sheet.text(max(end, x + 3.4) + 1.1, 21.2, unit, Face.HEI, 2.6, _LABEL)
    for line, text in enumerate(broken(person.address, 36.2, Face.HEI_MEDIUM, 3.1)):
        sheet.text(15.2, 27.7 + line * 4.3, text, Face.HEI_MEDIUM, 3.1)
    sheet.text(6, 45.2, "公民身份号码", Face.HEI, 2.6, _LABEL)
    sheet.text(29.5, 44.1, person.id_number, Face.DIGITS, 4.2, spacing=0.42)
    sheet.paste(_silhouette(person.sex), 55.6, 8.4)
    fields = {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth.isoformat(),
        "address": person.address,
        "id_number": person.id_number,
    }
    return Paper((_rounded(sheet),), (Document("id_card_front", (1,), fields),))


def back(person: Person) -> Paper:
    """The side with the emblem (国徽面)."""
    sheet = _blank()
    hills = [_hills(level, phase) for level in np.arange(22, 36, 1.1) for phase in (0.0, 0.5)]
    sheet.curves(hills, (120, 160, 176), strength=0.3)
    sheet.paste(ornament.emblem(16.5), 6.2, 5.0)
    sheet.spread(28.5, 7.4, "中华人民共和国", 47, Face.SONG_BOLD, 5.0)
    sheet.spread(27.0, 15.0, "居民身份证", 50, Face.SONG_BLACK, 7.6)
    sheet.text(17.5, 38.2, "签发机关", Face.HEI_BOLD, 2.7)
    sheet.text(33.5, 37.9, person.police, Face.HEI_MEDIUM, 3.0)
    sheet.text(17.5, 44.9, "有效期限", Face.HEI_BOLD, 2.7)
    last = f"{person.valid_to:%Y.%m.%d}" if person.valid_to else "长期"
    sheet.text(33.5, 44.6, f"{person.valid_from:%Y.%m.%d}-{last}", Face.HEI_MEDIUM, 3.0)
    fields = {
        "issuing_authority": person.police,
        "valid_from": person.valid_from.isoformat(),
        "valid_to": person.valid_to.isoformat() if person.valid_to else LONG_TERM,
    }
    return Paper((_rounded(sheet),), (Document("id_card_back", (1,), fields),))


def both_sides(person: Person, rng: np.random.Generator) -> Paper:
    """Both sides copied on one A4 sheet, one above the other, not quite straight."""
    page = Image.new("RGB", (round(210 * PX), round(297 * PX)), (253, 253, 252))
    papers = (front(person), back(person))
    for paper, top in zip(papers, (62.0, 148.0), strict=True):
        card = paper.images[0].rotate(float(rng.uniform(-1.2, 1.2)), Image.Resampling.BICUBIC, expand=True)
        at = (round((62 + float(rng.uniform(-5, 5))) * PX), round((top + float(rng.uniform(-4, 4))) * PX))
        shade = card.getchannel("A").filter(ImageFilter.GaussianBlur(5)).point(lambda value: value * 0.3)
        page.paste((110, 110, 112), (at[0] + 4, at[1] + 5), shade)
        page.paste(card.convert("RGB"), at, card.getchannel("A"))
    return Paper((page,), tuple(document for paper in papers for document in paper.documents))


def alone(side: Paper, margin: float = 3.0) -> Paper:
    """One side by itself on the white lid of a scanner, with ``margin`` mm around."""
    card = side.images[0]
    edge = round(margin * PX)
    page = Image.new("RGB", (card.width + 2 * edge, card.height + 2 * edge), (246, 246, 244))
    page.paste(card.convert("RGB"), (edge, edge), card.getchannel("A"))
    return Paper((page,), side.documents)


def _blank() -> Sheet:
    """The card's ground: pale blue into pale rose with fine waves and a rosette."""
    sheet = Sheet(_WIDTH, _HEIGHT, (255, 255, 255))
    width, height = sheet.image.size
    along = np.linspace(0, 1, width)[None, :, None]
    down = np.linspace(0, 1, height)[:, None, None]
    mix = 0.5 + 0.5 * np.cos(2 * math.pi * (along - 0.45 + 0.12 * down))
    pale = np.array([222, 236, 242]) * (1 - mix) + np.array([246, 238, 238]) * mix
    sheet.image = Image.fromarray(np.round(pale).astype(np.uint8))
    ornament.ground(sheet, 0.5, (128, 184, 200), gap=1.25, strength=0.3)
    petals = [ornament.rosette(30, 29, radius, 12) for radius in (9, 12, 15, 18)]
    sheet.curves(petals, (216, 168, 176), strength=0.3)
    return sheet


def _hills(level: float, phase: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A line of hills across the card."""
    x = np.linspace(1, _WIDTH - 1, 400)
    y = level + 3.2 * np.sin(x / 9 + phase + level / 6) + 1.4 * np.sin(x / 3.7 + level / 3)
    return np.column_stack([x, y])


def _rounded(sheet: Sheet) -> Image.Image:
    """The card with its round corners as alpha."""
    mask = Image.new("L", sheet.image.size, 0)
    box = (0, 0, sheet.image.width - 1, sheet.image.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=3.2 * PX, fill=255)
    card = sheet.image.convert("RGBA")
    card.putalpha(mask)
    return card


def _silhouette(sex: str) -> Image.Image:
    """Head and shoulders of nobody, 25 × 32 mm, feathered at the edges."""
    width, height = round(25 * PX), round(32 * PX)
    image = Image.new("RGBA", (width, height), (206, 220, 228, 0))
    draw = ImageDraw.Draw(image)
    hair, skin, coat = (58, 54, 56, 255), (188, 172, 164, 255), (76, 88, 108, 255)
    if sex == "女":
        draw.rounded_rectangle((width * 0.24, height * 0.2, width * 0.76, height * 0.72), radius=width * 0.2, fill=hair)
    draw.ellipse((width * 0.255, height * 0.07, width * 0.745, height * 0.5), fill=hair)
    draw.polygon(
        [(width * f, height * g) for f, g in ((0.41, 0.6), (0.59, 0.6), (0.63, 0.8), (0.37, 0.8))],
        fill=(172, 156, 148, 255),
    )
    draw.ellipse((width * 0.02, height * 0.73, width * 0.98, height * 1.4), fill=coat)
    draw.polygon(
        [(width * f, height * g) for f, g in ((0.38, 0.74), (0.62, 0.74), (0.5, 0.93))], fill=(232, 232, 230, 255)
    )
    draw.ellipse((width * 0.29, height * 0.15, width * 0.71, height * 0.67), fill=skin)
    draw.ellipse((width * 0.26, height * 0.35, width * 0.32, height * 0.46), fill=skin)
    draw.ellipse((width * 0.68, height * 0.35, width * 0.74, height * 0.46), fill=skin)
    fringe = (
        (0.28, 0.34),
        (0.27, 0.2),
        (0.4, 0.1),
        (0.6, 0.1),
        (0.73, 0.2),
        (0.72, 0.34),
        (0.66, 0.25),
        (0.45, 0.21),
        (0.34, 0.25),
    )
    draw.polygon([(width * f, height * g) for f, g in fringe], fill=hair)
    return image.filter(ImageFilter.GaussianBlur(2))
