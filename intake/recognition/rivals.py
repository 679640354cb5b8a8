"""The second reader's own second thoughts: the characters that it all but read, with their probabilities.

Its recogniser gives, for every step along a line, a probability to each character that it knows, of which the library
keeps the best. Where that is not sure the next ones are kept too: what grammar and lexicons choose from was read then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions

Rivals = tuple[tuple[str, float], ...]
"""Characters in the place of one that was read, with their probabilities, the likeliest first."""

_BLANK = 0  # the recogniser's word for "no character begins here" (CTC)


class KeepingRivals:
    """The library's decoder, which also keeps the rivals of each character, as ``rivals`` beside its confidences."""

    def __init__(self, decoder: Any, options: RecognitionOptions) -> None:
        """``decoder`` is the recogniser's own, which does the decoding."""
        self._decoder, self._options = decoder, options

    def __call__(self, probabilities: NDArray[np.float32], *args: Any, **more: Any) -> tuple[list[Any], list[Any]]:
        """As the decoder; ``probabilities`` have the axes line, step along it, character (0: none)."""
        lines, words = self._decoder(probabilities, *args, **more)
        for info, steps in zip(words, probabilities, strict=True):
            info.rivals = list(rivals(steps, self._decoder.character, self._options))
        return lines, words


def rivals(steps: NDArray[np.float32], characters: Sequence[str], options: RecognitionOptions) -> Iterable[Rivals]:
    """The rivals of each character that a line is decoded to: of all steps of its run, the best they were given.

    >>> steps = np.array([[0.9, 0.0, 0.1], [0.1, 0.7, 0.2], [0.0, 0.6, 0.4], [0.0, 0.0, 1.0]], np.float32)
    >>> [[one for one, sure in some] for some in rivals(steps, ["", "；", "："], RecognitionOptions())]
    [['：'], []]
    """
    best = steps.argmax(axis=1)
    bounds = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    for start, end in pairwise(bounds):
        token = int(best[start])
        if token != _BLANK:
            yield _of_run(steps[start:end], token, characters, options)


def _of_run(steps: NDArray[np.float32], token: int, characters: Sequence[str], options: RecognitionOptions) -> Rivals:
    if steps[:, token].max() >= options.rivals_below:
        return ()
    most = steps.max(axis=0)
    most[[_BLANK, token]] = 0
    places = [place for place in np.flatnonzero(most >= options.rival_least).tolist() if characters[place].strip()]
    others = [place for place in places if _plain(characters[place]) != _plain(characters[token])]
    ranked = sorted(others, key=lambda place: -float(most[place]))[: options.rivals_most]
    return tuple((characters[place], float(most[place])) for place in ranked)


def _plain(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
