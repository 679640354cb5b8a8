"""The truth that is committed beside the samples."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from sample_docs.generator import people

_FIELDS = {
    "business_license": "name uscc registration_number company_type legal_representative registered_capital "
    "established_on valid_from valid_to address business_scope issuing_authority issued_on",
    "id_card_front": "name sex ethnicity birth_date address id_number",
    "id_card_back": "issuing_authority valid_from valid_to",
    "contract": "contract_number title party_a party_b amount signed_on effective_from effective_to",
    "bank_account_permit": "account_name account_number bank_name legal_representative permit_number issued_on",
    "tax_registration": "taxpayer_name taxpayer_number legal_representative address registration_type issued_on",
}
_DATES = re.compile(r"(_on|_from|_to|_date)$")
_MISPRINT = "cases/12-misprint/license.jpg"
_TODAY = date(2026, 11, 22)

Truth = list[dict[str, Any]]


def _documents(truth: Truth, kind: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every document of a type with its file."""
    return [(line["file"], entry) for line in truth for entry in line["documents"] if kind in entry["type"]]


def _values(truth: Truth, kind: str, field: str) -> list[tuple[str, str]]:
    """Every value of one field with its file."""
    return [(file, entry["fields"][field]) for file, entry in _documents(truth, kind) if field in entry["fields"]]


def _of_case(truth: Truth, case: str, kind: str, field: str) -> set[str]:
    """The values of one field within one case folder."""
    return {value for file, value in _values(truth, kind, field) if f"/{case}-" in file}


def test_every_line_has_the_form_of_a_corpus(truth: Truth) -> None:
    """File, profile and documents with type, pages from 1 and no field that the contract does not name."""
    for line in truth:
        assert line.keys() <= {"file", "profile", "documents", "note"}
        assert line["documents"]
        for entry in line["documents"]:
            assert entry["fields"].keys() <= set(_FIELDS[entry["type"]].split())
            assert entry["pages"] == list(range(entry["pages"][0], entry["pages"][-1] + 1))
            assert set(entry.get("seal_only", [])) <= entry["fields"].keys()


def test_every_value_is_canonical(truth: Truth) -> None:
    """Dates are ISO or long-term, money has two places, codes have no spaces, texts no line breaks."""
    for _, entry in _documents(truth):
        for name, value in entry["fields"].items():
            assert value == value.strip()
            assert "\n" not in value
            if _DATES.search(name):
                assert value == "long-term" or date.fromisoformat(value)
            if name in {"amount", "registered_capital"}:
                assert re.fullmatch(r"[1-9]\d*\.\d\d", value)


def test_identity_numbers_hold_and_agree_with_the_card(truth: Truth) -> None:
    """GB 11643 by an independent library; birth date and sex in the number are those on the card."""
    for _, entry in _documents(truth, "id_card_front"):
        fields = entry["fields"]
        assert ric.calc_check_digit(fields["id_number"]) == fields["id_number"][17]
        assert ric.get_birth_date(fields["id_number"]).isoformat() == fields["birth_date"]
        assert fields["sex"] == ("男" if int(fields["id_number"][16]) % 2 else "女")


def test_nobody_was_born_with_an_identity_number_of_the_samples(truth: Truth) -> None:
    """The district's code is younger than the card's holder."""
    for _, entry in _documents(truth, "id_card_front"):
        fields = entry["fields"]
        assert date.fromisoformat(fields["birth_date"]).year < people.FOUNDED[fields["id_number"][:6]]


def test_credit_codes_hold_except_the_misprinted_one(truth: Truth) -> None:
    """GB 32100 by an independent library; just one license is declared wrong and is wrong."""
    wrong = {file for file, code in _values(truth, "business_license", "uscc") if not uscc.is_valid(code)}
    assert wrong == {_MISPRINT}
    assert all("wrong check character" in line["note"] for line in truth if line["file"] == _MISPRINT)


def test_registration_numbers_hold(truth: Truth) -> None:
    """ISO 7064 MOD 11,10 on the fifteen digits of the older licenses, of which there are some."""
    numbers = _values(truth, "business_license", "registration_number")
    assert numbers
    assert all(len(number) == 15 and mod_11_10.is_valid(number) for _, number in numbers)


def test_taxpayer_numbers_end_with_the_organisation_code_of_the_license(truth: Truth) -> None:
    """Where a later license carries a credit code, its organisation code is the tax number's."""
    codes = {code[8:17] for _, code in _values(truth, "business_license", "uscc")}
    numbers = {number[6:] for _, number in _values(truth, "tax_registration", "taxpayer_number")}
    assert len(codes & numbers) == 3


def test_the_papers_of_a_case_agree(truth: Truth) -> None:
    """Company names are the same on all papers of a case, and the head's name is the card's, but for one case."""
    for case in sorted({file.split("/")[1][:2] for file, _ in _documents(truth)} - {"03"}):
        names = _of_case(truth, case, "business_license", "name")
        heads = _of_case(truth, case, "business_license", "legal_representative")
        assert len(names) == 1
        assert _of_case(truth, case, "bank_account_permit", "account_name") <= names
        assert _of_case(truth, case, "tax_registration", "taxpayer_name") <= names
        assert _of_case(truth, case, "bank_account_permit", "legal_representative") <= heads
        parties = [
            {e["fields"]["party_a"], e["fields"]["party_b"]}
            for f, e in _documents(truth, "contract")
            if f"/{case}-" in f
        ]
        assert all(names & both for both in parties)
        if case != "10":
            assert _of_case(truth, case, "id_card_front", "name") <= heads


def test_one_case_contradicts_itself(truth: Truth) -> None:
    """The card in the tenth case is another person's, and the truth says so."""
    assert _of_case(truth, "10", "business_license", "legal_representative") == {"王屿川"}
    assert _of_case(truth, "10", "id_card_front", "name") == {"王屿舟"}
    assert any("not the license's" in line.get("note", "") for line in truth if "/10-" in line["file"])


def test_just_one_identity_card_has_expired(truth: Truth) -> None:
    """Only the eleventh case's card is past its last day."""
    ends = _values(truth, "id_card_back", "valid_to")
    assert [file for file, end in ends if end < _TODAY.isoformat()] == ["cases/11-expired-card/id-back.jpg"]


def test_all_types_conditions_and_formats_are_there(truth: Truth) -> None:
    """At least 32 files and two of each type, in every condition and format of the office."""
    types = Counter(entry["type"] for _, entry in _documents(truth))
    assert len(truth) >= 32
    assert types.keys() == _FIELDS.keys()
    assert min(types.values()) >= 2
    conditions = {"clean300", "gray200", "photocopy", "fax", "phone", "lowjpeg", "rot", "seal", "watermark"}
    assert {line["profile"] for line in truth} == conditions
    suffixes = {Path(line["file"]).suffix for line in truth}
    assert suffixes == {".jpg", ".png", ".tif", ".pdf", ".webp", ".heic", ".bmp"}
