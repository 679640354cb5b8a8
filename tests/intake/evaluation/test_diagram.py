"""A reliability diagram is a small picture that every browser shows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from intake.evaluation.diagram import diagram
from intake.evaluation.figures import Bin

BINS = (Bin(0.5, 20, 0.55, 0.6), Bin(0.9, 180, 0.97, 1.0))


def test_it_shows_a_dot_and_a_count_for_every_bin() -> None:
    """Where a bin's confidence holds, its dot lies on the diagonal."""
    picture = ET.fromstring(diagram(BINS, "papers < unseen"))  # noqa: S314 - our own text
    tags = [one.tag.rpartition("}")[2] for one in picture.iter()]
    assert tags.count("circle") == len(BINS)
    assert {"20", "180", "papers < unseen"} <= {one.text for one in picture.iter()}
    low, high = (one for one in picture.iter() if one.tag.endswith("circle"))
    assert float(low.attrib["cx"]) < float(high.attrib["cx"])
    assert float(low.attrib["cy"]) > float(high.attrib["cy"])


def test_without_values_it_is_empty() -> None:
    """No bin, no dot."""
    assert "<circle" not in diagram((), "nothing")
