"""Retention: what is older than the clinic's file says is deleted, once, by whoever is there; what is in use is left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError

from bot.keeping import RUN, Deleted, Keeper, is_due, limits
from bot.model import Kept
from bot.ports import Aged, Ageing
from bot.store import SqlAgeing, tables
from bot.store.classes import COLUMNS, INSIDE, ROWS
from bot.store.retention import RULES
from bot.store.tables import MEDIA_KINDS
from bot.whatsapp.notification import MEDIA
from tests.calling import WORD, Looking, flows
from tests.conftest import MakeDesk
from tests.desks import ANNA, DeskInProcess, Patient, together
from tests.dumps import audited, dump

ROME = ZoneInfo("Europe/Rome")
STICKER = {"id": "2112345678901", "mime_type": "image/jpeg", "sha256": "c2hh", "caption": "ecco la ricetta"}


def days(number: int) -> timedelta:
    return timedelta(days=number)


def run(desk: DeskInProcess) -> dict[str, tuple[int, int, int]]:
    """Run retention; return found, deleted and left of whatever was found."""
    done = desk.built.keeper.run("a test")
    assert done is not None
    return counted(done)


def counted(done: tuple[Deleted, ...]) -> dict[str, tuple[int, int, int]]:
    return {one.aged.place: (one.found, one.deleted, one.left) for one in done if one.found or one.deleted or one.left}


def kept(desk: DeskInProcess, table: str) -> list[str]:
    return [content for key, content in dump(desk).items() if key.startswith(f"{table} ")]


# ----------------------------------------------------------------------------------------------------- by class and age


def test_nothing_is_deleted_before_its_time(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("quanto costa la visita?")
    desk.clock.move(days(59))
    before = dump(desk)

    assert run(desk) == {}
    assert dump(desk) == before


def test_a_file_is_forgotten_before_the_words_around_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.sends(type="sticker", sticker=STICKER)
    patient.writes("ciao")
    desk.clock.move(days(8))

    done = run(desk)

    assert done == {"message.content_sealed:media": (1, 1, 0)}
    assert STICKER["id"] not in str(dump(desk))
    assert "ecco la ricetta" in str(dump(desk))
    assert run(desk) == {}


def test_words_are_emptied_and_their_rows_stay_for_figures(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("quanto costa la visita?")
    desk.clock.move(days(30))
    patient.writes("dove siete?")
    before = desk.outcomes()
    desk.clock.move(days(31))

    done = run(desk)

    assert done == {"message.content_sealed": (1, 1, 0), "outbox.content_sealed": (1, 1, 0)}
    assert "quanto costa" not in str(dump(desk))
    assert "dove siete" in str(dump(desk))
    assert desk.outcomes() == before
    rows = sorted(desk.rows(tables.outbox), key=lambda row: row.position)
    assert [bool(row.wamid_sealed) for row in rows] == [False, True]


def test_the_arguments_of_an_old_call_are_emptied(make_desk: MakeDesk) -> None:
    desk = make_desk(flows(), Looking("ours").actions)
    desk.patient().writes(WORD)
    desk.clock.move(days(61))

    done = run(desk)

    assert done["call.arguments_sealed"] == (1, 1, 0)
    assert [(row.outcome, row.arguments_sealed) for row in desk.rows(tables.call)] == [("found", b"")]


def test_who_was_silent_for_long_is_nobody_any_more_and_begins_anew(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    greeting = patient.reads().body
    desk.clock.move(days(61))

    done = run(desk)
    left = dump(desk)
    patient.writes("ciao")

    assert done["contact.person_sealed"] == (1, 1, 0)
    assert not [name for name in ("Anna Prova", "393330000001") if name in str(left)]
    assert patient.reads().body == greeting
    assert len(desk.rows(tables.contact)) == 2


def test_answers_are_forgotten_but_who_asked_to_stop_is_known(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("stop")
    desk.clock.move(days(61))

    done = run(desk)
    patient.writes("ciao")

    assert "contact.person_sealed" not in done
    assert done["conversation.answers_sealed"] == (1, 1, 0)
    assert len(desk.rows(tables.contact)) == len(desk.rows(tables.stop)) == 1
    assert desk.outcomes() == [("answered", None)] * 2


def test_a_message_taken_back_after_its_words_were_deleted_is_no_trouble(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("stop")
    patient.sends(type="text", text={"body": "me ne pento"}, id="wamid.regret")
    desk.clock.move(days(61))
    run(desk)

    patient.sends(type="revoke", revoke={"original_message_id": "wamid.regret"})

    assert desk.outcomes()[-1] == ("ignored", "revoked")


def test_figures_go_in_their_time_and_the_tombstone_last(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    desk.clock.move(days(61))
    run(desk)
    desk.clock.move(days(340))
    figures = run(desk)
    tombstones = len(desk.rows(tables.contact))
    desk.clock.move(days(3651))

    last = run(desk)

    assert figures == {"outbox": (1, 1, 0), "message": (1, 1, 0)}
    assert tombstones == 1
    assert last == {"contact": (1, 1, 0), "audit": (4, 4, 0)}
    assert dump(desk) == {}


# --------------------------------------------------------------------------------------------------- what is left alone


def test_what_is_in_use_is_never_touched(make_desk: MakeDesk) -> None:
    desk = make_desk(flows(), Looking("away").actions)
    desk.patient("393330000001").writes("dolore al petto, non respiro")  # waits for a person
    with_staff = desk.patient("393330000002")
    with_staff.writes("ciao")
    desk.desk.say(conversation_of(desk, 1), ANNA, "Buongiorno, sono Anna")
    desk.patient("393330000003").writes(WORD)  # waits for what leaves the house
    desk.pool.held = []
    desk.patient("393330000004").writes("ciao")  # not answered yet
    desk.clock.move(days(3600))  # the audit of what staff did goes by age alone, later
    before = dump(desk)

    done = run(desk)

    assert done == {}
    assert dump(desk) == before


def conversation_of(desk: DeskInProcess, number: int) -> UUID:
    return UUID(str(sorted(row.id for row in desk.rows(tables.conversation))[number]))


def test_a_row_that_waits_keeps_its_person(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    with desk.built.database.begin() as connection:
        connection.execute(update(tables.outbox).values(state="held"))
    desk.clock.move(days(61))

    done = run(desk)

    assert done == {"message.content_sealed": (1, 1, 0)}


def test_who_writes_again_in_this_moment_is_passed_over_and_nobody_waits(make_postgres_desk: MakeDesk) -> None:
    done: list[dict[str, tuple[int, int, int]]] = []
    looking = Looking("here", meanwhile=lambda: done.append(run(desk)))
    desk = make_postgres_desk(flows(), looking.actions)
    patient = desk.patient()
    patient.writes("ciao")
    desk.clock.move(days(61))

    patient.writes(WORD)  # their lane is locked while retention runs

    assert done[0]["contact.person_sealed"] == (1, 0, 1)
    assert done[0]["message.content_sealed"] == (1, 1, 0)
    assert [contact.erased_at for contact in desk.rows(tables.contact)] == [None]
    assert desk.outcomes() == [("answered", None)] * 2


# ------------------------------------------------------------------------------------------------------ whoever does it


def test_looking_changes_nothing(desk: DeskInProcess, patient: Patient) -> None:
    patient.sends(type="sticker", sticker=STICKER)
    desk.clock.move(days(5000))
    before = dump(desk)

    found = {one.aged.place: one.found for one in desk.built.keeper.look() if one.found}

    assert dump(desk) == before
    assert audited(desk) == []
    assert found == {
        "message.content_sealed:media": 1,
        "message.content_sealed": 1,
        "outbox.content_sealed": 1,
        "conversation.answers_sealed": 1,
        "contact.person_sealed": 1,
        "outbox": 1,
        "message": 1,
    }


def test_what_was_counted_before_is_what_is_deleted(desk: DeskInProcess) -> None:
    for number in range(7):
        desk.patient(f"39333{number:07}").sends(type="sticker", sticker=STICKER)
    desk.clock.move(days(5000))
    looked = {one.aged.place: one.found for one in desk.built.keeper.look() if one.found}

    done = run(desk)

    assert done == {place: (found, found, 0) for place, found in looked.items()}
    assert json.loads(audited(desk)[-1].counts)["message.content_sealed deleted"] == 7


def test_many_pages_are_one_run(desk: DeskInProcess) -> None:
    for number in range(5):
        patient = desk.patient(f"39333{number:07}")
        patient.sends(type="sticker", sticker=STICKER)
        patient.writes("ciao")
    desk.clock.move(days(61))

    done = keeper(desk, SqlAgeing(desk.built.lanes._backing, page=3)).run("a test")

    assert done is not None
    assert counted(done) == {
        "message.content_sealed:media": (5, 5, 0),
        "message.content_sealed": (10, 10, 0),
        "outbox.content_sealed": (10, 10, 0),
        "conversation.answers_sealed": (5, 5, 0),
        "contact.person_sealed": (5, 5, 0),
    }


def keeper(desk: DeskInProcess, ageing: Ageing) -> Keeper:
    built = desk.built
    return Keeper(ageing, built.audit, built.watch, built.records, desk.house.clinic, desk.clock, built.chain)


def test_several_processes_at_once_have_one_effect(make_desk: MakeDesk) -> None:
    desks = [make_desk() for _ in range(3)]
    for number in range(5):
        desks[0].patient(f"39333{number:07}").writes("ciao")
    for desk in desks:
        desk.clock.move(days(61))

    together(3, lambda number: desks[number].built.keeper.keep(f"web-{number}", lambda: False))

    (begun, ended) = audited(desks[0])
    assert (begun.action, ended.action) == ("retention_begun", "retention_run")
    assert json.loads(ended.counts)["message.content_sealed deleted"] == 5


def test_it_runs_once_a_night(desk: DeskInProcess) -> None:
    for _hour in range(24 * 3):
        desk.built.keeper.keep("web", lambda: False)
        desk.clock.move(timedelta(hours=1))

    at = [row.at.astimezone(ROME) for row in audited(desk) if row.action == RUN]
    assert [(moment.day, moment.hour) for moment in at] == [(23, 10), (24, 3), (25, 3), (26, 3)]


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-23T12:00", True),
        ("2026-11-23T03:00", "2026-11-23T23:00", False),
        ("2026-11-23T03:00", "2026-11-24T02:59", False),
        ("2026-11-23T03:00", "2026-11-24T03:00", True),
        ("2026-11-20T03:00", "2026-11-23T15:00", True),  # it slept for three nights
        ("2026-03-28T03:00", "2026-03-29T03:00", True),  # the night of summer time has a three o'clock
        ("2026-10-25T03:10", "2026-10-25T23:59", False),
    ],
)
def test_a_night_is_the_clinics(last: str | None, now: str, due: bool) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC)

    assert is_due(moment(last) if last else None, moment(now), ROME) is due


class Dying:
    """Pages of the real thing, until the process dies in the middle."""

    def __init__(self, real: Ageing, pages: int) -> None:
        self._real = real
        self._pages = pages

    @property
    def kinds(self) -> tuple[Aged, ...]:
        """The same kinds."""
        return self._real.kinds

    def count(self, place: str, limits: Mapping[Kept, datetime]) -> int:
        """The same counts."""
        return self._real.count(place, limits)

    def delete_some(self, place: str, limits: Mapping[Kept, datetime], after: UUID) -> tuple[int, UUID | None]:
        """One page less to live."""
        if self._pages == 0:
            raise KeyboardInterrupt
        self._pages -= 1
        return self._real.delete_some(place, limits, after)


@pytest.mark.parametrize("pages", range(1, 14, 2))
def test_another_finishes_what_a_dying_process_began(make_postgres_desk: MakeDesk, pages: int) -> None:
    desk = make_postgres_desk()
    for number in range(4):
        desk.patient(f"39333{number:07}").sends(type="sticker", sticker=STICKER)
    desk.clock.move(days(61))
    dying = keeper(desk, Dying(SqlAgeing(desk.built.lanes._backing, page=2), pages))
    with pytest.raises(KeyboardInterrupt):
        dying.keep("web-1", lambda: False)

    desk.built.keeper.keep("web-2", lambda: False)

    assert {one.aged.place: one.found for one in desk.built.keeper.look() if one.found} == {}
    assert [row.action for row in audited(desk)] == ["retention_begun", "retention_begun", "retention_run"]
    assert "ecco la ricetta" not in str(dump(desk))


def test_a_lease_of_a_dead_process_ends(desk: DeskInProcess) -> None:
    desk.built.watch.holds("retention", "web-dead", 60)
    desk.built.keeper.keep("web-1", lambda: False)
    meanwhile = audited(desk)
    desk.age(tables.lease.c.leased_until)

    desk.built.keeper.keep("web-1", lambda: False)

    assert meanwhile == []
    assert [row.actor for row in audited(desk)] == ["web-1", "web-1"]


def test_a_process_that_stops_leaves_the_rest_to_another(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    desk.clock.move(days(61))
    desk.built.keeper.keep("web-1", lambda: True)

    desk.built.keeper.keep("web-2", lambda: False)

    assert [(row.actor, row.action) for row in audited(desk)] == [
        ("web-1", "retention_begun"),
        ("web-2", "retention_begun"),
        ("web-2", "retention_run"),
    ]


def test_what_cannot_be_deleted_is_counted_and_rings(desk: DeskInProcess, patient: Patient) -> None:
    patient.sends(type="sticker", sticker=STICKER)
    with desk.built.database.begin() as connection:
        connection.execute(update(tables.message).values(content_sealed=b"\x01\x02k1" + b"spoilt" * 9))
    desk.clock.move(days(8))

    done = run(desk)

    assert done == {"message.content_sealed:media": (1, 0, 1)}
    (alarm,) = desk.rows(tables.alarm)
    assert (alarm.cause, alarm.subject) == ("retention_left", "message.content_sealed:media")


def test_the_last_run_is_shown_to_operators(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    desk.clock.move(days(61))
    before = desk.client.get("/metrics", headers=desk.token).get_data(as_text=True)
    run(desk)
    desk.clock.move(timedelta(hours=1))

    after = desk.client.get("/metrics", headers=desk.token).get_data(as_text=True)

    assert "sportello_retention" not in before
    assert "sportello_retention_age_seconds 3600.0" in after
    assert 'sportello_retention_rows{place="message.content_sealed",what="deleted"} 1.0' in after
    assert 'sportello_retention_rows{place="message.content_sealed",what="left"} 0.0' in after


def test_the_limits_are_the_clinics(desk: DeskInProcess) -> None:
    now = desk.clock.now()

    found = {kept.value: (now - limit).days for kept, limit in limits(desk.house.clinic.retention, now).items()}

    assert found == {"words": 60, "media": 7, "appointments": 30, "audit": 3650, "model": 30, "metrics": 400}


# ---------------------------------------------------------------------------------------------------- the one place


def test_every_table_and_every_sealed_or_hashed_column_has_a_class() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("_sealed", "_hash"))
    }

    assert set(ROWS) == {table.name for table in tables.metadata.sorted_tables}
    assert set(COLUMNS) == columns


def test_every_class_but_what_the_processes_need_is_deleted_by_a_rule() -> None:
    rules = {place: rule.aged.kept for place, rule in RULES.items()}
    content = {
        place: kept
        for place, kept in COLUMNS.items()
        if kept is Kept.WORDS and ROWS[place.split(".")[0]] is not kept and not place.endswith("wamid_sealed")
    }
    with_their_person = ("conversation", "consent", "stop", "person_known")
    with_their_row = ("call", "appointment_change", "audit_sealed")
    rows = {
        table: kept
        for table, kept in ROWS.items()
        if kept is not Kept.RUNNING and table not in with_their_person + with_their_row
    }

    assert rules == {**content, **rows, **INSIDE, "contact.person_sealed": Kept.PERSON}


def test_files_are_looked_for_in_every_kind_that_may_have_one() -> None:
    assert set(MEDIA_KINDS) == MEDIA | {"edit"}


# ------------------------------------------------------------------------------------------------------------ the audit


def test_nobody_changes_the_audit(desk: DeskInProcess) -> None:
    desk.built.audit.note("anna", "export")

    for statement in (update(tables.audit).values(actor="nobody"), delete(tables.audit)):
        with pytest.raises(DatabaseError, match="append-only"), desk.built.database.begin() as connection:
            connection.execute(statement)

    assert [(row.actor, row.action) for row in audited(desk)] == [("anna", "export")]


def test_what_an_operator_does_is_audited(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("dolore al petto, non respiro")
    (handoff,) = desk.rows(tables.handoff)

    for words in (("rotate-keys",), ("queue", "close", str(handoff.id)), ("retention", "run", "--by", "titolare")):
        assert desk.app.test_cli_runner().invoke(args=words).exit_code == 0

    assert [(row.action, row.subject_id) for row in audited(desk)] == [
        ("rotate_keys", None),
        ("queue_close", handoff.id),
        ("retention_begun", None),
        ("retention_run", None),
    ]
    assert [row.actor for row in audited(desk)][2:] == ["titolare"] * 2


def test_nobody_empties_the_audit_of_postgresql(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.built.audit.note("anna", "export")

    with pytest.raises(DatabaseError, match="append-only"), desk.built.database.begin() as connection:
        connection.execute(text("TRUNCATE audit CASCADE"))

    assert len(audited(desk)) == 1


def test_nothing_is_audited_without_somebody(desk: DeskInProcess) -> None:
    desk.built.audit.note("anna", "export")
    (row,) = audited(desk)

    for nobody in ("", None):
        with pytest.raises(DatabaseError), desk.built.database.begin() as connection:
            connection.execute(insert(tables.audit).values({**row._mapping, "id": UUID(int=1), "actor": nobody}))

    assert len(audited(desk)) == 1
