"""Pages that are the same paper scanned twice: alike in how they look and in what was read on them.

Forms of one kind look alike, whoever they were filled in for; so where enough was read on two pages, that has to be
alike too. Pages are compared only where a part of their hashes is equal: of 64 bits in eight bands, two hashes that
differ in seven bits or fewer have at least one band in common (the pigeonhole principle).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOOK_BITS = 7
"""Bits of 64 in which the hashes of two scans of one paper may differ; a band less than there are bands."""
SAID_BITS = 12
"""The same for hashes of what was read: one letter of 30 read otherwise changes 5 to 15, of 100 up to 9, another
customer's form 18 and more (on 16 sheets of the samples)."""
BARE_BITS = 3
"""Bits of the look where too little was read to be compared."""

_BANDS, _WIDTH = 8, 8
_RUN = 3  # letters that are hashed together
_LEAST = 24  # letters, fewer say nothing
_BLOCK = 2048  # pages compared with all others of their bucket at once


@dataclass(frozen=True, slots=True)
class Likeness:
    """The hashes of a page's look and of what was read on it, 16 hexadecimal digits each; ``said`` may be empty."""

    look: str
    said: str = ""


def said(text: str) -> str:
    """A hash of what was read on a page, 16 hexadecimal digits; texts that differ little differ in few of its bits.

    Every run of three letters votes for or against each bit (M. Charikar, Similarity Estimation Techniques from
    Rounding Algorithms, 2002). Empty where fewer than 24 letters and digits were read.

    >>> distance(said("统一社会信用代码一二三四五六七八九十甲乙丙丁戊己庚辛壬癸" * 4), said("x" * 40)) > SAID_BITS
    True
    >>> said("太短")
    ''
    """
    letters = [one for one in unicodedata.normalize("NFKC", text) if one.isalnum()]
    if len(letters) < _LEAST:
        return ""
    runs = {"".join(letters[at : at + _RUN]) for at in range(len(letters) - _RUN + 1)}
    digests = b"".join(hashlib.blake2b(run.encode(), digest_size=8).digest() for run in sorted(runs))
    bits = np.unpackbits(np.frombuffer(digests, np.uint8).reshape(-1, 8), axis=1)
    ahead = bits.sum(axis=0) * 2 > len(runs)
    return np.packbits(ahead).tobytes().hex()


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ.

    >>> distance("00000000000000ff", "00000000000000f0")
    4
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(one: Likeness, other: Likeness) -> bool:
    """Whether two pages seem to be one paper."""
    apart = distance(one.look, other.look)
    if one.said and other.said:
        return apart <= LOOK_BITS and distance(one.said, other.said) <= SAID_BITS
    return apart <= BARE_BITS and not one.said and not other.said


def groups(pages: Sequence[Likeness]) -> tuple[tuple[int, ...], ...]:
    """The places of pages that seem to be one paper, as groups of two and more, in order.

    What is alike to one of a group is in it. 100,000 pages take seconds, not all pairs being compared.
    """
    leader = list(range(len(pages)))
    for one, other in _pairs(pages):
        first, second = sorted((_top(leader, one), _top(leader, other)))
        leader[second] = first
    found: dict[int, list[int]] = {}
    for place in range(len(pages)):
        found.setdefault(_top(leader, place), []).append(place)
    return tuple(tuple(group) for group in found.values() if len(group) > 1)


def _top(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _pairs(pages: Sequence[Likeness]) -> Iterator[tuple[int, int]]:
    """Pairs of like pages; some more than once."""
    looks = np.array([int(page.look, 16) for page in pages], np.uint64)
    words = np.array([int(page.said or "0", 16) for page in pages], np.uint64)
    bare = np.array([not page.said for page in pages], np.bool_)
    for band in range(_BANDS):
        keys = (looks >> np.uint64(band * _WIDTH)) & np.uint64((1 << _WIDTH) - 1)
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order])) + 1
        for bucket in np.split(order, edges):
            yield from _within(bucket, looks, words, bare)


def _within(
    bucket: NDArray[np.intp], looks: NDArray[np.uint64], words: NDArray[np.uint64], bare: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """The like pairs inside one bucket, in blocks, so that memory stays small."""
    for begin in range(0, len(bucket), _BLOCK):
        some = bucket[begin : begin + _BLOCK]
        rest = bucket[begin:]
        apart = np.bitwise_count(looks[some, None] ^ looks[None, rest])
        spoken = np.bitwise_count(words[some, None] ^ words[None, rest]) <= SAID_BITS
        both, neither = ~bare[some, None] & ~bare[None, rest], bare[some, None] & bare[None, rest]
        like = (both & spoken & (apart <= LOOK_BITS)) | (neither & (apart <= BARE_BITS))
        for one, other in np.argwhere(np.triu(like, 1)).tolist():
            yield int(some[one]), int(rest[other])
