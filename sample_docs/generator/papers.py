"""The nouns of the sample world: persons, companies, papers with what they say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from PIL import Image

LONG_TERM = "long-term"


@dataclass(frozen=True, slots=True)
class Person:
    """A holder of an identity card; ``valid_to`` is None where the card is valid for ever (长期)."""

    name: str
    sex: str
    ethnicity: str
    birth: date
    address: str
    id_number: str
    police: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a license calls its fields; it differs by the legal form. Empty where the paper lacks the field."""

    head: str = "法定代表人"
    place: str = "住所"
    founded: str = "成立日期"
    term: str = "营业期限"
    capital: str = "注册资本"
    composition: str = ""


COMPANY = Wording()
SOLE_TRADER = Wording("经营者", "经营场所", "注册日期", "", "", "个人经营")
PARTNERSHIP = Wording("执行事务合伙人", "主要经营场所", "成立日期", "合伙期限", "")
BRANCH = Wording("负责人", "营业场所", "成立日期", "营业期限", "")


@dataclass(frozen=True, slots=True)
class Company:
    """A business as its license describes it.

    ``term_to`` None means for ever; ``code`` is a credit code or an old registration number.
    """

    name: str
    kind: str
    code: str
    organisation: str
    head: str
    established: date
    address: str
    scope: str
    authority: str
    capital_text: str = ""
    capital: str = ""
    term_to: date | None = None
    wording: Wording = COMPANY


@dataclass(frozen=True, slots=True)
class Document:
    """One paper's truth: its type, its pages within the file (from 1) and its fields in canonical form.

    ``seal_only`` names fields that stand nowhere but on the seal.
    """

    type: str
    pages: tuple[int, ...]
    fields: dict[str, str]
    seal_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Images of pages at 300 dpi with the documents that they hold."""

    images: tuple[Image.Image, ...]
    documents: tuple[Document, ...] = field(default=())


def stack(*papers: Paper) -> Paper:
    """Papers laid upon each other, as they go through the feeder: one run of pages."""
    images: list[Image.Image] = []
    documents: list[Document] = []
    for paper in papers:
        start = len(images)
        documents += [replace(d, pages=tuple(start + page for page in d.pages)) for d in paper.documents]
        images += paper.images
    return Paper(tuple(images), tuple(documents))
