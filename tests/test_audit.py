"""The audit's chain: what is new is sealed, what is tampered with is found, what age takes is no fault; and its reader's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from uuid_utils.compat import uuid7

from bot.staff import Role
from bot.store import tables
from bot.trail import Break, Checked, Fault
from tests.conftest import MakeDesk
from tests.consoles import AtConsole, signed_in
from tests.desks import DeskInProcess, together
from tests.dumps import audited

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
