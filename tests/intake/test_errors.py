"""The tree of errors."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest

from intake.errors import EngineTimeoutError, IntakeError, UndecidedFactsError


def concrete(kind: type[IntakeError] = IntakeError) -> Iterator[type[IntakeError]]:
    """Every class with a code."""
    for below in kind.__subclasses__():
        if below.code and below.__module__ == IntakeError.__module__:
            yield below
        yield from concrete(below)


@pytest.mark.parametrize("kind", tuple(concrete()), ids=lambda kind: kind.code)
def test_an_error_comes_whole_out_of_another_process(kind: type[IntakeError]) -> None:
    """Class, details and text are the same after pickling, as worker processes hand errors over, and after copying."""
    error = kind(tool="decoder", seconds=3.0, facts=["company_name", "credit_code"])
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - made a moment ago
        assert (type(again), again.details, str(again)) == (kind, error.details, error.code)


def test_the_text_of_a_pickled_error_still_names_its_details() -> None:
    """What happened is told with its numbers and names."""
    for error in (EngineTimeoutError(tool="decoder", seconds=3), UndecidedFactsError(facts=["company_name"])):
        assert pickle.loads(pickle.dumps(error)).message("en") == error.message("en")  # noqa: S301 - as above
        assert "…" not in error.message("en")
