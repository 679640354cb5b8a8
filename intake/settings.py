"""The only reader of the environment: every setting is declared once, here, and documented in the README's table.

Each field is read from ``INTAKE_<NAME>``. ``Settings()`` raises :class:`intake.errors.InvalidSettingError` through
:func:`load` when a value cannot be used, so that a process with an unfit setting does not start.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, FiniteFloat, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from intake.errors import InvalidSettingError
from intake.options import DecodeLimits, ExtractionOptions, Options, ReaderPolicy


class Settings(BaseSettings):
    """What an installation may set. Sizes are in the unit that the name says."""

    model_config = SettingsConfigDict(env_prefix="INTAKE_", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="Folder of the embedded database, store, Redis and keys")
    database_url: str = Field(default="", description="SQLAlchemy address; empty: SQLite in the data folder")
    redis_url: str = Field(default="", description="Redis address; empty: a private Redis in the data folder")
    store_url: str = Field(default="", description="Store of originals, file:///… or s3://…; empty: in the data folder")
    secret_key: str = Field(default="", description="Signs sessions and links; empty: made once in the data folder")
    host: str = Field(default="127.0.0.1", description="Address on which the portal listens")
    port: int = Field(default=8000, ge=1, le=65535, description="Port on which the portal listens")
    public_url: str = Field(
        default="", description="Address under which browsers reach the portal; https makes cookies secure"
    )
    trusted_hosts: str = Field(
        default="",
        description="Names, with commas, for links where no public address is set; .lan: all below",
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=8, description="Reverse proxies in front whose X-Forwarded headers count"
    )
    metrics_token: str = Field(
        default="", description="Bearer token of `/metrics`; without it only the own network is told, not by a proxy"
    )
    workers: int = Field(default=2, ge=1, le=64, description="Worker processes of `intake serve`")
    web_threads: int = Field(default=16, ge=2, le=256, description="Threads of the portal")
    reader_policy: ReaderPolicy = Field(
        default="doubtful", description="What each reader reads: never the second, doubtful fields twice, always both"
    )
    recalibration: str = Field(
        default="", description="File of `intake evaluate --recalibrate` that confidences follow; empty: none"
    )
    max_file_mb: int = Field(default=25, ge=1, le=2000, description="Largest file, in MB")
    max_pages: int = Field(default=100, ge=1, le=10000, description="Most pages of one file")
    max_megapixels: int = Field(default=50, ge=1, le=500, description="Largest page, in megapixels")
    lease_seconds: float = Field(
        default=30, ge=1, le=3600, description="How long a worker holds a job without renewing"
    )
    job_seconds: int = Field(default=600, ge=1, le=86400, description="Longest time that one job may take")
    sweep_seconds: float = Field(default=5, ge=0.2, le=600, description="How often the sweeper looks for stranded jobs")
    keep_jobs_days: int = Field(
        default=90, ge=0, le=36500, description="Days for which jobs that are done are kept; 0: for good"
    )
    keep_regions_days: int = Field(
        default=30, ge=0, le=36500, description="Days for which places read again on asking are kept; 0: for good"
    )
    archive_roots: str = Field(
        default="", description="Folders that batches may be taken from in the portal, with `:` between; empty: none"
    )
    archive_ahead: int = Field(
        default=32, ge=1, le=10000, description="Files of a batch that are on their way at a time"
    )
    archive_free_mb: int = Field(
        default=2000, ge=0, le=1_000_000_000, description="Free disk space in MB below which batches are paused"
    )
    exports_dir: str = Field(
        default="", description="Folder of the portal's packages, which hosts share; empty: in the data folder"
    )
    claim_minutes: int = Field(
        default=15, ge=1, le=1440, description="How long a reviewer holds a draft without touching it"
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="How long a sign-in lasts")
    sign_in_attempts: int = Field(
        default=10, ge=1, le=1000, description="Failed sign-ins per name and address in 15 minutes"
    )
    language: Literal["zh", "en"] = Field(default="zh", description="Language where the browser asks for neither")
    timezone: str = Field(default="Asia/Shanghai", description="Time zone in which the portal tells times (IANA name)")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level that is logged"
    )

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, value: str) -> str:
        """Let an address without a driver mean the one that is locked: psycopg 3."""
        for scheme in ("postgresql://", "postgres://"):
            if value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("no such time zone") from None

    @field_validator("recalibration")
    @classmethod
    def _readable_lines(cls, value: str) -> str:
        _lines(value)
        return value

    @property
    def database(self) -> str:
        """The address of the database, the embedded one where none is set."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'intake.db'}"

    @property
    def broker(self) -> str:
        """The address of Redis, the private socket where none is set."""
        return self.redis_url or f"redis+socket://{self.data_dir.resolve() / 'redis.sock'}"

    @property
    def redis(self) -> str:
        """The address of Redis as redis-py writes it: a socket is ``unix://…`` there."""
        return self.broker.replace("redis+socket://", "unix://", 1)

    @property
    def store(self) -> str:
        """The address of the store of originals, the data folder where none is set."""
        return self.store_url or f"file://{self.data_dir.resolve() / 'store'}"

    @property
    def exports(self) -> Path:
        """The folder in which packages for the portal stand."""
        return Path(self.exports_dir) if self.exports_dir else self.data_dir.resolve() / "exports"

    def options(self) -> Options:
        """Every tuned number, the limits of files as they are set here."""
        limits = replace(
            DecodeLimits(),
            megabytes=float(self.max_file_mb),
            pages=self.max_pages,
            megapixels=float(self.max_megapixels),
        )
        extraction = replace(ExtractionOptions(), recalibration=_lines(self.recalibration))
        return replace(Options(), limits=limits, extraction=extraction)

    def today(self) -> date:
        """The day in the office's time zone: papers expire by the office's calendar."""
        return datetime.now(ZoneInfo(self.timezone)).date()


class _Recalibration(BaseModel):
    """What counts in the file: a slope above 0 and an offset, by the name of the field."""

    lines: dict[str, tuple[Annotated[float, Field(gt=0, allow_inf_nan=False)], FiniteFloat]]


def _lines(path: str) -> dict[str, tuple[float, float]]:
    """The lines of a recalibration's file, none without a file; raises ``ValueError`` where they cannot be used."""
    if not path:
        return {}
    try:
        return dict(_Recalibration.model_validate_json(Path(path).read_bytes()).lines)
    except OSError:
        raise ValueError("the file of the recalibration cannot be read") from None


def load(**overrides: object) -> Settings:
    """Read the settings from the environment, ``overrides`` first; raises :class:`InvalidSettingError`."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks what each override is
    except ValidationError as error:
        names = sorted({f"INTAKE_{str(problem['loc'][0]).upper()}" for problem in error.errors()})
        raise InvalidSettingError(names=names) from None
