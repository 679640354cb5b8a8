r"""An address 住所 as printed, on one line (GB/T 23705: region, road, number, building, unit, room).

An address of less than five characters is doubtful: a line may be missing. So is one whose city or county misses a
name in the table of divisions (GB/T 2260) by one character; the address with that name is offered.

>>> validate(compact("浙江省杭州市西湖区\n某路 12 号")).value
'浙江省杭州市西湖区某路12号'
>>> validate("西湖区").problems[0].code
'address.short'
>>> validate("杭州市酉湖区某路12号").problems[0].code, candidates("杭州市酉湖区某路12号")
('address.division', ('杭州市西湖区某路12号',))
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import divisions
from intake.writing.width import trimmed

TRAITS = Traits(wraps=True, worded=True, prose=True)

_MISSING_PROBLEM = Problem("address.missing", "error", Label("没有地址。", "There is no address."))
_SHORT_PROBLEM = Problem(
    "address.short", "warning", Label("地址过短，可能缺行。", "The address is short: a line may be missing.")
)
_DIVISION_NOTE = Problem(
    "address.division",
    "info",
    Label("没有这个市或区县，请对照原件。", "There is no such city or county: compare it with the paper."),
)
_SHORTEST = 5


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact address."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    if len(text) < _SHORTEST:
        return Verdict(text, (_SHORT_PROBLEM,))
    return Verdict(text, (_DIVISION_NOTE,) if divisions.misread(text) else ())


def candidates(text: str) -> tuple[str, ...]:
    """The address with the name of the city or county that it misses by one character."""
    return divisions.misread(compact(text))
