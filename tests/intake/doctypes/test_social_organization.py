"""The certificate of a social organisation: told from its neighbours, read to a draft, weighed by the shipped model."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from intake import doctypes
from intake.drafting import draft
from intake.extraction import extract
from intake.extraction.classify import classify
from intake.extraction.confidence import usual
from intake.options import DraftingOptions
from intake.pipeline import understand
from intake.types import CaseDocument, DocumentReading, DraftCustomerFile, PageText
from intake.wire import load
from tests.intake.casebook import LICENSE, paper
from tests.intake.extraction.sheets import column, page

RECORDED = Path(__file__).parents[2] / "recorded"
TODAY = date(2026, 11, 22)
KIND = "social_organization"
SHARED = (
    "统一社会信用代码",
    "名称 虚构协会",
    "法定代表人 王小明",
    "住所 虚构市",
    "有效期限 自2018年3月8日至2022年3月7日",
)


@cache
def reading(name: str) -> DocumentReading:
    """What is understood of a recorded certificate."""
    data = json.loads((RECORDED / f"{KIND}.{name}.json").read_text("utf-8"))
    (found,) = understand([load(PageText, text) for text in data["texts"]], today=TODAY)
    return found


def drafted(*documents: CaseDocument) -> DraftCustomerFile:
    """The draft of these papers today."""
    return draft(documents, None, today=TODAY, options=DraftingOptions())


def kind_of(*lines: str) -> str | None:
    """The type of a page with these lines."""
    return classify(page(*column(*lines))).type


@pytest.mark.parametrize("heading", ["社会团体法人登记证书", "社会团体法人登记证", "社会团体登记证书"])
def test_it_is_known_by_its_heading_and_captions(heading: str) -> None:
    """All names that it has had."""
    assert kind_of(heading, *SHARED, "活动地域 虚构市", "业务主管单位 虚构局") == KIND


def test_a_certificate_whose_heading_is_misread_is_still_known() -> None:
    """One letter of ten."""
    assert kind_of("社会团休法人登记证书", *SHARED, "活动地域 虚构市", "业务主管单位 虚构局") == KIND


@pytest.mark.parametrize(
    "heading",
    [
        "基金会法人登记证书",
        "民办非企业单位登记证书",
        "社会团体分支机构登记证书",
        "社会服务机构法人登记证书",
        "会员证书",
    ],
)
def test_its_neighbours_are_other_papers(heading: str) -> None:
    """They share most captions: the heading tells."""
    assert kind_of(heading, *SHARED, "业务范围 交流", "业务主管单位 虚构局", "发证机关 虚构民政局") is None


def test_its_lower_half_is_no_back_of_an_identity_card() -> None:
    """Wide rows leave white strips along which a sheet with two papers would be cut; 发证机关 is nearly 签发机关."""
    lower = (
        "业务主管单位 虚构局",
        "有效期限 自2018年3月8日至2022年3月7日",
        "发证机关 虚构民政局",
        "中华人民共和国民政部制",
    )
    assert kind_of(*lower) is None
    assert kind_of("中华人民共和国", "签发机关 虚构市公安局", "有效期限 2018.03.08-2038.03.08") == "id_card_back"


def test_a_license_stays_a_license() -> None:
    """Name, code, place and representative stand on both; a company of the trade may even speak of societies."""
    lines = ("营业执照", *SHARED[:4], "类型 有限责任公司", "注册资本 伍万元整", "经营范围 会务服务", "登记机关")
    assert kind_of(*lines) == "business_license"


@pytest.mark.parametrize("name", ["certificate", "old-certificate"])
def test_a_draft_of_a_company_comes_of_it(name: str) -> None:
    """Its name titles the customer file, each fact carries this type's label, and nothing expected is missing."""
    made = drafted(CaseDocument("1", reading(name)))
    labels = {spec.fact: spec.label for spec in doctypes.get(KIND).fields}
    assert made.kind == "company"
    assert made.title == reading(name).value("name")
    assert {fact.fact: fact.label for fact in made.facts} == {fact.fact: labels[fact.fact] for fact in made.facts}
    assert {"activity_area", "supervising_unit", "registered_address"} <= {fact.fact for fact in made.facts}
    assert all(fact.value is not None for fact in made.facts)


def test_a_license_of_another_name_contradicts_it() -> None:
    """The rules across papers need to be told nothing: both speak of the fact ``company_name``."""
    made = drafted(CaseDocument("1", reading("certificate")), paper("license", "business_license", LICENSE))
    conflicts = {fact for finding in made.findings if finding.code == "case.conflict" for fact in finding.fields}
    assert {"company_name", "credit_code"} <= conflicts


def test_a_kind_that_the_fit_never_saw_is_weighed_by_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a constant for it the common one holds, and the number is neither certain nor hopeless."""
    kind = doctypes.get(KIND).field("registration_number").kind
    without = replace(usual(), kinds={name: one for name, one in usual().kinds.items() if name != kind})
    monkeypatch.setattr(extract, "usual", lambda: without)
    number = next(one for one in reading.__wrapped__("old-certificate").fields if one.field == "registration_number")
    assert 0.5 < number.confidence < 0.995
