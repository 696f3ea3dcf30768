"""What is enqueued for the worker: ids only, in JSON, on one queue. Redis is a bell: whoever cannot ring it loses nothing."""

from __future__ import annotations

import logging
import ssl
from typing import Any
from uuid import UUID

from redis import BlockingConnectionPool, Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as RedisRetry
from rq import Queue, Retry
from rq.serializers import JSONSerializer

log = logging.getLogger("sportello.later")

QUEUE = "sportello"  # one queue: a worker that listens on two can lose a job for ever (rq 3.0, BLPOP)
DELIVER, CALL = "bot.jobs.deliver", "bot.jobs.call"
JOB_TIMEOUT_S = 30
FAILURE_TTL_S = 7 * 24 * 3600
WEB_TIMEOUT_S = 0.5


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


class RqBell:
    """See `bot.ports.Bell`."""

    def __init__(self, redis: Redis) -> None:
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S)

    def deliver(self, conversation_id: UUID) -> bool:
        """Ask a worker to send what waits for a conversation."""
        return self._enqueue(DELIVER, conversation_id)

    def call(self, call_id: UUID) -> bool:
        """Ask a worker to run a call."""
        return self._enqueue(CALL, call_id)

    def _enqueue(self, function: str, row_id: UUID) -> bool:
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
            log.warning("the worker could not be rung", extra={"row": str(row_id), "fault": type(fault).__name__})
            return False
        return True
