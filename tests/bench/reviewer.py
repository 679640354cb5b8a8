"""A reviewer who knows the truth: what each value of a draft should be, and the fewest keys that make it so.

Nothing here touches a browser. Keys are written as Playwright takes them; a :class:`Typed` text costs its characters
(an input method's own keys are not counted, as nobody's are).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from intake import fields
from intake.evaluation.truth import DocumentTruth, comparable
from intake.papers import papers
from intake.types import CaseDocument, Classification, DocumentReading, FieldReading, Region

_NOWHERE = Region(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right for one fact: the value to type first, then others that count as right; none: leave it out."""

    values: tuple[str, ...] = ()
    scored: bool = True
    """Whether the corpus says anything of it; if not, what was read is let be."""

    def holds(self, value: str) -> bool:
        """Whether a value as it stands on the desk is right."""
        if not self.scored:
            return True
        return any(comparable(one) == comparable(value) for one in self.values) if self.values else not value


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as the desk shows it: ``typed`` is what accepting takes, ``others`` what the keys 1 to 9 take."""

    fact: str
    kind: str
    state: str
    decided: bool
    typed: str
    others: tuple[str, ...] = ()
    jump: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that is typed."""

    text: str


Keys = tuple[str | Typed, ...]


def cost(keys: Iterable[str | Typed]) -> int:
    """How many keys are struck.

    >>> cost(("Alt+a", Typed("林晓舟"), "Enter"))
    5
    """
    return sum(len(one.text) if isinstance(one, Typed) else 1 for one in keys)


@dataclass(frozen=True, slots=True)
class _Said:
    values: list[str] = field(default_factory=list)
    unscored: list[str] = field(default_factory=list)


def truths(documents: Sequence[DocumentTruth]) -> dict[str, Truth]:
    """What is right for each fact that the papers speak of, under the names that the desk gives them."""
    said: dict[str, _Said] = {}
    rows = [_as_read(number, one) for number, one in enumerate(documents)]
    by_id = {row.id: one for row, one in zip(rows, documents, strict=True)}
    for paper in papers(rows):
        truth = by_id[paper.document.id]
        for spec in paper.type.fields:
            of = said.setdefault(paper.fact(spec.name), _Said())
            given = [truth.fields[spec.name]] if spec.name in truth.fields else []
            if spec.name in ("party_a", "party_b") and truth.any_party_order:
                given += [truth.fields[name] for name in ("party_a", "party_b") if name in truth.fields]
            of.values.extend(_written(spec.kind, value) for value in (*given, *truth.alternatives.get(spec.name, ())))
            if spec.name in truth.optional:
                of.unscored.append(spec.name)
    return {
        fact: Truth(tuple(dict.fromkeys(of.values)), bool(of.values or not of.unscored)) for fact, of in said.items()
    }


def _as_read(number: int, truth: DocumentTruth) -> CaseDocument:
    """A document of the truth as if it had been read so: what numbers papers that repeat."""
    read = tuple(
        FieldReading(name, value, value, 1.0, truth.pages[0] - 1, _NOWHERE, "truth")
        for name, value in truth.fields.items()
    )
    pages = tuple(page - 1 for page in truth.pages)
    return CaseDocument(str(number), DocumentReading(Classification(truth.type, 1.0), pages, read, ()))


def _written(kind: str, value: str) -> str:
    """A value as people who read Chinese type it; as it stands where it has no form of its kind."""
    found = fields.check(kind, value).value
    return value if found is None else fields.typed(kind, found, "zh")


def mending(shown: Shown, truth: Truth) -> Keys:
    """The fewest keys that make a value right and decide it, once it is in hand with its text selected."""
    if not truth.values:
        return ("Alt+0",)
    ways: list[Keys] = [
        (f"Alt+{place}", "Enter") for place, other in enumerate(shown.others[:9], start=1) if truth.holds(other)
    ]
    ways += [(*way, "Enter") for way in edits(shown.typed, truth.values[0])]
    return min(ways, key=cost)


def edits(old: str, new: str) -> Sequence[Keys]:
    """Ways to make ``new`` out of a selected ``old``: anew, or by going to the place with the arrow keys."""
    ways: list[Keys] = [(Typed(new),)]
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    gone, put = old[head : len(old) - tail], new[head : len(new) - tail]
    typed: Keys = (Typed(put),) if put else ()
    if old and head:
        ways.append(("ArrowLeft", *("ArrowRight",) * head, *("Delete",) * len(gone), *typed))
    if old and head + tail:
        ways.append(("ArrowRight", *("ArrowLeft",) * tail, *("Backspace",) * len(gone), *typed))
    return ways


def _alike(one: str, other: str) -> int:
    """How many characters at their heads are the same."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same


@dataclass(frozen=True, slots=True)
class Task:
    """What a draft asks of its reviewer: how many of its values are wrong, and how many only have to be looked at."""

    facts: int
    wrong: tuple[str, ...]
    looked_at: tuple[str, ...]
    target: int
    """Keys: Ctrl+Enter; for a wrong value its characters and 2 (left out: 2); for a right one in doubt Enter."""


def task(shown: Sequence[Shown], right: Mapping[str, Truth]) -> Task:
    """What has to be done about these values."""
    wrong = tuple(one.fact for one in shown if not right.get(one.fact, Truth()).holds(one.typed))
    empty = tuple(one.fact for one in shown if not one.decided and one.fact not in wrong)
    keys = sum(2 + len(next(iter(right.get(fact, Truth()).values), "")) for fact in wrong)
    return Task(len(shown), wrong, empty, 1 + keys + len(empty))
