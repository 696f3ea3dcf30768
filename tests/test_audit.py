"""The audit's chain: what is new is sealed, what is tampered with is found, what age takes is no fault; and its reader's page."""

from __future__ import annotations

import csv
import html
import logging
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from uuid_utils.compat import uuid7

from bot.alarm import Teller
from bot.background import Background
from bot.staff import Role
from bot.store import tables
from bot.trail import Break, Checked, Fault
from tests.conftest import MakeDesk
from tests.consoles import AtConsole, signed_in
from tests.desks import DeskInProcess, Patient, together
from tests.dumps import audited
from tests.servers import until

TRIGGERS = ("audit", "audit_seal", "audit_sealed")


def noted(desk: DeskInProcess, *actions: str) -> None:
    """Have something done, each a second after the other and sealed on its own."""
    for action in actions:
        desk.built.audit.note("anna", action)
        desk.built.chain.seal()
        desk.clock.move(timedelta(seconds=1))


def tamper(desk: DeskInProcess, *statements: Any) -> None:
    """Do what only the database's owner can: take the triggers away first."""
    with desk.built.database.begin() as connection:
        _disarm(connection, desk.built.database.is_sqlite)
        for statement in statements:
            connection.execute(statement)


def _disarm(connection: Any, is_sqlite: bool) -> None:
    if is_sqlite:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in TRIGGERS:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def fault(desk: DeskInProcess) -> tuple[Break, int | None] | None:
    found = desk.built.chain.check().fault
    return None if found is None else (found.kind, found.seal)


def seal_of(number: int) -> Any:
    return select(tables.audit_seal.c.id).where(tables.audit_seal.c.number == number).scalar_subquery()


def row_of(number: int) -> Any:
    held = tables.audit_sealed.c
    return select(held.audit_id).where(held.seal_id == seal_of(number)).scalar_subquery()


# -------------------------------------------------------------------------------------------------------------- sealing


