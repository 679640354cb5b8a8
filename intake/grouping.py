"""Doubtful readings by kind, so that a person can look at many of one kind in a row: the eye stays in one mode.

A reading belongs to one group: to that of a pair of look-alikes where the doubt is between these, else to that of its
kind of value. Readings without a value or without a place on a scan belong to none: there is no crop to look at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from intake import fields
from intake.types import DraftFact, Label

LOOK_ALIKES: dict[str, tuple[str, Label]] = {
    "ji": ("己已巳", Label("形近字 己／已／巳", "Look-alikes 己, 已, 巳")),
    "eight": ("8B", Label("形近字 8／B", "Look-alikes 8 and B")),
    "zero": ("0OQD", Label("形近字 0／O", "Look-alikes 0 and O")),
    "one": ("1IL", Label("形近字 1／I", "Look-alikes 1 and I")),
    "two": ("2Z", Label("形近字 2／Z", "Look-alikes 2 and Z")),
    "five": ("5S", Label("形近字 5／S", "Look-alikes 5 and S")),
}
"""Characters that are mistaken for each other, by group."""

KINDS: dict[str, tuple[tuple[str, ...], Label]] = {
    "dates": (("date", "term_end"), Label("日期", "Dates")),
    "amounts": (("money",), Label("金额", "Amounts")),
    "names": (("person_name", "company_name", "party_name", "bank_name"), Label("名称与人名", "Names")),
    "codes": (
        ("uscc", "reference", *(kind for kind in fields.kinds() if kind.endswith("_number"))),
        Label("号码", "Numbers and codes"),
    ),
    "addresses": (("address",), Label("地址", "Addresses")),
}
"""Kinds of value by group; every other kind is among ``others``."""

OTHERS = "others"
_OTHERS = Label("其他", "Others")


def groups() -> dict[str, Label]:
    """Every group with its title, in the order in which they are shown.

    >>> list(groups())[:2], list(groups())[-1]
    (['dates', 'amounts'], 'others')
    """
    kinds = {name: label for name, (_kinds, label) in KINDS.items()}
    return kinds | {name: label for name, (_letters, label) in LOOK_ALIKES.items()} | {OTHERS: _OTHERS}


def group(fact: DraftFact) -> str | None:
    """The group that a proposed fact belongs to; ``None`` where it is not doubtful or there is nothing to look at."""
    if not fact.doubtful or fact.value is None or not fact.sources:
        return None
    others = [other.value for other in fact.alternatives] + [source.reading.text for source in fact.sources]
    found = next((name for name, (letters, _) in LOOK_ALIKES.items() if _between(letters, fact.value, others)), None)
    return found or next((name for name, (kinds, _) in KINDS.items() if fact.kind in kinds), OTHERS)


def _between(letters: str, value: str, others: Iterable[str]) -> bool:
    """Whether some other text differs from the value only where one of ``letters`` stands for another of them."""
    plain = _plain(value)
    return any(_differ_by(letters, plain, _plain(other)) for other in others)


def _differ_by(letters: str, one: str, other: str) -> bool:
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and bool(pairs) and all(a in letters and b in letters for a, b in pairs)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
