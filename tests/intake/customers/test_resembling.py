"""Which customer files resemble a draft, why, and by which marks they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.customers import likeness, resembling
from intake.customers.resembling import MatchingOptions, Reason
from intake.types import CustomerKind

OPTIONS = MatchingOptions()
COMPANY = {
    "company_name": "杭州云岫测试有限公司",
    "credit_code": "91330106MA2AB12C3N",
    "legal_representative": "林晓舟",
    "registered_address": "浙江省杭州市西湖区云岫路8号",
}
PERSON = {"person_name": "林晓舟", "birth_date": "1990-03-07", "person_address": "杭州市云岫路8号"}
TEXTS = st.text(alphabet="杭州云岫溪桥测试科技有限公司集团8A（）", max_size=14)


def _reasons(kind: CustomerKind, mine: dict[str, str | None], theirs: dict[str, str | None]) -> list[str] | None:
    found = resembling.compare(kind, mine, theirs, OPTIONS)
    return None if found is None else [reason.fact for reason in found.reasons]


def test_the_same_number_is_a_reason_by_itself() -> None:
    """Whatever the name says by now; a credit code counts as a taxpayer number too, an ID number in either form."""
    renamed = COMPANY | {
        "company_name": "宁波溪桥贸易有限公司",
        "registered_address": None,
        "legal_representative": None,
    }
    assert _reasons("company", COMPANY, renamed) == ["credit_code"]
    assert _reasons("company", {"taxpayer_number": COMPANY["credit_code"]}, COMPANY) == ["credit_code"]
    assert _reasons("person", {"id_number": "330106199003078219"}, {"id_number": "330106900307821"}) == ["id_number"]


def test_a_name_that_is_written_otherwise_is_the_same_name() -> None:
    """Spaces, widths, brackets and where the region stands do not matter; a missing word of trade matters little."""
    for other in ("杭州云岫测试 有限公司", "云岫（杭州）测试有限公司"):
        assert likeness.names(COMPANY["company_name"], other, "company") == 1.0
    longer = likeness.names(COMPANY["company_name"], "杭州云岫软件测试有限公司", "company")
    assert OPTIONS.name < longer < 1.0


@pytest.mark.parametrize("other", ["杭州溪桥测试有限公司", "杭州云水测试有限公司", "杭州云岫测试有限公司西湖分公司"])
def test_companies_that_share_only_their_surroundings_are_not_alike(other: str) -> None:
    """Town, trade and form are shared by thousands; another own name, and a branch, are others."""
    assert likeness.names(COMPANY["company_name"], other, "company") < OPTIONS.name


def test_a_misread_name_is_found_by_its_address_or_its_head() -> None:
    """One character of two is too little alone; with the same house or the same representative it is shown."""
    misread = {"company_name": "杭州云袖测试有限公司"}
    assert _reasons("company", misread, COMPANY) is None
    house = misread | {"registered_address": "杭州市西湖区云岫路8号"}
    assert _reasons("company", house, COMPANY) == ["company_name", "registered_address"]
    head = misread | {"legal_representative": "林晓舟"}
    assert _reasons("company", head, COMPANY) == ["company_name", "legal_representative"]


def test_a_like_name_with_another_number_needs_a_second_reason() -> None:
    """Two towns have companies of one name: their credit codes tell them apart, unless they share a house."""
    sister = {"company_name": "宁波云岫测试有限公司", "credit_code": "91330106MA2CD34E0X"}
    assert _reasons("company", sister, COMPANY) is None
    assert _reasons("company", sister | {"credit_code": None}, COMPANY) == ["company_name"]
    beside = sister | {"registered_address": COMPANY["registered_address"]}
    assert _reasons("company", beside, COMPANY) == ["company_name", "registered_address"]


def test_a_persons_name_alone_tells_nothing_where_more_is_known() -> None:
    """Thousands are called alike: day of birth or address stands beside the name, unless neither is known."""
    assert (
        _reasons("person", PERSON, PERSON | {"birth_date": "1971-01-02", "person_address": "宁波市江北区1号"}) is None
    )
    assert _reasons("person", PERSON, {"person_name": "林晓舟"}) == ["person_name"]
    moved = PERSON | {"person_address": "宁波市江北区1号"}
    assert _reasons("person", PERSON, moved) == ["person_name", "birth_date"]


def test_numbers_weigh_more_than_names_and_the_likeness_is_told() -> None:
    """The list is ordered by it: the same number first, then the likest."""
    same = resembling.compare("company", COMPANY, COMPANY, OPTIONS)
    bare = COMPANY | {"credit_code": None}
    like = resembling.compare("company", bare | {"company_name": "杭州云岫软件测试有限公司"}, bare, OPTIONS)
    assert same is not None
    assert like is not None
    assert same.weight > 2 > like.weight
    assert like.reasons[0] == Reason("company_name", like.reasons[0].likeness)
    assert 0.8 < like.reasons[0].likeness < 0.9


def test_a_misread_character_leaves_a_mark_in_common() -> None:
    """Whichever character of the name is misread, the file is still found."""
    name = COMPANY["company_name"]
    own = resembling.marks("company", {"company_name": name})
    for place in (2, 3):
        misread = name[:place] + "某" + name[place + 1 :]
        assert own & resembling.marks("company", {"company_name": misread}), misread
    assert not own & resembling.marks("company", {"company_name": "杭州溪桥测试有限公司"})


@given(one=TEXTS, other=TEXTS)
def test_likeness_is_between_0_and_1_and_the_same_both_ways(one: str, other: str) -> None:
    """And 1 only for what is the same in its plain form."""
    for like in (
        likeness.names(one, other, "company"),
        likeness.names(one, other, "person"),
        likeness.addresses(one, other),
    ):
        assert 0.0 <= like <= 1.0
    assert likeness.names(one, other, "company") == likeness.names(other, one, "company")
    assert likeness.addresses(one, other) == likeness.addresses(other, one)
    if likeness.plain(one) and likeness.names(one, other, "company") == 1.0:
        assert likeness.company(one) == likeness.company(other)


@given(name=TEXTS, address=TEXTS)
def test_marks_can_be_made_of_any_text(name: str, address: str) -> None:
    """No mark is longer than its column, none is empty."""
    for kind in ("company", "person"):
        given_ = {f"{kind}_name": name, "registered_address": address, "person_address": address}
        assert all(2 < len(mark) <= 48 for mark in resembling.marks(kind, given_))  # type: ignore[arg-type]  # Literals
