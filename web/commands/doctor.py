"""``intake doctor``: looks at the installation and says what to do. It changes nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

import typer
from rich.console import Console
from rich.table import Table

from intake.errors import IntakeError, SetupError, StoreUnavailableError
from intake.recognition import probe
from intake.recognition.probe import ProbeResult
from intake.settings import Settings, load
from intake.types import Label

UNFIT = 3

FREE_BYTES = 2_000_000_000
"""Least free disk: a day of scans of a busy office (2,000 pages of 0.5 MB) with its pictures, twice."""

CLOCK_SECONDS = 2.0
"""Most that this machine's clock may differ from the database's: leases are measured against each other."""

REDIS = probe.Executable("redis-server", ("--version",), (6, 0), "redis-server")


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,  # noqa: FBT002 - Typer makes it --json
    language: Annotated[Literal["zh", "en"], typer.Option(help="Language of the advice.")] = "zh",
    alive: Annotated[
        Literal["worker", "glancer", "sweeper", "feeder"] | None,
        typer.Option(help="Only ask whether this kind of process works."),
    ] = None,
) -> None:
    """Check executables and versions, language data, database, Redis, store, disk and clock; say what to do.

    Exit status: 0 all is well, 3 the installation is unfit.
    """
    results = [_alive(alive)] if alive else [*probe.report(), *surroundings()]
    if as_json:
        lines = [_plain(result, language) for result in results]
        typer.echo(
            json.dumps({"fit": all(result.fit for result in results), "checks": lines}, ensure_ascii=False, indent=1)
        )
    else:
        Console(markup=False, highlight=False).print(table(results, language))
    if not all(result.fit for result in results):
        raise typer.Exit(UNFIT)


def _alive(kind: Literal["worker", "glancer", "sweeper", "feeder"]) -> ProbeResult:
    from web.commands.signs import sign_of_life  # noqa: PLC0415 - loads the database, which a broken one must not stop

    return sign_of_life(load(), kind)


def surroundings() -> Iterator[ProbeResult]:
    """Settings first: where they cannot be used, nothing else can be looked at."""
    try:
        settings = load()
    except SetupError as error:
        yield ProbeResult("settings", fit=False, detail="", advice=_advice(error))
        return
    yield ProbeResult("settings", fit=True, detail="")
    for look in (database, redis, store, disk, clock):
        yield look(settings)


def database(settings: Settings) -> ProbeResult:
    """Whether the database answers; an embedded one that is not made yet is fit where it can be made."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - loaded by doctor alone

    from models.database import Database  # noqa: PLC0415 - as above

    if not settings.database_url and not (settings.data_dir / "intake.db").exists():
        return _to_be_made("database", settings.data_dir)
    advice = Label(
        "请检查 INTAKE_DATABASE_URL 以及数据库是否已启动。", "Check INTAKE_DATABASE_URL and whether the database runs."
    )
    rows = Database(settings.database)
    try:
        rows.ping()
    except (SQLAlchemyError, OSError):
        return ProbeResult("database", fit=False, detail="", advice=advice)
    finally:
        rows.close()
    return ProbeResult("database", fit=True, detail=rows.engine.dialect.name)


def redis(settings: Settings) -> ProbeResult:
    """Whether the configured Redis answers; without one, whether ``intake serve`` can start its own."""
    if not settings.redis_url:
        return _private_redis()
    from redis import Redis, RedisError  # noqa: PLC0415 - as in database

    advice = Label("请检查 INTAKE_REDIS_URL 以及 Redis 是否已启动。", "Check INTAKE_REDIS_URL and whether Redis runs.")
    try:
        with Redis.from_url(settings.redis, socket_timeout=5, socket_connect_timeout=5) as client:
            version = client.info("server")["redis_version"]
    except (RedisError, ValueError, OSError):
        return ProbeResult("redis", fit=False, detail="", advice=advice)
    return ProbeResult("redis", fit=True, detail=str(version))


def _private_redis() -> ProbeResult:
    try:
        return ProbeResult("redis", fit=True, detail=probe.executable_version(REDIS))
    except SetupError as error:
        return ProbeResult("redis", fit=False, detail="", advice=_advice(error))


def store(settings: Settings) -> ProbeResult:
    """Whether the store of originals answers and, on a disk, can be written to."""
    from models.store import open_store  # noqa: PLC0415 - as in database

    parts = urlsplit(settings.store)
    folder = Path(unquote(parts.path))
    if parts.scheme == "file" and not folder.exists():
        return _to_be_made("store", folder)
    try:
        open_store(settings.store).ping()
    except (SetupError, StoreUnavailableError) as error:
        return ProbeResult("store", fit=False, detail=parts.scheme, advice=_advice(error))
    return ProbeResult("store", fit=True, detail=parts.scheme)


def disk(settings: Settings) -> ProbeResult:
    """Whether the disk of the data folder has room."""
    free = shutil.disk_usage(_existing(settings.data_dir)).free
    advice = Label("数据目录所在磁盘空间不足，请清理或扩容。", "The disk of the data folder is nearly full: make room.")
    return ProbeResult("disk", free >= FREE_BYTES, f"{free / 1e9:.1f} GB", None if free >= FREE_BYTES else advice)


def clock(settings: Settings) -> ProbeResult:
    """Whether this machine's clock is later than the program itself and agrees with the database's, if that has one."""
    now = datetime.now(UTC)
    written = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    difference = _difference(settings) if settings.database.startswith("postgresql") else 0.0
    fit = now >= written and abs(difference) <= CLOCK_SECONDS
    advice = Label("系统时钟不准，请启用 NTP 校时。", "The clock is wrong: switch on time synchronisation (NTP).")
    return ProbeResult("clock", fit, now.isoformat(timespec="seconds"), None if fit else advice)


def _difference(settings: Settings) -> float:
    """Seconds by which this machine is ahead of the database; 0 where the database does not answer (told elsewhere)."""
    from sqlalchemy import text  # noqa: PLC0415 - as in database
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - as in database

    from models.database import Database  # noqa: PLC0415 - as in database

    rows = Database(settings.database)
    try:
        with rows.read() as session:
            told: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    except SQLAlchemyError:
        return 0.0
    finally:
        rows.close()
    return (datetime.now(UTC) - told).total_seconds()


def _to_be_made(name: str, folder: Path) -> ProbeResult:
    """What the first start makes is fit where its folder can be made."""
    if os.access(_existing(folder), os.W_OK | os.X_OK):
        return ProbeResult(name, fit=True, detail="new")
    advice = Label(
        "数据目录不可写，请检查 INTAKE_DATA_DIR 的权限。", "The data folder cannot be written: check INTAKE_DATA_DIR."
    )
    return ProbeResult(name, fit=False, detail="", advice=advice)


def _existing(folder: Path) -> Path:
    """The folder itself or the nearest one above it that exists."""
    resolved = folder.resolve()
    return next(place for place in (resolved, *resolved.parents) if place.exists())


def _advice(error: IntakeError) -> Label:
    return Label(error.message("zh"), error.message("en"))


def table(results: list[ProbeResult], language: str) -> Table:
    """The results for people."""
    shown = Table(show_header=False)
    for result in results:
        advice = result.advice.text(language) if result.advice else ""
        shown.add_row(
            "✓" if result.fit else "✗", result.name, result.detail, advice, style=None if result.fit else "red"
        )
    return shown


def _plain(result: ProbeResult, language: str) -> dict[str, object]:
    advice = result.advice.text(language) if result.advice else None
    return {"name": result.name, "fit": result.fit, "detail": result.detail, "advice": advice}
