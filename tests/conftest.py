"""What many tests stand on: settings in a folder of their own, databases with the schema, a real Redis, PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import hypothesis
import psycopg
import pytest
import redis
import structlog
from moto.server import ThreadedMotoServer

from intake.settings import Settings
from models.accounts import User
from models.base import new_id
from models.database import Database
from models.schema import upgrade
from models.store import FileStore
from models.uploads import IncomingFile

# The same examples on every run: a red test is a change of the code, never of the dice.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

START_SECONDS = 90.0
STEP_SECONDS = 0.02


def wait_for(condition: Callable[[], object], seconds: float = START_SECONDS, step: float = STEP_SECONDS) -> None:
    """Return as soon as ``condition`` holds; fail when it does not within ``seconds``."""
    pause, deadline = Event(), time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        pause.wait(step)


def end(process: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Ask a process to end, and end it where it is too busy to hear."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on, below those that connections take by themselves (``ip_local_port_range``)."""
    for port in random.SystemRandom().sample(range(15_000, 32_000), 100):
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``make faults`` runs the long form of the fault tests."""
    parser.addoption("--faults-long", action="store_true", help="500 papers and 200 kills instead of 100 and 60")
    parser.addoption("--reviewers-long", action="store_true", help="20 reviewers over 500 drafts instead of 6 over 24")
    parser.addoption("--counter-long", action="store_true", help="send 200 MB over a bad line instead of 40")


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """A command that sets up the log of its process leaves nothing to the next test: its standard error is closed."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def eventually() -> Callable[..., None]:
    """``eventually(condition, seconds)``: tests wait for conditions, never for times."""
    return wait_for


# ---- SQLite ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the schema, made once by the migrations and copied for every test."""
    path = tmp_path_factory.mktemp("template") / "intake.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """The embedded default in a folder of its own, its database ready; no Redis runs."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(sqlite_template, folder / "intake.db")
    return Settings(data_dir=folder, secret_key="0" * 64, reader_policy="never")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """An empty SQLite database with the schema."""
    made = Database(settings.database)
    yield made
    made.close()


@pytest.fixture
def store(settings: Settings) -> FileStore:
    """An empty store of originals."""
    return FileStore(Path(settings.store.removeprefix("file://")))


@dataclass(frozen=True)
class People:
    """Identifiers of accounts that tests act as."""

    clerk: str = "clerk-1"
    other: str = "clerk-2"


@pytest.fixture
def people(any_database: Database) -> People:
    """Two clerks in the database under test."""
    made = People()
    with any_database.unit() as unit:
        for number in (made.clerk, made.other):
            unit.session.add(User(id=number, name=number, roles=["clerk"], display_name=number))
    return made


@pytest.fixture
def incoming() -> Callable[..., IncomingFile]:
    """``incoming("content")``: a file at the door with the address that this content has."""

    def make(content: str, name: str = "scan.png") -> IncomingFile:
        digest = hashlib.sha256(content.encode()).hexdigest()
        return IncomingFile(name, len(content), digest, "image/png")

    return make


# ---- PostgreSQL -----------------------------------------------------------------------------------------------------


def _as_postgres(words: list[str]) -> list[str]:
    """``words`` as a user whom PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return words
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]


@dataclass(frozen=True)
class PostgresServer:
    """A running server that listens on a socket in ``folder``, and on ``address`` if any; everyone is trusted."""

    folder: Path
    address: str = ""
    port: int = 5432

    def url(self, name: str) -> str:
        """The address of a database."""
        if self.address:
            return f"postgresql+psycopg://postgres@{self.address}:{self.port}/{name}"
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run a statement on the server, outside any transaction."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # names of our own making

    def answers(self) -> bool:
        """Whether it takes connections."""
        with suppress(psycopg.OperationalError):
            self.run("SELECT 1")
            return True
        return False


@contextmanager
def running_postgres(address: str = "", port: int = 5432) -> Iterator[PostgresServer]:
    """The PostgreSQL of apt with a cluster of its own, and a template database with the schema.

    It listens on ``address`` too, where one is given, and trusts the whole network there.
    """
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="intake-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    cluster = folder / "cluster"
    setup = [str(programs / "initdb"), "-D", str(cluster), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
    subprocess.run(_as_postgres(setup), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    if address:
        with (cluster / "pg_hba.conf").open("a") as file:
            file.write("host all all samenet trust\n")
    options = ["-k", str(folder), "-c", f"listen_addresses={address}", "-p", str(port)]
    options += ["-c", "fsync=off", "-c", "max_connections=200"]
    with (folder / "log").open("wb") as log:
        words = _as_postgres([str(programs / "postgres"), "-D", str(cluster), *options])
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder)
    server = PostgresServer(folder, address, port)
    try:
        wait_for(server.answers)
        server.run("CREATE DATABASE template_intake")
        upgrade(server.url("template_intake"))
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # ends the sessions too: one may belong to a host that lost power
        process.wait(START_SECONDS)
        shutil.rmtree(folder)


@contextmanager
def running_bucket(address: str = "127.0.0.1") -> Iterator[str]:
    """An S3 that is none, as a setting of the store. Its bucket is its own: all in a process share what they hold."""
    import boto3  # noqa: PLC0415  # comes with moto; the store itself speaks to S3 otherwise

    server = ThreadedMotoServer(ip_address=address, port=0, verbose=False)
    server.start()
    endpoint, name = f"http://{address}:{server.get_host_and_port()[1]}", f"papers-{new_id().lower()}"
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    client.create_bucket(Bucket=name)
    client.close()
    yield f"s3://{name}/office?endpoint={endpoint}&region=us-east-1"
    server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server on a socket, for every test that asks for one."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty PostgreSQL database with the schema, for this test alone."""
    name = f"test_{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:20]}"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE template_intake")
    yield postgres_server.url(name)
    postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """An empty PostgreSQL database with the schema."""
    made = Database(postgres_url)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest) -> Database:
    """The test runs on both databases."""
    name = {"sqlite": "database", "postgresql": "postgres_database"}[request.param]
    made: Database = request.getfixturevalue(name)
    return made


# ---- Redis ----------------------------------------------------------------------------------------------------------


@dataclass
class RedisServer:
    """A Redis on a socket of its own that tests may flush, stop and start."""

    socket: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """The address as settings name it."""
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.answers)

    def answers(self) -> bool:
        """Whether it answers."""
        with suppress(redis.ConnectionError, redis.BusyLoadingError), self.client() as client:
            return bool(client.ping())
        return False

    @contextmanager
    def client(self) -> Iterator[redis.Redis]:
        """A connection."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            yield client

    def flush(self) -> None:
        """Let it forget everything."""
        with self.client() as client:
            client.flushall()

    def stop(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A real Redis without a TCP port."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-redis-"))
        server = RedisServer(Path(folder) / "redis.sock")
        server.start()
        stack.callback(server.stop)
        yield server
