"""The rights of one person: a copy of everything kept of them, and their erasure, after which nothing of them is found."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result
from rq import Queue
from rq.serializers import JSONSerializer

from bot.desk import Staff
from bot.later import QUEUE, RqBell, forget
from bot.model import Contact
from bot.store import tables
from tests.calling import WORD, Looking, flows
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess, Patient, together
from tests.dumps import audited, dump, redis_dump
from tests.test_statuses import body, element

STAFF = Staff("anna", "Anna")


@pytest.fixture
def environ(environ: dict[str, str], redis_url: str) -> dict[str, str]:
    return environ | {"REDIS_URL": redis_url}


@pytest.fixture
def desk(make_desk: MakeDesk) -> DeskInProcess:
    return make_desk(flows(), Looking("ours").actions)


def command(desk: DeskInProcess, *words: str, said: str | None = None) -> Result:
    return desk.app.test_cli_runner().invoke(args=words, input=said)


@dataclass
class Planted:
    """Somebody with a whole history, and every word, name, number and id by which they could be found."""

    patient: Patient
    contact: UUID
    needles: tuple[str, ...]
    read: tuple[str, ...]


def planted(desk: DeskInProcess, mark: str, number: int) -> Planted:
    """Have somebody write, tap, send a file, wait for a person, be answered by them, stop; with statuses and jobs."""
    patient = desk.patient(f"39347700{number:04}", f"IT.{mark}{number}", f"Nome{mark} Cognome{mark}")
    words = (f"parola{mark}", f"didascalia{mark}", f"risposta{mark}")
    document = {"id": f"media{mark}", "mime_type": "application/pdf", "filename": "ricetta.pdf", "caption": words[1]}
    patient.writes(WORD)
    patient.sends(type="document", document=document)
    patient.writes("stop")
    patient.writes(f"{words[0]} dolore al petto, non respiro")
    contact = newest(desk, tables.contact)
    (chat,) = [row.id for row in desk.rows(tables.conversation) if row.contact_id == contact]
    desk.desk.say(chat, STAFF, words[2])
    note_statuses(desk, chat)
    ids = jobs_of(desk, chat)
    keys = (f"Nome{mark}", f"IT.{mark}{number}", f"39347700{number:04}", f"media{mark}")
    wamids = tuple(sent.wamid for sent in desk.whatsapp.sent if sent.to.wa_id == patient.wa_id)
    return Planted(patient, contact, (*words, *keys, *hashes(desk, patient), *wamids, *ids), words)


def newest(desk: DeskInProcess, table: Any) -> UUID:
    return max(row.id for row in desk.rows(table))


def note_statuses(desk: DeskInProcess, chat: UUID) -> None:
    for row in desk.rows(tables.outbox):
        if row.conversation_id == chat and row.state == "sent":
            desk.post(body(element(desk, row, "delivered")))


def jobs_of(desk: DeskInProcess, chat: UUID) -> tuple[str, ...]:
    """Leave jobs in Redis; return the ids they carry."""
    bell = RqBell(desk.built.redis)
    (call,) = [row.id for row in desk.rows(tables.call) if row.conversation_id == chat]
    assert bell.deliver(chat) and bell.call(call)
    return (f'"{chat}"', f'"{call}"', str(call))  # in quotes: as a job's argument


def hashes(desk: DeskInProcess, patient: Patient) -> tuple[str, str]:
    seals = desk.built.seals
    return seals.digest("wa_id", patient.wa_id or "").hex(), seals.digest("user_id", patient.user_id or "").hex()


def found(planted: Planted, desk: DeskInProcess, redis_url: str) -> set[str]:
    everything = str(dump(desk)) + redis_dump(redis_url)
    return {needle for needle in planted.needles if needle in everything}


# ------------------------------------------------------------------------------------------------------------- erasing


def test_after_an_erasure_nothing_of_them_is_found_and_everything_of_others(
    desk: DeskInProcess, redis_url: str
) -> None:
    other, gone = planted(desk, "bruno", 1), planted(desk, "carla", 2)
    before = dump(desk)
    everybody = found(gone, desk, redis_url), found(other, desk, redis_url)

    said = command(desk, "erase", str(gone.contact), "--yes", "--by", "titolare")

    after = dump(desk)
    theirs = {key for key in before if before[key] != after.get(key)}
    assert said.exit_code == 0, said.output
    assert everybody == (set(gone.needles), set(other.needles))
    assert found(gone, desk, redis_url) == set()
    assert found(other, desk, redis_url) == everybody[1]
    assert not [key for key in theirs if str(other.contact) in before[key]]
    assert after.keys() <= before.keys()


def test_an_erasure_is_counted_and_audited(desk: DeskInProcess) -> None:
    gone = planted(desk, "carla", 2)

    said = command(desk, "erase", str(gone.contact), "--yes", "--by", "titolare").output

    (row,) = [row for row in audited(desk) if row.action == "erase"]
    assert (row.actor, row.subject_table, row.subject_id) == ("titolare", "contact", gone.contact)
    counts = json.loads(row.counts)
    assert counts == {
        "contact": 1,
        "conversation.answers": 1,
        "message.content": 4,
        "message.open": 0,
        "outbox.content": counts["outbox.content"],
        "outbox.unsettled": 0,
        "status": counts["status"],
        "call": 1,
        "handoff": 1,
        "classification": 0,
        "media": 1,
        "appointment": 0,
        "waiting": 0,
        "waiting_offer": 0,
        "notice": 0,
        "note": 0,
        "label": 0,
        "person_known": 0,
        "consent": 0,
        "stop": 1,
        "alarm": 1,
    }
    assert counts["outbox.content"] >= counts["status"] >= 4
    lines = dict(line.split()[0:3:2] for line in said.splitlines() if line.startswith(tuple(counts)))
    assert lines == dict.fromkeys(counts, "0")
    assert "queue jobs" in said


def test_a_tombstone_stays_and_the_figures_with_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    desk.pool.held = []
    patient.writes("dove siete?")  # not answered yet

    command(desk, "erase", str(newest(desk, tables.contact)), "--yes")

    (contact,) = desk.rows(tables.contact)
    assert (contact.erased_at, contact.person_sealed, contact.wa_id_hash) == (desk.clock.now(), b"", None)
    assert desk.outcomes() == [("answered", "erased"), ("ignored", "erased")]
    assert sorted(desk.states()) == ["sent", "withdrawn"]


def test_who_was_erased_begins_anew_with_the_welcome(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    welcome = patient.reads().body
    command(desk, "erase", str(newest(desk, tables.contact)), "--yes")

    patient.writes("ciao")

    assert patient.reads().body == welcome
    assert len(desk.rows(tables.contact)) == 2


def test_erasing_twice_is_erasing_once(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    contact = str(newest(desk, tables.contact))
    command(desk, "erase", contact, "--yes")
    before = dump(desk)
    desk.clock.move(timedelta(days=3))

    again = command(desk, "erase", contact, "--yes")

    assert again.exit_code == 0
    assert "was erased on 2026-11-23" in again.output
    assert dump(desk) == before
    assert len(audited(desk)) == 1


def test_a_message_repeated_after_the_erasure_brings_nothing_back(desk: DeskInProcess, patient: Patient) -> None:
    repeated = patient.body(patient.message(type="text", text={"body": "parola irripetibile"}))
    desk.post(repeated)
    command(desk, "erase", str(newest(desk, tables.contact)), "--yes")
    before = dump(desk)

    assert desk.post(repeated) == 200
    assert desk.post(many(repeated)) == 200

    assert dump(desk) == before


def many(notification: dict[str, Any]) -> dict[str, Any]:
    """Repeat a notification so often in one post that it is recorded as a batch."""
    return notification | {"entry": notification["entry"] * 30}


def test_a_status_that_comes_after_the_erasure_is_forgotten(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    (row,) = desk.rows(tables.outbox)
    late = [body(element(desk, row, name)) for name in ("delivered", "read", "failed")]
    command(desk, "erase", str(newest(desk, tables.contact)), "--yes")
    before = dump(desk)

    assert [desk.post(one) for one in late] == [200] * 3
    assert dump(desk) == before


def test_what_was_being_sent_leaves_no_trace(desk: DeskInProcess, patient: Patient) -> None:
    contacts: list[str] = []

    def erase_meanwhile() -> None:
        contacts.append(str(newest(desk, tables.contact)))
        assert command(desk, "erase", contacts[0], "--yes").exit_code == 0

    desk.whatsapp.answers.append(erase_meanwhile)

    patient.writes("ciao")

    assert desk.states() == ["withdrawn"]
    assert "393330000001" not in str(dump(desk))
    assert "wamid." not in str(dump(desk))


def test_whoever_writes_while_they_are_erased_is_whole_afterwards(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    patient = desk.patient()
    patient.writes("ciao")

    def work(number: int) -> int:
        if number % 4:
            return patient.writes(f"ciao {number}")
        return desk.built.rights.erase(newest(desk, tables.contact), "test") is not None

    statuses = together(24, work)

    contacts = desk.rows(tables.contact)
    chats = {row.id: row for row in desk.rows(tables.conversation)}
    buried = [chat for chat in chats.values() if chat.erased_at is not None]
    left = {row.conversation_id for row in desk.rows(tables.message) if row.content_sealed}
    assert set(statuses) <= {200, True}
    assert len(desk.rows(tables.message)) == 19
    assert sum(contact.wa_id_hash is not None for contact in contacts) <= 1
    assert not left & {chat.id for chat in buried}
    assert all(contact.erased_at is None or contact.person_sealed == b"" for contact in contacts)


@pytest.mark.parametrize("kept", ["message", "handoff", "contact"])
def test_an_erasure_that_dies_in_the_middle_changed_nothing(
    make_postgres_desk: MakeDesk, redis_url: str, kept: str
) -> None:
    desk = make_postgres_desk(flows(), Looking("ours").actions)
    gone = planted(desk, "carla", 2)
    before = dump(desk)
    forbid_changes(desk, kept)

    died = command(desk, "erase", str(gone.contact), "--yes")
    in_between = dump(desk)
    allow_changes(desk, kept)
    again = command(desk, "erase", str(gone.contact), "--yes")

    assert (died.exit_code, in_between) == (1, before)
    assert again.exit_code == 0
    assert found(gone, desk, redis_url) == set()


def forbid_changes(desk: DeskInProcess, table: str) -> None:
    with desk.built.database.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'died'; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER die BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION die()"
        )


def allow_changes(desk: DeskInProcess, table: str) -> None:
    with desk.built.database.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER die ON {table}")


def test_without_redis_nothing_is_erased(environ: dict[str, str], database_url: str) -> None:
    desk = DeskInProcess(environ | {"DATABASE_URL": database_url, "REDIS_URL": "redis://127.0.0.1:9/0"})
    desk.patient().writes("ciao")
    before = dump(desk)

    said = command(desk, "erase", str(newest(desk, tables.contact)), "--yes")

    assert (said.exit_code, dump(desk)) == (1, before)
    assert "Redis did not answer" in said.output
    desk.close()


def test_a_job_is_found_wherever_the_queue_keeps_it(desk: DeskInProcess, redis_url: str) -> None:
    redis, gone, other = desk.built.redis, UUID(int=1), UUID(int=2)
    bell, queue = RqBell(redis), Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    for row in (gone, other, gone, gone):
        bell.deliver(row)
    failed, later = queue.jobs[2:]
    queue.failed_job_registry.add(failed, 60, exc_string="JobFailed")
    queue.scheduled_job_registry.add(later, 60)
    for job in (failed, later):
        queue.remove(job)

    count = forget(redis, {gone})

    assert count == 3
    assert [str(gone) in redis_dump(redis_url), str(other) in redis_dump(redis_url)] == [False, True]


# ----------------------------------------------------------------------------------------------------- who is meant


def test_a_person_is_found_by_what_is_asked_for(desk: DeskInProcess) -> None:
    gone = planted(desk, "carla", 2)
    (handoff,) = [row.id for row in desk.rows(tables.handoff)]

    by_phone = command(desk, "erase", "--phone", said="+39 347-700 0002\nn\n")
    by_user = command(desk, "erase", "--user-id", said="IT.carla2\nn\n")
    by_handoff = command(desk, "erase", str(handoff), said="n\n")

    assert [str(gone.contact) in one.output for one in (by_phone, by_user, by_handoff)] == [True] * 3
    assert desk.built.rights.find(Contact(wa_id="393477000002")) == (gone.contact,)


def test_nobody_is_erased_without_a_yes(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    before = dump(desk)

    said = command(desk, "erase", str(newest(desk, tables.contact)), said="n\n")

    assert said.exit_code == 1
    assert dump(desk) == before


def test_a_person_nobody_knows_is_said_to_be_unknown(desk: DeskInProcess) -> None:
    said = command(desk, "export", "--phone", said="+39 347 7000009\n")

    assert said.exit_code == 1
    assert "nobody is known by that" in said.output


def test_a_number_on_the_command_line_is_refused(desk: DeskInProcess) -> None:
    said = command(desk, "export", "+393477000009")

    assert said.exit_code == 2


@pytest.mark.parametrize("words", [(), ("--phone", "--user-id"), ("018f0000-0000-7000-8000-000000000000", "--phone")])
def test_one_person_is_named_in_one_way(desk: DeskInProcess, words: tuple[str, ...]) -> None:
    said = command(desk, "erase", *words)

    assert said.exit_code == 2
    assert "name one person" in said.output


# ----------------------------------------------------------------------------------------------------------- exporting


def test_a_copy_holds_every_word_of_theirs_and_none_of_others(desk: DeskInProcess, tmp_path: Path) -> None:
    other, asking = planted(desk, "bruno", 1), planted(desk, "carla", 2)
    read = [sent.body for sent in desk.whatsapp.sent if sent.to.wa_id == asking.patient.wa_id]

    said = command(desk, "export", str(asking.contact), "--to", str(tmp_path / "copy"))

    assert said.exit_code == 0, said.output
    machine, person = exported(tmp_path / "copy", asking.contact)
    ids = {needle for needle in asking.needles if needle.startswith(("Nome", "IT.", "39347", "media"))}
    for text in (machine, person):
        assert [word for word in {*asking.read, *ids} if word not in text] == []
        assert [needle for needle in other.needles if needle in text] == []
    said_to_them = [row["text"] for row in json.loads(machine)["said"]]
    assert [body for body in read if not any(body in (text or "") for text in said_to_them)] == []
    assert [body for body in read if body not in person] == []


def exported(folder: Path, contact: UUID) -> tuple[str, str]:
    return (folder / f"{contact}.json").read_text("utf-8"), (folder / f"{contact}.txt").read_text("utf-8")


def test_a_copy_is_for_its_owner_alone_and_audited(desk: DeskInProcess, patient: Patient, tmp_path: Path) -> None:
    patient.writes("ciao")
    contact = newest(desk, tables.contact)

    command(desk, "export", str(contact), "--to", str(tmp_path), "--by", "titolare")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if str(contact) in path.name}
    assert modes == {f"{contact}.json": 0o600, f"{contact}.txt": 0o600}
    (row,) = audited(desk)
    assert (row.actor, row.action, row.subject_id) == ("titolare", "export", contact)


def test_a_copy_says_what_was_deleted_by_age(desk: DeskInProcess, patient: Patient, tmp_path: Path) -> None:
    patient.writes("stop")  # known for as long as the stop is
    desk.clock.move(timedelta(days=61))
    desk.built.keeper.run("test")

    command(desk, "export", "--phone", "--to", str(tmp_path), said="393330000001\n")

    machine, person = exported(tmp_path, newest(desk, tables.contact))
    assert [row["content"] for row in json.loads(machine)["messages"]] == [None]
    assert person.count("contenuto cancellato") == 2
    assert "Numero: 393330000001" in person
