"""Characters that one cannot type are found by sound, by parts and by their likes."""

from __future__ import annotations

from intake.writing.spelling import alike, find


def test_a_character_is_found_by_its_sound_common_ones_first() -> None:
    """Without tones, ü typed as v; an unknown sound finds nothing."""
    found = find("kun", 99)
    assert {"坤", "昆", "堃"} <= set(found)
    assert found.index("坤") < found.index("堃")
    assert "吕" in find("lv")
    assert find("xyz") == find("") == ()


def test_a_character_is_found_by_its_parts_the_closest_first() -> None:
    """What holds nothing but the parts stands before what holds more."""
    assert find("方方土")[0] == "堃"


def test_the_likes_of_a_character_share_its_parts() -> None:
    """A character is never its own like; what is none has none."""
    assert "喆" not in alike("喆")
    assert alike("喆")
    assert alike("x") == ()
