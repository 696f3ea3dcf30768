"""Encryption at rest: a value opens in its own place only, old keys read, rotation misses nothing, and nothing lies about in plain."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from bot.store import SealBroken, Seals, tables
from bot.store.rotation import SEALED, rotate
from tests.conftest import MakeDesk
from tests.desks import ANNA, NUMBER, DeskInProcess

ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
OLD, NEW = ("k1", b"1" * 32), ("k2", b"2" * 32)
SEALS = Seals([OLD], b"h" * 32)
NEW_KEYS = "k2:ODc2NTQzMjEwOTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc="


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_in_its_place(plain: str) -> None:
    sealed = SEALS.seal(plain, "message", "content_sealed", ROW)

    assert SEALS.open(sealed, "message", "content_sealed", ROW) == plain


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("message", "content_sealed", OTHER_ROW),
        ("message", "other_sealed", ROW),
        ("outbox", "content_sealed", ROW),
    ],
)
def test_a_value_that_was_moved_does_not_open(table: str, column: str, row: UUID) -> None:
    sealed = SEALS.seal("una parola", "message", "content_sealed", ROW)

    with pytest.raises(SealBroken, match="altered or moved"):
        SEALS.open(sealed, table, column, row)


def test_a_value_with_any_byte_altered_does_not_open() -> None:
    sealed = SEALS.seal("una parola", "message", "content_sealed", ROW)

    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            SEALS.open(altered, "message", "content_sealed", ROW)


def test_a_value_cut_short_does_not_open() -> None:
    sealed = SEALS.seal("una parola", "message", "content_sealed", ROW)

    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            SEALS.open(sealed[:length], "message", "content_sealed", ROW)


def test_the_same_words_are_never_sealed_alike() -> None:
    assert len({SEALS.seal("una parola", "message", "content_sealed", ROW) for _ in range(100)}) == 100


def test_an_old_key_still_reads_and_its_values_are_stale() -> None:
    sealed, both = SEALS.seal("una parola", "message", "content_sealed", ROW), Seals([NEW, OLD], b"h" * 32)

    assert both.open(sealed, "message", "content_sealed", ROW) == "una parola"
    assert (SEALS.is_stale(sealed), both.is_stale(sealed)) == (False, True)


def test_a_key_that_is_gone_is_named_and_nothing_else_is() -> None:
    sealed = SEALS.seal("una parola", "message", "content_sealed", ROW)

    with pytest.raises(SealBroken) as broken:
        Seals([NEW], b"h" * 32).open(sealed, "message", "content_sealed", ROW)

    assert str(broken.value) == f"no key 'k1' in FIELD_KEYS: message.content_sealed of {ROW}"


def test_hashes_are_keyed_and_their_kinds_kept_apart() -> None:
    hashes = {
        SEALS.digest("wa_id", "393330000001"),
        SEALS.digest("user_id", "393330000001"),
        Seals([OLD], b"i" * 32).digest("wa_id", "393330000001"),
    }

    assert len(hashes) == 3


# ---------------------------------------------------------------------------------------------------------------- rotation


def stale(desk: DeskInProcess, seals: Seals) -> list[str]:
    """Return the columns that hold something another key wrote."""
    return [
        f"{table.name}.{column}"
        for table, column in SEALED
        for row in desk.rows(table)
        if (value := getattr(row, column)) and seals.is_stale(value)
    ]


def test_rotation_seals_everything_again(make_desk: MakeDesk, environ: dict[str, str]) -> None:
    before = make_desk()
    patient = before.patient()
    for words in ("ciao", "lingua", "una parola"):
        patient.writes(words)
    environ["FIELD_KEYS"] = f"{NEW_KEYS},{environ['FIELD_KEYS']}"
    after = make_desk()

    counted = rotate(after.built.database, after.built.seals)
    again = rotate(after.built.database, after.built.seals)

    assert stale(after, after.built.seals) == []
    assert (counted["message.content_sealed"], counted["contact.person_sealed"]) == (3, 1)
    assert set(again.values()) == {0}


def test_with_the_old_key_removed_after_rotation_the_conversation_goes_on(
    make_desk: MakeDesk, environ: dict[str, str]
) -> None:
    make_desk().patient().taps("main/menu/info")
    environ["FIELD_KEYS"] = f"{NEW_KEYS},{environ['FIELD_KEYS']}"
    both = make_desk()
    rotate(both.built.database, both.built.seals)
    environ["FIELD_KEYS"] = NEW_KEYS
    patient = make_desk().patient()

    patient.writes("1")

    assert "info/topics" in " ".join(patient.reads().taps)


def test_messages_that_come_in_while_keys_are_rotated_are_not_lost(
    make_postgres_desk: MakeDesk, environ: dict[str, str]
) -> None:
    old = make_postgres_desk()
    people = [old.patient(f"39333{number:07}") for number in range(20)]
    for patient in people:
        patient.writes("ciao")
    environ["FIELD_KEYS"] = f"{NEW_KEYS},{environ['FIELD_KEYS']}"
    new, ended = make_postgres_desk(), threading.Event()
    codes: list[int] = []

    def write() -> None:
        while not ended.is_set():
            for number in range(20):
                codes.append(new.patient(f"39333{number:07}").writes("menu"))
            new.clock.move(new.clock.now() - new.clock.now().replace(second=new.clock.now().second))

    writing = threading.Thread(target=write)
    writing.start()
    rotate(new.built.database, new.built.seals)
    ended.set()
    writing.join()

    assert stale(new, new.built.seals) == []
    assert set(codes) == {200}
    assert not any(outcome == "open" and reason for outcome, reason in new.outcomes())


# -------------------------------------------------------------------------------------------------- nothing lies about in plain

PHONE, USER, NAME, USERNAME = "393339876543", "IT.9988776655443322", "Canarina", "canarina.prova"
WAMID = "wamid." + base64.b64encode(f"\x1d\x0c{PHONE}\x15\x02".encode()).decode()
WORDS = "canarinozzo"
SECRETS = (PHONE, USER, NAME, USERNAME, WAMID, WORDS, "segretino", "canarina.pdf")


def plain_values(desk: DeskInProcess) -> Iterator[tuple[str, bytes]]:
    """Return every value of every column of every table there is, as bytes."""
    with desk.built.database.begin() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                for column, value in row.items():
                    yield f"{table}.{column}", value if isinstance(value, bytes) else str(value).encode()


def decoded(value: bytes) -> Iterator[bytes]:
    """Return a value as it is, and whatever in it may be hex or base64, decoded."""
    yield value
    for run in re.findall(rb"[A-Za-z0-9+/_-]{8,}={0,2}", value):
        for cut in range(4):
            part = run[cut:].replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
            yield base64.b64decode(part[: len(part) // 4 * 4])
    if re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", value):
        yield bytes.fromhex(value.decode())


def live_a_little(desk: DeskInProcess) -> None:
    """Have a canary write, tap, send files, be refused, be taken over and change its number."""
    patient = desk.patient(PHONE, USER, NAME)
    body = patient.body(patient.message(id=WAMID, type="text", text={"body": f"sono {NAME}, {WORDS}"}))
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]["username"] = USERNAME
    desk.post(body)
    patient.taps("main/menu/info", WORDS)
    file = {"id": "1", "mime_type": "application/pdf", "filename": "canarina.pdf", "caption": WORDS}
    patient.sends(type="document", document=file)
    patient.sends(type="reaction", reaction={"message_id": WAMID, "emoji": "x"})
    patient.sends(type=WORDS, **{WORDS: {NAME: PHONE}})
    patient.sends(type="text", text={"body": ["segretino", PHONE]})
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception", WORDS)
    patient.taps("person/known/new")
    patient.writes(f"{WORDS} segretino")
    (conversation, *_) = desk.rows(tables.conversation)
    desk.desk.say(conversation.id, ANNA, f"Buongiorno {NAME}, segretino")
    status = {
        "id": desk.whatsapp.sent[0].wamid,
        "status": "delivered",
        "recipient_id": PHONE,
        "timestamp": "1795424400",
    }
    value: dict[str, Any] = {"metadata": {"phone_number_id": NUMBER}, "statuses": [status, {"id": WAMID, "x": NAME}]}
    change = {"field": "messages", "value": value}
    desk.post(
        {
            "entry": [
                {"id": "1", "changes": [change, {"field": "calls", "value": {"calls": [{"id": WAMID, "from": PHONE}]}}]}
            ]
        }
    )
    desk.post(
        {
            NAME: PHONE,
            "entry": [{"changes": [{"field": "messages", "value": {"messages": [{"from": PHONE, NAME: WORDS}]}}]}],
        }
    )
    patient.sends(type="system", system={"type": "user_changed_number", "wa_id": "393339876000", "body": NAME})


def test_no_word_name_number_or_wamid_stands_in_plain_in_any_column(desk: DeskInProcess) -> None:
    live_a_little(desk)

    found = {
        (column, secret)
        for column, value in plain_values(desk)
        for part in decoded(value)
        for secret in SECRETS
        if secret.encode() in part
    }

    assert len(desk.rows(tables.message)) > 8
    assert found == {("message.kind", WORDS)}  # the type of a message is Meta's word, never a patient's


def test_the_file_of_a_sqlite_desk_holds_nothing_in_plain(environ: dict[str, str], tmp_path: Path) -> None:
    desk = DeskInProcess({**environ, "DATABASE_URL": f"sqlite:///{tmp_path}/canary.sqlite"})
    live_a_little(desk)
    raw = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("canary.sqlite*")))
    desk.close()

    assert [secret for secret in SECRETS if secret.encode() in raw and secret != WORDS] == []
