"""A model asked for a verdict: in time, once more at most, with what it cost, from any thread, and left alone when it fails."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from llm import prompt
from llm.breaker import Breaker
from llm.classifier import ENOUGH_S, MODEL, AnthropicClassifier, Prices, open_loop
from llm.loop import LEAST_S, ModelLoop
from llm.verdict import WHYS, Choice, Question, Slot, Tone, Unclassified, Verdict
from simulator.config import Config
from simulator.messages_api import Model, Rule, tokens
from simulator.server import Running, start
from tests.processes import ROOT
from tests.servers import free_port, until

CHOICES = (
    Choice("book", "Book a visit.", (("it", "vorrei prenotare una visita"),)),
    Choice("cancel", "Cancel a visit.", (("it", "devo disdire l'appuntamento"),)),
    Choice("unclear", "Neither."),
)
SERVICE = Slot("service", (("derm", ("dermatologica",)), ("eco", ("ecografia",))))
WORDS = "Vorrei prenotare una visita dermatologica, sono preoccupata"
ASKED = Question(WORDS, "it", CHOICES, (SERVICE,))
KEY = "sk-ant-canary-0123456789"
LONG_S = 20.0  # more than anything here takes, on any machine
SHORT_S = 1.0  # the deadline where nothing comes


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    stand_in = start(Config("secret", "word", "token"))
    yield stand_in
    stand_in.stop()


@pytest.fixture
def model(running: Running) -> Model:
    """The stand-in's model, honest and asked nothing yet."""
    running.world.model.forget()
    return running.world.model


@pytest.fixture
def loop(running: Running, model: Model) -> Iterator[ModelLoop]:
    """A loop on the stand-in that never rests."""
    asking = ModelLoop(AnthropicClassifier(KEY, base_url=running.url), breaker=Breaker(in_a_row=10**6, share=2.0))
    yield asking
    asking.close()


def fault(loop: ModelLoop, within_s: float = LONG_S, asked: Question = ASKED) -> Unclassified:
    """Return why there was no verdict."""
    with pytest.raises(Unclassified) as raised:
        loop.classify(asked, within_s)
    return raised.value


# ---------------------------------------------------------------------------------------------------------- the verdict


def test_a_verdict_comes_with_what_it_cost(loop: ModelLoop, model: Model) -> None:
    verdict = loop.classify(ASKED, LONG_S)

    usage = verdict.usage
    assert usage is not None and usage.took_s > 0 and usage.cost is not None
    assert verdict == Verdict("book", True, (), "it", Tone.WORRIED, {"service": "derm"}, MODEL, usage)
    assert usage.input_tokens > tokens(prompt.system(ASKED)) and 0 < usage.output_tokens < 100


def test_what_is_sent_is_these_words_and_nothing_that_was_said_before(loop: ModelLoop, model: Model) -> None:
    loop.classify(Question("vorrei disdire", "it", CHOICES, standing="main/menu"), LONG_S)
    loop.classify(ASKED, LONG_S)

    _, asked = model.requests()
    assert asked == {
        "model": "claude-haiku-5-5",
        "max_tokens": 400,
        "system": [{"type": "text", "text": prompt.system(ASKED), "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": prompt.message(ASKED)}],
        "thinking": {"type": "disabled"},
        "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": prompt.schema(ASKED)}},
    }


def test_a_thinking_block_and_one_of_an_unknown_type_are_passed_over(loop: ModelLoop, model: Model) -> None:
    model.tell(Rule("thinking"))

    assert loop.classify(ASKED, LONG_S).route == "book"


@pytest.mark.parametrize(
    ("prices", "model_name", "cost"),
    [(None, MODEL, True), (Prices(1.0, 5.0), "claude-sonnet-5-5", True), (None, "claude-sonnet-5-5", False)],
    ids=["the default model", "a price that was given", "a model of unknown price"],
)
def test_a_cost_is_told_where_the_price_is_known(
    running: Running, model: Model, prices: Prices | None, model_name: str, cost: bool
) -> None:
    asking = open_loop(KEY, model_name, running.url, prices)

    usage = asking.classify(ASKED, LONG_S).usage

    asking.close()
    assert usage is not None and (usage.model, usage.cost is not None) == (model_name, cost)


