"""The rules are asked again about the values that a person decided."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.doctypes import get
from intake.drafting import draft
from intake.errors import UnresolvedFindingsError
from intake.extraction.validate import validate
from intake.options import DraftingOptions
from intake.review import confirm, open_errors
from intake.types import CaseDocument, CustomerFile, Decision, DraftCustomerFile
from tests.intake.casebook import CARD_BACK, CARD_FRONT, CONTRACT, LICENSE, found, paper

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
BIRTH = "id_number.birth_mismatch:id_number+birth_date"
ORDER = "date.order:license_valid_from+license_valid_to"


def drafted(*documents: CaseDocument) -> DraftCustomerFile:
    """The draft of these papers on the day of the review."""
    return draft(documents, None, today=AT.date(), options=DraftingOptions())


def decided(made: DraftCustomerFile, acknowledged: frozenset[str] = frozenset(), **typed: str | None) -> CustomerFile:
    """The file that accepting everything gives but what is typed (``None``: left out)."""
    return confirm(made, words(made, **typed), by="reviewer", at=AT, acknowledged=acknowledged)


def words(made: DraftCustomerFile, **typed: str | None) -> list[Decision]:
    """A decision on each fact."""
    return [
        Decision(one.fact, "omit" if typed[one.fact] is None else "correct", typed[one.fact])
        if one.fact in typed
        else Decision(one.fact, "accept" if one.value is not None else "omit")
        for one in made.facts
    ]


def refused(made: DraftCustomerFile, **typed: str | None) -> list[str]:
    """The keys of the errors that stop this confirmation."""
    with pytest.raises(UnresolvedFindingsError) as raised:
        decided(made, **typed)
    keys = raised.value.details["findings"]
    assert isinstance(keys, list)
    return keys


def test_a_typed_birth_date_that_is_not_the_id_numbers_is_not_confirmed_in_silence() -> None:
    """The contradiction is named with both facts; who has looked at it may let it stand."""
    made = drafted(paper("front", "id_card_front", CARD_FRONT))
    assert refused(made, birth_date="1991-04-08") == [BIRTH]
    with pytest.raises(UnresolvedFindingsError) as raised:
        decided(made, birth_date="1991-04-08")
    assert raised.value.details["facts"] == ["id_number", "birth_date"]
    file = decided(made, frozenset([BIRTH]), birth_date="1991-04-08")
    assert {one.fact: one.value for one in file.facts}["birth_date"] == "1991-04-08"


def test_an_error_that_a_correction_mends_no_longer_stands_in_the_way() -> None:
    """The birth date was misread, the number well: correcting the one needs no word on the other."""
    made = drafted(paper("front", "id_card_front", CARD_FRONT | {"birth_date": "1990-08-07"}))
    assert [one.key for one in made.findings] == [BIRTH]
    assert refused(made) == [BIRTH]
    assert decided(made, birth_date="1990-03-07")
    assert refused(made, birth_date="1990-08-01") == [BIRTH]


def test_a_correction_of_both_sides_that_do_not_agree_is_an_error_still() -> None:
    """That both values were typed does not make them fit."""
    made = drafted(paper("license", "business_license", LICENSE | {"valid_to": "2006-03-07"}))
    assert ORDER in [one.key for one in made.findings]
    assert refused(made, license_valid_from="2017-01-01", license_valid_to="2016-01-01", established_on=None) == [ORDER]


@pytest.mark.parametrize(
    ("document", "fact", "value", "key"),
    [
        (
            paper("front", "id_card_front", CARD_FRONT), "person_name", "沈亦女",
            "representative.nearly:legal_representative+person_name",
        ),
        (
            paper("contract", "contract", CONTRACT), "contract_party_a", "杭州青木文具有限公司",
            "contract.party_nearly:company_name+contract_party_a",
        ),
        (paper("back", "id_card_back", CARD_BACK), "id_valid_to", "2025-05-20", "id_card.expired:id_valid_to"),
    ],
)  # fmt: skip
def test_the_other_papers_of_the_case_are_held_against_a_typed_value(
    document: CaseDocument, fact: str, value: str, key: str
) -> None:
    """Rules within a paper and across papers, the same ones that drafting asks."""
    made = drafted(paper("license", "business_license", LICENSE), document)
    assert made.findings == ()
    assert refused(made, **{fact: value}) == [key]


def test_the_second_persons_card_is_checked_under_its_own_number() -> None:
    """A person who is corrected keeps the number that the draft gave to the card."""
    second = CARD_FRONT | {"name": "顾若溪", "id_number": "330106199205064528", "birth_date": "1992-05-06", "sex": "女"}
    made = drafted(paper("a", "id_card_front", CARD_FRONT), paper("b", "id_card_front", second))
    assert [one.key for one in made.findings if one.severity == "error"] == []
    keys = refused(made, **{"birth_date#2": "1992-06-06"})
    assert keys == ["id_number.birth_mismatch:id_number#2+birth_date#2"]


def test_a_value_that_was_filled_in_is_checked_like_one_that_was_read() -> None:
    """Also where nothing of the paper was read."""
    back = paper("back", "id_card_back", {})
    made = drafted(found(back, *validate(back.reading.fields, get("id_card_back"))))
    assert len(made.facts) == 3
    assert refused(made, id_valid_from="2004-05-20", id_valid_to="2024-05-20") == ["id_card.expired:id_valid_to"]


def test_a_page_may_ask_before_all_is_decided() -> None:
    """What is not decided yet counts as accepted."""
    made = drafted(paper("front", "id_card_front", CARD_FRONT))
    assert open_errors(made, [], today=AT.date()) == ()
    typed = [Decision("birth_date", "correct", "1991年4月8日")]
    assert [one.key for one in open_errors(made, typed, today=AT.date())] == [BIRTH]


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)))
def test_no_birth_date_but_the_numbers_passes_without_a_word(born: date) -> None:
    """For any day that is typed: it is the number's, or the confirmation is refused."""
    made = drafted(paper("front", "id_card_front", CARD_FRONT))
    if born == date(1990, 3, 7):
        assert decided(made, birth_date=born.isoformat())
    else:
        assert refused(made, birth_date=born.isoformat()) == [BIRTH]
