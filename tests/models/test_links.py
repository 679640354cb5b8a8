"""A customer's link counts what comes by it one after the other, however many send at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from models import links, uploads
from models.links import LinkView, Sending
from models.uploads import IncomingFile, Upload
from tests.models.office import Incoming, Office

SENDERS, MAY = 8, 3


def _link(office: Office, incoming: Incoming) -> LinkView:
    """A link for the case of a first upload, as whoever opened its page knows it."""
    case_id = office.hand_in([incoming("first")]).upload.case_id
    with office.database.unit() as unit:
        token = links.make(unit, case_id, "clerk-1", 24)
    with office.database.read() as session:
        found = links.find(session, token)
    assert found is not None
    return found


def _send(office: Office, link: LinkView, files: Sequence[IncomingFile]) -> bool:
    """Send by the link; whether it was taken."""
    try:
        with office.database.unit() as unit:
            received = uploads.receive(unit, user_id="clerk-1", files=files, via="link", into=link.case_id)
            links.note(unit, link, received.upload)
    except LookupError:
        return False
    return True


def _counts(office: Office) -> tuple[int, int]:
    """The sendings, and the uploads that came by a link."""
    with office.database.read() as session:
        sendings = session.scalar(select(func.count()).select_from(Sending)) or 0
        came = session.scalar(select(func.count()).select_from(Upload).where(Upload.via == "link")) or 0
    return sendings, came


def test_a_link_takes_no_more_than_it_may_from_those_who_send_at_once(
    office: Office, incoming: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All opened its page while it was open; those beyond the limit are refused, and nothing of theirs is kept."""
    monkeypatch.setattr(links, "MOST_SENDINGS", MAY)
    link, begin = _link(office, incoming), Barrier(SENDERS)

    def send(number: int) -> bool:
        begin.wait()
        return _send(office, link, [incoming(f"photo {number}")])

    with ThreadPoolExecutor(SENDERS) as pool:
        taken = list(pool.map(send, range(SENDERS)))
    assert sum(taken) == MAY
    assert _counts(office) == (MAY, MAY)
    assert len(office.trail("link.used")) == MAY


def test_a_link_that_was_revoked_under_way_takes_nothing(office: Office, incoming: Incoming) -> None:
    """Whoever made it may have taken it back while the photos were on their way."""
    link = _link(office, incoming)
    with office.database.unit() as unit:
        links.revoke(unit, link.id, "clerk-1")
    assert not _send(office, link, [incoming("photo")])
    assert _counts(office) == (0, 0)
