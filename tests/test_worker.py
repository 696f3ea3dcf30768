"""The worker as a process: what RQ brings it, what it refuses, how it comes and goes, and how many connections it all takes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import redis
from rq import Callback, Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from bot.jobs import DeskJob
from bot.later import QUEUE, WEB_TIMEOUT_S, RqBell, connect
from bot.model import Author, Message
from bot.ports import CallDraft, Draft, Typed
from bot.safety import screen
from bot.wiring import Built, build
from menus.engine import advance
from menus.model import Call, Start
from simulator.control import PersonView
from tests.processes import ROOT, SENT, System, system
from tests.servers import Postgres, Redis, until
from worker import ThreadedWorker

SENT_ROWS = "SELECT count(*) FROM outbox WHERE author = 'staff' AND state = ANY(%s)"


@pytest.fixture
def desk(environ: dict[str, str], postgres: Postgres, own_redis: Redis, tmp_path: Path) -> Iterator[System]:
    with system(environ, postgres, own_redis.url, tmp_path) as running:
        yield running


@pytest.fixture
def queue(own_redis: Redis) -> Iterator[Queue]:
    """The queue the worker listens on, as anybody with Redis' address has it."""
    client = redis.Redis.from_url(own_redis.url)
    yield Queue(QUEUE, connection=client, serializer=JSONSerializer)
    client.close()


@pytest.fixture
def own(desk: System) -> Iterator[Built]:
    """A desk of the test's own on the same database, with no thread that works by itself."""
    built = build(desk.settings)
    yield built
    built.redis.close()
    built.database.close()


@pytest.fixture
def person(desk: System) -> PersonView:
    """Somebody who said hello and was answered; since then the web is gone, so that only the worker can do anything."""
    known = desk.control.add_person("Anna Prova")
    desk.control.say(known.key, "ciao")
    desk.reads(known)
    assert desk.quiet() == {}
    desk.webs[0].program.stop()
    return known


def conversation_of(desk: System) -> UUID:
    found: UUID = desk.one("SELECT id FROM conversation")
    return found


def put_into_outbox(own: Built, conversation: UUID, words: str) -> None:
    """Leave a row that waits, as a process does that ends before it sends."""
    with own.lanes.lane_of(conversation) as lane:
        lane.queue([Draft(Author.STAFF, lane.chat.epoch, Typed(words))])


def jobs_done(queue: Queue) -> int:
    """Return how many jobs RQ counts as done, in all the workers it knows."""
    workers = queue.connection.scan_iter("rq:worker:*", _type="HASH")
    counts = [queue.connection.hget(key, "successful_job_count") for key in workers]
    return sum(int(count or 0) for count in counts)


# ------------------------------------------------------------------------------------------------------- what RQ brings


def test_a_ring_for_a_conversation_is_heard_by_the_worker(
    desk: System, queue: Queue, own: Built, person: PersonView
) -> None:
    conversation = conversation_of(desk)
    put_into_outbox(own, conversation, "Buongiorno, mi dica.")

    rung = RqBell(own.redis).deliver(conversation)

    assert (rung, until(lambda: jobs_done(queue) == 1)) == (True, True)
    assert until(lambda: desk.one(SENT_ROWS, list(SENT)) == 1)
    assert desk.reads(person, 2)[-1].words == "Buongiorno, mi dica."


def test_a_call_that_leaves_the_house_is_run_by_the_worker_and_its_result_is_answered(
    desk: System, queue: Queue, own: Built, person: PersonView
) -> None:
    call_id = begin_call_away(own, desk, person)

    rung = RqBell(own.redis).call(call_id)

    assert (rung, until(lambda: jobs_done(queue) == 1)) == (True, True)
    assert desk.ask("SELECT state, outcome, attempts FROM call") == [("done", "several", 1)]
    assert "Quale sede" in desk.reads(person, 2)[-1].words


def begin_call_away(own: Built, desk: System, person: PersonView) -> UUID:
    """Do in a lane what a turn does whose action is one of the worker's."""
    number = desk.environ["WHATSAPP_PHONE_NUMBER_ID"]
    with own.lanes.lane_of(conversation_of(desk)) as lane:
        said = Message("wamid.call", number, lane.contact, own.house.clock.now(), "text", words="orari")
        inbound = lane.record(said, screen("orari"))
        step = advance(own.house.flows, own.house.checks, lane.chat.standing, Start("info"), lambda _: ())
        lane.save(replace(lane.chat, standing=step.conversation))
        (call,) = (output for output in step.outputs if isinstance(output, Call))
        assert inbound is not None
        standing, epoch = lane.chat.standing, lane.chat.epoch
        draft = CallDraft(inbound.id, call.step, standing.turn, epoch, call.action, "away", call.answers, "it")
        return lane.open_call(draft)


