"""A database is used by a newcomer's demo only if it is empty or the demo's own."""

from __future__ import annotations

from sqlalchemy import text

from bot.store import Seals
from bot.store.belonging import is_ours
from tests.desks import NUMBER, DeskInProcess, Patient


def test_a_database_without_anybody_may_be_used(desk: DeskInProcess) -> None:
    assert is_ours(desk.built.database, Seals([("other", b"o" * 32)], b"h" * 32), "1")


def test_contacts_of_this_number_sealed_with_these_keys_are_ours(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")

    assert is_ours(desk.built.database, desk.built.seals, NUMBER)


def test_contacts_of_another_number_are_somebody_elses(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")

    assert not is_ours(desk.built.database, desk.built.seals, "100000000000001")


def test_contacts_sealed_with_other_keys_are_somebody_elses(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")

    assert not is_ours(desk.built.database, Seals([("k1", b"o" * 32)], b"h" * 32), NUMBER)


def test_tables_of_another_program_are_somebody_elses(desk: DeskInProcess) -> None:
    with desk.built.database.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS invoices"))
        connection.execute(text("ALTER TABLE contact RENAME TO invoices"))

    assert not is_ours(desk.built.database, desk.built.seals, NUMBER)