def test_tokens_in_the_cache_cost_what_anthropic_asks_for_them() -> None:
    prices = Prices(0.10, 0.50)

    costs = [
        prices.cost(*counts) for counts in ((10**6, 0, 0, 0), (0, 10**6, 0, 0), (0, 0, 10**6, 0), (0, 0, 0, 10**6))
    ]

    assert costs == pytest.approx([0.10, 0.125, 0.01, 0.50])


# ------------------------------------------------------------------------------------------------------ no verdict, and why

FAULTS = {
    "refuse": (Rule("refuse"), "refused"),
    "truncate": (Rule("truncate"), "cut_off"),
    "tool_use": (Rule("stop", text="tool_use"), "cut_off"),
    "pause_turn": (Rule("stop", text="pause_turn"), "cut_off"),
    "stop_sequence": (Rule("stop", text="stop_sequence"), "cut_off"),
    "context window": (Rule("stop", text="model_context_window_exceeded"), "cut_off"),
    "a reason of tomorrow": (Rule("stop", text="sunset"), "cut_off"),
    "outside": (Rule("outside"), "malformed"),
    "inject": (Rule("inject"), "malformed"),
    "echo": (Rule("echo"), "malformed"),
    "malformed": (Rule("malformed"), "malformed"),
    "nothing": (Rule("text", text=""), "malformed"),
    "no message": (Rule("odd"), "malformed"),
    "a page with 200": (Rule("html", status=200), "malformed"),
    **{f"{status}": (Rule("status", status=status), "rejected") for status in (400, 401, 402, 403, 404, 409, 413, 422)},
    "408": (Rule("status", status=408), "late"),
    "limit": (Rule("limit"), "busy"),
    "overload": (Rule("overload"), "busy"),
    **{f"{status}": (Rule("status", status=status), "away") for status in (500, 502, 503, 504)},
    "a proxy's page": (Rule("html", status=502), "away"),
    "cut": (Rule("cut"), "away"),
    "break off": (Rule("break_off"), "away"),
}