def test_a_function_that_is_not_ours_is_refused_and_not_run(desk: System, queue: Queue, tmp_path: Path) -> None:
    trace = tmp_path / "it ran"
    foreign = ("subprocess.check_call", "os.system", "bot.jobs.bind", "bot.app.create_app")

    jobs = [queue.enqueue(function, f"touch '{trace}'") for function in foreign]

    assert until(lambda: all(state_of(job) == "failed" for job in jobs)), [state_of(job) for job in jobs]
    assert (trace.exists(), desk.worker.code) == (False, None)


def test_a_job_that_brings_callbacks_is_refused_and_none_of_them_is_imported(
    desk: System, queue: Queue, own: Built
) -> None:
    evil = Callback("this.prints")  # import this: it would say its poem in the log

    jobs = [queue.enqueue(name, str(uuid4()), on_success=evil, on_failure=evil) for name in ("bot.jobs.deliver", "os")]

    assert until(lambda: all(state_of(job) == "failed" for job in jobs)), [state_of(job) for job in jobs]
    assert ("Beautiful is better than ugly" in desk.worker.said, desk.worker.code) == (False, None)


def test_an_abandoned_job_is_read_without_its_callbacks(own_redis: Redis) -> None:
    client = redis.Redis.from_url(own_redis.url)
    queue = Queue(QUEUE, connection=client, serializer=JSONSerializer)
    job = queue.enqueue("bot.jobs.deliver", str(uuid4()), on_failure=Callback("os.system"), on_stopped=Callback("os.x"))

    found = DeskJob.fetch(job.id, connection=client, serializer=JSONSerializer)

    client.close()
    assert (found.failure_callback, found.stopped_callback, found.carries_more) == (None, None, True)


def state_of(job: Job) -> str:
    return str(job.get_status().value)


def test_a_pool_that_is_full_rings_the_worker(desk: System, queue: Queue) -> None:
    people = [desk.control.add_person(f"Prova {number}") for number in range(110)]
    desk.control.set_faults(rules=[{"effect": "slow", "seconds": 0.7}])

    for each in people:
        desk.control.say(each.key, "ciao")

    assert until(lambda: jobs_done(queue) > 0, 30)
    assert desk.quiet() == {}
    assert desk.one("SELECT count(*) FROM outbox WHERE state = ANY(%s)", list(SENT)) >= len(people)


# --------------------------------------------------------------------------------------------------- coming and going


def test_the_worker_hears_again_after_redis_came_back(
    desk: System, queue: Queue, own: Built, own_redis: Redis, person: PersonView
) -> None:
    conversation = conversation_of(desk)
    own_redis.restart()

    rung = until(lambda: RqBell(own.redis).deliver(conversation))

    assert rung
    assert until(lambda: jobs_done(queue) > 0, 60), desk.worker.said[-2000:]
    assert desk.worker.code is None


def test_a_redis_that_does_not_answer_is_waited_for_once_and_then_left_alone(own_redis: Redis) -> None:
    client = connect(own_redis.url, False, 4, WEB_TIMEOUT_S)
    bell = RqBell(client)
    own_redis.program.freeze()

    begun = time.monotonic()
    rung = [bell.deliver(uuid4()) for _ in range(20)]
    seconds = time.monotonic() - begun

    assert (rung, seconds < 5) == ([False] * 20, True)  # each would wait for about a second
    client.close()


def test_readyz_tells_that_no_worker_is_alive_and_patients_are_answered_all_the_same(desk: System) -> None:
    person = desk.control.add_person("Anna Prova")
    desk.worker.kill()

    gone = until(lambda: desk.webs[0].get("/readyz").json()["worker"] is False, 15)
    status = desk.webs[0].get("/readyz").status_code
    desk.control.say(person.key, "ciao")
    answered = len(desk.reads(person))
    desk.worker.start_again()
    back = until(lambda: desk.webs[0].get("/readyz").json()["worker"] is True, 30)

    assert (gone, status, answered, back) == (True, 200, 1, True)


