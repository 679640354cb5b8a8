"""Figures over a corpus, on cases small enough to be worked out by hand."""

from __future__ import annotations

import json

import pytest

from intake.evaluation import Documents, DocumentTruth, FileTruth, Outcome, Row, comparable, evaluate, parse_truth
from intake.evaluation.figures import Score, calibration, calibration_error, character_error_rate, coverage_at
from intake.types import Classification, DocumentReading, FieldReading, FileReading, PageSize, Region

WHOLE = Region(((0, 0), (1, 0), (1, 1), (0, 1)))


def field(name: str, value: str | None, confidence: float = 0.9) -> FieldReading:
    """One reading of a field on page 0."""
    return FieldReading(name, value or "", value, confidence, 0, WHOLE, "tesseract")


def document(kind: str | None, *fields: FieldReading, pages: tuple[int, ...] = (0,)) -> DocumentReading:
    """One document with its fields."""
    return DocumentReading(Classification(kind, 0.9), pages, fields, ())


def reading(*documents: DocumentReading, pages: int = 1, **seconds: float) -> FileReading:
    """A file of some pages and documents, with seconds per step."""
    return FileReading((PageSize(10, 10),) * pages, (), documents, seconds)


def truth(*documents: DocumentTruth, file: str = "a.jpg", profile: str = "fax") -> FileTruth:
    """One file of the corpus."""
    return FileTruth(file, profile, documents)


def score(*, right: bool, confidence: float, value: str | None = "x", expected: str = "x") -> Score:
    """One score of a field."""
    return Score("a.jpg", "contract", "title", "fax", expected, value, confidence, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [("（A），b；", "(a),b;".replace("a", "A")), ("一 二\n三", "一二三"), ("１２３", "123"), ("“甲”。", '"甲".')],
)
def test_texts_that_differ_in_width_space_or_kind_of_punctuation_are_equal(one: str, other: str) -> None:
    """NFKC, no white space, Chinese and ASCII punctuation equal: as the contract compares."""
    assert comparable(one) == comparable(other)


def test_enumeration_comma_and_comma_stay_different() -> None:
    """、 has no ASCII counterpart: reading it as a comma is an error."""
    assert comparable("甲、乙") != comparable("甲，乙")


def test_truth_lines_are_read_with_all_their_liberties() -> None:
    """optional, alternatives, seal_only and party_order stand in the corpus; blank lines do not matter."""
    line = {
        "file": "a.pdf",
        "profile": "fax",
        "documents": [
            {
                "type": "contract",
                "pages": [1, 2],
                "fields": {"title": "合同", "amount": None},
                "optional": ["effective_to"],
                "alternatives": {"title": ["协议"]},
                "seal_only": ["party_a"],
                "party_order": "unspecified",
            }
        ],
    }
    expected = DocumentTruth(
        "contract",
        (1, 2),
        {"title": "合同"},
        frozenset({"effective_to"}),
        {"title": ("协议",)},
        frozenset({"party_a"}),
        any_party_order=True,
    )
    assert parse_truth([json.dumps(line), ""]) == (truth(expected, file="a.pdf"),)


def test_rows_count_fields_values_and_right_values() -> None:
    """Four fields, three given, two right: exact match 2/4, precision 2/3; a value null counts as not given."""
    expected = DocumentTruth("contract", (1,), {"title": "合同", "amount": "1.00", "party_a": "甲", "party_b": "乙"})
    given = document(
        "contract", field("title", "合同"), field("amount", "2.00"), field("party_a", "甲"), field("party_b", None)
    )
    figures = evaluate([truth(expected)], [Outcome("a.jpg", reading(given))])
    assert figures.total == Row("all", 4, 3, 2)
    assert (figures.total.exact, figures.total.precision) == (0.5, 2 / 3)
    assert figures.by_type == (Row("contract", 4, 3, 2),)
    assert figures.by_profile == (Row("fax", 4, 3, 2),)
    assert figures.by_type_and_profile == (Row("contract fax", 4, 3, 2),)
    assert figures.by_field[0] == Row("contract.amount", 1, 1, 0)
    assert [miss.field for miss in figures.misses] == ["amount", "party_b"]


