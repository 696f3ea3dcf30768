"""Who writes: known by user id, by phone number or both, re-keyed when Meta says so, and never merged by name."""

from __future__ import annotations

import json
from typing import Any

from bot.store import tables
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess, together

PHONE, OTHER_PHONE = "393330000001", "393330000002"
USER, OTHER_USER = "IT.1111111111", "IT.2222222222"


def known(desk: DeskInProcess) -> list[tuple[str | None, str | None]]:
    """Return the ids of every contact, oldest first."""
    seals, found = desk.built.seals, []
    for row in sorted(desk.rows(tables.contact), key=lambda row: row.id):
        text = seals.open(row.person_sealed, "contact", "person_sealed", row.id)
        user_id, wa_id, *_ = json.loads(text)
        assert row.user_id_hash == (seals.digest("user_id", user_id) if user_id else None)
        assert row.wa_id_hash == (seals.digest("wa_id", wa_id) if wa_id else None)
        found.append((user_id, wa_id))
    return found


def system(desk: DeskInProcess, phone: str | None, user: str | None, **told: Any) -> int:
    """Post a system message from these ids."""
    return desk.patient(phone, user).sends(type="system", system=told)


def test_somebody_with_a_phone_number_only_is_answered(desk: DeskInProcess) -> None:
    patient = desk.patient(PHONE, None)
    patient.writes("ciao")

    assert patient.reads().to.wa_id == PHONE
    assert known(desk) == [(None, PHONE)]


def test_somebody_without_a_phone_number_is_answered(desk: DeskInProcess) -> None:
    patient = desk.patient(None, USER)
    patient.writes("ciao")

    read = patient.reads().to
    assert (read.user_id, read.wa_id) == (USER, None)
    assert known(desk) == [(USER, None)]


def test_both_ids_are_one_person(desk: DeskInProcess) -> None:
    desk.patient(PHONE, USER).writes("ciao")
    desk.patient(PHONE, None).writes("ciao")
    desk.patient(None, USER).writes("ciao")

    assert known(desk) == [(USER, PHONE)]
    assert len(desk.rows(tables.conversation)) == 1


def test_a_phone_number_that_appears_later_is_learned(desk: DeskInProcess) -> None:
    desk.patient(None, USER).writes("ciao")
    desk.patient(PHONE, USER).writes("ciao")

    assert known(desk) == [(USER, PHONE)]


def test_a_user_id_that_appears_later_is_learned(desk: DeskInProcess) -> None:
    desk.patient(PHONE, None).writes("ciao")
    desk.patient(PHONE, USER).writes("ciao")

    assert known(desk) == [(USER, PHONE)]


def test_a_recycled_number_is_another_person(desk: DeskInProcess) -> None:
    desk.patient(PHONE, USER).writes("vorrei parlare con una persona")

    new = desk.patient(PHONE, OTHER_USER, "Bruno Prova")
    new.writes("ciao")

    assert known(desk) == [(USER, None), (OTHER_USER, PHONE)]
    assert len(desk.rows(tables.conversation)) == 2
    assert "Le diamo il benvenuto" in new.reads_all()[-1].body


def test_a_number_that_passes_to_somebody_known_is_theirs(desk: DeskInProcess) -> None:
    desk.patient(PHONE, USER).writes("ciao")
    desk.patient(OTHER_PHONE, OTHER_USER).writes("ciao")

    desk.patient(PHONE, OTHER_USER).writes("ciao")

    assert known(desk) == [(USER, None), (OTHER_USER, PHONE)]


def test_two_halves_of_a_person_are_one_from_when_they_are_seen_together(desk: DeskInProcess) -> None:
    """Known by phone and, apart, by user id: the user id's conversation goes on, the other loses the number."""
    desk.patient(PHONE, None).writes("ciao")
    desk.patient(None, USER).writes("ciao")

    desk.patient(PHONE, USER).writes("ciao")

    assert known(desk) == [(None, None), (USER, PHONE)]