def test_what_is_new_is_sealed_and_the_chain_is_whole(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase")
    desk.built.audit.note("anna", "search")

    found = desk.built.chain.check()

    assert found.upto is not None and found.upto.number == 2
    assert found == Checked(found.upto, seals=2, rows=2, gone=0, waiting=1)


def test_nothing_new_makes_no_seal(desk: DeskInProcess) -> None:
    noted(desk, "export")

    assert (desk.built.chain.has_new(), desk.built.chain.seal()) == (False, None)
    assert len(desk.rows(tables.audit_seal)) == 1


def test_many_rows_are_one_seal(desk: DeskInProcess) -> None:
    for _ in range(5):
        desk.built.audit.note("anna", "search")

    desk.built.chain.seal()

    found = desk.built.chain.check()
    assert (found.seals, found.rows, found.waiting, found.fault) == (1, 5, 0, None)


def test_a_row_committed_late_is_sealed_late(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    early = {"id": uuid7(), "at": desk.clock.now(), "actor": "anna", "action": "export", "counts": "{}"}
    with desk.built.database.begin() as slow:
        slow.execute(insert(tables.audit).values(early))
        noted(desk, "search", "erase")  # later ids, sealed before it is committed
        meanwhile = desk.built.chain.check().rows

    desk.built.chain.seal()

    found = desk.built.chain.check()
    assert (meanwhile, found.rows, found.seals, found.fault) == (2, 3, 3, None)


def test_processes_that_seal_at_once_make_one_chain(make_postgres_desk: MakeDesk) -> None:
    desks = [make_postgres_desk() for _ in range(2)]

    def work(number: int) -> None:
        for _ in range(30):
            desks[number].built.audit.note(f"process {number}", "search")
            desks[number].built.chain.seal()

    together(2, work)
    desks[0].built.chain.seal()

    found = desks[0].built.chain.check()
    assert (found.rows, found.waiting, found.fault) == (60, 0, None)


def test_a_clock_that_goes_back_breaks_nothing(desk: DeskInProcess) -> None:
    noted(desk, "export")
    desk.clock.move(timedelta(hours=-2))

    noted(desk, "erase")

    first, second = sorted(desk.rows(tables.audit_seal), key=lambda seal: seal.number)
    assert second.sealed_at == first.sealed_at
    assert fault(desk) is None


# ------------------------------------------------------------------------------------------------------------ tampering


def test_an_altered_row_is_found(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase", "search")
    tamper(desk, update(tables.audit).where(tables.audit.c.action == "erase").values(actor="bruno"))

    found = desk.built.chain.check()

    (row,) = [row for row in audited(desk) if row.action == "erase"]
    assert found.fault == Fault(Break.ROW_ALTERED, 2, row.at, row.id)
    assert found.upto is not None and found.upto.number == 1


def test_an_altered_audit_rings_in_the_night(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase", "search")
    tamper(desk, update(tables.audit).where(tables.audit.c.action == "erase").values(actor="bruno"))

    desk.built.keeper.keep("web", lambda: False)

    (row,) = [row for row in audited(desk) if row.action == "erase"]
    assert [(alarm.cause, alarm.subject) for alarm in desk.built.records.untold()] == [("audit_broken", str(row.id))]


def test_a_deleted_row_is_found(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase", "search")

    tamper(desk, delete(tables.audit).where(tables.audit.c.action == "erase"))

    assert fault(desk) == (Break.ROW_MISSING, 2)


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        (
            lambda: delete(tables.audit_sealed).where(tables.audit_sealed.c.seal_id == seal_of(2)),
            (Break.SEAL_ALTERED, 2),
        ),
        (lambda: delete(tables.audit_seal).where(tables.audit_seal.c.number == 2), (Break.SEAL_MISSING, 2)),
        (lambda: delete(tables.audit_seal).where(tables.audit_seal.c.number == 1), (Break.SEAL_MISSING, 1)),
        (lambda: delete(tables.audit_seal).where(tables.audit_seal.c.number == 3), (Break.ROW_UNSEALED, None)),
    ],
)
def test_a_seal_taken_away_is_found(desk: DeskInProcess, forgery: Any, found: tuple[Break, int | None]) -> None:
    noted(desk, "export", "erase", "search")

    tamper(desk, forgery())

    assert fault(desk) == found


def test_seals_that_changed_places_are_found(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase", "search")
    number = tables.audit_seal.c.number

    tamper(
        desk,
        update(tables.audit_seal).where(number == 2).values(number=99),
        update(tables.audit_seal).where(number == 3).values(number=2),
        update(tables.audit_seal).where(number == 99).values(number=3),
    )

    assert fault(desk) == (Break.SEAL_ALTERED, 2)


def test_a_seal_that_fits_another_chain_is_found(desk: DeskInProcess) -> None:
    """Whoever has the hash key, as our own code does, and puts a seal made elsewhere into the chain."""
    noted(desk, "export", "erase")
    (_, second) = sorted(desk.rows(tables.audit_seal), key=lambda seal: seal.number)
    (place,) = [place for place in desk.rows(tables.audit_sealed) if place.seal_id == second.id]
    other = {**second._mapping, "previous_hash": b"elsewhere"}
    made = desk.built.chain._seal_hash(other, [(place.audit_id, place.at, place.row_hash)])

    tamper(desk, update(tables.audit_seal).where(tables.audit_seal.c.number == 2).values(**other | {"seal_hash": made}))

    assert fault(desk) == (Break.LINK_BROKEN, 2)


def test_an_end_that_was_cut_off_is_found_by_a_hash_noted_elsewhere(desk: DeskInProcess) -> None:
    noted(desk, "export")
    early = desk.built.chain.check().upto
    noted(desk, "erase")
    late = desk.built.chain.check().upto
    assert early is not None and late is not None
    tamper(
        desk,
        delete(tables.audit).where(tables.audit.c.action == "erase"),
        delete(tables.audit_sealed).where(tables.audit_sealed.c.seal_id == seal_of(2)),
        delete(tables.audit_seal).where(tables.audit_seal.c.number == 2),
    )

    by_anchor = [desk.built.chain.check(mark.hash).fault for mark in (early, late)]

    assert fault(desk) is None
    assert by_anchor == [None, Fault(Break.ANCHOR_MISSING)]


@pytest.mark.parametrize("name", ["audit_seal", "audit_sealed"])
def test_nobody_changes_a_seal(desk: DeskInProcess, name: str) -> None:
    noted(desk, "export")
    table = tables.metadata.tables[name]
    same = {"seal_id": seal_of(1)} if name == "audit_sealed" else {"number": 7}

    for statement in (update(table).values(**same), delete(table)):
        with pytest.raises(DatabaseError, match="append-only"), desk.built.database.begin() as connection:
            connection.execute(statement)

    assert len(desk.rows(table)) == 1


@pytest.mark.parametrize("name", ["audit_seal", "audit_sealed"])
def test_nobody_empties_the_seals_of_postgresql(make_postgres_desk: MakeDesk, name: str) -> None:
    desk = make_postgres_desk()
    noted(desk, "export")

    with pytest.raises(DatabaseError, match="append-only"), desk.built.database.begin() as connection:
        connection.execute(text(f"TRUNCATE {name} CASCADE"))

    assert fault(desk) is None


# ------------------------------------------------------------------------------------------------------------------ age


def test_what_age_takes_is_no_fault(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase")
    desk.clock.move(timedelta(days=3649))
    noted(desk, "search")
    desk.clock.move(timedelta(days=2))

    desk.built.keeper.run("a test")

    desk.built.chain.seal()
    found = desk.built.chain.check()
    assert {row.action for row in audited(desk)} == {"search", "retention_begun", "retention_run"}
    assert (found.seals, found.gone, found.fault) == (2, 0, None)
    assert desk.rows(tables.audit_sealed)[0].seal_id in {seal.id for seal in desk.rows(tables.audit_seal)}


def test_a_row_older_than_its_seal_is_taken_and_counted(desk: DeskInProcess) -> None:
    """What was written before there were seals is sealed late, and goes in its own time."""
    desk.built.audit.note("anna", "export")
    desk.clock.move(timedelta(days=3000))
    noted(desk, "search")
    desk.clock.move(timedelta(days=1000))

    desk.built.keeper.run("a test")

    found = desk.built.chain.check()
    assert (found.seals, found.rows, found.gone, found.fault) == (1, 2, 1, None)


def test_what_is_taken_under_the_name_of_age_is_found(desk: DeskInProcess) -> None:
    noted(desk, "export")
    desk.built.keeper.run("a test")
    desk.built.chain.seal()

    desk.built.watch.holds("retention", "somebody", 60)
    with desk.built.database.begin() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.action == "export"))

    assert fault(desk) == (Break.ROW_MISSING, 1)


def test_the_last_seal_stays_however_old(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase")
    desk.clock.move(timedelta(days=4000))

    desk.built.keeper.run("a test")

    assert [seal.number for seal in desk.rows(tables.audit_seal)] == [2]
    desk.built.chain.seal()
    assert fault(desk) is None


# ---------------------------------------------------------------------------------------------------------- who seals


def background(desk: DeskInProcess) -> Background:
    built = desk.built
    teller = Teller(None, desk.settings.public_url)
    return Background(desk.desk, built.watch, built.records, teller, "web", chain=built.chain)


def test_one_process_at_a_time_seals(desk: DeskInProcess) -> None:
    first, second = background(desk), background(desk)
    desk.built.audit.note("anna", "export")
    first._seal()
    desk.built.audit.note("anna", "erase")
    second._seal()
    held = desk.built.chain.check().waiting
    desk.age(tables.lease.c.leased_until)  # the first has died

    second._seal()

    found = desk.built.chain.check()
    assert (held, found.seals, found.waiting, found.fault) == (1, 2, 0, None)


def test_the_newest_hash_is_said_once_an_hour(desk: DeskInProcess, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("sportello.background")
    logger.addHandler(caplog.handler)
    process = background(desk)

    with caplog.at_level(logging.INFO, "sportello.background"):
        for minutes in (0, 20, 41, 1):
            desk.clock.move(timedelta(minutes=minutes))
            desk.built.audit.note("anna", "search")
            process._seal()
    logger.removeHandler(caplog.handler)

    hashes = {seal.number: seal.seal_hash.hex() for seal in desk.rows(tables.audit_seal)}
    said = {(record.__dict__["seal"], record.__dict__["hash"]) for record in caplog.records}
    assert said == {(number, hashes[number]) for number in (1, 3)}


def test_a_running_desk_seals_by_itself(desk: DeskInProcess) -> None:
    process = background(desk)
    process.start()
    try:
        desk.built.audit.note("anna", "export")
        assert until(lambda: not desk.built.chain.has_new())
    finally:
        process.stop()

    assert fault(desk) is None


# ----------------------------------------------------------------------------------------------------------- commands


def run(desk: DeskInProcess, *words: str) -> tuple[int, str]:
    done = desk.app.test_cli_runner().invoke(args=("audit", *words))
    return done.exit_code, done.output


def test_a_whole_chain_is_said_to_be_whole(desk: DeskInProcess) -> None:
    noted(desk, "export")
    (seal,) = desk.rows(tables.audit_seal)

    code, said = run(desk, "verify")

    assert code == 0
    assert said == (
        f"Whole up to {seal.sealed_at:%Y-%m-%d %H:%M:%S}Z (seal 1): 1 seals, 1 rows, 0 of them gone by age; "
        f"0 not sealed yet.\nIts hash: {seal.seal_hash.hex()}\n"
    )


def test_a_broken_chain_ends_with_one(desk: DeskInProcess) -> None:
    noted(desk, "export", "erase")
    tamper(desk, update(tables.audit).where(tables.audit.c.action == "erase").values(actor="bruno"))

    code, said = run(desk, "verify")

    assert code == 1
    assert "BROKEN at seal 2" in said and "a row was altered" in said


def test_a_noted_hash_is_looked_for(desk: DeskInProcess) -> None:
    noted(desk, "export")
    (seal,) = desk.rows(tables.audit_seal)

    codes = [run(desk, "verify", "--anchor", anchor)[0] for anchor in (seal.seal_hash.hex().upper(), "0" * 64, "abc")]

    assert codes == [0, 1, 2]


def test_the_rows_are_listed_and_that_is_noted(desk: DeskInProcess) -> None:
    desk.built.audit.note("anna", "export", ("contact", UUID(int=7)), {"rows": 3})

    code, said = run(desk, "show", "--by", "titolare", "--action", "export")

    assert code == 0
    assert [line.split()[2:] for line in said.splitlines()] == [
        ["anna", "export", "contact", str(UUID(int=7)), "rows=3"]
    ]
    assert [(row.actor, row.action) for row in audited(desk)][-1] == ("titolare", "read_audit")


# -------------------------------------------------------------------------------------------------------------- the page


@pytest.fixture
def auditor(desk: DeskInProcess) -> AtConsole:
    return signed_in(desk, Role.AUDITOR, first_name="Rita")


def test_the_auditor_reads_who_did_what(desk: DeskInProcess, auditor: AtConsole) -> None:
    desk.built.audit.note("cli:ops", "rotate_keys")
    desk.built.chain.seal()

    shown = auditor.get("/audit").get_data(as_text=True)

    assert "Integro fino al" in shown
    assert "cli:ops" in shown and "Chiavi rinnovate" in shown
    assert "Ha letto il registro" in shown  # this very reading


def test_the_page_says_that_the_chain_is_broken(desk: DeskInProcess, auditor: AtConsole) -> None:
    noted(desk, "export")
    tamper(desk, update(tables.audit).where(tables.audit.c.action == "export").values(actor="bruno"))

    shown = auditor.get("/audit").get_data(as_text=True)

    assert "Il registro non è integro" in shown
    assert "Una riga è stata cambiata dopo il sigillo." in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("what=erase", {"erase"}),
        ("who=others", {"export", "erase"}),
        ("day=2026-11-24", {"erase"}),
        ("day=2026-11-22", set()),
        ("who=nobody", set()),
    ],
)
def test_rows_are_chosen(desk: DeskInProcess, query: str, found: set[str]) -> None:
    desk.built.audit.note("bruno", "export")
    desk.clock.move(timedelta(hours=15))  # past midnight on the clinic's clock
    desk.built.audit.note("bruno", "erase")

    rows = taken(signed_in(desk, Role.AUDITOR), query)

    assert {row["action"] for row in rows if row["actor"] == "bruno"} == found


def taken(browser: AtConsole, query: str = "") -> list[dict[str, str]]:
    """Download the file and read it."""
    return list(csv.DictReader(browser.get(f"/audit/rows?{query}").get_data(as_text=True).splitlines()))


def test_the_file_has_every_row_and_says_who_took_it(desk: DeskInProcess, auditor: AtConsole) -> None:
    for _ in range(60):
        desk.built.audit.note("bruno", "export", ("contact", UUID(int=7)), {"rows": 3})
    assert auditor.member is not None

    rows = taken(auditor)

    assert len(rows) == len(audited(desk))
    (last, *_) = rows
    assert (last["actor"], last["name"], last["action"]) == (auditor.member.actor, "Rita Prova", "export_audit")
    assert (rows[1]["table"], rows[1]["id"], rows[1]["counts"]) == ("contact", str(UUID(int=7)), "rows 3")


def test_a_spreadsheet_reckons_nothing_out(desk: DeskInProcess, auditor: AtConsole) -> None:
    desk.built.audit.note("=HYPERLINK(1)", "export")

    rows = taken(auditor, "what=export")

    assert [row["actor"] for row in rows] == ["'=HYPERLINK(1)"]


def test_older_rows_are_on_the_next_page(desk: DeskInProcess, auditor: AtConsole) -> None:
    for number in range(120):
        desk.built.audit.note(f"process {number:03}", "export")
        desk.clock.move(timedelta(seconds=number % 2))

    seen: list[str] = []
    address: str | None = "/audit?what=export"
    while address is not None:
        shown = auditor.get(address).get_data(as_text=True)
        seen += re.findall(r"process \d{3}", shown)
        older = re.search(r'href="/console(/audit\?[^"]*after=[^"]*)"', shown)
        address = html.unescape(older[1]) if older else None

    assert seen == [f"process {number:03}" for number in reversed(range(120))]


@pytest.mark.parametrize("path", ["/audit?day=yesterday", "/audit?after=x", "/audit/rows?day=9999-12-31"])
def test_what_cannot_be_chosen_is_refused(auditor: AtConsole, path: str) -> None:
    assert auditor.get(path).status_code == 400


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.NURSE, Role.CLINICIAN, Role.MANAGER])
def test_to_the_others_the_page_is_not_there(desk: DeskInProcess, role: Role) -> None:
    other = signed_in(desk, role)

    assert [other.get(path).status_code for path in ("/audit", "/audit/rows")] == [404, 404]


# -------------------------------------------------------------------------------------------------- what reading leaves


def test_every_reading_of_people_leaves_a_row(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("dolore al petto, non respiro")
    (chat,) = desk.rows(tables.conversation)
    carla = signed_in(desk)
    assert carla.member is not None
    before = len(audited(desk))

    carla.get("/queue")
    carla.get(f"/conversations/{chat.id}")
    carla.post("/search", wanted="393330000001")
    carla.get("/spam")

    left = [(row.actor, row.action, row.subject_id) for row in audited(desk)[before:]]
    assert left == [
        (carla.member.actor, "read_queue", None),
        (carla.member.actor, "read", chat.id),
        (carla.member.actor, "search", None),
        (carla.member.actor, "read_spam", None),
    ]
