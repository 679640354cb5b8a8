"""How sure a value is: the evidence for it, weighed by a model fitted on papers whose values are known.

The model is a logistic regression over :class:`intake.extraction.evidence.Weighed`, kept as a small JSON file beside
this module with all that tells where it comes from; ``intake calibrate`` makes it anew. Each number has one weight, of
the sign that its meaning allows, so the probability rises or falls with it everywhere; each kind of field has a
constant of its own. There is always the unforeseen: no probability goes beyond the options' ``certain``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from intake.extraction.evidence import NAMES, Weighed, values

FORM = 1
"""The form of the model file; a file of another form is refused."""

MODEL = "confidence.json"
"""The model file that is shipped, beside this module."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted model.

    ``middles``, ``spreads`` and ``weights`` are per number of the evidence, in the order of its names: a number less
    its middle, over its spread, times its weight is what it adds to the log-odds. ``kinds`` are the constants of kinds
    of field; a kind that the fit did not see has none.
    """

    constant: float
    middles: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    kinds: Mapping[str, float]

    def probability(self, weighed: Weighed, certain: float) -> float:
        """The probability that the value is exactly right, from 0 to ``certain``."""
        odds = self.constant + self.kinds.get(weighed.kind, 0.0)
        for number, middle, spread, weight in zip(
            values(weighed), self.middles, self.spreads, self.weights, strict=True
        ):
            odds += weight * (number - middle) / spread
        return round(certain / (1 + math.exp(-odds)), _DECIMALS)


def load(text: str) -> Calibration:
    """The model out of its file's text; raises ``ValueError`` where it has another form or speaks of other evidence."""
    data = json.loads(text)
    if data["form"] != FORM or tuple(data["evidence"]) != NAMES:
        raise ValueError("the model of confidence was made for another version: make it anew by intake calibrate")
    numbers = [data["evidence"][name] for name in NAMES]
    return Calibration(
        constant=data["constant"],
        middles=tuple(one["middle"] for one in numbers),
        spreads=tuple(one["spread"] for one in numbers),
        weights=tuple(one["weight"] for one in numbers),
        kinds=data["kinds"],
    )


def dump(model: Calibration, made: Mapping[str, object]) -> str:
    """The text of a model file; ``made`` tells on what it was fitted, when, and how well it did."""
    per_number = zip(NAMES, model.middles, model.spreads, model.weights, strict=True)
    data = {
        "form": FORM,
        "made": dict(made),
        "constant": _short(model.constant),
        "kinds": {kind: _short(weight) for kind, weight in sorted(model.kinds.items())},
        "evidence": {
            name: {"middle": _short(middle), "spread": _short(spread), "weight": _short(weight)}
            for name, middle, spread, weight in per_number
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _short(number: float) -> float:
    return round(number, _DECIMALS) + 0.0  # no -0.0


@cache
def usual() -> Calibration:
    """The model that is shipped with the program."""
    return load(files(__package__).joinpath(MODEL).read_text("utf-8"))
