"""The worker: connect, listen, work. One RQ dequeuer on one queue feeds a thread pool; watcher and sweep run beside it."""

from __future__ import annotations

import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any

from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from bot import jobs
from bot.clock import Clock
from bot.later import QUEUE
from bot.logs import configure
from bot.settings import Settings
from bot.wiring import Built, build

log = logging.getLogger("sportello.worker")

WORKER_TTL_S = 30  # RQ's own 420 s would leave a dead worker's jobs lying for minutes
MAINTENANCE_S = 15
RESTART_S = 1.0
STOP_S = 7.0
# At the end of a job RQ holds one connection (WATCH) while it asks for another: of the 8 there are, one waits for jobs and
# one for orders, so three may do so at once. With more, all would hold one and wait for one until they give up.
CLOSING = 3


class ThreadedWorker(SimpleWorker):
    """RQ's worker with a pool: it takes a job only when a thread is free, so that others may take it instead."""

    death_penalty_class = TimerDeathPenalty  # signals work in the main thread only

    def __init__(self, queue: Queue, threads: int, job_class: type[Job] = jobs.DeskJob) -> None:
        super().__init__(
            [queue],
            connection=queue.connection,
            serializer=JSONSerializer,
            job_class=job_class,
            worker_ttl=WORKER_TTL_S,
            maintenance_interval=MAINTENANCE_S,
            log_job_description=False,
        )
        self._free = threading.BoundedSemaphore(threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="job")
        self._closing = threading.BoundedSemaphore(CLOSING)

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """Wait for a free thread, then for a job: what is taken can be begun at once."""
        self._free.acquire()
        taken = None
        try:
            taken = super().dequeue_job_and_maintain_ttl(timeout, max_idle_time)
        finally:
            if taken is None:
                self._free.release()
        return taken

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Hand a job to the thread that is free for it."""
        execution = self.prepare_execution(job)
        self._threads.submit(self._perform, job, queue, execution)

    def _perform(self, job: Job, queue: Queue, execution: Any) -> None:
        try:
            self.perform_job(job, queue, execution)
        finally:
            self._free.release()

    def handle_job_success(self, *told: Any, **named: Any) -> None:
        """Close a job that went well; see CLOSING."""
        with self._closing:
            super().handle_job_success(*told, **named)

    def handle_job_failure(self, *told: Any, **named: Any) -> None:
        """Close a job that failed, or put it back; see CLOSING."""
        with self._closing:
            super().handle_job_failure(*told, **named)

    def _install_signal_handlers(self) -> None:
        """Leave signals to main(): it stops this loop, the pool and the watcher together."""

    def finish(self) -> None:
        """Take no further job, and let those that were begun come to their end."""
        self._stop_requested = True
        self._threads.shutdown(wait=True)


class Listening:
    """Listen on the queue for as long as nobody says stop; Redis may come and go."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._ended = threading.Event()
        self._worker: ThreadedWorker | None = None

    def run(self) -> None:
        """Listen; when RQ gives up because Redis is away, begin again."""
        # The queue's own class of job is the one in which RQ reads abandoned jobs, which have callbacks too.
        queue = Queue(QUEUE, connection=self._built.redis, serializer=JSONSerializer, job_class=jobs.DeskJob)
        while not self._ended.is_set():
            try:
                self._worker = ThreadedWorker(queue, self._built.settings.worker_threads)
                self._worker.work(logging_level="WARNING")
            except Exception as fault:  # a door: RQ raises whatever Redis does; rows are swept meanwhile
                log.warning("the queue is away", extra={"fault": type(fault).__name__})
            self._ended.wait(RESTART_S)

    def stop(self) -> None:
        """Take no further job, and wait a little for those that were begun."""
        self._ended.set()
        if self._worker is not None:
            ending = threading.Thread(target=self._worker.finish, daemon=True)
            ending.start()
            ending.join(STOP_S)


def main(settings: Settings | None = None, clock: Clock | None = None) -> None:
    """Run a worker until SIGTERM or SIGINT."""
    configure()
    built = build(settings or Settings.from_env(os.environ), clock, "worker")
    jobs.bind(built.desk)
    listening, told = Listening(built), threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, tell)
    signal.signal(signal.SIGINT, tell)
    built.start()
    threading.Thread(target=listening.run, name="queue", daemon=True).start()
    log.info("worker ready", extra={"who": built.background.process})
    told.wait()
    listening.stop()
    built.stop()
    log.info("worker stopped", extra={"who": built.background.process})


if __name__ == "__main__":
    main()
