"""The supervisor of ``intake serve``: Redis, portal, workers and sweeper as one process tree in one data folder.

Children are started in order and stopped in the reverse one, a child that dies is started again, and all end with the
supervisor, however it ends. Settings reach the children through their environment.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

import redis

from intake import log
from intake.errors import (
    AlreadyServingError,
    EngineCrashedError,
    EngineTimeoutError,
    MissingExecutableError,
    PortTakenError,
)
from intake.settings import Settings
from workers.children import Child, stop

LONGEST_SOCKET = 100
"""Characters: a Unix socket's path may have 107 (``unix(7)``); longer data folders get their socket elsewhere."""

READY_SECONDS = 60.0
LOOK_SECONDS = 0.2
PORTAL_GRACE = 12.0
WORKER_GRACE = 20.0
"""A worker may finish its page; what is cut off after that is read again at the next start."""
SHORT_GRACE = 5.0

logger = log.get(__name__)


def serve(
    settings: Settings, on_ready: Callable[[], None], program: tuple[str, ...] = (sys.executable, "-m", "web.cli")
) -> None:
    """Run everything until SIGTERM or SIGINT; ``on_ready`` is called once, when the portal answers.

    ``program`` are the words before ``web``, ``worker``, ``sweeper`` … Raises AlreadyServingError, PortTakenError,
    MissingExecutableError.
    """
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: over.set())
    with ExitStack() as stack:
        stack.enter_context(_alone(settings.data_dir))
        _require_port(settings)
        environment = environment_of(settings)
        doorbell = stack.enter_context(_doorbell(settings, environment))
        ranks = _ranks(settings, environment, program)
        if doorbell is not None:
            stack.callback(stop, [doorbell])
        for rank in ranks:
            stack.callback(stop, rank)
        children = [child for rank in ranks for child in rank] + ([doorbell] if doorbell else [])
        _watch(settings, children, on_ready, over)


def environment_of(settings: Settings) -> dict[str, str]:
    """This process's environment with every setting written out, so that children decide nothing anew."""
    values = settings.model_dump(mode="json", exclude_none=True)
    own = {f"INTAKE_{name.upper()}": str(value) for name, value in values.items()}
    own["INTAKE_DATA_DIR"] = str(settings.data_dir.resolve())
    return {**os.environ, **own, "OMP_THREAD_LIMIT": "1"}


def _ranks(settings: Settings, environment: dict[str, str], program: tuple[str, ...]) -> list[list[Child]]:
    """The children in the order in which they start; those of one rank end together."""
    workers = [
        Child(f"worker-{number}", [*program, "worker"], environment, WORKER_GRACE)
        for number in range(1, settings.workers + 1)
    ]
    glancer = Child("glancer", [*program, "glancer"], environment, SHORT_GRACE)
    sweeper = Child("sweeper", [*program, "sweeper"], environment, SHORT_GRACE)
    # Without folders to take batches from there is nothing to feed.
    feeders = [Child("feeder", [*program, "feeder"], environment, SHORT_GRACE)] if settings.archive_roots else []
    portal = Child("portal", [*program, "web"], environment, PORTAL_GRACE)
    return [[*workers, glancer, sweeper, *feeders], [portal]]


def _watch(settings: Settings, children: list[Child], on_ready: Callable[[], None], over: Event) -> None:
    """Keep the children alive until told to stop."""
    ready = False
    begun = time.monotonic()
    while not over.is_set():
        for child in children:
            child.look(time.monotonic())
        if not ready and answers(settings.host, settings.port):
            ready = True
            logger.info("portal.ready", seconds=round(time.monotonic() - begun, 1))
            on_ready()
        over.wait(LOOK_SECONDS)
    logger.info("serve.stopping")


def answers(host: str, port: int) -> bool:
    """Whether the portal says that it is well."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Where to knock when the portal listens on every address."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  # compared, not bound


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the data folder's lock; the kernel lets it go with the process, so it is never stale."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # one that stood there already may have been open to all
    with (folder / "serve.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServingError from None
        yield


def _require_port(settings: Settings) -> None:
    """Find out now, with a plain answer, whether the portal can have its address."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise PortTakenError(host=settings.host, port=settings.port) from None


@contextmanager
def _doorbell(settings: Settings, environment: dict[str, str]) -> Iterator[Child | None]:
    """A private Redis on a socket, and its address in ``environment``; ``None`` where a Redis is set."""
    if settings.redis_url:
        yield None
        return
    with ExitStack() as stack:
        path = settings.data_dir.resolve() / "redis.sock"
        if len(str(path)) > LONGEST_SOCKET:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="intake-"))) / "redis.sock"
        path.unlink(missing_ok=True)
        child = redis_child(path, settings.data_dir.resolve(), environment)
        child.start()
        _await_redis(child, path)
        environment["INTAKE_REDIS_URL"] = f"redis+socket://{path}"
        yield child


def redis_child(path: Path, folder: Path, environment: dict[str, str]) -> Child:
    """A Redis that listens on the socket ``path`` only and keeps nothing; its log is written into ``folder``."""
    program = shutil.which("redis-server")
    if program is None:
        raise MissingExecutableError(name="redis-server", package="redis-server")
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no",
        "loglevel": "warning",
    }
    words = [program, *(word for name, value in options.items() for word in (f"--{name}", value))]
    return Child("redis", words, environment, SHORT_GRACE, output=folder / "redis.log")


def _await_redis(child: Child, path: Path) -> None:
    """Return when Redis answers on its socket; raises EngineTimeoutError or EngineCrashedError."""
    deadline = time.monotonic() + READY_SECONDS
    pause = Event()
    while time.monotonic() < deadline:
        if not child.alive:
            raise EngineCrashedError(tool="redis-server", status=child.process.returncode if child.process else 0)
        try:
            with redis.Redis(unix_socket_path=str(path)) as client:
                client.ping()
        except redis.RedisError:
            pause.wait(LOOK_SECONDS / 4)
        else:
            return
    raise EngineTimeoutError(tool="redis-server", seconds=READY_SECONDS)
