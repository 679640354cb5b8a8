"""How a database goes about the statements that the code really sends, for tests and measurements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from models.database import Database


def mind_indexes(session: Session) -> None:
    """PostgreSQL reads a table of a test's size whole where that is as quick; here it shall say what it could do."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))


def read_whole(seen: list[str], *tables: str) -> list[str]:
    """The plans that go through one of these tables from end to end."""
    return [plan for plan in seen for table in tables if re.search(rf"(Seq Scan on|SCAN) {table}\b(?!.*USING)", plan)]


@contextmanager
def plans(database: Database, words: str = "") -> Iterator[list[str]]:
    """The plan of every statement that is sent meanwhile, with its own parameters; ``words`` are EXPLAIN's."""
    found: list[str] = []
    sqlite = database.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if sqlite else f"EXPLAIN {words}"

    def look(connection: Any, _cursor: object, statement: str, parameters: Any, *_others: object) -> None:
        if not statement.lstrip().startswith("SELECT"):
            return
        cursor = connection.connection.cursor()
        cursor.execute(f"{explain} {statement}", parameters)
        found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
        cursor.close()

    event.listen(database.engine, "after_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(database.engine, "after_cursor_execute", look)
