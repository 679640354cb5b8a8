"""Decisions of people as truth: what counts where, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from intake.evaluation import DocumentTruth, FileTruth, evaluate, parse_truth, truth_line
from intake.evaluation.reviews import (
    Decided,
    ReviewedFile,
    ReviewedPaper,
    Tally,
    anew,
    decided,
    proposed,
    tally,
    truth,
)
from intake.types import CaseDocument, Decision, DocumentReading, PageSize, PageText
from tests.made_up import drafted, license_reading, reading

PERMIT = {"account_name": "杭州云岫测试有限公司", "legal_representative": "林晓丹", "account_number": "1908210104"}


def meant(documents: Sequence[CaseDocument], **words: tuple[str, str | None]) -> dict[str, tuple[Decided, ...]]:
    """What these decisions on the documents' draft mean; facts that are not named are not decided."""
    decisions = [Decision(fact, action, value) for fact, (action, value) in words.items()]  # type: ignore[arg-type]
    return decided(drafted(tuple(documents)), decisions, documents)


def file(*papers: ReviewedPaper) -> ReviewedFile:
    """A confirmed file of one page."""
    return ReviewedFile("one.png", "png", (PageSize(10, 10),), papers)


def test_a_fact_counts_on_every_paper_whose_reading_had_it() -> None:
    """One decision on the representative is the truth of the license's field and of the permit's."""
    documents = [
        CaseDocument("license", license_reading()),
        CaseDocument("permit", reading("bank_account_permit", {**PERMIT, "legal_representative": None})),
    ]
    found = meant(documents, legal_representative=("correct", "林晓舟"))
    one = Decided("legal_representative", "correct", "林晓舟")
    assert found == {"license": (one,), "permit": (one,)}


def test_a_value_accepted_from_another_paper_is_marked() -> None:
    """Where the papers were read to differ, the decision does not tell whether the second was misread."""
    documents = [
        CaseDocument("license", license_reading()),
        CaseDocument("permit", reading("bank_account_permit", dict(PERMIT), confidence=0.5)),
    ]
    found = meant(documents, legal_representative=("accept", "林晓舟"))
    assert [one.elsewhere for one in (*found["license"], *found["permit"])] == [False, True]


def test_what_was_typed_in_counts_as_missed_on_the_one_paper_that_prints_it() -> None:
    """A license always has a company type; it was read nowhere, and the person found it on the paper."""
    documents = [CaseDocument("license", reading("business_license", {"name": "杭州云岫测试有限公司"}))]
    found = meant(documents, company_type=("correct", "有限责任公司"), company_name=("accept", "杭州云岫测试有限公司"))
    confirmed = file(ReviewedPaper("license", documents[0].reading, found["license"]))
    figures = evaluate([truth(confirmed)], [proposed(confirmed)])
    assert (figures.total.scored, figures.total.given, figures.total.right) == (2, 1, 1)


def test_what_was_typed_in_counts_on_none_where_two_papers_could_have_it() -> None:
    """Nobody knows from which of two licenses the person took the type."""
    papers = [
        CaseDocument(name, reading("business_license", {"name": "杭州云岫测试有限公司"})) for name in ("one", "two")
    ]
    assert meant(papers, company_type=("correct", "有限责任公司")) == {}


def test_what_was_left_out_is_not_scored() -> None:
    """Leaving out does not say that the reading was wrong."""
    documents = [CaseDocument("license", license_reading())]
    found = meant(documents, company_name=("omit", None))
    confirmed = file(ReviewedPaper("license", documents[0].reading, found["license"]))
    assert truth(confirmed).documents == (DocumentTruth("business_license", (1,), {}),)
    assert tally([confirmed]) == Tally(accepted=0, corrected=0, left_out=1, elsewhere=0)


def test_the_rules_of_today_are_asked_with_the_kept_words() -> None:
    """What they make of the words is the answer; the papers that were proposed then do not matter."""
    asked: list[Sequence[PageText]] = []

    def understand(texts: Sequence[PageText]) -> tuple[DocumentReading, ...]:
        asked.append(texts)
        return (license_reading(name="今天的读法"),)

    outcome = anew(file(ReviewedPaper("license", license_reading(), ())), understand)
    assert outcome.reading is not None
    assert outcome.reading.documents[0].value("name") == "今天的读法"
    assert asked == [()]


def test_a_line_of_truth_says_the_same_when_it_is_read_again() -> None:
    """With all the liberties of a corpus."""
    whole = DocumentTruth(
        "contract",
        (1, 2),
        {"title": "合同"},
        frozenset({"amount"}),
        {"title": ("协议",)},
        frozenset({"party_a"}),
        any_party_order=True,
    )
    one = FileTruth("a.pdf", "fax", (whole, DocumentTruth("contract", (3,), {})))
    assert parse_truth([truth_line(one)]) == (one,)