def test_people_of_one_name_are_never_merged(desk: DeskInProcess) -> None:
    for phone in (PHONE, OTHER_PHONE):
        desk.patient(phone, None, "Anna Prova").writes("ciao")

    assert known(desk) == [(None, PHONE), (None, OTHER_PHONE)]


def test_a_changed_name_is_no_other_person(desk: DeskInProcess) -> None:
    for name in ("Anna Prova", "Annina \U0001f338"):
        desk.patient(PHONE, None, name).writes("ciao")

    assert known(desk) == [(None, PHONE)]


def test_first_messages_at_once_with_different_ids_of_one_person_are_one_contact(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    desk.patient(PHONE, USER).writes("ciao")

    ids = [(PHONE, None), (None, USER), (PHONE, USER)] * 6
    codes = together(18, lambda index: desk.patient(*ids[index]).writes("ciao"))

    assert set(codes) == {200}
    assert known(desk) == [(USER, PHONE)]


def test_two_people_who_first_write_from_one_number_at_once_stay_two(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()

    codes = together(8, lambda index: desk.patient(PHONE, (USER, OTHER_USER)[index % 2]).writes("ciao"))

    assert set(codes) <= {200, 503}
    assert {user for user, _ in known(desk)} == {USER, OTHER_USER}
    assert sorted(phone or "" for _, phone in known(desk)) == ["", PHONE]


# ------------------------------------------------------------------------------------------------------- what Meta tells us


def test_a_changed_number_goes_on_in_the_same_conversation(desk: DeskInProcess) -> None:
    desk.patient(PHONE, None).writes("ciao")

    system(desk, PHONE, None, type="user_changed_number", wa_id=OTHER_PHONE, body="x")
    desk.patient(OTHER_PHONE, None).writes("ciao")

    assert known(desk) == [(None, OTHER_PHONE)]
    assert desk.outcomes()[1] == ("ignored", "system")
    assert desk.rows(tables.contact)[0].changed_at is not None


def test_a_changed_user_id_goes_on_in_the_same_conversation(desk: DeskInProcess) -> None:
    desk.patient(None, USER).writes("ciao")

    system(desk, None, USER, type="user_changed_user_id", user_id=OTHER_USER, previous_user_id=USER)
    desk.patient(None, OTHER_USER).writes("ciao")

    assert known(desk) == [(OTHER_USER, None)]


def test_a_change_to_ids_of_somebody_else_merges_nobody(desk: DeskInProcess) -> None:
    desk.patient(PHONE, None).writes("ciao")
    desk.patient(OTHER_PHONE, None).writes("ciao")

    code = system(desk, PHONE, None, type="user_changed_number", wa_id=OTHER_PHONE, body="x")

    assert code == 200
    assert known(desk) == [(None, PHONE), (None, OTHER_PHONE)]


def test_a_changed_identity_makes_what_was_known_unproven(desk: DeskInProcess) -> None:
    desk.patient(PHONE, None).writes("ciao")
    desk.patient(PHONE, None).taps("main/menu/info")

    system(desk, PHONE, None, type="customer_identity_changed", body="x", customer=PHONE)

    (contact,) = desk.rows(tables.contact)
    (conversation,) = desk.rows(tables.conversation)
    with desk.built.lanes.lane_of(conversation.id) as lane:
        answers = dict(lane.chat.standing.answers)
    assert contact.changed_at == desk.clock.now()
    assert answers == {}


def test_a_stop_of_marketing_in_whatsapp_stops_campaigns_only(desk: DeskInProcess) -> None:
    desk.patient(PHONE, None).writes("ciao")
    wish = {"wa_id": PHONE, "category": "marketing_messages", "value": "stop", "timestamp": 1764000000}
    value = {"metadata": {"phone_number_id": "106540352242922"}, "user_preferences": [wish]}
    change = {"field": "user_preferences", "value": value}

    desk.post({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]})

    assert [row.purpose for row in desk.rows(tables.stop)] == ["campaign"]
