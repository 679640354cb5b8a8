"""A file's kept words become values with their evidence, at every stage of its reading."""

from __future__ import annotations

from intake.evaluation import DocumentTruth, FileTruth
from intake.evaluation.samples import cases
from intake.options import ExtractionOptions
from intake.types import PageText
from tests.intake.extraction.sheets import column, page

OPTIONS = ExtractionOptions()
TRUTH = FileTruth(
    "a.jpg",
    "phone",
    (DocumentTruth("id_card_back", (1,), {"issuing_authority": "虚构市公安局", "valid_from": "2016-01-01"}),),
)


def words(reader: str, authority: str) -> PageText:
    """The back of a card as one reader read it."""
    return page(
        *column("中华人民共和国", "居民身份证", f"签发机关 {authority}", "有效期限 2016.01.01-2036.01.01"),
        reader=reader,
    )


def test_every_stage_of_a_reading_has_its_cases() -> None:
    """The first reader alone, then both; the last stage is what a person sees."""
    found = list(cases(TRUTH, (words("tesseract", "虚构币公安局"), words("rapidocr", "虚构市公安局")), OPTIONS))
    assert [(case.stage, case.last, case.score.field) for case in found] == [
        ("first", False, "issuing_authority"),
        ("first", False, "valid_from"),
        ("whole", True, "issuing_authority"),
        ("whole", True, "valid_from"),
    ]


def test_every_value_that_was_read_is_a_sample_right_or_wrong() -> None:
    """The one that is given and those that are only offered; the evidence is that of the stage."""
    found = list(cases(TRUTH, (words("tesseract", "虚构币公安局"), words("rapidocr", "虚构市公安局")), OPTIONS))
    first, last = found[0].samples, found[2].samples
    assert [(one.value, one.right, one.weighed.first_unasked) for one in first] == [("虚构币公安局", False, 1)]
    assert {(one.value, one.right) for one in last} == {("虚构币公安局", False), ("虚构市公安局", True)}
    assert [one.weighed.both for one in found[3].samples] == [1]


def test_a_field_that_was_found_nowhere_has_a_case_without_samples() -> None:
    """It counts among all fields of which a share is covered."""
    found = list(cases(TRUTH, (page(*column("居民身份证", "签发机关 虚构市公安局"), reader="tesseract"),), OPTIONS))
    assert [len(case.samples) for case in found if case.score.field == "valid_from"] == [0]


def test_under_another_type_nothing_was_read() -> None:
    """A document that was taken for something else has no right values."""
    other = FileTruth("a.jpg", "phone", (DocumentTruth("contract", (1,), {"title": "买卖合同"}),))
    assert [case.samples for case in cases(other, (words("tesseract", "虚构市公安局"),), OPTIONS)] == [()]
