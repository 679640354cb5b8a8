"""docker-compose.yml stays honest: its commands run with its environment against PostgreSQL and Redis from apt."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.conftest import end, free_port

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "sample_docs" / "cases" / "02-sole-trader"
INTAKE = Path(sys.executable).parent / "intake"
SECRETS = {"INTAKE_SECRET_KEY": "s" * 48, "POSTGRES_PASSWORD": "p" * 24}
PATIENCE = 600.0
"""Seconds that a step may take on a machine that has other work: each wait ends with its condition, long before."""
ANSWER = 60.0
"""Seconds that one answer of the portal may take there."""
REFERENCE = re.compile(r"\$\{(\w+)(?:(:\?|:-)([^}]*))?\}")


def interpolate(text: str, environment: dict[str, str]) -> str:
    """Fill in ``${NAME}``, ``${NAME:-default}`` and ``${NAME:?message}`` as Compose does; the last raises KeyError."""

    def fill(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if environment.get(name):
            return environment[name]
        if kind == ":-":
            return rest
        raise KeyError(name)

    return REFERENCE.sub(fill, text)


def compose(environment: dict[str, str]) -> dict[str, Any]:
    """The services of the file with the environment filled in."""
    text = (ROOT / "docker-compose.yml").read_text()
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    services: dict[str, Any] = yaml.safe_load(interpolate(body, environment))["services"]
    return services


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_the_file_refuses_to_start_without_each_secret(secret: str) -> None:
    """No secret has a default."""
    with pytest.raises(KeyError, match=secret):
        compose({name: value for name, value in SECRETS.items() if name != secret})


def test_every_service_that_stays_has_a_health_check_and_only_the_portal_a_port() -> None:
    """Portal, workers, sweeper, database and Redis are watched; nothing but the portal is reachable from outside."""
    services = compose(SECRETS)
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}
    assert {name for name, service in services.items() if "ports" in service} == {"portal"}
    assert services["portal"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_installs_the_packages_that_set_up_installs() -> None:
    """Dockerfile and `make setup` agree on the tools that reading needs; Redis runs in a container of its own."""
    setup = re.search(r'^run_packages="([^"]+)"', (ROOT / ".ci" / "setup").read_text(), re.MULTILINE)
    assert setup
    dockerfile = (ROOT / "Dockerfile").read_text()
    wanted = set(setup.group(1).split()) - {"redis-server"}
    assert {package for package in wanted if not re.search(rf"\s{re.escape(package)}\s", dockerfile)} == set()


class Composed:
    """The composed service on this machine: each process started as the file says, with other addresses only."""

    def __init__(self, stack: ExitStack, folder: Path, database_url: str, redis_url: str) -> None:
        """Take the addresses that stand for the names ``db`` and ``redis`` of the composed network."""
        self.stack, self.folder = stack, folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.services = compose(SECRETS)
        self.instead = {
            f"postgresql://intake:{SECRETS['POSTGRES_PASSWORD']}@db:5432/intake": database_url,
            "redis://redis:6379/0": redis_url,
            "file:///var/lib/intake/store": f"file://{folder / 'store'}",
            "http://127.0.0.1:8000": self.address,
            "/archives": str(folder / "archives"),
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - what the file says inside a container
        }

    def environment(self, service: str) -> dict[str, str]:
        """The service's own environment; PATH and the image's data folder are all that it gets besides."""
        own = {
            name: self.instead.get(str(value), str(value))
            for name, value in self.services[service]["environment"].items()
        }
        return {
            "PATH": f"{INTAKE.parent}:{os.environ['PATH']}",
            "INTAKE_DATA_DIR": str(self.folder),
            "INTAKE_PORT": str(self.port),
            "LANG": "C.UTF-8",
            **own,
        }

    def run(self, service: str, command: list[str] | None = None) -> str:
        """Run a command to its end in a service's environment; gives its output."""
        done = self._done(service, command or self.services[service]["command"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _done(self, service: str, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self.environment(service), cwd=self.folder, capture_output=True, text=True, check=False
        )

    def start(self, service: str) -> None:
        """Start a service that stays; it is ended with the test."""
        with (self.folder / f"{service}.log").open("wb") as log:
            words = self.services[service]["command"]
            process = subprocess.Popen(words, env=self.environment(service), cwd=self.folder, stdout=log, stderr=log)
        self.running[service] = process
        self.stack.callback(end, process, ANSWER)

    def alive(self) -> None:
        """Fail at once, with its last words, where a service has ended: nothing more is to be waited for."""
        for service, process in self.running.items():
            log = (self.folder / f"{service}.log").read_text("utf-8", "replace")
            assert process.poll() is None, f"{service} has ended:\n{log[-3000:]}"

    def healthy(self, service: str) -> bool:
        """Whether the service's own health check passes; a sign of life comes once a minute."""
        self.alive()
        return self._done(service, self.services[service]["healthcheck"]["test"][1:]).returncode == 0

    def ready(self) -> bool:
        """Whether the portal answers that it is ready."""
        self.alive()
        with suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"{self.address}/readyz", timeout=3).ok
        return False


class Caller(requests.Session):
    """A program that calls the API of a busy portal: each call has its time, and none goes by a proxy."""

    def __init__(self, token: str) -> None:
        """Call as the account of ``token``."""
        super().__init__()
        self.headers["Authorization"] = f"Bearer {token}"
        self.trust_env = False

    def request(self, *words: Any, **others: Any) -> requests.Response:  # type: ignore[override]  # all are passed on
        """Send with a limit of time."""
        return super().request(*words, **{"timeout": ANSWER, **others})


@pytest.fixture
def composed(
    tmp_path: Path, postgres_server: Any, redis_server: Any, eventually: Callable[..., None]
) -> Iterator[Composed]:
    """Every service of the file, running."""
    postgres_server.run("CREATE DATABASE composed")
    url = postgres_server.url("composed").replace("postgresql+psycopg://", "postgresql://")
    with ExitStack() as stack:
        stack.callback(postgres_server.run, "DROP DATABASE composed WITH (FORCE)")
        made = Composed(stack, tmp_path, url, redis_server.url)
        made.run("migrate")
        for service in ("worker", "glancer", "sweeper", "feeder", "portal"):
            made.start(service)
        eventually(made.ready, PATIENCE, 0.2)
        yield made


@pytest.mark.postgres
@pytest.mark.ocr
def test_upload_draft_and_confirm_work_as_composed(composed: Composed, eventually: Callable[..., None]) -> None:
    """A clerk's real scans become a draft, a reviewer decides each fact, and the customer file stands."""
    clerk = _session(composed, "counter", "clerk")
    reviewer = _session(composed, "desk", "reviewer")
    upload = _hand_in(composed, clerk)
    path = f"{composed.address}/api/v1/uploads/{upload}"
    eventually(lambda: _settled(composed, clerk, path), PATIENCE, 0.5)

    drafts = reviewer.get(f"{composed.address}/api/v1/drafts", params={"state": "open"}).json()["items"]
    assert [draft["id"] for draft in drafts] == [clerk.get(path).json()["draft"]]
    confirmed = _confirm(composed, reviewer, drafts[0]["id"])
    customer = reviewer.get(f"{composed.address}/api/v1/customers/{confirmed['customer']}").json()
    facts = {fact["fact"]: fact for fact in customer["facts"]}
    assert facts["credit_code"]["value"] == "92510118MA7R2X5D3H"
    assert facts["credit_code"]["decided_by"] == "desk"
    assert composed.run("portal", ["intake", "audit", "verify"])
    for service in ("worker", "glancer", "sweeper", "feeder"):
        eventually(partial(composed.healthy, service), PATIENCE, 1.0)


def _settled(composed: Composed, clerk: requests.Session, path: str) -> bool:
    """Whether the papers are read and drafted; an answer that takes too long is asked for again."""
    composed.alive()
    with suppress(requests.ConnectionError, requests.Timeout):
        answer = clerk.get(path)
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["settled"])
    return False


