"""The people known behind one phone: kept once, newest first, forgotten with the number, and part of one person's rights."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from bot.agenda import Patient, People
from bot.model import Contact
from bot.store import Seals
from bot.store.known_tables import person_known
from bot.store.rotation import rotate
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess, together
from tests.dumps import dump

CARLA = Patient(None, "Carla", date(1989, 5, 12))
LUCA = Patient("p-7", "Luca", date(2019, 3, 1))
PHONE, OTHER_PHONE = "393330000011", "393330000012"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database, but where many are at work at once."""
    return sqlite_url


def people(desk: DeskInProcess) -> People:
    """Return the port as the flows get it."""
    booking = desk.built.house.booking
    assert booking is not None and booking.people is not None
    return booking.people


def contact(desk: DeskInProcess, phone: str = PHONE) -> UUID:
    """Have somebody write; return whose row it is."""
    desk.patient(phone, None).writes("ciao")
    (found,) = desk.built.rights.find(Contact(None, phone))
    return found


def test_nobody_is_known_at_first(desk: DeskInProcess) -> None:
    assert people(desk).of(contact(desk)) == ()


def test_whoever_was_booked_for_last_comes_first(desk: DeskInProcess) -> None:
    anna = contact(desk)
    for patient in (CARLA, LUCA, CARLA):
        people(desk).remember(anna, patient)
        desk.clock.move(timedelta(minutes=1))

    assert people(desk).of(anna) == (CARLA, LUCA)


def test_the_same_name_and_birth_date_is_one_person_and_what_is_new_of_them_is_kept(desk: DeskInProcess) -> None:
    anna = contact(desk)
    people(desk).remember(anna, CARLA)

    people(desk).remember(anna, Patient("p-1", "CÀRLA ", CARLA.birth_date))

    assert people(desk).of(anna) == (Patient("p-1", "CÀRLA ", CARLA.birth_date),)


def test_two_of_one_name_are_told_apart_by_their_birth_dates(desk: DeskInProcess) -> None:
    anna = contact(desk)
    older, unknown = Patient(None, "Carla", date(1950, 1, 1)), Patient(None, "Carla")
    for patient in (CARLA, older, unknown):
        people(desk).remember(anna, patient)

    assert set(people(desk).of(anna)) == {CARLA, older, unknown}


def test_nobody_is_offered_whom_another_phone_booked_for(desk: DeskInProcess) -> None:
    anna, bruno = contact(desk), contact(desk, OTHER_PHONE)
    people(desk).remember(anna, CARLA)
    people(desk).remember(bruno, LUCA)

    assert (people(desk).of(anna), people(desk).of(bruno)) == ((CARLA,), (LUCA,))


def test_what_is_kept_cannot_be_read_in_the_database_nor_compared_across_phones(desk: DeskInProcess) -> None:
    for patient in (contact(desk), contact(desk, OTHER_PHONE)):
        people(desk).remember(patient, CARLA)

    rows = desk.rows(person_known)

    assert len({row.person_hash for row in rows}) == 2
    assert not any(word in str(rows) for word in ("Carla", "1989"))


def test_only_as_many_are_kept_as_one_list_shows(desk: DeskInProcess) -> None:
    anna = contact(desk)
    family = [Patient(None, f"Nome {number}") for number in range(11)]
    for patient in family:
        people(desk).remember(anna, patient)
        desk.clock.move(timedelta(minutes=1))

    assert people(desk).of(anna) == tuple(reversed(family[2:]))
    assert len(desk.rows(person_known)) == 9


def test_one_is_forgotten_or_everybody(desk: DeskInProcess) -> None:
    anna = contact(desk)
    for patient in (CARLA, LUCA):
        people(desk).remember(anna, patient)

    counts = people(desk).forget(anna, CARLA), people(desk).forget(anna, CARLA), people(desk).forget(anna)

    assert (counts, people(desk).of(anna)) == ((1, 0, 1), ())


def test_after_a_change_of_number_nobody_is_offered(desk: DeskInProcess) -> None:
    anna, bruno = contact(desk), contact(desk, "393330000013")
    for patient in (anna, bruno):
        people(desk).remember(patient, CARLA)

    desk.patient(PHONE, None).sends(
        type="system", system={"type": "user_changed_number", "wa_id": OTHER_PHONE, "body": "x"}
    )

    assert contact(desk, OTHER_PHONE) == anna
    assert (people(desk).of(anna), people(desk).of(bruno)) == ((), (CARLA,))


def test_an_erasure_takes_them_and_nobody_comes_back(desk: DeskInProcess) -> None:
    anna = contact(desk)
    people(desk).remember(anna, CARLA)

    erased = desk.built.rights.erase(anna, "titolare")
    people(desk).remember(anna, LUCA)

    assert erased is not None and (erased.found["person_known"], erased.left["person_known"]) == (1, 0)
    assert people(desk).of(anna) == ()


def test_nobody_is_kept_for_a_contact_that_is_not_there(desk: DeskInProcess) -> None:
    people(desk).remember(uuid7(), CARLA)

    assert desk.rows(person_known) == []


def test_a_copy_of_the_data_names_them(desk: DeskInProcess, tmp_path: Path) -> None:
    anna = contact(desk)
    people(desk).remember(anna, LUCA)

    said = desk.app.test_cli_runner().invoke(args=["export", str(anna), "--to", str(tmp_path / "copy")])

    plain, words = sorted((tmp_path / "copy").iterdir())
    (known,) = json.loads(plain.read_text("utf-8"))["people"]
    assert said.exit_code == 0, said.output
    assert known["person"] == {"id": "p-7", "first_name": "Luca", "birth_date": "2019-03-01"}
    assert "Luca" in words.read_text("utf-8")


def test_they_go_when_nobody_has_written_for_as_long_as_words_are_kept(desk: DeskInProcess) -> None:
    people(desk).remember(contact(desk), CARLA)
    desk.clock.move(timedelta(days=61))

    desk.built.keeper.run("a test")

    assert [key for key in dump(desk) if key.startswith("person_known ")] == []


def test_they_are_sealed_again_with_a_new_key(desk: DeskInProcess) -> None:
    people(desk).remember(contact(desk), CARLA)
    settings = desk.built.settings
    newer = Seals((("k9", bytes(32)), *settings.field_keys), settings.hash_key)

    done = rotate(desk.built.database, newer)

    assert done["person_known.person_sealed"] == 1


def test_twenty_at_once_keep_somebody_once(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    anna = contact(desk)

    together(20, lambda number: people(desk).remember(anna, CARLA if number % 2 else LUCA))

    assert sorted(patient.first_name for patient in people(desk).of(anna)) == ["Carla", "Luca"]
