"""The stream of an upload's states: the present one, the changes, the end; bounded in time and number."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from models import accounts
from models.base import now
from models.cases import Case
from models.upload_rows import UploadFile
from web.api import events
from web.api.events import Look, stream

if TYPE_CHECKING:
    from conftest import Office


def _looks(*marks: str) -> Callable[[], Look]:
    """Looks that find these marks one after the other; the last one is the end."""
    left = iter(marks)

    def look() -> Look:
        mark = next(left)
        return Look(mark, json.dumps({"mark": mark}), last=mark == marks[-1])

    return look


def _clock(step: float) -> Callable[[], float]:
    """A clock that goes on by ``step`` seconds with each look at it."""
    moments: Iterator[float] = (step * n for n in range(10_000))
    return lambda: next(moments)


def _names(sent: list[str]) -> list[str]:
    return [line.removeprefix("event: ") for text in sent for line in text.splitlines() if line.startswith("event: ")]


def _quiet(_: float) -> None:
    """Wait for nothing."""


def test_a_stream_tells_changes_and_ends() -> None:
    """A state for each mark that is new, nothing for the same again, ``done`` with the last one."""
    sent = list(stream(_looks("a", "a", "b", "c"), None, _quiet, _clock(0.1)))
    assert _names(sent) == ["state", "state", "state", "done"]
    assert sent[1] == 'id: a\nevent: state\ndata: {"mark": "a"}\n\n'


def test_a_browser_that_comes_back_is_not_told_again() -> None:
    """With the last event's identifier the same state is not repeated; the end is."""
    assert _names(list(stream(_looks("a", "b"), "a", _quiet, _clock(0.1)))) == ["state", "done"]
    assert _names(list(stream(_looks("b"), "b", _quiet, _clock(0.1)))) == ["done"]


def test_a_silent_stream_beats_and_ends_in_time() -> None:
    """Comments keep the way open; after its time the stream ends without ``done``, so that the browser comes back."""
    sent = list(stream(lambda: Look("a", "{}", last=False), None, _quiet, _clock(10.0)))
    assert _names(sent) == ["state"]
    assert any(text.startswith(":") for text in sent)


def test_too_many_streams_become_polling() -> None:
    """When all places are taken, the present state is sent and the stream ends; a place that is left is free."""
    open_streams = [stream(lambda: Look("a", "{}", last=False), None, _quiet) for _ in range(events.STREAMS)]
    for one in open_streams:
        next(one)
        next(one)
    beyond = list(stream(lambda: Look("a", "{}", last=False), None, _quiet))
    for one in open_streams:
        one.close()  # type: ignore[attr-defined]  # a generator is closed when the browser goes away
    assert _names(beyond) == ["state"]
    assert _names(list(stream(_looks("a"), None, _quiet))) == ["state", "done"]


def test_the_events_of_an_upload_follow_its_rows(office: Office) -> None:
    """A settled upload tells its state with the error's text and ends; who may not see its case, is not told which."""
    sent = office.post(
        "clerk",
        "/uploads",
        data={"files": (io.BytesIO(b"\x89PNG\r\n\x1a\n..."), "a.png")},
        content_type="multipart/form-data",
    ).json
    with office.database.unit() as unit:
        file = update(UploadFile).where(UploadFile.id == sent["files"][0]["id"])
        unit.session.execute(file.values(state="failed", error_code="file.damaged", settled_at=now()))
        unit.session.execute(update(Case).where(Case.id == sent["case"]).values(state="failed"))
    answer = office.get("clerk", f"/uploads/{sent['id']}/events")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/event-stream"
    assert _names([text]) == ["state", "done"]
    data = json.loads(next(line for line in text.splitlines() if line.startswith("data: ")).removeprefix("data: "))
    assert (data["settled"], data["case_state"], data["files"][0]["error"]["code"]) == (True, "failed", "file.damaged")
    assert "damaged" in data["files"][0]["error"]["message"]
    assert data["case"] == sent["case"]
    assert sent["case"] not in office.get("administrator", f"/uploads/{sent['id']}/events").get_data(as_text=True)


def test_a_small_portal_keeps_half_of_its_threads_for_requests() -> None:
    """However few threads there are, streams hold at most half of them, and one at least."""
    endless = [events.answer(lambda: Look("a", "{}", last=False), None, threads) for threads in (4, 4, 4)]
    bodies = [answer.iter_encoded() for answer in endless]
    told = [[next(body) for _ in range(2)] for body in bodies[:2]]
    assert all(b"event: state" in sent[1] for sent in told)
    assert len(list(bodies[2])) == 2
    for answer in endless:
        answer.close()


def test_a_stream_ends_when_its_readers_account_is_closed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing an account ends what it has open: the next look tells nothing more."""
    sent = office.post(
        "clerk", "/uploads", data={"files": (io.BytesIO(b"%PDF-"), "a.pdf")}, content_type="multipart/form-data"
    ).json
    monkeypatch.setattr(events, "LOOK_SECONDS", 0.0)
    answer = office.get("clerk", f"/uploads/{sent['id']}/events")
    body = answer.iter_encoded()
    begun = [next(body) for _ in range(2)]
    with office.database.unit() as unit:
        accounts.set_active(unit, office.accounts["clerk"], active=False, actor="test")
    rest = b"".join(body)
    assert b"a.pdf" in begun[1]
    assert b"a.pdf" not in rest
    assert b"event: done" in rest
