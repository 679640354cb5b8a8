"""Uploads that go on where the connection broke: what the server promises, and what it does not let itself be told."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.pictures import Glance
from models import looks, partials
from models.base import now
from models.partials import CounterOptions, Partial
from models.upload_rows import Upload, UploadFile
from tests.web.conftest import Browser, Portal
from web import resumable

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 600


def _tus(browser: Browser, method: str, path: str, body: bytes = b"", **headers: str) -> TestResponse:
    """A request as the page's script sends it."""
    if not browser.token:
        browser.get("/uploads/new")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"Tus-Resumable": "1.0.0", "X-CSRFToken": browser.token, "Accept": "application/json"} | named
    return browser.client.open(path, method=method, data=body, headers=sent)


def _begin(browser: Browser, size: int, name: str = "扫描.png", sha256: str = "") -> str:
    said = f"filename {base64.b64encode(name.encode()).decode()}"
    said += f",sha256 {base64.b64encode(sha256.encode()).decode()}" if sha256 else ""
    answer = _tus(browser, "POST", "/uploads/parts", Upload_Length=str(size), Upload_Metadata=said)
    assert answer.status_code == 201
    return answer.headers["Location"]


def _send(browser: Browser, path: str, offset: int, body: bytes, **headers: str) -> TestResponse:
    kind = {"Content-Type": "application/offset+octet-stream"}
    return _tus(browser, "PATCH", path, body, Upload_Offset=str(offset), **kind, **headers)


def _finish(browser: Browser, *paths: str) -> TestResponse:
    return browser.client.post(
        "/uploads/parts/finish",
        json={"parts": [path.rsplit("/", 1)[-1] for path in paths]},
        headers={"X-CSRFToken": browser.token, "Accept": "application/json"},
    )


def _offset(browser: Browser, path: str) -> int:
    return int(_tus(browser, "HEAD", path).headers["Upload-Offset"])


def test_a_file_in_pieces_arrives_whole_under_its_name(portal: Portal) -> None:
    """Two pieces, then the batch is handed in: one upload, the bytes' own hash, a job, nothing left on its way."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG), sha256=hashlib.sha256(PNG).hexdigest())
    assert _send(clerk, path, 0, PNG[:100]).headers["Upload-Offset"] == "100"
    assert _offset(clerk, path) == 100
    assert _send(clerk, path, 100, PNG[100:]).status_code == 204
    answer = _finish(clerk, path)
    assert answer.status_code == 202
    with portal.database.read() as rows:
        file = rows.scalars(select(UploadFile)).one()
        assert (file.name, file.sha256, file.state) == ("扫描.png", hashlib.sha256(PNG).hexdigest(), "queued")
    assert clerk.get(answer.get_json()["address"]).status_code == 200
    assert not list(resumable.folder(portal.context).root.iterdir())


def test_handing_in_twice_gives_one_upload(portal: Portal) -> None:
    """An answer that was lost is asked for again: the same upload, no second one."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG)
    first, second = _finish(clerk, path), _finish(clerk, path)
    assert first.get_json() == second.get_json()
    with portal.database.read() as rows:
        assert len(rows.scalars(select(Upload.id)).all()) == 1


def test_a_refused_file_stops_none_of_its_neighbours(portal: Portal) -> None:
    """An unknown kind and an empty file become rows that say why."""
    clerk = portal.browser("clerk")
    paths = [_begin(clerk, 5, "note.txt"), _begin(clerk, 0, "empty.pdf"), _begin(clerk, len(PNG))]
    _send(clerk, paths[0], 0, b"hello")
    _send(clerk, paths[2], 0, PNG)
    assert _finish(clerk, *paths).status_code == 202
    with portal.database.read() as rows:
        found = rows.scalars(select(UploadFile).order_by(UploadFile.position)).all()
        assert [file.error_code for file in found] == ["file.unsupported", "file.empty", None]


def test_what_is_not_whole_cannot_be_handed_in(portal: Portal) -> None:
    """409 with what to do, and nothing is made of the others either."""
    clerk = portal.browser("clerk")
    path, whole = _begin(clerk, len(PNG)), _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG[:50])
    _send(clerk, whole, 0, PNG)
    for asked in ([path, whole], [whole, whole], [whole, "/uploads/parts/none"]):
        assert _finish(clerk, *asked).get_json()["code"] == "upload.incomplete"
    with portal.database.read() as rows:
        assert rows.scalars(select(Upload.id)).all() == []


