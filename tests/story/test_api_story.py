"""The whole way by the API on the production databases: papers in, a person decides, the customer file stands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask.testing import EnvironBuilder, FlaskClient
from werkzeug.test import TestResponse

from intake.settings import Settings
from models import audit
from models.database import Database
from tests import made_up
from tests.conftest import end
from web.app import create_app
from workers.serve import environment_of

PAPERS = Path(__file__).parents[2] / "sample_docs" / "cases" / "01-trading-company"
NAMES = ("license.jpg", "id-card.jpg")
SECONDS = 240.0

pytestmark = [pytest.mark.postgres, pytest.mark.ocr]


@pytest.fixture
def service(settings: Settings, postgres_url: str, redis_server: Any, tmp_path: Path) -> Iterator[Settings]:
    """A real worker and a real sweeper on PostgreSQL and Redis."""
    made = settings.model_copy(update={"database_url": postgres_url, "redis_url": redis_server.url})
    with ExitStack() as stack:
        log = stack.enter_context((tmp_path / "service.log").open("wb"))
        for command in ("worker", "sweeper"):
            words = [sys.executable, "-m", "web.cli", command]
            process = subprocess.Popen(words, env=environment_of(made), stdout=log, stderr=log)
            stack.callback(end, process)
        yield made


@pytest.fixture
def client(service: Settings) -> Iterator[FlaskClient]:
    """The application over the same database, Redis and store."""
    app = create_app(service)
    yield app.test_client()
    app.extensions["intake"].celery.close()
    app.extensions["intake"].database.close()


def _decisions(draft: dict[str, Any], name: str) -> dict[str, Any]:
    """A reviewer's words: the company's name typed, what was read accepted, what is empty left out."""
    decisions = []
    for fact in draft["facts"]:
        if fact["fact"] == "company_name":
            decisions.append({"fact": fact["fact"], "action": "correct", "value": name})
        else:
            decisions.append({"fact": fact["fact"], "action": "omit" if fact["value"] is None else "accept"})
    return {"decisions": decisions, "acknowledged": [found["key"] for found in draft["findings"]]}


def _hand_in(client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    """Send the papers as one upload."""
    with ExitStack() as stack:
        files = [(stack.enter_context((PAPERS / name).open("rb")), name) for name in NAMES]
        request = EnvironBuilder(
            client.application, "/api/v1/uploads", method="POST", data={"files": files}, headers=headers
        )
        environ = request.get_environ()
        stack.callback(environ["wsgi.input"].close)  # a large body lies in a temporary file
        return client.open(environ)


@pytest.fixture
def database(service: Settings) -> Iterator[Database]:
    """The database of the service."""
    made = Database(service.database)
    yield made
    made.close()


@pytest.mark.timeout(600)
def test_papers_become_a_customer_file(
    client: FlaskClient, database: Database, eventually: Callable[..., None]
) -> None:
    """Upload, wait for the draft, claim, correct one value, confirm: each fact then tells where it came from."""
    accounts = made_up.people(database, "clerk", "reviewer")
    tokens = made_up.tokens(database, accounts)
    clerk, reviewer = ({"Authorization": f"Bearer {tokens[role]}"} for role in ("clerk", "reviewer"))

    sent = _hand_in(client, clerk | {"Idempotency-Key": "story"})
    assert sent.status_code == 202
    upload = sent.headers["Location"]
    eventually(lambda: client.get(upload, headers=clerk).json["settled"], SECONDS, 0.5)
    told = client.get(f"{upload}/events", headers=clerk).get_data(as_text=True)
    state = client.get(upload, headers=clerk).json
    assert "event: done" in told
    assert ([file["state"] for file in state["files"]], state["case_state"]) == (["read", "read"], "drafted")

    (line,) = client.get("/api/v1/drafts?state=open", headers=reviewer).json["items"]
    address = f"/api/v1/drafts/{line['id']}"
    assert line["id"] == state["draft"]
    claimed = client.post(f"{address}/claim", headers=reviewer | {"If-Match": f'"{line["version"]}"'})
    draft = claimed.json
    assert "business_license" in {paper["type"] for paper in draft["documents"]}
    picture = client.get(draft["documents"][0]["pages"][0]["image"], headers=reviewer)
    assert picture.mimetype == "image/jpeg"

    etag = {"If-Match": claimed.headers["ETag"]}
    body = _decisions(draft, "样例贸易有限公司")
    done = client.post(f"{address}/confirm", json=body, headers=reviewer | etag)
    assert (done.status_code, done.json["state"]) == (200, "confirmed"), json.dumps(done.json.get("code"))

    customer = client.get(f"/api/v1/customers/{done.json['customer']}", headers=reviewer).json
    facts = {fact["fact"]: fact for fact in customer["facts"]}
    assert (customer["name"], facts["company_name"]["action"]) == ("样例贸易有限公司", "correct")
    assert facts["company_name"]["source"]["document"] in {paper["id"] for paper in customer["documents"]}
    assert facts["credit_code"]["value"] == facts["credit_code"]["read_value"]
    with database.read() as session:
        assert audit.verify(session).whole
