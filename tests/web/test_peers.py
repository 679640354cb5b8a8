"""The figures of operating are for who stands beside the service, or has the token; not for who comes by a proxy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from intake.settings import Settings
from models.database import Database
from web import peers
from web.app import create_app

TOKEN = "a-long-and-random-token"


@pytest.fixture
def client(settings: Settings) -> Iterator[Callable[..., FlaskClient]]:
    """``client(metrics_token=…)``: a stranger's line to a portal of these settings."""
    made: list[Database] = []

    def start(**chosen: object) -> FlaskClient:
        app = create_app(settings.model_copy(update=chosen))
        made.append(app.extensions["intake"].database)
        return app.test_client()

    yield start
    for database in made:
        database.close()


def _status(asked: FlaskClient, peer: str, **headers: str) -> int:
    return asked.get("/metrics", environ_overrides={"REMOTE_ADDR": peer}, headers=headers).status_code


@pytest.mark.parametrize("hops", [0, 1])
def test_the_figures_are_for_the_own_machine_and_network(client: Callable[..., FlaskClient], hops: int) -> None:
    """Another one, or one for whom a proxy on this machine speaks, finds nothing: also where proxies are trusted."""
    asked = client(trusted_proxies=hops)
    for near in ("127.0.0.1", "::1", "192.168.1.7", "172.18.0.1", "::ffff:10.0.0.9", "fd00::7"):
        assert _status(asked, near) == 200, near
    for far in ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", ""):
        assert _status(asked, far) == 404, far
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert _status(asked, "127.0.0.1", **{header: "10.0.0.9"}) == 404, header


def test_the_token_opens_the_figures_from_anywhere(client: Callable[..., FlaskClient]) -> None:
    """By a proxy, too; a wrong one, one of another kind and an empty one do not, and the near need none."""
    asked = client(metrics_token=TOKEN)
    assert _status(asked, "8.8.8.8", Authorization=f"Bearer {TOKEN}", **{"X-Forwarded-For": "8.8.8.8"}) == 200
    for wrong in (f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer ä"):
        assert _status(asked, "8.8.8.8", Authorization=wrong) == 404, wrong
    assert _status(asked, "127.0.0.1") == 200


def test_without_a_token_set_none_opens(client: Callable[..., FlaskClient]) -> None:
    """An empty setting is no token."""
    for sent in ("Bearer ", "Bearer", ""):
        assert _status(client(), "8.8.8.8", Authorization=sent) == 404


def test_whether_the_service_lives_anybody_may_ask(client: Callable[..., FlaskClient]) -> None:
    """A balancer in front of it asks so; it is told nothing else."""
    answer = client().get("/healthz", environ_overrides={"REMOTE_ADDR": "8.8.8.8"})
    assert answer.get_json() == {"status": "ok"}


def test_a_peer_without_an_address_is_not_near() -> None:
    """As behind a socket of Unix: who asks cannot be told."""
    assert not peers.is_near({})
