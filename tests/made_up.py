"""Invented people, papers and cases for tests: rows as the workers would have written them, without any OCR."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intake import drafting, wire
from intake.options import DraftingOptions
from intake.types import (
    CaseDocument,
    Classification,
    CustomerFile,
    Decision,
    DocumentReading,
    DraftCustomerFile,
    FieldReading,
    Finding,
    Label,
    Region,
)
from models import cases, customers, drafts
from models.accounts import add_user
from models.cases import Case, Document, Page
from models.database import Database, Unit
from models.tokens import make_token
from models.upload_rows import StoredFile, Upload, UploadFile

TODAY = date(2026, 11, 22)
CODES = ("91330106MA2AB12C3N", "91330106MA2CD34E0X", "91440300MA5FG67H7D", "91310115MA1H7J8K93")
"""Credit codes whose check characters hold, of companies that do not exist."""

ID_NUMBER = "330106199003078219"
REGION = Region(((0.1, 0.1), (0.4, 0.1), (0.4, 0.2), (0.1, 0.2)))


def reading(type_name: str, values: dict[str, str | None], confidence: float = 0.99) -> DocumentReading:
    """A one-page document of a type with these fields, read well."""
    fields = tuple(
        FieldReading(name, value or "?", value, confidence, 0, REGION, "tesseract") for name, value in values.items()
    )
    findings = tuple(
        Finding("field.unreadable", "warning", (name,), Label("无法识读", "Not readable"))
        for name, value in values.items()
        if value is None
    )
    return DocumentReading(Classification(type_name, 0.99), (0,), fields, findings)


def license_reading(
    code: str = CODES[0], name: str = "杭州云岫测试有限公司", confidence: float = 0.99
) -> DocumentReading:
    """A business license."""
    values: dict[str, str | None] = {
        "name": name,
        "uscc": code,
        "company_type": "有限责任公司",
        "legal_representative": "林晓舟",
        "registered_capital": "5000000.00",
        "address": "浙江省杭州市西湖区云岫路8号",
        "business_scope": "软件测试服务",
    }
    return reading("business_license", values, confidence)


def card_reading(number: str = ID_NUMBER, name: str = "林晓舟") -> DocumentReading:
    """The portrait side of an ID card."""
    values: dict[str, str | None] = {
        "name": name,
        "sex": "男",
        "ethnicity": "汉",
        "birth_date": "1990-03-07",
        "address": "浙江省杭州市西湖区云岫路8号",
        "id_number": number,
    }
    return reading("id_card_front", values)


def people(database: Database, *roles: str) -> dict[str, str]:
    """An account per role, named by it (a second one of a role as ``other clerk``); gives their identifiers."""
    found: dict[str, str] = {}
    with database.unit() as unit:
        for number, role in enumerate(roles):
            found[role if role not in found else f"other {role}"] = add_user(unit, f"{role}-{number}", [role]).id
    return found


def tokens(database: Database, accounts: dict[str, str]) -> dict[str, str]:
    """A bearer token for each account."""
    with database.unit() as unit:
        return {role: make_token(unit, user_id) for role, user_id in accounts.items()}


def enter_case(unit: Unit, user_id: str, readings: Iterable[DocumentReading], picture: str | None = None) -> str:
    """A case of one read file that holds these documents; gives its identifier."""
    session = unit.session
    case = Case(created_by=user_id)
    session.add(case)
    session.flush()
    upload = Upload(created_by=user_id, case_id=case.id)
    session.add(upload)
    stored = StoredFile(sha256=case.id.ljust(64, "0"), size=1, media_type="image/png")
    session.add(stored)
    session.flush()
    file = UploadFile(upload_id=upload.id, position=0, name="a.png", size=1, sha256=stored.sha256, state="read")
    file.settled_at, file.page_count = upload.created_at, 1
    session.add(file)
    session.flush()
    session.add(Page(upload_file_id=file.id, page_index=0, width=1000, height=500, state="filed", picture=picture))
    for position, found in enumerate(readings):
        row = Document(case_id=case.id, upload_file_id=file.id, position=position, reading=wire.dump(found))
        row.type, row.type_confidence = found.type, found.classification.confidence
        session.add(row)
    session.flush()
    return case.id


def drafted(documents: tuple[CaseDocument, ...], present: CustomerFile | None = None) -> DraftCustomerFile:
    """What the core drafts of these documents."""
    return drafting.draft(documents, present, today=TODAY, options=DraftingOptions())


def enter_draft(
    database: Database, user_id: str, readings: Iterable[DocumentReading], picture: str | None = None
) -> str:
    """A case with its open draft, as a worker leaves it; gives the draft's identifier."""
    with database.unit() as unit:
        case_id = enter_case(unit, user_id, readings, picture)
        documents = cases.documents(unit.session, case_id)
        present = customers.of_case(unit.session, case_id, documents)
        types = [document.reading.type or "" for document in documents]
        return drafts.save_draft(unit, case_id, drafted(documents, present), types).id


def accept_all(view: drafts.DraftView, **corrections: str) -> list[Decision]:
    """Accept what has a value, correct what is named, leave out the rest."""
    decisions = []
    for fact in view.facts:
        if fact.fact in corrections:
            decisions.append(Decision(fact.fact, "correct", corrections[fact.fact]))
        else:
            decisions.append(Decision(fact.fact, "accept" if fact.value is not None else "omit"))
    return decisions


def confirmed(database: Database, draft_id: str, user_id: str, **corrections: str) -> str:
    """Claim a draft and confirm all of it; gives the customer's number."""
    with database.unit() as unit:
        drafts.claim(unit, draft_id, user_id, 15)
    with database.read() as session:
        view = drafts.load(session, draft_id)
    assert view is not None
    keys = frozenset(finding.key for finding in view.findings)
    with database.unit() as unit:
        words = accept_all(view, **corrections)
        number = drafts.confirm(unit, draft_id, user_id, view.version, words, acknowledged=keys)
    assert number is not None
    return number
