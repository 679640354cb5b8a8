"""Groups: a doubtful reading belongs to its look-alikes where the doubt is between these, else to its kind of value."""

from __future__ import annotations

import pytest

from intake import grouping
from intake.types import Alternative, DraftFact, FactSource, FieldReading, Label
from tests.made_up import REGION


def _fact(kind: str, value: str | None, *others: str, doubtful: bool = True, text: str | None = None) -> DraftFact:
    reading = FieldReading("f", value or "" if text is None else text, value, 0.6, 0, REGION, "tesseract")
    alternatives = tuple(Alternative(other, other, 0.3, "rapidocr") for other in others)
    source = FactSource("d", "business_license", reading)
    return DraftFact("f", Label("字段", "Field"), kind, value, 0.6, (source,), alternatives, None, doubtful)


@pytest.mark.parametrize(
    ("fact", "group"),
    [
        (_fact("date", "2016-03-08"), "dates"),
        (_fact("term_end", "long-term"), "dates"),
        (_fact("money", "5000000.00"), "amounts"),
        (_fact("person_name", "王建国"), "names"),
        (_fact("uscc", "91330106MA2AB12C3N"), "codes"),
        (_fact("long_text", "软件"), "others"),
        (_fact("person_name", "张己", "张已"), "ji"),
        (_fact("company_name", "杭州巳时有限公司", text="杭州已时有限公司"), "ji"),
        (_fact("uscc", "91330106MA2AB12C38", "91330106MA2AB12C3B"), "eight"),
        (_fact("permit_number", "J0010", "J0O1O", "J0011"), "zero"),
        (_fact("permit_number", "J0010", "J0O11"), "codes"),
        (_fact("permit_number", "J0010", "JO010"), "zero"),
        (_fact("uscc", "91330106MA2AB12C38", "9133O106MA2AB12C3B"), "codes"),
        (_fact("date", "2016-03-08", doubtful=False), None),
        (_fact("date", None), None),
    ],
)
def test_a_reading_belongs_to_one_group(fact: DraftFact, group: str | None) -> None:
    """A sure reading, and one without a value, belong to none; a difference of another kind is no look-alike."""
    assert grouping.group(fact) == group


def test_every_group_has_a_title() -> None:
    """Whatever a reading may belong to is shown by words in both languages."""
    for label in grouping.groups().values():
        assert label.zh != label.en
