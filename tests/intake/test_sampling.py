"""Samples: drawn by the seed alone, in the share that was asked for; errors share a cause for stated reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake import sampling
from intake.sampling import Judged

IDS = [f"01DRAFT{number:06d}" for number in range(2000)]
ERROR = Judged("business_license", "uscc", "tesseract", "913B", "913B", "accept", "one")


@pytest.mark.parametrize("share", [0.0, 5.0, 50.0, 100.0])
def test_the_share_is_kept(share: float) -> None:
    """Of 2,000 drafts about the share is drawn; none at 0, all at 100."""
    drawn = sum(sampling.drawn(draft_id, "seed", share) for draft_id in IDS)
    assert abs(drawn / len(IDS) * 100 - share) < (1.5 if 0 < share < 100 else 0.001)


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    """And a larger share holds the smaller one."""
    first = {one for one in IDS if sampling.drawn(one, "a", 10)}
    assert first == {one for one in IDS if sampling.drawn(one, "a", 10)}
    assert first != {one for one in IDS if sampling.drawn(one, "b", 10)}
    assert first < {one for one in IDS if sampling.drawn(one, "a", 20)}


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (replace(ERROR, read="xyz", value="xyz"), True),
        (replace(ERROR, user_id="two"), False),
        (replace(ERROR, reader="rapidocr"), False),
        (replace(ERROR, field="name"), False),
        (replace(ERROR, document_type="contract"), False),
        (replace(ERROR, read="7B1", value="781", action="correct", user_id="two"), True),
        (replace(ERROR, read="7O1", value="701", action="correct", user_id="two"), False),
        (replace(ERROR, action="omit", value=None), False),
    ],
)
def test_a_cause_is_a_readers_or_a_persons(other: Judged, shares: bool) -> None:  # noqa: FBT001  # a table of answers
    """The same confusion corrected elsewhere, or the same person who accepted untouched; always the same place."""
    assert sampling.shares_cause(ERROR, "9138", other) is shares


def test_what_has_no_place_shares_no_cause() -> None:
    """A value that a person typed without any reading came from no reader."""
    nowhere = replace(ERROR, field=None, reader=None)
    assert not sampling.shares_cause(nowhere, "9138", nowhere)