def test_optional_fields_and_fields_beyond_the_truth_are_not_scored() -> None:
    """Fields absent from the truth are not scored, and optional ones never."""
    expected = DocumentTruth("contract", (1,), {"title": "合同", "amount": "1.00"}, optional=frozenset({"amount"}))
    given = document("contract", field("title", "合同"), field("amount", "9.00"), field("signed_on", "2020-01-01"))
    assert evaluate([truth(expected)], [Outcome("a.jpg", reading(given))]).total == Row("all", 1, 1, 1)


def test_alternatives_are_as_right_as_the_value() -> None:
    """Another right form of a field counts as right."""
    expected = DocumentTruth("contract", (1,), {"title": "合同"}, alternatives={"title": ("协议",)})
    given = document("contract", field("title", "协议"))
    assert evaluate([truth(expected)], [Outcome("a.jpg", reading(given))]).total == Row("all", 1, 1, 1)


def test_what_only_the_seal_says_has_a_row_of_its_own() -> None:
    """seal_only fields count neither in the total nor in any other row."""
    expected = DocumentTruth("contract", (1,), {"title": "合同", "party_a": "甲"}, seal_only=frozenset({"party_a"}))
    figures = evaluate([truth(expected)], [Outcome("a.jpg", reading(document("contract", field("title", "合同"))))])
    assert figures.total == Row("all", 1, 1, 1)
    assert figures.seal_only == Row("seal_only", 1, 0, 0)


@pytest.mark.parametrize(("any_order", "right"), [(True, 2), (False, 0)])
def test_parties_may_stand_the_other_way_round_only_where_the_truth_says_so(any_order: bool, right: int) -> None:  # noqa: FBT001 - a case of the table
    """party_order "unspecified": either party may be A, but not one party twice."""
    expected = DocumentTruth("contract", (1,), {"party_a": "甲", "party_b": "乙"}, any_party_order=any_order)
    given = document("contract", field("party_a", "乙"), field("party_b", "甲"))
    assert evaluate([truth(expected)], [Outcome("a.jpg", reading(given))]).total == Row("all", 2, 2, right)


def test_two_documents_of_one_page_are_paired_by_type_and_values() -> None:
    """Both sides of two ID cards on one page: each truth meets the reading that resembles it most."""
    first = DocumentTruth("id_card_front", (1,), {"name": "甲", "sex": "男"})
    second = DocumentTruth("id_card_front", (1,), {"name": "乙", "sex": "男"})
    back = DocumentTruth("id_card_back", (1,), {"valid_to": "long-term"})
    given = reading(
        document("id_card_back", field("valid_to", "long-term")),
        document("id_card_front", field("name", "乙"), field("sex", "男")),
        document("id_card_front", field("name", "甲"), field("sex", "男")),
    )
    figures = evaluate([truth(first, second, back)], [Outcome("a.jpg", given)])
    assert figures.total == Row("all", 5, 5, 5)
    assert figures.documents == Documents(expected=3, found=3, typed=3, beyond=0)


def test_a_wrong_type_is_found_but_gives_no_values() -> None:
    """The document counts as found, not as typed; its fields count as missing; a further document is beyond."""
    expected = DocumentTruth("contract", (1,), {"title": "合同"})
    given = reading(
        document("tax_registration", field("title", "合同")), document("contract", pages=(1,)), document(None)
    )
    figures = evaluate([truth(expected)], [Outcome("a.jpg", given)])
    assert figures.documents == Documents(expected=1, found=1, typed=0, beyond=1)
    assert figures.type_accuracy == 0.0
    assert figures.total == Row("all", 1, 0, 0)


def test_a_failed_file_counts_with_all_its_fields() -> None:
    """A file without a reading is named, and its fields are missing values."""
    expected = DocumentTruth("contract", (1,), {"title": "合同"})
    figures = evaluate([truth(expected), truth(expected, file="b.jpg")], [Outcome("a.jpg", None)])
    assert figures.failed == ("a.jpg", "b.jpg")
    assert figures.total == Row("all", 2, 0, 0)
    assert figures.documents == Documents(expected=2, found=0, typed=0, beyond=0)


