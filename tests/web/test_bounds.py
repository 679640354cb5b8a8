"""What forms may send at most."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from web import bounds


def test_a_version_is_a_short_number() -> None:
    """Digits as we write them, at most nine: neither other signs nor numbers that only look like some."""
    assert bounds.version("12") == 12
    for wrong in ("", None, "x", "-1", "1.0", "²", "１", "1" * 10, " 1"):
        with pytest.raises(BadRequest):
            bounds.version(wrong)


def test_a_value_is_no_longer_than_any_value_is() -> None:
    """What is not there is empty; one character too many is refused."""
    longest = "字" * bounds.LONGEST_VALUE
    assert (bounds.value({"a": longest}, "a"), bounds.value({}, "a")) == (longest, "")
    with pytest.raises(UnprocessableEntity):
        bounds.value({"a": longest + "字"}, "a")
