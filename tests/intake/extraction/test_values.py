"""From the characters at a place to the value: what falls away, and what does not."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.doctypes import FieldSpec
from intake.extraction.values import judge

LICENSE = doctypes.get("business_license")
NAMED: dict[str, FieldSpec] = {spec.name: spec for spec in LICENSE.fields}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("legal_representative", "”王小明", "王小明"),
        ("name", "虚构市山海食品有限公司·", "虚构市山海食品有限公司"),
        ("name", "Shanhai Foods Co., Ltd.", "Shanhai Foods Co., Ltd."),
        ("registration_number", "110000000000019（1/1）", "110000000000019"),
        ("registration_number", "110000000000019(3-1)", "110000000000019"),
        ("established_on", "2016年03月08日", "2016-03-08"),
        ("established_on", "2016年03月08日专用章", "2016-03-08"),
        ("established_on", "2016君03月08日", "2016-03-08"),
        ("established_on", "二〇一六年三月八日", "2016-03-08"),
        ("issuing_authority", "虚构市市场监督管理局2016年3月8日", "虚构市市场监督管理局"),
        ("issuing_authority", "虚构市公安局体醒", "虚构市公安局"),
        ("issuing_authority", "虚构市公安局虚城分局", "虚构市公安局虚城分局"),
        ("issuing_authority", "虚构市公安局交通警察支队", "虚构市公安局交通警察支队"),
        ("valid_from", "自2016年3月8日至2036年3月7日", "2016-03-08"),
        ("valid_to", "自2016年3月8日至2036年3月7日", "2036-03-07"),
        ("valid_to", "2016-03-08至2036-03-07", "2036-03-07"),
        ("valid_to", "2016年3月8日至长期", "long-term"),
        ("valid_to", "长期", "long-term"),
        ("valid_from", "长期", None),
        ("valid_to", "2016年3月8日", None),
    ],
)
def test_the_value_of_what_was_read(field: str, text: str, value: str | None) -> None:
    """Specks, copy numbers, seals and the other end of a range are not the value's part."""
    assert judge(NAMED[field], text).value == value


def test_a_part_that_was_told_by_a_phrase_is_not_parted_again() -> None:
    """The group of a pattern is the end of the term already."""
    assert judge(NAMED["valid_to"], "2036年3月7日", whole=True).value == "2036-03-07"