def test_a_piece_that_begins_elsewhere_is_refused(portal: Portal) -> None:
    """409 names the offset at which the file stands; a piece beyond its length is too large; nothing is changed."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG[:100])
    for offset in (0, 99, 101, 10**14):
        told = _send(clerk, path, offset, PNG[:10])
        assert (told.status_code, told.get_json()["details"]) == (409, {"offset": 100})
    assert _send(clerk, path, 100, PNG).status_code == 413
    assert _offset(clerk, path) == 100


@pytest.mark.parametrize("number", ["", "-1", "1e3", "0x10", "9" * 16, "1.5", " 1 2", "٣"])
def test_numbers_that_are_none_are_refused(portal: Portal, number: str) -> None:
    """400 for lengths and offsets that are negative, huge, or no numbers."""
    clerk = portal.browser("clerk")
    coded = number.encode().decode("latin-1")
    assert _tus(clerk, "POST", "/uploads/parts", Upload_Length=coded).status_code == 400
    path = _begin(clerk, len(PNG))
    told = _tus(clerk, "PATCH", path, b"x", Upload_Offset=coded, **{"Content-Type": "application/offset+octet-stream"})
    assert told.status_code == 400


def test_a_file_over_the_limit_is_refused_before_its_first_byte(portal: Portal) -> None:
    """413 with the limit in words."""
    told = _tus(portal.browser("clerk"), "POST", "/uploads/parts", Upload_Length="1000001")
    assert (told.status_code, told.get_json()["code"]) == (413, "file.too_large")


def test_a_name_is_no_path(portal: Portal) -> None:
    """Folders, NULs and line breaks of a name lead nowhere: the bytes lie under the part's own identifier."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG), "../../etc/pass\0wd\n.png")
    _send(clerk, path, 0, PNG)
    folder = resumable.folder(portal.context).root
    assert [one.name for one in folder.iterdir()] == [path.rsplit("/", 1)[-1]]
    _finish(clerk, path)
    with portal.database.read() as rows:
        assert rows.scalars(select(UploadFile.name)).all() == ["passwd.png"]


def test_a_foreign_part_does_not_exist(portal: Portal) -> None:
    """404 to look, write and remove; another's parts cannot be handed in."""
    clerk, other = portal.browser("clerk"), portal.browser("other clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG)
    assert _tus(other, "HEAD", path).status_code == 404
    assert _send(other, path, 0, PNG).status_code == 404
    assert _tus(other, "DELETE", path).status_code == 404
    assert _finish(other, path).status_code == 409
    for strange in ("/uploads/parts/..%2f..%2fintake.db", "/uploads/parts/" + "0" * 26):
        assert _tus(clerk, "HEAD", strange).status_code == 404


def test_a_piece_with_a_wrong_checksum_is_not_kept(portal: Portal) -> None:
    """460 of the checksum extension, for a wrong sum; a right one is taken; an unknown kind is 400."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    right = base64.b64encode(hashlib.sha256(PNG[:100]).digest()).decode()
    assert _send(clerk, path, 0, PNG[1:101], Upload_Checksum=f"sha256 {right}").status_code == 460
    assert _offset(clerk, path) == 0
    assert _send(clerk, path, 0, PNG[:100], Upload_Checksum=f"crc32 {right}").status_code == 400
    assert _send(clerk, path, 0, PNG[:100], Upload_Checksum=f"sha256 {right}").status_code == 204
    assert _offset(clerk, path) == 100


def test_a_whole_that_is_not_what_was_meant_begins_anew(portal: Portal) -> None:
    """The sender said what the whole will be; other bytes are not handed in."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG), sha256=hashlib.sha256(b"something else").hexdigest())
    assert _send(clerk, path, 0, PNG).status_code == 460
    assert _offset(clerk, path) == 0


def test_what_a_sender_no_longer_wants_is_forgotten(portal: Portal) -> None:
    """204; row and bytes are gone; what was handed in already is not taken back by it."""
    clerk = portal.browser("clerk")
    path, kept = _begin(clerk, len(PNG)), _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG)
    _send(clerk, kept, 0, PNG)
    assert _tus(clerk, "DELETE", path).status_code == 204
    assert _tus(clerk, "HEAD", path).status_code == 404
    _finish(clerk, kept)
    _tus(clerk, "DELETE", kept)
    with portal.database.read() as rows:
        assert len(rows.scalars(select(UploadFile.id)).all()) == 1
    assert not list(resumable.folder(portal.context).root.iterdir())


def test_another_version_of_the_protocol_is_refused(portal: Portal) -> None:
    """412 names the version that is spoken; what the server can do is told to who asks."""
    clerk = portal.browser("clerk")
    told = _tus(clerk, "POST", "/uploads/parts", Tus_Resumable="0.2.2", Upload_Length="1")
    assert (told.status_code, told.headers["Tus-Version"]) == (412, "1.0.0")
    assert "checksum" in _tus(clerk, "OPTIONS", "/uploads/parts").headers["Tus-Extension"]


