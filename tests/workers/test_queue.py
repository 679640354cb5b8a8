"""The doorbell carries ids in JSON and nothing else, and keeps nobody waiting."""

from __future__ import annotations

import base64
import json
from typing import Any

from intake.settings import Settings
from workers.queue import QUEUE, RUN_JOB, make_celery, ring


def test_only_ids_pass_through_redis(settings: Settings, redis_server: Any) -> None:
    """What lies in Redis is the task's name and the job's id."""
    with make_celery(settings.model_copy(update={"redis_url": redis_server.url})) as app:
        assert ring(app, ["job-1"]) == 1
    with redis_server.client() as client:
        message = json.loads(client.lrange(QUEUE, 0, -1)[0])
    assert message["content-type"] == "application/json"
    assert message["headers"]["task"] == RUN_JOB
    assert json.loads(base64.b64decode(message["body"]))[:2] == [["job-1"], {}]


def test_the_three_visibility_timeouts_outlast_a_job(settings: Settings) -> None:
    """One forgotten timeout would ring jobs that still run; each stands above the hard limit of a job."""
    conf = make_celery(settings).conf
    timeouts = {
        conf.broker_transport_options["visibility_timeout"],
        conf.result_backend_transport_options["visibility_timeout"],
        conf.visibility_timeout,
    }
    assert len(timeouts) == 1
    assert timeouts.pop() > conf.task_time_limit == settings.job_seconds


def test_a_worker_takes_one_bell_at_a_time_and_keeps_no_results(settings: Settings) -> None:
    """The database is the queue: early acknowledgement, JSON only, no backend, reconnecting without end."""
    conf = make_celery(settings).conf
    assert (conf.worker_prefetch_multiplier, conf.worker_concurrency, conf.task_acks_late) == (1, 1, False)
    assert (conf.accept_content, conf.task_serializer, conf.result_backend) == (["json"], "json", None)
    assert (conf.broker_connection_retry, conf.broker_connection_max_retries) == (True, None)
