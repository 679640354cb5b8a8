"""What kinds prefer among the characters that a reader thought of."""

from __future__ import annotations

import pytest

from intake.fields import choose, kinds
from intake.writing.letters import Letter, exchanged, written


def chosen(kind: str, text: str, read: str, rivals: dict[str, float]) -> str:
    """A text whose ``_`` was read as ``read`` with these rivals, with what its kind chooses."""
    said = [Letter(read, 0.6, tuple(rivals.items())) if one == "_" else Letter(one, 1.0) for one in text]
    return exchanged(written(said), choose(kind, said))


def test_most_kinds_choose_nothing_by_themselves() -> None:
    """Their rules are asked instead: a check character, a lexicon."""
    said = [Letter("1", 0.5, (("7", 0.5),))]
    assert {kind for kind in kinds() if choose(kind, said)} == set()


@pytest.mark.parametrize(
    ("text", "read", "rivals", "value"),
    [
        ("洛阳市_西区某路1号", "洞", {"润": 0.38, "涧": 0.17}, "洛阳市涧西区某路1号"),
        ("杭州市西湖区文一_5号", "衡", {"街": 0.2}, "杭州市西湖区文一街5号"),
        ("杭州市西湖区文一路12_", "兮", {"号": 0.4}, "杭州市西湖区文一路12号"),
        ("杭州市西湖区某居委_六组", "舍", {"会": 0.1}, "杭州市西湖区某居委会六组"),
    ],
)
def test_an_address_takes_known_places(text: str, read: str, rivals: dict[str, float], value: str) -> None:
    """The letter of a division's name, of a road or house beside its number, of a usual word."""
    assert chosen("address", text, read, rivals) == value


@pytest.mark.parametrize(
    ("text", "read", "rivals"),
    [
        ("杭州市西湖区_一路5号", "文", {"街": 0.2}),
        ("杭州市西湖区文一_5号", "路", {"街": 0.4}),
        ("杭州市西湖区文一_5号", "衡", {"街": 0.05}),
        ("杭州市西湖区文一路_号", "8", {"街": 0.4}),
    ],
)
def test_an_address_keeps_what_can_stand(text: str, read: str, rivals: dict[str, float]) -> None:
    """A letter of a name, another unit, an unlikely rival, a number."""
    assert chosen("address", text, read, rivals) == text.replace("_", read)