def test_a_worker_that_ends_takes_its_heartbeat_back(desk: System) -> None:
    alive = desk.beats("worker")

    code = desk.worker.stop()

    assert (alive, code, desk.one("SELECT count(*) FROM heartbeat WHERE kind = 'worker'")) == (1, 0, 0)


def test_sigterm_lets_a_job_in_flight_come_to_its_end(desk: System, own: Built, person: PersonView) -> None:
    conversation = conversation_of(desk)
    desk.control.set_faults(rules=[{"effect": "slow", "seconds": 2}])
    put_into_outbox(own, conversation, "Buongiorno, mi dica.")
    RqBell(own.redis).deliver(conversation)
    assert until(lambda: desk.one("SELECT count(*) FROM outbox WHERE state = 'claimed'") == 1)

    begun = time.monotonic()
    code = desk.worker.stop()
    seconds = time.monotonic() - begun

    assert (code, seconds < 8, desk.one(SENT_ROWS, list(SENT))) == (0, True, 1)
    assert [line.words for line in desk.written(person)[1:]] == ["Buongiorno, mi dica."]


# -------------------------------------------------------------------------------------------------------- connections


@pytest.mark.timeout(180)
def test_under_load_web_and_worker_keep_to_their_connections(
    environ: dict[str, str], postgres: Postgres, own_redis: Redis, tmp_path: Path
) -> None:
    client = redis.Redis.from_url(own_redis.url)
    urls = {user: own_redis.url.replace("//", f"//{user}:any@") for user in ("web", "worker")}
    for user in urls:
        client.acl_setuser(user, enabled=True, nopass=True, keys=["*"], channels=["*"], categories=["+@all"])
    with system(environ, postgres, urls["web"], tmp_path, worker={"REDIS_URL": urls["worker"]}) as desk:
        people = [desk.control.add_person(f"Prova {number}") for number in range(110)]
        desk.control.set_faults(rules=[{"effect": "slow", "seconds": 0.5}])

        most = Most(lambda: Counter(sql_of(desk) + redis_of(client)))
        for _ in range(2):
            for each in people:
                desk.control.say(each.key, "ciao")
                most.look()
        until(lambda: most.look() and not desk.unfinished(), 60)
        client.close()

        over = {name: most.seen[name] for name, budget in BUDGETS.items() if most.seen[name] > budget}
        assert over == {}
        assert all(most.seen[name] > 0 for name in BUDGETS), most.seen


BUDGETS = {"sql web0": 8, "sql worker": 5, "redis web": 4, "redis worker": 8}


class OurJob(Job):
    """Any job: the desk's own class runs the desk's own only."""


TOGETHER = 50
all_here = threading.Barrier(TOGETHER)


def wait_for_all() -> None:
    """Be a job that ends when all the others do."""
    all_here.wait(30)


def test_fifty_jobs_that_end_together_do_not_wait_for_each_others_connections(own_redis: Redis) -> None:
    client = connect(own_redis.url, False, BUDGETS["redis worker"])
    queue = Queue(QUEUE, connection=client, serializer=JSONSerializer, job_class=OurJob)
    worker = ThreadedWorker(queue, TOGETHER, OurJob)
    queue.enqueue_many([Queue.prepare_data(wait_for_all, result_ttl=0) for _ in range(TOGETHER)])

    worker.work(burst=True, logging_level="CRITICAL")
    worker.finish()

    ended = jobs_done(queue), queue.failed_job_registry.count
    client.close()
    client.connection_pool.disconnect()
    assert ended == (TOGETHER, 0)


class Most:
    """The greatest number of each that was ever seen."""

    def __init__(self, count: Callable[[], Counter[str]]) -> None:
        self._count = count
        self.seen: Counter[str] = Counter()

    def look(self) -> bool:
        self.seen |= self._count()
        return True


def sql_of(desk: System) -> list[str]:
    rows = desk.ask("SELECT application_name FROM pg_stat_activity WHERE datname = current_database()")
    return [f"sql {name}" for (name,) in rows]


def redis_of(client: redis.Redis) -> list[str]:
    return [f"redis {connection['user']}" for connection in client.client_list()]


def test_the_procfile_starts_what_is_tested_here() -> None:
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()

    assert lines == [
        "release: python -m flask --app bot.app:create_app db-upgrade",
        'web: gunicorn "bot.app:create_app()"',
        "worker: python worker.py",
    ]
