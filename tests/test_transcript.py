"""A real conversation exported: the form of `conversations/*.yaml`, and nothing in it that a person gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from click.testing import Result

from bot.store import tables
from bot.store.agenda_tables import appointment
from tests.desks import ANNA, DeskInProcess, Patient
from tests.talks import play, read_talk
from tests.test_booking import Booker
from tests.test_conversations import compare

CANARIES = ("Anna", "Prova", "3933300", "RSSMRA80A01H501U", "cugina", "Bianchi", "wamid")


@pytest.fixture
def desk(environ: dict[str, str], sqlite_url: str) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": sqlite_url})
    yield made
    made.close()


@pytest.fixture
def patient(desk: DeskInProcess) -> Patient:
    return desk.patient()


def export(desk: DeskInProcess, conversation: UUID) -> Result:
    return desk.app.test_cli_runner().invoke(args=["conversation", "export", str(conversation)])


def exported(desk: DeskInProcess) -> str:
    (row,) = desk.rows(tables.conversation)
    return export(desk, row.id).output


def lines(text: str) -> list[Mapping[str, Any]]:
    return list(yaml.load(text, Loader=yaml.BaseLoader)["talk"])


def test_taps_and_texts_stand_by_their_keys_and_values(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.taps("main/menu/info")
    patient.taps("info/which/centro")
    patient.taps("info/topics/hours")
    patient.taps("info/which_day/2026-11-24")

    talk = lines(exported(desk))

    assert [line for line in talk if "taps" in line] == [
        {"taps": "main/menu/info"},
        {"taps": "info/which/centro"},
        {"taps": "info/topics/hours"},
        {"taps": "info/which_day/2026-11-24"},
    ]
    assert talk[0] == {"patient": "ciao"}
    assert talk[-1]["says"] == ["info/hours_open", "info/topics"]
    assert talk[-1]["values"]["place_name"] == "Sede Centro"


def test_nothing_a_person_gave_is_in_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("sono la cugina di Bianchi, codice RSSMRA80A01H501U")
    patient.sends(type="image", image={"id": "1", "mime_type": "image/jpeg", "caption": "la cugina di Bianchi"})
    patient.writes("persona")
    patient.taps("person/which/reception")
    patient.taps("person/known/new")
    patient.writes("una fattura della cugina di Bianchi")
    (row,) = desk.rows(tables.conversation)
    desk.desk.claim(row.id, ANNA)
    desk.desk.say(row.id, ANNA, "Buongiorno signora Bianchi")
    patient.taps("language/which/Bianchi")

    text = exported(desk)

    assert [canary for canary in CANARIES if canary in text] == []
    assert {"staff": "[3 words]"} in lines(text)
    assert {"taps": "[redacted]"} not in lines(text)


def test_who_comes_when_and_to_whom_is_not_in_it(desk: DeskInProcess, patient: Patient) -> None:
    someone = Booker(patient).comes_to_the_summary()
    someone.chooses(someone.confirm)
    (booked,) = desk.rows(appointment)

    text = exported(desk)

    assert "book/booked" in text
    told = ("Anna", "1980", "Neri", "neri", "Sede Centro", "20261123T1100", "12:00", booked.code, str(booked.id))
    assert [one for one in told if one in text] == []


def test_a_talk_of_taps_and_keywords_can_be_played_again(desk: DeskInProcess, patient: Patient, tmp_path: Path) -> None:
    patient.writes("ciao")
    patient.taps("main/menu/results")
    patient.taps("results/after/menu")
    patient.writes("consigli")
    patient.taps("tips/which_topic/sleep")
    file = tmp_path / "played.yaml"
    file.write_text(exported(desk), encoding="utf-8")

    host = play(read_talk(file), compare)

    assert host.conversation.at is not None
    assert (host.conversation.at.flow, host.conversation.at.node) == ("tips", "which")


def test_an_export_is_noted(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")

    exported(desk)

    assert [row.action for row in desk.rows(tables.audit)] == ["conversation_export"]


def test_a_conversation_nobody_has_is_told(desk: DeskInProcess) -> None:
    done = export(desk, uuid4())

    assert (done.exit_code, "there is no conversation of this id" in done.output) == (1, True)