def _session(composed: Composed, name: str, role: str) -> requests.Session:
    token = composed.run("portal", ["intake", "token", "create", name, "--role", role]).splitlines()[-1]
    session = Caller(token)
    composed.stack.callback(session.close)
    return session


def _hand_in(composed: Composed, clerk: requests.Session) -> str:
    with ExitStack() as files:
        parts = [("files", (path.name, files.enter_context(path.open("rb")))) for path in sorted(CASE.iterdir())]
        answer = clerk.post(f"{composed.address}/api/v1/uploads", files=parts)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def _confirm(composed: Composed, reviewer: requests.Session, draft: str) -> dict[str, Any]:
    address = f"{composed.address}/api/v1/drafts/{draft}"
    seen = reviewer.get(address)
    claimed = reviewer.post(f"{address}/claim", headers={"If-Match": seen.headers["ETag"]})
    assert claimed.status_code == 200, claimed.text
    draft_now = claimed.json()
    decisions = [{"fact": fact["fact"], "action": "accept" if fact["value"] else "omit"} for fact in draft_now["facts"]]
    answer = reviewer.post(
        f"{address}/confirm",
        json={"decisions": decisions, "acknowledged": [finding["key"] for finding in draft_now["findings"]]},
        headers={"If-Match": claimed.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body
