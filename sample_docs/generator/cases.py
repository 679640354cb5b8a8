"""Which customer hands in which papers, in which condition: one folder per customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

import numpy as np
from PIL import Image

from sample_docs.generator import cards, conditions, permits
from sample_docs.generator.contracts import Contract, contract
from sample_docs.generator.papers import Company, Paper, Person, stack
from sample_docs.generator.permits import account_permit
from sample_docs.generator.seal import stamp
from sample_docs.generator.sheet import Sheet

Rng: TypeAlias = np.random.Generator
Draw: TypeAlias = Callable[[Rng], Paper]


@dataclass(frozen=True, slots=True)
class Specimen:
    """One file: the paper to draw, what happens to each page, and how it is stored.

    ``quarter_turns`` lays page by page the wrong way (90° counter-clockwise each; the last holds for the rest),
    ``orientation`` is the EXIF tag of a telephone, ``note`` says what is out of the ordinary.
    """

    path: str
    profile: str
    draw: Draw
    condition: Callable[[Image.Image, Rng], Image.Image]
    dpi: int = 300
    quality: int = 60
    quarter_turns: tuple[int, ...] = (0,)
    orientation: int = 1
    note: str = ""


def clean(path: str, draw: Draw, *, quality: int = 60) -> Specimen:
    """Flatbed, colour, 300 dpi."""
    return Specimen(path, "clean300", draw, conditions.flatbed, quality=quality)


def grey(path: str, draw: Draw) -> Specimen:
    """Flatbed, grey, 200 dpi."""
    return Specimen(path, "gray200", draw, partial(conditions.flatbed, dpi=200, grey=True), dpi=200, quality=60)


def copied(path: str, draw: Draw) -> Specimen:
    """Photocopy, scanned at 200 dpi."""
    return Specimen(path, "photocopy", draw, conditions.photocopy, dpi=200, quality=60)


def faxed(path: str, draw: Draw) -> Specimen:
    """Fax, one bit, 200 dpi."""
    return Specimen(path, "fax", draw, conditions.fax, dpi=200)


def snapped(path: str, draw: Draw, *, orientation: int = 1, fill: float = 0.86, quality: int = 72) -> Specimen:
    """A telephone's photo; ``fill`` is how much of the frame the paper takes."""
    return Specimen(
        path, "phone", draw, partial(conditions.phone, fill=fill), dpi=72, quality=quality, orientation=orientation
    )


def small(path: str, draw: Draw) -> Specimen:
    """Sent through a chat program: 130 dpi and strongly compressed."""
    return Specimen(path, "lowjpeg", draw, partial(conditions.flatbed, dpi=130), dpi=130, quality=22)


def sealed(path: str, draw: Draw) -> Specimen:
    """Clean, with a seal across the text."""
    return Specimen(path, "seal", draw, conditions.flatbed, quality=56)


def askew(path: str, draw: Draw, quarter_turns: int, *, skew: float = 2.4) -> Specimen:
    """Laid in the wrong way and not straight."""
    condition = partial(conditions.flatbed, dpi=200, skew=skew)
    return Specimen(path, "rot", draw, condition, dpi=200, quality=70, quarter_turns=(quarter_turns,))


def marked(path: str, draw: Draw, words: str) -> Specimen:
    """With the purpose written across before it was scanned."""

    def condition(image: Image.Image, rng: Rng) -> Image.Image:
        return conditions.flatbed(conditions.watermark(image, words), rng, dpi=200)

    return Specimen(path, "watermark", draw, condition, dpi=200, quality=70)


def overstamped(draw: Draw, owner: str, *places: tuple[float, float], foot: str = "") -> Draw:
    """The paper with its owner's seal set over the text."""

    def drawn(rng: Rng) -> Paper:
        paper = draw(rng)
        sheet = Sheet(1, 1, (255, 255, 255))
        sheet.image = paper.images[0].convert("RGB")
        for x, y in places:
            stamp(sheet, x, y, owner, rng, foot=foot, strength=0.8)
        return Paper((sheet.image, *paper.images[1:]), paper.documents)

    return drawn


def draw_license(form: Callable[..., Paper], company: Company, issued: date, **options: str) -> Draw:
    """A license in one of the forms of :mod:`licenses`."""
    return lambda rng: form(company, issued, rng, **options)


def draw_both_sides(person: Person) -> Draw:
    """Both sides of a card on one A4."""
    return lambda rng: cards.both_sides(person, rng)


def draw_front(person: Person, *, on_lid: bool = True) -> Draw:
    """The portrait side, on the scanner's white lid or as the bare card."""
    return lambda _: cards.alone(cards.front(person)) if on_lid else cards.front(person)


def draw_back(person: Person, *, on_lid: bool = True) -> Draw:
    """The emblem side, on the scanner's white lid or as the bare card."""
    return lambda _: cards.alone(cards.back(person)) if on_lid else cards.back(person)


def draw_account(company: Company, account: permits.Account) -> Draw:
    """A permit to open the account."""
    return lambda rng: account_permit(company, account, rng)


def draw_contract(spec: Contract) -> Draw:
    """A contract's pages."""
    return lambda rng: contract(spec, rng)


def draw_tax_registration(company: Company, district: str, prefix: str, offices: tuple[str, ...], issued: date) -> Draw:
    """A tax registration; its number is the district and the organisation code."""
    number = district + company.organisation
    return lambda rng: permits.tax_registration(
        company, number, prefix, offices, issued, rng, approved_by=company.authority
    )


def draw_stack(*draws: Draw) -> Draw:
    """Several papers as one run of pages."""
    return lambda rng: stack(*(draw(rng) for draw in draws))
