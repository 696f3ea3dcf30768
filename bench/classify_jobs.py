"""What the bench's two workers run: one classification a job, in the desk's threaded worker or in RQ's own forking one.

`python -m bench.classify_jobs ours|stock`; the environment says where Redis and the Messages API are.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path

from redis import BlockingConnectionPool, Redis
from rq import Queue, Worker, get_current_job
from rq.job import Job
from rq.serializers import JSONSerializer

from llm.loop import ModelLoop
from llm.verdict import Choice, Question, Unclassified
from menus.load import load_flows

DONE = "classify:done"
JOB = "bench.classify_jobs.classify"
REDIS, THREADS = 8, 64
WITHIN_S = 3.0
STOP_S = 8.0
PEOPLE = (
    Choice("person:reception", "Anything only a colleague at the reception can do."),
    Choice("person:nursing", "Symptoms, medicines, doses, what a result means."),
    Choice("emergency", "A danger to life now."),
    Choice("spam", "Selling, lures, chain letters."),
    Choice("stop", "No more messages."),
    Choice("unclear", "What cannot be understood, and what is no business of a clinic's."),
)
_loop: ModelLoop | None = None  # in our worker; in RQ's own each job asks for itself


def choices() -> tuple[Choice, ...]:
    """Return the clinic's flows as they are offered to a model, and the people."""
    flows = load_flows(Path(__file__).parent.parent / "menus" / "flows")
    own = (
        Choice(
            flow.id, flow.description, tuple((spoken, one) for spoken, said in flow.examples.items() for one in said)
        )
        for flow in flows.values()
    )
    return (*own, *PEOPLE)


CHOICES = choices()
SENTENCES = tuple(sentence for choice in CHOICES for _, sentence in choice.examples)


def question(number: int) -> Question:
    """Return what the number stands for: a job carries no words."""
    return Question(SENTENCES[number % len(SENTENCES)], "it", CHOICES)


def classify(number: int) -> None:
    """Classify one sentence and say that it is done."""
    job = get_current_job()
    assert job is not None
    try:
        told = _verdict(number)
    except Unclassified as fault:
        told = fault.why
    job.connection.lpush(DONE, f"{number} {told}")


def _verdict(number: int) -> str:
    if _loop is not None:
        return _loop.classify(question(number), WITHIN_S).by
    return asyncio.run(_alone(number))


async def _alone(number: int) -> str:
    from llm.classifier import AnthropicClassifier  # loaded before the first fork, see main

    classifier = AnthropicClassifier(os.environ["ANTHROPIC_API_KEY"], base_url=os.environ["ANTHROPIC_BASE_URL"])
    verdict = await classifier.classify(question(number), WITHIN_S)
    await classifier.close()
    return verdict.by


class BenchJob(Job):
    """A job of the bench, and no other."""

    def perform(self) -> None:
        """Run it."""
        assert self.func_name == JOB
        super().perform()


def main(kind: str) -> None:
    """Listen until SIGTERM."""
    pool = BlockingConnectionPool.from_url(os.environ["REDIS_URL"], max_connections=REDIS, timeout=5)
    queue = Queue(kind, connection=Redis(connection_pool=pool), serializer=JSONSerializer, job_class=BenchJob)
    import_module("llm.classifier")  # in the parent, so that no fork pays for it
    if kind == "stock":
        print("worker ready", flush=True)
        Worker([queue], serializer=JSONSerializer, log_job_description=False).work(logging_level="WARNING")
        return
    _ours(queue)


def _ours(queue: Queue) -> None:
    from llm.classifier import open_loop
    from worker import ThreadedWorker

    global _loop
    _loop = open_loop(os.environ["ANTHROPIC_API_KEY"], base_url=os.environ["ANTHROPIC_BASE_URL"])
    worker = ThreadedWorker(queue, THREADS, BenchJob)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    threading.Thread(target=worker.work, kwargs={"logging_level": "WARNING"}, daemon=True).start()
    print("worker ready", flush=True)
    ended.wait()
    stopping = threading.Thread(target=worker.finish, daemon=True)
    stopping.start()
    stopping.join(STOP_S)
    _loop.close()


if __name__ == "__main__":
    from bench import classify_jobs  # RQ imports the module by its name, where the loop must be

    classify_jobs.main(sys.argv[1])
