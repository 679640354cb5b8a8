"""Papers of an invented company and invented people, for the tests of what comes after reading."""

from __future__ import annotations

from dataclasses import replace

from intake.doctypes import get
from intake.types import CaseDocument, Classification, DocumentReading, FieldReading, Finding, Region

REGION = Region(((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)))

LICENSE = {
    "name": "杭州青禾文具有限公司",
    "uscc": "91330106MA2AB12C3N",
    "company_type": "有限责任公司",
    "legal_representative": "沈亦安",
    "registered_capital": "1000000.00",
    "established_on": "2016-03-08",
    "valid_from": "2016-03-08",
    "valid_to": "2036-03-07",
    "address": "浙江省杭州市西湖区青禾路12号",
    "business_scope": "文具、纸张的零售与批发",
}
CARD_FRONT = {
    "name": "沈亦安",
    "sex": "男",
    "ethnicity": "汉",
    "birth_date": "1990-03-07",
    "address": "浙江省杭州市西湖区青禾路12号",
    "id_number": "330106199003078219",
}
CARD_BACK = {"issuing_authority": "杭州市公安局西湖分局", "valid_from": "2015-05-20", "valid_to": "2035-05-20"}
CONTRACT = {
    "contract_number": "QH-2020-001",
    "title": "采购合同",
    "party_a": "杭州青禾文具有限公司",
    "party_b": "宁波海石纸业有限公司",
    "amount": "50000.00",
    "signed_on": "2020-06-01",
}


def reading(name: str, values: dict[str, str | None], *, confidence: float = 0.99, **others: object) -> DocumentReading:
    """A document of a type with these values, all equally sure; ``others`` give single fields another confidence."""
    get(name)
    read = tuple(
        FieldReading(field, value or "～", value, float(str(others.get(field, confidence))), 0, REGION, "tesseract")
        for field, value in values.items()
    )
    return DocumentReading(Classification(name, 0.99), (0,), read, ())


def paper(identity: str, name: str, values: dict[str, str | None], **confidences: float) -> CaseDocument:
    """A document of a case."""
    return CaseDocument(identity, reading(name, values, **confidences))


def found(document: CaseDocument, *findings: Finding) -> CaseDocument:
    """The same document with findings."""
    return replace(document, reading=replace(document.reading, findings=findings))
