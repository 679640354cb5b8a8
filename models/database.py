"""Where rows are kept: engines and units of work.

A :class:`Unit` is explicit: what has to wait for the commit (ringing the doorbell) is handed to ``on_commit``.
SQLAlchemy's session events are not used for it, because a savepoint's rollback once swallowed a task there.

SQLite: write-ahead log, ``synchronous=FULL`` (a commit survives a power cut), foreign keys on, and ``BEGIN IMMEDIATE``
for every unit, so that writers queue up at the door instead of failing when they upgrade a read lock; they do so in the
order in which they came (:mod:`models.turns`), each with 30 s of patience. PostgreSQL: ``READ COMMITTED`` with
:func:`lock` where two units must not meet.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from intake.errors import DatabaseBusyError, DatabaseUnavailableError, IntakeError, MissingSchemaError
from models import turns
from models.turns import Turn

BUSY_SECONDS = 30
"""How long a writer to SQLite waits for his turn before he gives up with DatabaseBusyError."""

MISSED = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
"""When the server of PostgreSQL gives a host up: seconds of silence, between questions, unanswered ones; milliseconds
for which an answer that it has sent may stay unacknowledged (while it waits for that, it asks nothing)."""

_ABSENT = re.compile(r"no such (?:table|column)")
"""What SQLite says where a database has another schema."""
_UNDEFINED = frozenset({"42P01", "42703"})
"""The same by PostgreSQL (appendix A of its manual: undefined_table, undefined_column)."""

_WRITES = "intake_writes"
_TURN = "intake_turn"


class Unit:
    """One transaction that writes: ``session`` for the rows, ``on_commit`` for what may happen only afterwards."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing to do at the end."""
        self.session = session
        self._before: list[Callable[[], object]] = []
        self._after: list[Callable[[], object]] = []

    def before_commit(self, action: Callable[[], object]) -> None:
        """Run ``action`` inside the transaction as its last statements (locks held shortest: the audit's)."""
        self._before.append(action)

    def on_commit(self, action: Callable[[], object]) -> None:
        """Run ``action`` once, after the commit; never after a rollback. It must not raise: the rows are kept."""
        self._after.append(action)

    def _commit(self) -> None:
        self.session.flush()
        for action in self._before:
            action()
        self.session.commit()


class Database:
    """The rows behind one SQLAlchemy address. One object per process, made after any fork."""

    def __init__(self, url: str) -> None:
        """Connect lazily to ``url``; the folder of an SQLite file is made."""
        _load_rows()
        self.url = url
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One transaction: committed at the end, rolled back on any exception; then the ``on_commit`` actions run."""
        with Session(self._writing, expire_on_commit=False) as session:
            unit = Unit(session)
            yield unit
            unit._commit()  # noqa: SLF001  # the one caller that may end a unit
        for action in unit._after:  # noqa: SLF001  # as above
            action()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A look that writes nothing; rolled back at the end.

        On SQLite all of it is of one moment; on PostgreSQL each statement sees what was committed when it began.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def ping(self) -> None:
        """Answer, or raise ``sqlalchemy.exc.OperationalError``."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def explained(error: DBAPIError) -> IntakeError | None:
    """What an error of a database means to whoever runs a command; ``None`` where it is a fault of ours."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if _ABSENT.search(str(error.orig)) or state in _UNDEFINED:
        return MissingSchemaError()
    return DatabaseUnavailableError() if isinstance(error, OperationalError) else None


def lock(session: Session, name: str) -> None:
    """Let no other unit pass the same ``name`` until this transaction ends.

    Names are taken in the order ``idempotency:`` → ``content:`` (sorted) → the case's row (sorted) → ``audit``, so that
    units cannot wait for each other in a circle. Those under which something is looked for and added where it is not
    (``account:``, ``partials:``, ``policy:``, ``preference:``, ``roots:``, ``viewed:``, ``views:``) stand alone, before
    ``audit``. On SQLite every unit is alone already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def _load_rows() -> None:
    """Load every module of rows: a foreign key names its table as text, and a process may not have met that one yet."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.ispkg:
            import_module(f"{__package__}.{module.name}")


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    # hide_parameters: an error's text must not carry what was being written.
    engine = create_engine(
        url, isolation_level="READ COMMITTED", pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    """Let the server miss a host that lost power within 20 seconds, and let go the locks of its last transaction.

    Nobody tells the server of that; by itself it finds out after a quarter of an hour, or asks after two hours
    (``tcp(7)``), and until then the lock of a case or of the audit stops everyone.
    """
    with connection.cursor() as cursor:
        for name, value in MISSED.items():
            cursor.execute(f"SET {name} = {value}")
    connection.commit()


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    connect: dict[str, Any] = {"timeout": BUSY_SECONDS, "isolation_level": None}
    # As many connections as there are threads: whoever waits for his turn holds one.
    engine = create_engine(url, connect_args=connect, hide_parameters=True, **({"max_overflow": -1} if path else {}))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _give_turn_back)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set each new connection up; the driver's own transactions are off (``isolation_level=None``)."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get(_WRITES, False):
        connection.exec_driver_sql("BEGIN")
        return
    path = connection.engine.url.database
    if turns.AVAILABLE and path and path != ":memory:":
        _end_turn(connection.info)  # of a transaction before this one, as migrations have
        connection.info[_TURN] = Turn(Path(f"{path}-turns")).come(BUSY_SECONDS)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "locked" in str(error.orig):  # by somebody who does not wait in turn
            raise DatabaseBusyError(seconds=BUSY_SECONDS) from error
        raise


def _give_turn_back(_connection: object, record: Any) -> None:
    """When a connection goes back to its pool its transaction is over, however that ended."""
    _end_turn(record.info)


def _end_turn(info: Any) -> None:
    turn: Turn | None = info.pop(_TURN, None)
    if turn is not None:
        turn.over()
