"""What is enqueued for the worker: ids only, in JSON, on one queue. Redis is a bell: whoever cannot ring it loses nothing."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Collection
from time import monotonic
from typing import Any
from uuid import UUID

from redis import BlockingConnectionPool, Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as RedisRetry
from rq import Queue, Retry
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from bot.preflight import RedisFacts, Silent

log = logging.getLogger("sportello.later")

QUEUE = "sportello"  # one queue: a worker that listens on two can lose a job for ever (rq 3.0, BLPOP)
DELIVER, CALL = "bot.jobs.deliver", "bot.jobs.call"
CLASSIFY, FETCH = "bot.jobs.classify", "bot.jobs.fetch"
JOB_TIMEOUT_S = 30
FAILURE_TTL_S = 7 * 24 * 3600
WEB_TIMEOUT_S = 0.5
LEAVE_ALONE_S = 5.0  # a Redis that has failed to answer
PREFLIGHT_TIMEOUT_S = 5.0


def connect(url: str, insecure_tls: bool, connections: int, timeout_s: float | None = None) -> Redis:
    """Return a client of at most `connections` connections; with `timeout_s`, one that gives up quickly.

    redis-py's own default waits almost a minute for a black-holed server: eleven tries of five seconds.
    """
    options: dict[str, Any] = {}
    if url.startswith("rediss://") and insecure_tls:
        options |= {"ssl_cert_reqs": ssl.CERT_NONE, "ssl_check_hostname": False}
    if timeout_s is not None:
        options |= {
            "socket_timeout": timeout_s,
            "socket_connect_timeout": timeout_s,
            "retry": RedisRetry(ConstantBackoff(0.02), 1),
        }
    pool = BlockingConnectionPool.from_url(url, max_connections=connections, timeout=timeout_s or 5, **options)
    return Redis(connection_pool=pool)


def condition(url: str, insecure_tls: bool) -> RedisFacts | Silent:
    """Look at Redis once, for preflight, on a connection of its own."""
    try:
        redis = connect(url, insecure_tls, 1, PREFLIGHT_TIMEOUT_S)
        try:
            return _facts(redis.info())
        finally:
            redis.close()
            redis.connection_pool.disconnect()
    except (RedisError, OSError, ValueError) as fault:
        return Silent(f"no answer that can be used ({type(fault).__name__})")


def _facts(told: dict[str, Any]) -> RedisFacts:
    shown = str(told.get("valkey_version") or told.get("redis_version") or "0")
    policy, appends = told.get("maxmemory_policy"), told.get("aof_enabled")
    return RedisFacts(
        version=tuple(int(part) for part in shown.split(".")[:3] if part.isdigit()),
        policy=None if policy is None else str(policy),
        is_persistent=None if appends is None else bool(appends) or bool(told.get("rdb_saves")),
    )


class RqBell:
    """See `bot.ports.Bell`."""

    def __init__(self, redis: Redis) -> None:
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S)
        self._left_alone_until = 0.0

    def deliver(self, conversation_id: UUID) -> bool:
        """Ask a worker to send what waits for a conversation."""
        return self._enqueue(DELIVER, conversation_id)

    def call(self, call_id: UUID) -> bool:
        """Ask a worker to run a call."""
        return self._enqueue(CALL, call_id)

    def classify(self, call_id: UUID) -> bool:
        """Ask a worker to have words classified."""
        return self._enqueue(CLASSIFY, call_id)

    def fetch(self, file_id: UUID) -> bool:
        """Ask a worker to fetch a file."""
        return self._enqueue(FETCH, file_id)

    def _enqueue(self, function: str, row_id: UUID) -> bool:
        """Ring, unless Redis has just failed to answer: waiting again would hold up a request, and the watcher finds the row."""
        if monotonic() < self._left_alone_until:
            return False
        try:
            self._queue.enqueue(
                function,
                str(row_id),
                description=function,  # else RQ keeps and logs the call with its arguments
                result_ttl=0,
                failure_ttl=FAILURE_TTL_S,
                retry=Retry(max=2),
            )
        except RedisError as fault:
            self._left_alone_until = monotonic() + LEAVE_ALONE_S
            log.warning("the worker could not be rung", extra={"row": str(row_id), "fault": type(fault).__name__})
            return False
        return True


class QueueUnavailable(Exception):
    """Redis did not answer: what it keeps of a person is not known."""


def forget(redis: Redis, rows: Collection[UUID]) -> int:
    """Delete every job that carries one of these ids, wherever RQ keeps it; return how many. Raise QueueUnavailable."""
    ids, queue = {str(row) for row in rows}, Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    try:
        return sum(_forget(redis, job_id, ids) for job_id in _jobs(queue))
    except RedisError as fault:
        raise QueueUnavailable(type(fault).__name__) from None


def _jobs(queue: Queue) -> list[str]:
    """Return the ids of all jobs RQ keeps: waiting, begun, failed, to be tried again."""
    registries = (
        queue.started_job_registry,
        queue.failed_job_registry,
        queue.scheduled_job_registry,
        queue.deferred_job_registry,
        queue.finished_job_registry,
        queue.canceled_job_registry,
    )
    return [*queue.get_job_ids(), *(job for registry in registries for job in registry.get_job_ids(cleanup=False))]


def _forget(redis: Redis, job_id: str, ids: set[str]) -> bool:
    try:
        job = Job.fetch(job_id, connection=redis, serializer=JSONSerializer)
        if not ids.intersection(map(str, job.args)):
            return False
        job.delete()
    except NoSuchJobError:
        return False
    return True
