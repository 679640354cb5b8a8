"""The figures of searchable PDF are counted as they are meant."""

from __future__ import annotations

from tests.bench.searchable import SAMPLES, Sums, count, recorded


def test_a_contract_is_small_whole_and_in_its_place() -> None:
    """Two pages whose pictures are the scanner's, hardly larger, each line copied whole, no rule broken."""
    sums = Sums()
    for path, texts in recorded():
        if path == SAMPLES / "cases/03-tenant/lease-contract.pdf":
            count(path, texts, sums)
    assert (sums.pages, sums.kept, sums.faulty) == (2, 2, 0)
    assert sums.written < 1.1 * sums.pictures
    assert sums.runs == sums.pdfium == sums.poppler > 40
    assert sums.placed > 0.98 * sums.characters
