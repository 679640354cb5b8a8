"""Document types: one module per type, found by walking this folder; to add a type, add a file.

A module holds one constant, ``TYPE``: what the paper is called, how it is recognised (cues), and its fields with the
captions that the paper prints beside them. No list of types stands anywhere else.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import Literal

from intake.fields import traits
from intake.types import CustomerKind, Label

Part = Literal["", "start", "end"]
Place = Literal["", "title", "foot_date", "signatures"]
Side = Literal["", "first", "second"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase that speaks for a type (``weight`` > 0) or against it (``weight`` < 0).

    Weights are log-odds, roughly: 3 is nearly proof, 1 a hint. ``title``: counts only where the phrase makes up most of
    its printed line, as headings do; a phrase in running text says little about the paper that it stands on.
    ``ends``: the phrase ends a short line (…购销合同). ``shape``: the phrase only names the cue; what is looked for is
    this regular expression over the whole paper's letters, line by line, where the captions may be too pale to be read;
    its group ``value`` must be a sound value of the ``kind`` (check character).
    """

    phrase: str
    weight: float
    title: bool = False
    ends: bool = False
    shape: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a document type.

    ``captions`` are the words that papers print beside the value, without spaces, in all variants since the 1990s.
    ``kind`` names a module of :mod:`intake.fields`; ``fact`` the fact of the customer file. ``part`` takes one end of a
    printed range (自 … 至 …). ``patterns`` are regular expressions over the running text of the document, white space
    taken out; their first group is the value. ``place`` finds a value that has no caption by where it stands:
    ``title`` the heading, ``foot_date`` the date at the foot, ``signatures`` the date alone on a line under them.
    ``shape`` is a regular expression that a value has wherever it stands: the last resort where no caption led to one.
    ``long``: a text over several lines, scored by characters. ``running``: the caption stands in running text
    (contracts), so the value ends with the line or with its punctuation. ``below``: the value may stand under its
    caption. ``inline``: the caption may follow the value before it without a gap (性别 男 民族 汉).
    ``expected``: every paper of the type prints it. ``weak``: those of the captions that may label something else too.
    ``stand_ins``: those that do label something else, which is taken where the proper one is not printed and offered
    beside it where both are (组成形式 beside 类型).
    ``look`` is a regular expression for a whole line of the value, by which it is known when its caption was lost.
    ``spans`` are regular expressions for how long a term lasts, with the groups ``count`` and ``unit`` (年 or 个月);
    ``counted_from`` names the fields from whose day it is counted, the best first: the end is then reckoned.
    ``hints`` are patterns of lower standing: what they find counts where no other was found. ``another`` is a regular
    expression for the words before a value in running text that tell that it is another thing's (付款期限自…).
    ``form`` is a regular expression that any value holds somewhere: what lacks it is no value of the field. ``side``
    tells which of the type's ``roles`` the field names. ``latest``: where the paper prints several days (one under each
    signature), the last of them is the field's.
    """

    name: str
    label: Label
    kind: str
    fact: str
    captions: tuple[str, ...] = ()
    long: bool = False
    part: Part = ""
    patterns: tuple[str, ...] = ()
    place: Place = ""
    shape: str = ""
    running: bool = False
    below: bool = False
    inline: bool = False
    expected: bool = False
    weak: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    look: str = ""
    spans: tuple[str, ...] = ()
    counted_from: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    another: str = ""
    form: str = ""
    side: Side = ""
    latest: bool = False

    @property
    def wraps(self) -> bool:
        """Whether the value may run over several lines; numbers, dates and names of persons stand on one."""
        return traits(self.kind).wraps


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of paper.

    ``stops`` are captions of things that we do not keep but that end the value before them. ``repeats``: a second
    paper of this type in a case is another paper and not a copy (contracts, ID cards): its facts get ``#2`` and so on.
    ``continues``: may run over several pages; ``page_cues`` then tell a page that carries on from one that does not.
    ``rank`` tells where people lay papers of this type among those of a customer: the place of their set (both sides of
    a card are one), then the place in the set; without one they come behind, in the order in which they came in.
    ``orders`` are the names of the fields as the forms of the type print them down a column, one text per form: by
    them a line whose caption was lost is told.
    ``roles`` are the names of the two sides of a contract in pairs (买方, 卖方); the first pair settles which is which.
    ``open_roles`` is a regular expression for a whole role that nobody listed; ``more_roles`` are those of one paper.
    """

    name: str
    title: Label
    fields: tuple[FieldSpec, ...]
    cues: tuple[Cue, ...]
    customer: CustomerKind
    repeats: bool = False
    stops: tuple[str, ...] = ()
    continues: bool = False
    page_cues: tuple[Cue, ...] = ()
    rank: tuple[int, int] | None = None
    roles: tuple[tuple[str, str], ...] = ()
    orders: tuple[str, ...] = ()
    open_roles: str = ""
    more_roles: tuple[str, ...] = ()

    @property
    def every_role(self) -> tuple[str, ...]:
        """Every role that is listed or was found on the paper, each once."""
        return tuple(dict.fromkeys((*(role for pair in self.roles for role in pair), *self.more_roles)))

    def field(self, name: str) -> FieldSpec:
        """The field of this name; raises ``KeyError`` where the type has none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


@cache
def types() -> tuple[DocumentType, ...]:
    """All document types, by name: every module of this folder that holds a ``TYPE``."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").TYPE for name in names)


@cache
def get(name: str) -> DocumentType:
    """The document type of this name; raises ``KeyError`` for an unknown name."""
    for document_type in types():
        if document_type.name == name:
            return document_type
    raise KeyError(name)


@cache
def laid_out() -> tuple[DocumentType, ...]:
    """All document types as people lay papers out: by rank, those without one behind the others, by name."""
    return tuple(sorted(types(), key=lambda kind: (kind.rank is None, kind.rank or (0, 0))))


def home(fact: str) -> str | None:
    """The name of the type that a fact belongs to first of all, or ``None`` where no type speaks of it.

    >>> home("company_name"), home("person_name")
    ('business_license', 'id_card_front')
    """
    return next((kind.name for kind in laid_out() if any(spec.fact == fact for spec in kind.fields)), None)
