"""What operating asks: is the process alive, is it fit to work, how much waits."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from http import HTTPStatus

import prometheus_client
import redis
from apiflask import APIBlueprint
from flask import Response, abort, jsonify, make_response, request
from prometheus_client import CollectorRegistry, Gauge, Metric
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from intake.errors import StoreUnavailableError
from models import operations, stages
from models.operations import Figures
from web import context, peers
from web.access import bearer, public

blueprint = APIBlueprint("health", __name__, enable_openapi=False)
_SECONDS = 1.0


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Database, Redis and store answer: 200, else 503 with the names of those that do not."""
    parts = {"database": _database(), "redis": _redis(), "store": _store()}
    status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    words = {name: "ok" if fit else "unavailable" for name, fit in parts.items()}
    return make_response(jsonify({"status": "ok" if all(parts.values()) else "unavailable", **words}), status)


def _database() -> bool:
    try:
        context.current().database.ping()
    except SQLAlchemyError:
        return False
    return True


def _redis() -> bool:
    address = context.current().settings.redis
    try:
        with redis.Redis.from_url(address, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


def _store() -> bool:
    try:
        context.current().store.ping()
    except StoreUnavailableError:
        return False
    return True


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """The figures in Prometheus's text form; numbers only, nothing of a paper or a person.

    For who asks from this machine or its own network, without a proxy, or has the token of the settings; 404 for all
    others.
    """
    if not (peers.is_near(request.environ) or _has_token()):
        abort(HTTPStatus.NOT_FOUND)
    with context.current().database.read() as rows:
        figures = operations.figures(rows)
    body = prometheus_client.generate_latest(_registry(figures))
    return Response(body, content_type=prometheus_client.CONTENT_TYPE_LATEST)


def _has_token() -> bool:
    wanted, sent = context.current().settings.metrics_token, bearer() or ""
    return bool(wanted) and hmac.compare_digest(wanted.encode(), sent.encode())


def _registry(figures: Figures) -> CollectorRegistry:
    registry = CollectorRegistry()
    jobs = Gauge("intake_jobs", "Jobs by state", ["state"], registry=registry)
    for state, count in figures.jobs.items():
        jobs.labels(state).set(count)
    single = {
        "intake_drafts_open": ("Drafts that wait for a reviewer", figures.drafts_open),
        "intake_oldest_queued_job_seconds": ("Age of the oldest queued job", figures.oldest_job_seconds),
        "intake_oldest_open_draft_seconds": ("Age of the oldest open draft", figures.oldest_draft_seconds),
    }
    for name, (text, value) in single.items():
        Gauge(name, text, registry=registry).set(value)
    registry.register(_Stages(context.current().settings.redis))
    return registry


class _Stages(Collector):
    """How long the stages of reading took, as the workers counted."""

    def __init__(self, address: str) -> None:
        self.address = address

    def collect(self) -> Iterator[Metric]:
        """One histogram with a line of buckets per stage."""
        times = HistogramMetricFamily("intake_stage_seconds", "Seconds per file and stage of reading", labels=["stage"])
        for stage, one in stages.counted(self.address).items():
            times.add_metric([stage], list(one.buckets), one.seconds)
        yield times
