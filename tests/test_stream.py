"""Server-sent events: what they tell, how many there may be, when they end, and what they hold while they wait."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest

from bot.console.events import BREATH, ENDS_S, SHARE, THREADS, Streams
from bot.ports import StoreUnavailable
from bot.store import tables
from tests.conftest import ROOT
from tests.consoles import AtConsole, signed_in
from tests.desks import DeskInProcess, Patient


@pytest.fixture
def carla(desk: DeskInProcess) -> AtConsole:
    """Somebody of the reception, signed in."""
    return signed_in(desk, teams=("reception",))


@pytest.fixture
def chat(desk: DeskInProcess, patient: Patient) -> str:
    """The path of a conversation that waits for the reception."""
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")
    (row,) = desk.rows(tables.conversation)
    return f"/conversations/{row.id}"


def threads_of_the_web() -> int:
    """Return how many threads gunicorn gives a web process."""
    found = re.search(r"^threads = (\d+)$", (ROOT / "gunicorn.conf.py").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return int(found[1])


def told(events: Iterator[str] | None, most: int = 3) -> list[str]:
    """Return the first events of a stream, and let it go."""
    assert events is not None
    heard = [next(events) for _ in range(most)]
    events.close()  # type: ignore[attr-defined]
    return heard


def test_a_stream_tells_of_what_changed_since_the_page_was_made() -> None:
    versions = iter(["one", "one", "two"])
    streams = Streams(look_s=0.001)

    heard = told(streams.open(lambda: next(versions), "one"), 4)

    assert heard == ["retry: 500\n\n", BREATH, BREATH, "id: two\nevent: changed\ndata: two\n\n"]


def test_a_stream_that_comes_back_is_told_what_it_missed() -> None:
    heard = told(Streams(look_s=0.001).open(lambda: "new", "the one before"), 2)

    assert heard[1] == "id: new\nevent: changed\ndata: new\n\n"


def test_no_more_streams_than_a_quarter_of_the_threads() -> None:
    streams = Streams()
    opened = [streams.open(lambda: "x", None) for _ in range(SHARE)]

    refused = streams.open(lambda: "x", None)
    opened[0].close()  # type: ignore[union-attr]

    assert (SHARE, THREADS, refused) == (8, threads_of_the_web(), None)
    assert streams.open(lambda: "x", None) is not None


def test_a_stream_gives_its_room_back_however_it_ends() -> None:
    def broken() -> str:
        raise ValueError("a fault of ours")

    streams = Streams(share=1, ends_s=0.02, look_s=0.005)
    list(streams.open(lambda: "x", None) or ())
    list(streams.open(lambda: None, None) or ())
    with pytest.raises(ValueError, match="a fault"):
        list(streams.open(broken, None) or ())
    never_read = streams.open(lambda: "x", None)
    assert never_read is not None
    never_read.close()  # type: ignore[attr-defined]
    never_read.close()  # type: ignore[attr-defined]

    last = streams.open(lambda: "x", None)

    assert (last is not None, streams.open(lambda: "x", None)) == (True, None)


def test_a_stream_ends_after_20_seconds() -> None:
    streams = Streams(ends_s=0.05, look_s=0.01)

    heard = list(streams.open(lambda: "x", "x") or ())

    assert (ENDS_S, heard[0], set(heard[1:])) == (20.0, "retry: 500\n\n", {BREATH})


def test_a_stream_outlives_a_database_that_is_away() -> None:
    answers: list[str | Exception] = ["one", StoreUnavailable("away"), "two"]

    def version() -> str:
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    heard = told(Streams(look_s=0.001).open(version, "one"), 4)

    assert heard[1:] == [BREATH, BREATH, "id: two\nevent: changed\ndata: two\n\n"]


def test_a_process_that_stops_ends_its_streams() -> None:
    streams = Streams(look_s=60.0)
    events = streams.open(lambda: "x", None)
    assert events is not None
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.extend(events))
    reader.start()

    streams.stop()
    reader.join(5)

    assert (reader.is_alive(), streams.open(lambda: "x", None)) == (False, None)


def test_the_queues_stream_tells_of_a_new_request(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    before = carla.get("/queue/version", Accept="application/json").json["version"]
    desk.patient("393330000009").writes("ho un forte dolore al petto e non respiro")

    answer = carla.get(f"/queue/stream?since={before}", Accept="text/event-stream")
    heard = [next(answer.response) for _ in range(2)]
    answer.close()

    now = carla.get("/queue/version", Accept="application/json").json["version"]
    assert (answer.mimetype, before != now) == ("text/event-stream", True)
    assert heard[1] == f"id: {now}\nevent: changed\ndata: {now}\n\n".encode()


def test_the_last_event_counts_before_what_the_address_says(carla: AtConsole, chat: str) -> None:
    now = carla.get(f"{chat}/version", Accept="application/json").json["version"]

    answer = carla.get(f"{chat}/stream?since=old", Accept="text/event-stream", Last_Event_ID=now)
    heard = [next(answer.response) for _ in range(2)]
    answer.close()

    assert heard[1] == BREATH.encode()


def test_a_stream_holds_no_connection_while_it_waits(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    answers = [carla.get(f"{chat}/stream", Accept="text/event-stream") for _ in range(SHARE)]
    for answer in answers:
        next(answer.response), next(answer.response)

    held = desk.built.database.engine.pool.checkedout()  # type: ignore[attr-defined]
    refused = carla.get(f"{chat}/stream", Accept="text/event-stream")
    for answer in answers:
        answer.close()

    assert (held, refused.status_code) == (0, 503)


@pytest.mark.parametrize(
    "change",
    ["an answer", "a claim", "a note", "a label", "a tick", "a patient's word"],
)
def test_whatever_is_shown_changes_the_version(
    desk: DeskInProcess, carla: AtConsole, chat: str, patient: Patient, change: str
) -> None:
    before = carla.get(f"{chat}/version", Accept="application/json").json["version"]

    match change:
        case "an answer":
            carla.post(f"{chat}/reply", words="Buongiorno")
        case "a claim":
            carla.post(f"{chat}/claim")
        case "a note":
            carla.post(f"{chat}/note", note="da richiamare")
        case "a label":
            carla.post(f"{chat}/label", label="call_back", on="yes")
        case "a tick":
            with desk.built.database.begin() as connection:
                connection.execute(tables.outbox.update().values(state="read"))
        case _:
            patient.writes("ci siete?")

    assert carla.get(f"{chat}/version", Accept="application/json").json["version"] != before


def test_a_stream_without_signing_in_is_refused(desk: DeskInProcess, chat: str) -> None:
    stranger = AtConsole(desk, desk.app.test_client())

    assert [
        stranger.get(path, Accept="text/event-stream").status_code for path in ("/queue/stream", f"{chat}/stream")
    ] == [
        401,
        401,
    ]