def test_another_sites_page_can_begin_nothing(portal: Portal) -> None:
    """Without the token of our own pages every change is refused."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    for method, address in (("POST", "/uploads/parts"), ("PATCH", path), ("DELETE", path)):
        assert _tus(clerk, method, address, X_CSRFToken="").status_code == 400


def test_bytes_that_are_lost_are_asked_for_again(portal: Portal) -> None:
    """A row that counts bytes which are not on this machine's disk is no part: the client begins anew."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG[:100])
    resumable.folder(portal.context).remove(path.rsplit("/", 1)[-1])
    assert _tus(clerk, "HEAD", path).status_code == 404


def test_nobody_can_fill_the_disk_with_beginnings(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """413 from the file on that is one too many, in number or in bytes; another account is not concerned."""
    monkeypatch.setattr(resumable, "_options", lambda: CounterOptions(parts=2, parts_megabytes=1))
    clerk = portal.browser("clerk")
    _begin(clerk, 600_000)
    told = _tus(clerk, "POST", "/uploads/parts", Upload_Length="600000")
    assert (told.status_code, told.get_json()["code"]) == (413, "upload.too_much")
    _begin(clerk, 1)
    assert _tus(clerk, "POST", "/uploads/parts", Upload_Length="1").status_code == 413
    _begin(portal.browser("other clerk"), 1)


def test_of_two_writers_one_is_told_that_he_is_late(portal: Portal) -> None:
    """A row moves on only from where the piece began, so that no byte is written over."""
    clerk = portal.browser("clerk")
    part = _begin(clerk, len(PNG)).rsplit("/", 1)[-1]
    with portal.database.unit() as unit:
        assert partials.advance(unit, part, 0, 10)
        assert not partials.advance(unit, part, 0, 20)


def test_what_nobody_comes_back_for_is_forgotten(portal: Portal) -> None:
    """After its hours a part's row is swept, and its bytes too."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG[:10])
    options, folder = CounterOptions(part_hours=0), resumable.folder(portal.context)
    with portal.database.unit() as unit:
        unit.session.scalars(select(Partial)).one().touched_at = now()
    with portal.database.unit() as unit:
        assert partials.sweep(unit, CounterOptions()) == 0
        assert partials.sweep(unit, options) == 1
    folder.clear(CounterOptions())
    assert len(list(folder.root.iterdir())) == 1
    folder.clear(options)
    assert list(folder.root.iterdir()) == []


def test_who_may_see_an_upload_is_told_that_a_file_is_in_it(portal: Portal) -> None:
    """The clerk who handed it in and an archivist learn where; to another clerk the same hash says nothing."""
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    _send(clerk, path, 0, PNG)
    address = _finish(clerk, path).get_json()["address"]
    digest = hashlib.sha256(PNG).hexdigest()

    def ask(browser: Browser, hashes: Any) -> TestResponse:
        browser.get("/uploads/new")
        headers = {"X-CSRFToken": browser.token, "Accept": "application/json"}
        return browser.client.post("/uploads/known", json={"hashes": hashes}, headers=headers)

    assert ask(clerk, [digest, "0" * 64, "../x"]).get_json() == {digest: address}
    assert ask(portal.browser("archivist"), [digest]).get_json() == {digest: address}
    assert ask(portal.browser("other clerk"), [digest]).get_json() == {}
    for nonsense in ("x", [1], [digest] * 501):
        assert ask(clerk, nonsense).status_code == 400


def test_a_photo_is_looked_at_before_it_is_handed_in(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is whole, a look is asked for, once; what it told is shown, and stands with the file when handed in."""
    rung: list[str] = []
    monkeypatch.setattr("web.looks.ring_look", lambda _celery, part_id: rung.append(part_id))
    clerk = portal.browser("clerk")
    path = _begin(clerk, len(PNG))
    assert _tus(clerk, "POST", f"{path}/look").status_code == 409
    _send(clerk, path, 0, PNG)
    part_id = path.rsplit("/", 1)[-1]
    assert _tus(clerk, "POST", f"{path}/look").status_code == 202
    assert 'data-look="looking"' in clerk.get(f"{path}/look").get_data(as_text=True)
    seen = Glance(0, 0, ("cut_off",), "business_license", 0.97, upright=True)
    with portal.database.unit() as unit:
        looks.keep(unit, part_id, [seen], done=True)
    assert _tus(clerk, "POST", f"{path}/look").status_code == 202
    assert rung == [part_id]
    told = clerk.get(f"{path}/look").get_data(as_text=True)
    assert 'data-look="done"' in told
    assert "seems to be: Business license" in told
    assert "all edges in view" in told
    address = _finish(clerk, path).get_json()["address"]
    assert 'data-glance="bad"' in clerk.get(address).get_data(as_text=True)


def test_a_photo_is_its_senders_alone(portal: Portal) -> None:
    """To another clerk there is nothing to look at."""
    path = _begin(portal.browser("clerk"), len(PNG))
    other = portal.browser("other clerk")
    other.get("/uploads/new")
    assert other.get(f"{path}/look").status_code == 404
    assert _tus(other, "POST", f"{path}/look").status_code == 404