def test_character_error_rate_counts_edits_per_character_of_the_truth() -> None:
    """One replacement in four characters, and four missing ones: 5 edits in 8 characters."""
    scores = [
        score(right=False, confidence=0.9, value="甲乙丙戊", expected="甲乙丙丁"),
        score(right=False, confidence=0.0, value=None, expected="甲乙丙丁"),
    ]
    assert character_error_rate(scores) == 5 / 8


def test_only_long_fields_enter_the_character_error_rate() -> None:
    """The caller says which fields are long texts."""
    expected = DocumentTruth("contract", (1,), {"title": "甲乙丙丁", "party_a": "甲"})
    given = document("contract", field("title", "甲乙丙"), field("party_a", "乙"))
    figures = evaluate([truth(expected)], [Outcome("a.jpg", reading(given))], long_fields={("contract", "title")})
    assert (figures.long_texts, figures.character_error_rate) == (1, 0.25)


def test_coverage_takes_the_lowest_threshold_that_keeps_the_precision() -> None:
    """Two right, one wrong, two right, at half precision of 3/4: the threshold goes below the wrong one to 4 of 5."""
    scores = [
        score(right=True, confidence=0.9),
        score(right=True, confidence=0.8),
        score(right=False, confidence=0.7),
        score(right=True, confidence=0.6),
        score(right=False, confidence=0.0, value=None),
    ]
    assert coverage_at(scores, 0.75) == (4 / 5, 0.6)
    assert coverage_at(scores, 0.99) == (2 / 5, 0.8)


def test_values_of_one_confidence_are_accepted_together() -> None:
    """A threshold cannot part equal confidences, so the right one among them does not count alone."""
    scores = [score(right=True, confidence=0.9), score(right=False, confidence=0.9)]
    assert coverage_at(scores, 0.99) == (0.0, None)


def test_calibration_error_weighs_each_bins_gap() -> None:
    """0.95 on average, half right (gap 0.45); 0.5, half right (gap 0): mean gap 0.225. 1.0 is in the last bin."""
    scores = [
        score(right=True, confidence=0.9),
        score(right=False, confidence=1.0),
        score(right=True, confidence=0.5),
        score(right=False, confidence=0.5),
        score(right=False, confidence=0.0, value=None),
    ]
    bins = calibration(scores)
    assert [(one.lower, one.values, one.accuracy) for one in bins] == [(0.5, 2, 0.5), (0.9, 2, 0.5)]
    assert calibration_error(bins) == pytest.approx(0.225)


def test_silent_errors_are_wrong_values_that_nobody_would_look_at() -> None:
    """Wrong with confidence of at least 0.95."""
    expected = DocumentTruth("contract", (1,), {"title": "合同", "party_a": "甲", "party_b": "乙"})
    given = document(
        "contract", field("title", "协议", 0.95), field("party_a", "丙", 0.94), field("party_b", "乙", 0.99)
    )
    assert evaluate([truth(expected)], [Outcome("a.jpg", reading(given))]).silent_errors == 1


def test_pages_per_minute_and_shares_of_time() -> None:
    """Six pages in 30 s of wall clock are 12 a minute; the shares of the steps add up to one."""
    outcomes = [Outcome("a.jpg", reading(pages=2, decode=1.0, read=2.0)), Outcome("b.jpg", reading(pages=4, read=1.0))]
    figures = evaluate([truth(), truth(file="b.jpg")], outcomes, seconds=30)
    assert figures.pages_per_minute == 12
    assert figures.time_shares == {"decode": 0.25, "read": 0.75}


def test_an_empty_corpus_has_figures_of_nothing() -> None:
    """No division by zero anywhere."""
    figures = evaluate([], [])
    assert (figures.total.exact, figures.total.precision, figures.type_accuracy, figures.pages_per_minute) == (
        0,
        0,
        0,
        0,
    )
    assert (figures.coverage, figures.calibration_error, figures.character_error_rate) == (0, 0, 0)
