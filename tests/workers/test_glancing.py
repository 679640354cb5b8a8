"""The first look at a file: what is kept of it, and that nothing waits for it or suffers by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake import glance
from intake.errors import DamagedFileError
from intake.pictures import Glance
from models import glances, looks, partials, uploads
from models.jobs import claim, stranded
from models.looks import Looks
from models.partials import CounterOptions
from models.uploads import FileStatus, IncomingFile, Received
from workers import glancing
from workers.context import Context

SEEN = Glance(0, 0, ("glare",), "business_license", 0.97, upright=True, hidden=("uscc",))


class Looker:
    """Stands in for the look itself."""

    def __init__(self) -> None:
        """See one sheet with glare."""
        self.error: Exception | None = None
        self.calls = 0

    def __call__(self, path: Any, media_type: str, *_: object) -> Iterator[Glance]:
        """Look as :func:`intake.glance.glance` does."""
        self.calls += 1
        assert (path.read_bytes()[-6:-2], media_type) == (b"scan", "image/png")
        yield SEEN
        if self.error is not None:
            raise self.error


@pytest.fixture
def looker(monkeypatch: pytest.MonkeyPatch) -> Looker:
    """The look's stand-in, in place."""
    made = Looker()
    monkeypatch.setattr(glance, "glance", made)
    return made


def _file(context: Context, received: Received) -> FileStatus:
    with context.database.read() as session:
        found = uploads.status(session, received.upload.id)
    assert found is not None
    return found.files[0]


@pytest.mark.usefixtures("looker")
def test_what_is_seen_stands_with_the_file(context: Context, hand_in: Callable[..., Received]) -> None:
    """A sheet's complaints, type and values under glare are there before the file is read; its job still waits."""
    received = hand_in(b"scan 1")
    glancing.look(context, received.upload.files[0].id)
    assert _file(context, received).glances == (SEEN,)
    assert _file(context, received).state == "queued"
    with context.database.read() as session:
        assert stranded(session) == list(received.job_ids)


def test_looking_twice_is_harmless(context: Context, hand_in: Callable[..., Received], looker: Looker) -> None:
    """A bell that rings twice finds that somebody has looked; a file of another name does not exist."""
    received = hand_in(b"scan 2")
    for name in (received.upload.files[0].id, received.upload.files[0].id, "none"):
        glancing.look(context, name)
    assert looker.calls == 1
    assert len(_file(context, received).glances) == 1


def test_a_linked_file_shows_what_was_seen_of_its_origin(
    context: Context, hand_in: Callable[..., Received], looker: Looker
) -> None:
    """The same bytes are not looked at again."""
    first = hand_in(b"scan 3")
    glancing.look(context, first.upload.files[0].id)
    again = hand_in(b"scan 3", b"scan 4")
    glancing.look(context, again.upload.files[0].id)
    assert looker.calls == 1
    assert _file(context, again).glances == (SEEN,)


def test_a_file_that_cannot_be_looked_at_is_left_to_its_reading(
    context: Context, hand_in: Callable[..., Received], looker: Looker
) -> None:
    """A damaged page ends the look; what was seen before stays, and the file's job tells the sender."""
    received = hand_in(b"scan 5")
    looker.error = DamagedFileError()
    glancing.look(context, received.upload.files[0].id)
    assert _file(context, received).glances == (SEEN,)
    with context.database.unit() as unit:
        assert claim(unit, received.job_ids[0], 30) is not None


PNG = b"\x89PNG\r\n\x1a\n"


def _part(context: Context, body: bytes, size: int | None = None) -> str:
    """A part of which these bytes are here."""
    folder, options = partials.folder(context.settings.data_dir), CounterOptions()
    with context.database.unit() as unit:
        part = partials.begin(unit, "clerk-1", "photo.png", size or len(body), options=options)
        folder.write(part.id, 0, body)
        partials.advance(unit, part.id, 0, len(body))
    return part.id


def _looks(context: Context, part_id: str) -> Looks:
    with context.database.read() as session:
        return looks.of_part(session, part_id)


def test_a_photo_is_looked_at_before_it_is_handed_in(context: Context, looker: Looker) -> None:
    """What is seen stands with the part, once, and with the file that it becomes, which is not looked at again."""
    part_id = _part(context, PNG + b"scan 6")
    glancing.look_before(context, part_id)
    glancing.look_before(context, part_id)
    assert (_looks(context, part_id), looker.calls) == (Looks((SEEN,), done=True), 1)
    with context.database.unit() as unit:
        (part,) = partials.several(unit.session, [part_id], "clerk-1", CounterOptions())
        file = IncomingFile("photo.png", 9, "a" * 64, "image/png")
        upload_id = uploads.receive(unit, user_id="clerk-1", files=[file], via="portal").upload.id
        looks.hand_on(unit, [part], upload_id)
    with context.database.read() as session:
        found = uploads.status(session, upload_id)
        assert found is not None
        assert found.files[0].glances == (SEEN,)
        assert glances.wanted(session, found.files[0].id) is None


@pytest.mark.parametrize("body", [PNG + b"scan 7", b"no picture"])
def test_a_photo_that_cannot_be_looked_at_is_not_waited_for(context: Context, looker: Looker, body: bytes) -> None:
    """What went wrong is told by reading it; here it is only said that nothing more will come."""
    looker.error = DamagedFileError()
    part_id = _part(context, body)
    glancing.look_before(context, part_id)
    assert _looks(context, part_id) == Looks((SEEN,) if body.startswith(PNG) else (), done=True)


def test_a_photo_that_is_not_wholly_here_or_lies_elsewhere_is_left_alone(context: Context, looker: Looker) -> None:
    """Half of a file, the bytes of another machine, and a part that does not exist: nothing is looked at."""
    half, away = _part(context, PNG, size=99), _part(context, PNG + b"scan 8")
    partials.folder(context.settings.data_dir).remove(away)
    for part_id in (half, away, "none"):
        glancing.look_before(context, part_id)
    assert looker.calls == 0
    assert (_looks(context, half).done, _looks(context, away).done) == (False, True)
