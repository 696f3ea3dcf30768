"""Voice notes, pictures and documents: said to be with a person, fetched by the worker, checked, sealed, gone after a week."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from bot.desk import FrontDesk
from bot.files import Files
from bot.keeping import limits
from bot.model import Kept, Media
from bot.ports import MediaError, OpenedFile
from bot.store import SqlAgeing, SqlMedia, tables
from bot.whatsapp.media import LARGEST, CloudMedia
from tests.desks import ANNA, NUMBER, AtOnce, DeskInProcess, Patient, backing_of

PICTURE = b"\x89PNG\r\n\x1a\n girandola malinconica"
SUM = base64.b64encode(hashlib.sha256(PICTURE).digest()).decode()
TOKEN = "EAAtest0token0of0nobody"


# ------------------------------------------------------------------------------------------------------------ at the desk


@dataclass
class Source:
    """Gives what a test put into it, or fails as it is told."""

    answers: list[tuple[bytes, str] | MediaError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def fetch(self, media: Media) -> tuple[bytes, str]:
        self.asked.append(media.id)
        answer = self.answers.pop(0) if self.answers else (PICTURE, "image/png")
        if isinstance(answer, MediaError):
            raise answer
        return answer


@pytest.fixture
def source() -> Source:
    """Where files come from."""
    return Source()


@pytest.fixture
def store(desk: DeskInProcess) -> SqlMedia:
    """Where they are kept."""
    return SqlMedia(backing_of(desk.built))


@pytest.fixture
def patient(desk: DeskInProcess, source: Source, store: SqlMedia) -> Patient:
    """Somebody who has been greeted, at a desk that fetches files."""
    built = desk.built
    messengers = {NUMBER: desk.whatsapp}
    whole = FrontDesk(
        desk.house, built.lanes, built.outbox, built.watch, built.records, messengers, desk.bell,
        files=Files(store, {NUMBER: source}),
    )  # fmt: skip
    desk.stand(whole, AtOnce(whole))
    someone = desk.patient()
    someone.writes("ciao")
    someone.reads_all()
    return someone


def sends_file(patient: Patient, kind: str, **more: Any) -> int:
    return patient.sends(type=kind, **{kind: {"id": "730012345", "mime_type": "image/png", "sha256": SUM, **more}})


def fetch_rung(desk: DeskInProcess) -> None:
    """Run the jobs that were rung for files, as a worker does."""
    for name, row in desk.bell.rung:
        if name == "fetch":
            desk.desk.fetch(row)


def message_id(desk: DeskInProcess) -> UUID:
    newest: UUID = max(row.id for row in desk.rows(tables.message))
    return newest


def files(desk: DeskInProcess) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(row.state, row.why, row.mime, row.size) for row in desk.rows(tables.media)]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("audio", "Grazie, ho ricevuto il Suo messaggio vocale. Io non posso ascoltarlo"),
        ("image", "Grazie, ho ricevuto quello che ci ha inviato. Io non posso aprirlo"),
        ("document", "Grazie, ho ricevuto quello che ci ha inviato. Io non posso aprirlo"),
        ("video", "Grazie, ho ricevuto quello che ci ha inviato. Io non posso aprirlo"),
    ],
)
def test_a_file_goes_to_a_person_and_that_is_said(desk: DeskInProcess, patient: Patient, kind: str, line: str) -> None:
    sends_file(patient, kind)

    read = patient.reads().body
    (entry,) = desk.built.lanes.queue_entries()
    assert read.startswith(line) and "112" in read
    assert (entry.team, entry.reason) == ("reception", "media")
    assert desk.outcomes()[-1] == ("handed", "media")


def test_a_caption_that_asks_for_a_team_is_heard(desk: DeskInProcess, patient: Patient) -> None:
    sends_file(patient, "image", caption="vorrei parlare con l'amministrazione di questa fattura")

    (entry,) = desk.built.lanes.queue_entries()
    assert entry.team == "billing"


def test_a_sticker_is_declined_as_ever(desk: DeskInProcess, patient: Patient) -> None:
    sends_file(patient, "sticker")

    assert "Mi scusi" in patient.reads().body
    assert desk.rows(tables.media) == []


def test_the_worker_fetches_a_file_for_staff_to_see(desk: DeskInProcess, patient: Patient, store: SqlMedia) -> None:
    sends_file(patient, "image")

    fetch_rung(desk)

    assert files(desk) == [("fetched", None, "image/png", len(PICTURE))]
    assert store.get(message_id(desk)) == OpenedFile(PICTURE, "image/png")


def test_a_file_is_nowhere_in_plain(desk: DeskInProcess, patient: Patient) -> None:
    sends_file(patient, "image")

    fetch_rung(desk)

    (row,) = desk.rows(tables.media)
    assert b"girandola" not in row.content_sealed


def test_a_file_sent_while_staff_has_the_chat_is_fetched_too(
    desk: DeskInProcess, patient: Patient, store: SqlMedia
) -> None:
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)

    sends_file(patient, "document")
    fetch_rung(desk)

    assert store.get(message_id(desk)) is not None


def test_a_file_is_fetched_once_however_often_it_is_rung(desk: DeskInProcess, patient: Patient, source: Source) -> None:
    sends_file(patient, "image")

    for _ in range(3):
        fetch_rung(desk)

    assert source.asked == ["730012345"]


def test_a_lost_ring_is_found_by_the_sweep(desk: DeskInProcess, patient: Patient, store: SqlMedia) -> None:
    sends_file(patient, "image")
    desk.age(tables.media.c.leased_until)

    found = desk.desk.fetch_due()

    assert (found, store.due()) == (1, ())
    assert store.get(message_id(desk)) is not None


def test_what_fails_for_a_while_is_tried_again_and_given_up_at_last(
    desk: DeskInProcess, patient: Patient, source: Source
) -> None:
    source.answers = [MediaError("away", passing=True)] * 9
    sends_file(patient, "image")
    fetch_rung(desk)

    for _ in range(9):
        desk.age(tables.media.c.leased_until)
        desk.desk.fetch_due()

    assert len(source.asked) == 5
    assert files(desk) == [("refused", "away", None, None)]


def test_what_can_never_be_had_is_not_tried_again(desk: DeskInProcess, patient: Patient, source: Source) -> None:
    source.answers = [MediaError("size")]
    sends_file(patient, "document")

    fetch_rung(desk)
    desk.age(tables.media.c.leased_until)

    assert desk.desk.fetch_due() == 0
    assert files(desk) == [("refused", "size", None, None)]


def test_a_file_that_was_taken_back_is_not_fetched(desk: DeskInProcess, patient: Patient, source: Source) -> None:
    sent = patient.message(type="image", image={"id": "730012345", "mime_type": "image/png"})
    desk.post(patient.body(sent))
    patient.sends(type="revoke", revoke={"original_message_id": sent["id"]})

    fetch_rung(desk)

    assert (source.asked, files(desk)) == ([], [("refused", "gone", None, None)])


def test_a_file_is_deleted_after_its_days_and_counted(desk: DeskInProcess, patient: Patient, store: SqlMedia) -> None:
    sends_file(patient, "image")
    fetch_rung(desk)
    sent = message_id(desk)
    (conversation,) = desk.rows(tables.conversation)
    desk.desk.claim(conversation.id, ANNA)
    desk.desk.close(conversation.id)
    ageing, days = SqlAgeing(backing_of(desk.built)), desk.house.clinic.retention
    kept = limits(days, desk.clock.now() + timedelta(days=days.media_days - 1))
    over = limits(days, desk.clock.now() + timedelta(days=days.media_days, minutes=1))

    counted = (ageing.count("media", kept), ageing.count("media", over))
    deleted, _ = ageing.delete_some("media", over, UUID(int=0))

    assert (counted, deleted) == ((0, 1), 1)
    assert store.get(sent) is None
    assert Kept.MEDIA in [aged.kept for aged in ageing.kinds if aged.place == "media"]


# --------------------------------------------------------------------------------------------------------------- at Meta


class Graph:
    """Two servers in one: the Graph API that names an address, and the address. A test changes what they say."""

    def __init__(self) -> None:
        graph = self
        self.told: dict[str, Any] = {"mime_type": "image/png", "sha256": SUM, "file_size": len(PICTURE)}
        self.content = PICTURE
        self.status = 200
        self.asked: list[tuple[str, str | None]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                graph.asked.append((self.path, self.headers["Authorization"]))
                body = graph.content if self.path.startswith("/file") else json.dumps(graph.described()).encode()
                self.send_response(graph.status)
                if graph.status == 302:
                    self.send_header("Location", f"{graph.url}/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def described(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/file?ext=1"} | self.told

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def graph() -> Iterator[Graph]:
    """A Graph API that has one picture."""
    server = Graph()
    yield server
    server.stop()


def cloud(graph: Graph) -> CloudMedia:
    return CloudMedia(graph.url, "v26.0", NUMBER, TOKEN, "0123456789abcdef")


ITS = Media("730012345", "image/png", SUM)


def test_a_file_is_fetched_with_the_token_and_the_proof(graph: Graph) -> None:
    found = cloud(graph).fetch(ITS)

    (first, second), tokens = [path for path, _ in graph.asked], {token for _, token in graph.asked}
    assert found == (PICTURE, "image/png")
    assert first.startswith(f"/v26.0/730012345?phone_number_id={NUMBER}&appsecret_proof=")
    assert (second, tokens) == ("/file?ext=1", {f"Bearer {TOKEN}"})


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("kind", lambda graph: graph.told.update(mime_type="application/x-msdownload")),
        ("kind", lambda graph: graph.told.update(mime_type="text/html")),
        ("kind", lambda graph: graph.told.update(mime_type="image/svg+xml")),
        ("size", lambda graph: graph.told.update(file_size=LARGEST + 1)),
        ("size", lambda graph: graph.told.update(file_size=0)),
        ("size", lambda graph: graph.told.update(file_size="viele")),
        ("size", lambda graph: graph.told.update(file_size=len(PICTURE) - 1)),
        ("size", lambda graph: graph.told.update(file_size=len(PICTURE) + 1)),
        ("sum", lambda graph: setattr(graph, "content", PICTURE[::-1])),
        ("sum", lambda graph: graph.told.update(sha256="not a sum")),
        ("address", lambda graph: graph.told.update(url="https://lookaside.fbsbx.com.evil.example/file")),
        ("address", lambda graph: graph.told.update(url="http://lookaside.fbsbx.com/file")),
        ("address", lambda graph: graph.told.update(url="file:///etc/passwd")),
        ("address", lambda graph: graph.told.update(url="https://lookaside.fbsbx.com@evil.example/file")),
        ("address", lambda graph: graph.told.update(url="http://[half")),
        ("refused", lambda graph: setattr(graph, "status", 404)),
        ("refused", lambda graph: setattr(graph, "status", 302)),
        ("refused", lambda graph: setattr(graph, "status", 500)),
        ("away", lambda graph: graph.stop()),
    ],
)
def test_whatever_is_wrong_with_a_file_is_told_in_a_word_of_ours(why: str, change: Callable[[Graph], object]) -> None:
    graph = Graph()
    change(graph)

    with pytest.raises(MediaError) as fault:
        cloud(graph).fetch(ITS)

    if why != "away":
        graph.stop()
    assert (fault.value.why, fault.value.__cause__, fault.value.__context__) == (why, None, None)
    assert not any("elsewhere" in path for path, _ in graph.asked)


def test_a_sum_that_whatsapp_named_in_the_message_is_compared_too(graph: Graph) -> None:
    other = base64.b64encode(hashlib.sha256(b"another").digest()).decode()

    with pytest.raises(MediaError, match="sum"):
        cloud(graph).fetch(replace(ITS, sha256=other))


def test_no_other_host_ever_sees_the_token(graph: Graph) -> None:
    other = Graph()
    graph.told["url"] = f"{other.url}/file"

    with pytest.raises(MediaError, match="address"):
        cloud(graph).fetch(ITS)

    other.stop()
    assert other.asked == []


# ------------------------------------------------------------------------------------------------------ rights of a person


def test_a_copy_of_ones_data_holds_the_file_and_an_erasure_takes_it(desk: DeskInProcess, patient: Patient) -> None:
    sends_file(patient, "image")
    fetch_rung(desk)
    (contact,) = desk.rows(tables.contact)

    dossier = desk.built.rights.dossier(contact.id, "test")
    traces = desk.built.rights.traces(contact.id)
    erased = desk.built.rights.erase(contact.id, "test")

    assert dossier is not None and [file.content for file in dossier.files] == [PICTURE]
    assert len(traces.files) == 1
    assert erased is not None and (erased.found["media"], erased.left["media"]) == (1, 0)
