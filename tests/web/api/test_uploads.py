"""Uploads over the API: kept before they are answered, refused file by file, repeated without effect."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from models import drafts
from models.base import now
from models.cases import Case
from models.draft_rows import Draft
from models.job_rows import Job
from models.upload_rows import IdempotencyKey, Upload
from tests import made_up
from web.api import uploads

if TYPE_CHECKING:
    from conftest import Office

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(100))


def _send(
    office: Office, *files: tuple[str, bytes], role: str = "clerk", key: str | None = None, **form: str
) -> TestResponse:
    data: dict[str, Any] = {"files": [(io.BytesIO(body), name) for name, body in files], **form}
    headers = {} if key is None else {"Idempotency-Key": key}
    return office.post(role, "/uploads", data=data, headers=headers, content_type="multipart/form-data")


def _count(office: Office, table: type) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_upload_is_kept_before_it_is_answered(office: Office) -> None:
    """202 with the address and a state per file; then the bytes lie in the store and the job in the queue."""
    answer = _send(office, ("a.png", PNG))
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/api/v1/uploads/{answer.json['id']}"
    (file,) = answer.json["files"]
    assert (file["name"], file["state"], file["size"], file["error"]) == ("a.png", "queued", len(PNG), None)
    with office.database.read() as session:
        upload = session.get_one(Upload, answer.json["id"])
        sha256 = upload.files[0].sha256
        jobs = session.scalars(select(Job.subject_id).where(Job.state == "queued")).all()
    assert sha256 is not None
    with office.store.open(sha256) as original:
        assert original.read() == PNG
    assert jobs == [file["id"]]


def test_a_refused_file_stops_none_of_its_neighbours(office: Office) -> None:
    """Unknown, empty and oversized files are told apart with code and next step; the good one is read."""
    answer = _send(office, ("a.png", PNG), ("b.doc", b"hello"), ("c.png", b""), ("d.png", PNG + bytes(1_000_001)))
    states = [(file["state"], (file["error"] or {}).get("code")) for file in answer.json["files"]]
    assert states == [
        ("queued", None),
        ("rejected", "file.unsupported"),
        ("rejected", "file.empty"),
        ("rejected", "file.too_large"),
    ]
    assert "1 MB" in answer.json["files"][3]["error"]["message"]


def test_the_same_key_gives_the_same_upload(office: Office) -> None:
    """Sent again with its key nothing new is made; the key belongs to its sender."""
    first = _send(office, ("a.png", PNG), key="k-1")
    again = _send(office, ("a.png", PNG), key="k-1")
    other = _send(office, ("a.png", PNG), key="k-1", role="other clerk")
    assert (again.status_code, again.json["id"]) == (202, first.json["id"])
    assert other.json["id"] != first.json["id"]
    assert _count(office, Upload) == 2


def test_the_case_of_another_clerk_is_not_named(office: Office) -> None:
    """Who hands in a paper that a colleague handed in before learns where it stands, and neither case nor draft."""
    own = _send(office, ("a.png", PNG)).json
    foreign = _send(office, ("mine.png", PNG), role="other clerk").json
    assert own["case"] is not None
    assert (foreign["files"][0]["state"], foreign["case"], foreign["draft"]) == ("linked", None, None)
    path = f"/uploads/{foreign['id']}"
    assert office.get("other clerk", path).json["case"] is None
    assert office.get("administrator", f"/uploads/{own['id']}").json["case"] is None
    assert office.get("archivist", path).json["case"] == own["case"]


def test_the_same_key_with_another_body_is_refused(office: Office) -> None:
    """422 with our code, and nothing new is made."""
    _send(office, ("a.png", PNG), key="k-1")
    refused = _send(office, ("a.png", PNG + b"!"), key="k-1")
    assert (refused.status_code, refused.json["code"]) == (422, "upload.idempotency_mismatch")
    assert _count(office, Upload) == 1


def test_a_key_is_forgotten_after_a_day(office: Office) -> None:
    """After 24 hours the key makes a new upload."""
    first = _send(office, ("a.png", PNG), key="k-1")
    with office.database.unit() as unit:
        unit.session.execute(update(IdempotencyKey).values(created_at=now() - timedelta(hours=24, seconds=1)))
    assert _send(office, ("b.png", PNG + b"!"), key="k-1").json["id"] != first.json["id"]


def test_an_upload_without_files_is_refused(office: Office) -> None:
    """No part at all, or a part without a name: told so, nothing is made."""
    assert _send(office).status_code == 422
    nameless = _send(office, ("", b""))
    assert nameless.status_code in {400, 422}
    assert _count(office, Upload) == 0


def test_a_customer_that_is_named_has_to_exist(office: Office) -> None:
    """Papers can be handed in for a customer; a number that nobody has is 422."""
    draft_id = made_up.enter_draft(office.database, office.accounts["clerk"], [made_up.license_reading()])
    number = made_up.confirmed(office.database, draft_id, office.accounts["reviewer"])
    known = _send(office, ("a.png", PNG), customer=number)
    with office.database.read() as session:
        assert session.get_one(Upload, known.json["id"]).customer_number == number
    unknown = _send(office, ("a.png", PNG), customer="C99999999")
    assert (unknown.status_code, list(unknown.json["details"]["files"])) == (422, ["customer"])
    assert _send(office, ("a.png", PNG), customer="x").status_code == 422


def _returned(office: Office) -> tuple[str, str]:
    """A clerk's case that came back: its identifier and the number on its slip."""
    draft_id, reviewer = office.draft(), office.accounts["reviewer"]
    with office.database.unit() as unit:
        drafts.claim(unit, draft_id, reviewer, 15)
        drafts.return_to_clerk(unit, draft_id, reviewer, 1, "wrong_side")
        case = unit.session.get_one(Case, unit.session.get_one(Draft, draft_id).case_id)
        return case.id, str(case.slip_number)


