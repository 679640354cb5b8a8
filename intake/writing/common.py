"""Which Chinese characters are common: those of GB 2312, the 6,763 that every Chinese computer has had since 1981.

A name with any other (镕, 喆, 堃, 𬭎) holds a rare character (生僻字): readers seldom know it and give the nearest that
they do know, so a person looks at such a name however surely it was read.
"""

from __future__ import annotations

from intake.writing.width import is_han


def rare(text: str) -> tuple[int, ...]:
    """The places (from 0) of the Chinese characters in ``text`` that are not common.

    >>> rare("朱镕基"), rare("李明"), rare("Ann 堃")
    ((1,), (), (4,))
    """
    return tuple(place for place, character in enumerate(text) if is_han(character) and not _common(character))


def _common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
