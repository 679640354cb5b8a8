"""One module per kind of value: how its text is made canonical, checked, shown and read again.

A module has ``compact(text) -> str`` (what was read, without the spaces and widths that carry no meaning) and
``validate(text) -> Verdict`` (of a compact text). It may have ``candidates(text)`` (other values that the text may
stand for, likeliest first), ``choose(letters)`` (what of all that an engine thought of while reading stands better than
what it read), ``display(value, language)``, ``typed(value, language)`` (how a person of that language
writes a value that nobody would write in its canonical form), ``ALPHABET`` (the characters it can hold, for the
engine), ``LANGUAGE`` (``chi_sim`` or ``eng``), ``TRAITS`` (how it stands on paper), and, where it tells who a person
is, ``MASK`` (how many characters of its head and of its tail lists may show) and ``personal(value)`` (whether this
value does; without it every value does). Modules are found by walking this folder; no module imports another.

A value that is wrong by a rule is still a value: its problems say so. ``None`` is for texts without even the form.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from intake.types import Label, Severity
from intake.writing.fillers import says_nothing
from intake.writing.letters import Letter
from intake.writing.width import balanced


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text of a kind. ``code`` begins with the kind (``uscc.check_digit``)."""

    code: str
    severity: Severity
    message: Label


_ROUNDS = 100  # more noise lies around no value; a text that is nothing else would be read once for each of its letters
_BRACKETS_PROBLEM = Problem(
    "text.brackets",
    "warning",
    Label("括号不成对，请看结尾是否缺字。", "A bracket stands alone: see whether the end is missing."),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The canonical value (``None``: the text has not the form of its kind) and the problems with it."""

    value: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Traits:
    """How values of a kind stand on paper, for those who look for them there.

    ``wraps``: it may run over several lines. ``checked``: it ends in a check character, so a value that keeps its
    rules is seldom misread. ``dated``: it is a day, which a seal or a neighbour may surround with other marks.
    ``copied``: the number of the copy may follow it (1/1). ``together``: its letters stand close, so what stands
    further off on its line is no part of it. ``worded``: offices word it differently, so that two papers may differ in
    it and mean the same. ``once``: another one at another place of the paper contradicts it. ``prose``: so long that
    its single characters count (character error rate). ``names``: it names someone, so that a rare character in it
    calls for a look. The rest are regular expressions: ``end``, what never is part of
    it and ends it; ``sentence_end``, what ends it in running text, where that is not the usual punctuation and it may
    go on in the next line; ``encoded``, how a printed code (QR) holds it, the value being the last group or the whole;
    ``look``, what a whole line of it looks like on a form, by which it is known where its caption was lost;
    ``printed``, its forms on paper where these are others than the canonical one; ``measure``, what a bracket behind
    the caption says where it belongs to the value (注册资本（万元）).
    """

    wraps: bool = False
    checked: bool = False
    dated: bool = False
    copied: bool = False
    together: bool = False
    worded: bool = False
    once: bool = False
    prose: bool = False
    names: bool = False
    end: str = ""
    sentence_end: str = ""
    encoded: str = ""
    look: str = ""
    printed: str = ""
    measure: str = ""


class FieldKind(Protocol):
    """What every module of this folder provides."""

    def compact(self, text: str) -> str:
        """The text without what carries no meaning."""

    def validate(self, text: str) -> Verdict:
        """The verdict on a compact text."""


def kinds() -> tuple[str, ...]:
    """The names of all kinds, in alphabetical order.

    >>> "date" in kinds()
    True
    """
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def check(kind: str, text: str) -> Verdict:
    """The verdict on a text as read or typed. Raises ``KeyError`` for an unknown kind.

    Of every kind a value that opens a bracket and does not close it, or the other way round, is doubtful: an end was
    lost, or a mark misread. What only fills a place where there is nothing to say is no value of any kind.

    >>> check("company_name", "******").value is None, check("authority", "无").value is None
    (True, True)
    >>> check("date", "2016 年 3 月 8 日").value
    '2016-03-08'
    >>> check("company_type", "有限责任公司(自然人独资").problems[-1].code
    'text.brackets'
    """
    module = _module(kind)
    compact = module.compact(text)
    # What one round leaves bare may be noise again (a quotation mark behind a dash); texts only ever get shorter.
    for _ in range(_ROUNDS):
        again = module.compact(compact)
        if len(again) >= len(compact):
            break
        compact = again
    verdict = module.validate(compact)
    if verdict.value == compact and says_nothing(compact):  # a term that is nothing but stars has a meaning of its own
        return Verdict(None, module.validate("").problems)
    if verdict.value is None or balanced(verdict.value):
        return verdict
    return Verdict(verdict.value, (*verdict.problems, _BRACKETS_PROBLEM))


def is_sound(kind: str, text: str) -> bool:
    """Whether a text is a value of a kind and nothing speaks against it.

    >>> is_sound("id_number", "330106199003078219"), is_sound("id_number", "330106199003078210")
    (True, False)
    """
    verdict = check(kind, text)
    return verdict.value is not None and not verdict.problems


def candidates(kind: str, text: str) -> tuple[str, ...]:
    """Canonical values that a misread text may stand for, the likeliest first; empty where the kind offers none."""
    offer = getattr(_module(kind), "candidates", None)
    return () if offer is None else cast("tuple[str, ...]", offer(text))


def choose(kind: str, letters: Sequence[Letter]) -> dict[int, str]:
    """Characters that an engine all but read and that stand better than those it read, by place; empty for none.

    >>> read = [Letter("零", 1.0), Letter("鲁", 0.8, (("售", 0.15),))]
    >>> choose("long_text", read), choose("person_name", read)
    ({1: '售'}, {})
    """
    chosen = getattr(_module(kind), "choose", None)
    return {} if chosen is None else cast("dict[int, str]", chosen(letters))


def display(kind: str, value: str, language: str) -> str:
    """A canonical value as a person of that language reads it.

    >>> display("money", "5000000.00", "zh"), display("term_end", "long-term", "zh")
    ('¥5,000,000.00', '长期')
    """
    show = getattr(_module(kind), "display", None)
    return value if show is None else cast("str", show(value, language))


def typed(kind: str, value: str, language: str) -> str:
    """A canonical value as it stands where a person types: :func:`check` gives the same value for it.

    >>> typed("term_end", "long-term", "zh"), typed("term_end", "2036-03-07", "zh"), typed("sex", "男", "en")
    ('长期', '2036-03-07', '男')
    """
    write = getattr(_module(kind), "typed", None)
    return value if write is None else cast("str", write(value, language))


def alphabet(kind: str) -> str | None:
    """The characters that the printed value can hold, or ``None`` where every character is possible."""
    return cast("str | None", getattr(_module(kind), "ALPHABET", None))


def language(kind: str) -> str:
    """The engine's language for the printed value: ``chi_sim``, or ``eng`` for numbers and codes."""
    return cast("str", getattr(_module(kind), "LANGUAGE", "chi_sim"))


def traits(kind: str) -> Traits:
    """How values of the kind stand on paper. Raises ``KeyError`` for an unknown kind.

    >>> traits("id_number").checked, traits("address").wraps, traits("permit_number") == Traits()
    (True, True, True)
    """
    return cast("Traits", getattr(_module(kind), "TRAITS", Traits()))


def mask(kind: str, value: str) -> tuple[int, int] | None:
    """How many characters of head and tail lists may show; ``None`` where the value identifies no person or account.

    >>> mask("id_number", "330106199003078219"), mask("uscc", "91330106MA2AB12C3N")
    ((3, 4), None)
    """
    module = _module(kind)
    personal = getattr(module, "personal", None)
    if personal is not None and not personal(value):
        return None
    return cast("tuple[int, int] | None", getattr(module, "MASK", None))


@cache
def _module(kind: str) -> FieldKind:
    if kind not in kinds():
        raise KeyError(kind)
    return cast("FieldKind", importlib.import_module(f"{__name__}.{kind}"))