def test_papers_go_to_the_returned_case_whose_slip_number_is_sent_along(office: Office) -> None:
    """The number as a person types it names the case, for its clerk and for archivists."""
    case_id, number = _returned(office)
    for role in ("clerk", "archivist"):
        answer = _send(office, ("a.png", PNG + role.encode()), role=role, case=f" {number[:3]} {number[3:]}")
        assert answer.status_code == 202
        with office.database.read() as session:
            assert session.get_one(Upload, answer.json["id"]).joins == case_id


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_slip_number_that_leads_to_no_case_of_the_sender_is_refused(office: Office, language: str) -> None:
    """Mistyped, unknown or another clerk's: one answer with code, cause and next step; nothing is kept."""
    _, number = _returned(office)
    before = _count(office, Upload)
    wrong = ("other clerk", number), ("clerk", "1234567"), ("clerk", "x" * 32)
    for role, case in wrong:
        data = {"files": [(io.BytesIO(PNG), "a.png")], "case": case}
        headers = {"Accept-Language": language}
        refused = office.post(role, "/uploads", data=data, headers=headers, content_type="multipart/form-data")
        assert (refused.status_code, refused.json["code"]) == (422, "upload.unknown_case")
        assert ("退件单" in refused.json["next_step"]) == (language == "zh-CN")
        assert case not in refused.get_data(as_text=True)
    assert _send(office, ("a.png", PNG), case="1" * 33).status_code == 422
    assert _count(office, Upload) == before


def test_the_same_key_for_another_case_is_another_request(office: Office) -> None:
    """Sent again under its key without the slip's number, the papers would go elsewhere: refused."""
    _, number = _returned(office)
    assert _send(office, ("a.png", PNG), key="k-1", case=number).status_code == 202
    assert _send(office, ("a.png", PNG), key="k-1", case=number).status_code == 202
    assert _send(office, ("a.png", PNG), key="k-1").json["code"] == "upload.idempotency_mismatch"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("other clerk", 404),
        ("archivist", 200),
        ("administrator", 200),
        ("reviewer", 403),
        ("security", 403),
        ("auditor", 403),
    ],
)
def test_an_upload_is_its_senders(office: Office, role: str, status: int) -> None:
    """Another clerk's upload does not exist; archivists and administrators see how far it is."""
    upload_id = _send(office, ("a.png", PNG)).json["id"]
    assert office.get(role, f"/uploads/{upload_id}").status_code == status
    if status != 200:
        assert office.get(role, f"/uploads/{upload_id}/events").status_code == status


@pytest.mark.parametrize("role", ["reviewer", "administrator", "security", "auditor"])
def test_only_clerks_and_archivists_hand_in(office: Office, role: str) -> None:
    """Nobody confirms what he brought in himself."""
    assert _send(office, ("a.png", PNG), role=role).status_code == 403


def test_a_token_is_needed(office: Office) -> None:
    """Without a token, and with a wrong one, the answer is 401."""
    client = office.app.test_client()
    assert client.get("/api/v1/uploads/x").status_code == 401
    assert client.get("/api/v1/uploads/x", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert client.post("/api/v1/uploads").status_code == 401


def test_numbers_of_customers_cannot_be_listed_by_trying(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of no customer are counted by account, whatever right ones lie between them; others go on."""
    monkeypatch.setattr(uploads, "GUESSES", "3 per hour")
    number = made_up.confirmed(
        office.database,
        made_up.enter_draft(office.database, office.accounts["clerk"], [made_up.license_reading()]),
        office.accounts["reviewer"],
    )
    for wrong in ("C99999991", "C99999992"):
        assert _send(office, ("a.png", PNG), customer=wrong).status_code == 422
    assert _send(office, ("a.png", PNG), customer=number).status_code == 202
    assert _send(office, ("a.png", PNG), customer="no number").status_code == 422
    assert _send(office, ("a.png", PNG), customer="C99999993").status_code == 422
    refused = _send(office, ("a.png", PNG), customer=number)
    assert (refused.status_code, refused.json["code"]) == (429, "http.429")
    assert _send(office, ("a.png", PNG), customer=number, role="archivist").status_code == 202
