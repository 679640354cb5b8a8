"""How a database goes about the statements that the code really sends, for tests and measurements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.database import Database


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