@pytest.mark.parametrize(("rule", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_whatever_comes_instead_of_an_answer_has_a_name(loop: ModelLoop, model: Model, rule: Rule, why: str) -> None:
    model.tell(rule)

    assert fault(loop).why == why


def test_every_name_is_one_the_desk_knows() -> None:
    assert {why for _, why in FAULTS.values()} | {"resting", "capped"} == {*WHYS}


@pytest.mark.parametrize("rule", [Rule("silent"), Rule("drip"), Rule("slow", seconds=LONG_S)], ids=lambda rule: rule.do)
def test_whatever_takes_too_long_is_late_at_the_deadline(loop: ModelLoop, model: Model, rule: Rule) -> None:
    model.tell(rule)

    begun = time.monotonic()
    late = fault(loop, SHORT_S)
    seconds = time.monotonic() - begun

    assert (late.why, SHORT_S <= seconds < LONG_S) == ("late", True)  # a drip would take a minute


@pytest.mark.parametrize("do", ["refuse", "truncate", "inject"])
def test_what_was_paid_for_is_told_though_it_was_of_no_use(loop: ModelLoop, model: Model, do: str) -> None:
    model.tell(Rule(do))

    usage = fault(loop).usage

    assert usage is not None and usage.input_tokens > 500 and usage.cost is not None and usage.cost > 0


def test_a_port_nobody_listens_on_is_away() -> None:
    asking = open_loop(KEY, base_url=f"http://127.0.0.1:{free_port()}")

    why = fault(asking).why

    asking.close()
    assert why == "away"


def test_a_name_nobody_knows_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    asking = open_loop(KEY, base_url="https://models.example.org")

    why = fault(asking).why

    asking.close()
    assert why == "away"


# ---------------------------------------------------------------------------------------------------------- once more


PASSING = [
    *(Rule("overload", times=1), Rule("limit", times=1), Rule("status", times=1), Rule("cut", times=1)),
    *(Rule("html", times=1, status=502), Rule("break_off", times=1), Rule("limit", times=1, retry_after=0.2)),
]


@pytest.mark.parametrize("rule", PASSING, ids=lambda rule: rule.do)
def test_what_passes_is_tried_once_more(loop: ModelLoop, model: Model, rule: Rule) -> None:
    model.tell(rule)

    assert (loop.classify(ASKED, LONG_S).route, len(model.requests())) == ("book", 2)


LASTING = [
    *(Rule("status", status=400), Rule("status", status=401), Rule("refuse"), Rule("inject"), Rule("truncate")),
    Rule("limit", retry_after=60),
]


@pytest.mark.parametrize("rule", LASTING, ids=lambda rule: f"{rule.do} {rule.status}")
def test_what_lasts_is_not_asked_again(loop: ModelLoop, model: Model, rule: Rule) -> None:
    model.tell(rule)

    fault(loop)

    assert len(model.requests()) == 1


def test_what_does_not_pass_is_not_asked_a_third_time(loop: ModelLoop, model: Model) -> None:
    model.tell(Rule("overload"))

    assert (fault(loop).why, len(model.requests())) == ("busy", 2)


def test_without_time_left_nothing_is_asked_again(loop: ModelLoop, model: Model) -> None:
    model.tell(Rule("overload"))

    assert (fault(loop, ENOUGH_S).why, len(model.requests())) == ("busy", 1)


# --------------------------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize("rule", [Rule("answer"), Rule("status", status=401), Rule("cut"), Rule("inject")])
def test_neither_the_key_nor_the_words_are_in_a_log_an_error_or_a_repr(
    loop: ModelLoop, running: Running, model: Model, caplog: pytest.LogCaptureFixture, rule: Rule
) -> None:
    caplog.set_level(logging.DEBUG)
    model.tell(rule)
    classifier = AnthropicClassifier(KEY, base_url=running.url)

    told = [repr(classifier), repr(vars(classifier)), repr(ASKED), repr(loop)]
    try:
        loop.classify(ASKED, LONG_S)
    except Unclassified as raised:
        told += [repr(raised), repr(raised.__cause__)]

    written = "\n".join([*told, caplog.text, *(repr(vars(record)) for record in caplog.records)])
    with ThreadPoolExecutor(1) as elsewhere:  # a browser of earlier tests keeps a loop running in this thread
        elsewhere.submit(asyncio.run, classifier.close()).result()
    assert [secret for secret in (KEY, "dermatologica, sono") if secret in written] == []


def once(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Return each record once: our logger may have been set up by an earlier test, and then two handlers saw it."""
    return list({id(record): record for record in caplog.records}.values())


def test_a_refused_key_is_logged_with_what_helps_and_no_more(
    loop: ModelLoop, model: Model, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("sportello"), "propagate", True)
    caplog.set_level(logging.WARNING)
    model.tell(Rule("status", status=401))

    fault(loop)

    (record,) = (record for record in once(caplog) if record.name == "sportello.model")
    told = vars(record)
    assert (told["why"], told["status"], told["kind"]) == ("rejected", 401, "authentication_error")
    assert told["request"].startswith("req_")


def test_only_the_classifier_loads_the_sdk_and_the_web_loads_no_classifier() -> None:
    script = (
        "import sys, bot.app, bot.jobs, llm.loop, llm.prompt\n"
        "print(sorted({'anthropic', 'httpx2', 'llm.classifier'} & {*sys.modules}))"
    )

    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"


# ------------------------------------------------------------------------------------------------------------- the loop


class Scripted:
    """A classifier that does what the test says."""

    def __init__(self, *script: Verdict | Unclassified | Exception) -> None:
        self._script = list(script)
        self.asked = 0
        self.closed = False

    async def classify(self, question: Question, within_s: float) -> Verdict:
        self.asked += 1
        await asyncio.sleep(0)
        what = self._script.pop(0) if self._script else Verdict("book", True)
        if isinstance(what, Exception):
            raise what
        return what

    async def close(self) -> None:
        self.closed = True


class Crowded(Scripted):
    """A classifier that answers nobody before so many wait."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self._wanted = wanted
        self._all_here = asyncio.Event()

    async def classify(self, question: Question, within_s: float) -> Verdict:
        self.asked += 1
        if self.asked >= self._wanted:
            self._all_here.set()
        await self._all_here.wait()
        return Verdict("book", True)


def ask_all(loop: ModelLoop, number: int) -> list[str]:
    """Ask from so many threads at once and return what each was told."""

    def ask(_: int) -> str:
        try:
            return loop.classify(ASKED, LONG_S).route
        except Unclassified as raised:
            return raised.why

    with ThreadPoolExecutor(number) as threads:
        return [*threads.map(ask, range(number))]


def test_fifty_calls_wait_for_the_model_at_once() -> None:
    loop = ModelLoop(Crowded(50))

    told = ask_all(loop, 50)

    loop.close()
    assert told == ["book"] * 50


def test_fifty_calls_are_under_way_at_anthropic_at_once(loop: ModelLoop, model: Model) -> None:
    model.tell(Rule("slow", seconds=2.0))

    told = ask_all(loop, 50)

    assert (told, model.change({})["most_under_way"]) == (["book"] * 50, 50)


def test_without_a_free_place_the_answer_is_busy_at_once() -> None:
    classifier = Crowded(3)  # never three: only two have a place
    loop = ModelLoop(classifier, places=2)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(loop.classify, ASKED, LONG_S) for _ in range(2)]
        assert until(lambda: loop.under_way == 2)

        why = fault(loop).why

        loop.close()
    assert (why, classifier.asked) == ("busy", 2)
    assert [str(one.exception()) for one in waiting] == ["away", "away"]


@pytest.mark.parametrize("within_s", [0.0, -3.0, LEAST_S / 2])
def test_without_time_nothing_is_asked(within_s: float) -> None:
    classifier = Scripted()
    loop = ModelLoop(classifier)

    why = fault(loop, within_s).why

    loop.close()
    assert (why, classifier.asked) == ("late", 0)


def test_a_classifier_that_keeps_no_time_is_late_and_gives_its_place_back() -> None:
    loop = ModelLoop(Crowded(2))

    why = fault(loop, LEAST_S * 2).why

    assert (why, until(lambda: loop.under_way == 0)) == ("late", True)
    loop.close()


def test_a_loop_that_stands_still_keeps_nobody_waiting() -> None:
    told = threading.Event()

    class Blocking(Scripted):
        async def classify(self, question: Question, within_s: float) -> Verdict:
            told.wait(LONG_S)
            return Verdict("book", True)

    loop = ModelLoop(Blocking())

    why = fault(loop, LEAST_S * 2).why

    told.set()
    loop.close()
    assert why == "late"


def test_an_error_nobody_foresaw_is_no_verdict_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("sportello"), "propagate", True)
    loop = ModelLoop(Scripted(RuntimeError("sono Anna Prova")))

    why = fault(loop).why

    loop.close()
    assert (why, "Anna" in caplog.text) == ("away", False)
    assert [record.__dict__["fault"] for record in once(caplog)] == ["RuntimeError"]


def test_a_loop_that_was_closed_takes_nothing_and_has_let_go_of_everything() -> None:
    classifier = Scripted()
    loop = ModelLoop(classifier)
    loop.classify(ASKED, LONG_S)

    loop.close()
    loop.close()

    assert (fault(loop).why, classifier.closed, classifier.asked) == ("away", True, 1)
    assert "model" not in {thread.name for thread in threading.enumerate()}


# ---------------------------------------------------------------------------------------------------------- the breaker


class Time:
    """A time that goes on when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


AWAY = Unclassified("away")


def resting(*script: Verdict | Unclassified | Exception) -> tuple[ModelLoop, Scripted, Time]:
    at, classifier = Time(), Scripted(*script)
    return ModelLoop(classifier, breaker=Breaker(now=at)), classifier, at


def whys(loop: ModelLoop, number: int, within_s: float = LONG_S) -> list[str]:
    """Ask so often, one after the other."""
    return [ask(loop, within_s) for _ in range(number)]


def ask(loop: ModelLoop, within_s: float) -> str:
    try:
        return loop.classify(ASKED, within_s).route
    except Unclassified as raised:
        return raised.why


def test_after_five_failures_in_a_row_the_model_is_left_alone_at_once() -> None:
    loop, classifier, _ = resting(*[AWAY] * 5)

    told = whys(loop, 8)

    loop.close()
    assert (told, classifier.asked, loop.is_resting) == (["away"] * 5 + ["resting"] * 3, 5, True)


def test_after_the_rest_one_call_is_tried_and_when_it_goes_well_all_may_go() -> None:
    loop, classifier, at = resting(*[AWAY] * 5)
    whys(loop, 5)

    at.now = 5.0
    told = whys(loop, 3)

    loop.close()
    assert (told, loop.is_resting) == (["book"] * 3, False)


def test_after_a_trial_that_fails_the_rest_is_twice_as_long() -> None:
    loop, classifier, at = resting(*[AWAY] * 6)
    whys(loop, 5)

    told = []
    for now in (5.0, 14.9, 15.0):
        at.now = now
        told += whys(loop, 1)

    loop.close()
    assert told == ["away", "resting", "book"]


@pytest.mark.parametrize("why", ["refused", "cut_off", "malformed"])
def test_an_answer_of_no_use_is_an_answer(why: str) -> None:
    loop, _, _ = resting(*[Unclassified(why)] * 30)

    told = whys(loop, 30)

    loop.close()
    assert told == [why] * 30  # else anybody could switch the model off by what they write


def test_who_came_with_little_time_and_was_late_is_not_held_against_the_model() -> None:
    loop, _, _ = resting(*[Unclassified("late")] * 10)

    told = whys(loop, 10, within_s=1.0)

    loop.close()
    assert told == ["late"] * 10


def outcomes(breaker: Breaker, ends: Sequence[bool | None]) -> Breaker:
    for end in ends:
        ticket = breaker.admit()
        assert ticket is not None
        breaker.ended(ticket, end)
    return breaker


@pytest.mark.parametrize(
    ("ends", "is_open"),
    [
        ([False] * 4, False),
        ([False] * 5, True),
        ([False, False, False, False, True] * 3, False),
        ([False, False, True, True] * 5, True),
        ([False, True, True, True] * 9, False),
        ([False, None] * 4, False),
    ],
    ids=["four", "five", "four of five, too few", "half of twenty", "a quarter", "what tells nothing"],
)
def test_it_opens_by_failures_in_a_row_or_by_their_share(ends: list[bool | None], is_open: bool) -> None:
    breaker = Breaker()
    for end in ends:
        if (ticket := breaker.admit()) is not None:
            breaker.ended(ticket, end)

    assert breaker.is_open == is_open


def test_what_was_under_way_when_it_opened_has_nothing_to_tell_any_more() -> None:
    at = Time()
    breaker = Breaker(now=at)
    early = breaker.admit()
    outcomes(breaker, [False] * 5)
    assert early is not None

    at.now = 5.0
    trial = breaker.admit()
    breaker.ended(early, True)

    assert (breaker.is_open, breaker.admit(), trial) == (True, None, 1)


def test_a_trial_that_tells_nothing_leaves_the_next_one_free() -> None:
    at = Time()
    breaker = outcomes(Breaker(now=at), [False] * 5)
    at.now = 5.0

    outcomes(breaker, [None])

    assert (breaker.admit(), breaker.admit()) == (1, None)


def test_the_rest_is_never_longer_than_a_minute() -> None:
    at = Time()
    breaker = outcomes(Breaker(now=at), [False] * 5)

    for _ in range(10):
        at.now += 60.0
        outcomes(breaker, [False])
    at.now += 60.0

    assert breaker.admit() is not None
