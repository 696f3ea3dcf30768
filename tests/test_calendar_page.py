"""The calendar at the counter: what it shows, and what staff do in it once, with right and reason, never over a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update
from werkzeug.test import TestResponse

from bot.agenda import Appointment, AppointmentStatus, Changed, Patient, Slot, SlotTaken, Wanted
from bot.booking.visits import REASONS
from bot.clinic.hours import Span
from bot.console import load_texts
from bot.counter import Staff
from bot.daybook import CANCELS, Limit, OutsideLimits, Wished
from bot.staff import Permission, Role
from bot.store import tables
from bot.store.agenda_tables import agenda_block, agenda_exception, appointment, appointment_change
from bot.store.waiting_tables import waiting_offer
from tests.conftest import MakeDesk
from tests.consoles import AtConsole, signed_in
from tests.desks import MONDAY, DeskInProcess, minutes, together
from tests.dumps import audited

ROME = ZoneInfo("Europe/Rome")
TUESDAY = "2026-11-24"
CARLA = Staff("carla", "Carla")
NOON = f"{TUESDAY}T12:00"
NOBODYS = UUID(int=1)
ANNA = Patient(None, "Anna", date(1980, 5, 3))
FORM = {
    "service": "cardiology",
    "who": "neri",
    "place": "centro",
    "day": TUESDAY,
    "at": "15:00",
    "first_name": "Bruno",
    "birth_date": "1975-01-31",
}


@pytest.fixture
def sqlite_desk(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite"})
    yield made
    made.close()


@pytest.fixture
def carla(sqlite_desk: DeskInProcess) -> AtConsole:
    return signed_in(sqlite_desk)


def clock(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ROME).astimezone(UTC)


def wished(at: str = f"{TUESDAY}T15:00", override: str | None = None, **other: str) -> Wished:
    what = {"service": "cardiology", "practitioner": "neri", "place": "centro", **other}
    return Wished(**what, start=clock(at), override=override)


def entered(
    desk: DeskInProcess, at: str = f"{TUESDAY}T15:00", contact: UUID | None = None, **other: Any
) -> Appointment:
    return desk.built.reception.enter(CARLA, wished(at, **other), ANNA, contact, uuid4())


def contact_of(desk: DeskInProcess, name: str = "Anna Prova") -> tuple[UUID, UUID]:
    """Have somebody write; return their contact and their conversation."""
    desk.patient(name=name).writes("ciao")
    (row,) = desk.rows(tables.conversation)
    return row.contact_id, row.id


def actions(desk: DeskInProcess) -> list[str]:
    return [row.action for row in audited(desk) if row.action.startswith(("visit_", "block_", "unblock_", "search"))]


def changes(desk: DeskInProcess) -> list[tuple[str, str, str | None, str | None]]:
    rows = sorted(desk.rows(appointment_change), key=lambda row: row.id)
    return [(row.action, row.by, row.reason, row.overrode) for row in rows]


def states(desk: DeskInProcess) -> list[str]:
    return sorted(row.state for row in desk.rows(appointment))


# ------------------------------------------------------------------------------------------------------------ what is seen


def test_a_day_shows_everybody_of_a_place_with_what_is_booked(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)

    shown = carla.get(f"/calendar?day={TUESDAY}&place=centro").text

    assert re.findall(r'id="column-\d+"><a [^>]*>([^<]+)<', shown) == [
        "Dott.ssa Ada Neri",
        "Dott. Ugo Bianchi",
        "Dott. Ivo Conti",
    ]
    for words in ("15:00–15:30", "Anna", "Visita cardiologica", made.code, "da confermare"):
        assert words in shown
    assert "Non in servizio: Dott.ssa Ines Verdi, Dott.ssa Lea Riva." in shown


def test_a_week_shows_one_practitioner(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    entered(sqlite_desk)

    shown = carla.get(f"/calendar/week?who=neri&day={TUESDAY}").text

    assert len(re.findall(r'id="column-\d+"', shown)) == 5
    assert "Settimana dal 23 novembre al 29 novembre 2026" in shown
    assert "15:00–15:30" in shown


def test_a_confirmed_visit_says_so(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    sqlite_desk.built.reception.confirm(made.id, made.revision)

    assert "is-confirmed" in carla.get(f"/calendar?day={TUESDAY}").text.partition("calendar-key")[0]


def test_a_time_somebody_is_deciding_on_says_until_when(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    contact, chat = contact_of(sqlite_desk)
    calendar = sqlite_desk.built.reception
    slot = calendar.free(Wanted("cardiology", clock(f"{TUESDAY}T00:00"), clock(f"{TUESDAY}T23:00")), 1)[0]
    calendar.hold(slot, contact, uuid4(), 300)

    before = carla.get(f"/calendar?day={TUESDAY}").text
    sqlite_desk.clock.move(minutes(5))
    after = carla.get(f"/calendar?day={TUESDAY}").text

    assert "tenuto fino alle 10:05" in before
    assert f"/console/conversations/{chat}" in before
    assert "tenuto fino alle" not in after


def test_a_time_offered_to_the_waiting_list_says_so(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    contact, _ = contact_of(sqlite_desk)
    calendar = sqlite_desk.built.reception
    slot = calendar.free(Wanted("cardiology", clock(f"{TUESDAY}T00:00"), clock(f"{TUESDAY}T23:00")), 1)[0]
    held = calendar.hold(slot, contact, uuid4(), 300)
    what = {"service": "cardiology", "practitioner": "neri", "place": "centro", "slot": slot.id, "state": "open"}
    when = {"starts_at": slot.start, "ends_at": slot.end, "created_at": MONDAY}
    ids = {"id": uuid4(), "freed_id": uuid4(), "waiting_id": uuid4(), "contact_id": contact, "hold_id": held.id}
    with sqlite_desk.built.database.begin() as connection:
        connection.execute(insert(waiting_offer).values(**ids, **what, **when))

    shown = carla.get(f"/calendar?day={TUESDAY}").text

    assert "proposto alla lista" in shown


def test_the_version_changes_with_what_is_shown_and_with_time(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    def version() -> str:
        return str(
            carla.get(f"/calendar/version?day={TUESDAY}&place=centro", Accept="application/json").json["version"]
        )

    found = [version(), version()]
    made = entered(sqlite_desk)
    found.append(version())
    sqlite_desk.built.reception.confirm(made.id, made.revision)
    found.append(version())
    sqlite_desk.clock.move(minutes(5))
    found.append(version())

    assert (found[0] == found[1], len(set(found))) == (True, 4)


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    for _ in range(4):
        sqlite_desk.clock.move(minutes(10))
        answer = carla.get("/calendar/part")

    assert answer.status_code == 303


def test_a_closed_day_says_why(carla: AtConsole) -> None:
    assert "Sede Centro: Chiusura natalizia" in carla.get("/calendar?day=2026-12-25&place=centro").text


def test_a_visit_leads_to_its_conversation_for_the_teams_that_may_read_it(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    contact, chat = contact_of(sqlite_desk)
    made = entered(sqlite_desk, contact=contact)
    billing = signed_in(sqlite_desk, teams=("billing",))

    seen = [f"/console/conversations/{chat}" in one.get(f"/calendar/visits/{made.id}").text for one in (carla, billing)]

    assert seen == [True, False]


def test_looking_is_audited_once_in_a_while(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    for path in ("/calendar", "/calendar/week?who=neri", "/calendar"):
        assert carla.get(path).status_code == 200

    assert [row.action for row in audited(sqlite_desk)].count("read_calendar") == 1


def test_what_is_not_there_is_not_there(carla: AtConsole) -> None:
    expected = {
        "/calendar?day=2026-13-01": 400,
        "/calendar?day=9999-01-01": 404,
        "/calendar?who=nobody": 404,
        "/calendar?place=nowhere": 404,
        "/calendar/week?who=nobody": 404,
        f"/calendar/visits/{NOBODYS}": 404,
        f"/calendar/new?conversation={NOBODYS}": 404,
        "/calendar/new?conversation=x": 400,
        f"/calendar/blocks/{NOBODYS}": 404,
    }

    assert {path: carla.get(path).status_code for path in expected} == expected


def test_a_name_of_a_patient_is_shown_as_it_is_written(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    wicked = Patient(None, '<b onmouseover="x">', None)
    made = sqlite_desk.built.reception.enter(CARLA, wished(), wicked, None, uuid4())

    shown = carla.get(f"/calendar?day={TUESDAY}").text + carla.get(f"/calendar/visits/{made.id}").text

    assert "<b onmouseover" not in shown


def test_no_page_of_the_calendar_has_a_script_or_a_style_of_its_own(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    made = entered(sqlite_desk)
    paths = ("/calendar", "/calendar/week", "/calendar/new", "/calendar/block", "/calendar/hours")

    shown = "".join(carla.get(path).text for path in (*paths, f"/calendar/visits/{made.id}"))

    assert [part for part in (" style=", "<style", " onclick=", "<script>", "javascript:") if part in shown] == []


# ------------------------------------------------------------------------------------------------------------ who may what


@pytest.mark.parametrize(
    ("role", "sees", "acts"),
    [
        (Role.MANAGER, 200, 200),
        (Role.RECEPTIONIST, 200, 200),
        (Role.NURSE, 200, 404),
        (Role.CLINICIAN, 200, 404),
        (Role.AUDITOR, 404, 404),
    ],
)
def test_who_may_see_and_who_may_act(sqlite_desk: DeskInProcess, role: Role, sees: int, acts: int) -> None:
    made = entered(sqlite_desk)
    one = signed_in(sqlite_desk, role)

    seen = [one.get(path).status_code for path in ("/calendar", "/calendar/week", f"/calendar/visits/{made.id}")]
    opened = [
        one.get(path).status_code for path in ("/calendar/new", "/calendar/block", f"/calendar/visits/{made.id}/move")
    ]
    body = {"key": str(uuid4()), "revision": "1", "status": "arrived", "reason": "asked"}
    posts = [f"/calendar/visits/{made.id}/{act}" for act in ("mark", "cancel", "move")]
    posts += ["/calendar/new", "/calendar/block", f"/calendar/blocks/{uuid4()}"]
    refused = {one.post(path, **body).status_code == 404 for path in posts} if acts == 404 else {True}

    assert (seen, opened, refused) == ([sees] * 3, [acts] * 3, {True})
    if acts == 404:
        assert states(sqlite_desk) == ["booked"]


def test_who_may_only_look_is_offered_no_act(sqlite_desk: DeskInProcess) -> None:
    made = entered(sqlite_desk)
    nurse = signed_in(sqlite_desk, Role.NURSE)

    shown = nurse.get(f"/calendar?day={TUESDAY}").text + nurse.get(f"/calendar/visits/{made.id}").text

    assert [act for act in ("/calendar/new", "/calendar/block", "/move", "/mark", "/cancel") if act in shown] == []


def test_a_manager_may_take_the_calendar_from_a_role(sqlite_desk: DeskInProcess) -> None:
    nurse = signed_in(sqlite_desk, Role.NURSE, permissions={Permission.READ, Permission.REPLY})

    assert nurse.get("/calendar").status_code == 404


# -------------------------------------------------------------------------------------------------------------- booking


def test_staff_book_for_somebody_who_does_not_write(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    answer = carla.post("/calendar/new", key=str(uuid4()), do="book", **FORM)

    (row,) = sqlite_desk.rows(appointment)
    made = sqlite_desk.built.reception.appointment(row.id)
    assert (answer.status_code, answer.headers["Location"].partition("#")[0]) == (
        303,
        f"/console/calendar?day={TUESDAY}&place=centro",
    )
    assert (made.patient, made.contact_id, made.start) == (
        Patient(None, "Bruno", date(1975, 1, 31)),
        None,
        clock(f"{TUESDAY}T15:00"),
    )
    assert changes(sqlite_desk) == [("booked", "staff", None, None)]
    assert actions(sqlite_desk) == ["visit_booked"]
    assert f"codice {made.code}" in carla.get(f"/calendar?day={TUESDAY}").text


def test_staff_book_for_the_person_of_a_conversation(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    contact, chat = contact_of(sqlite_desk)

    shown = carla.get(f"/calendar/new?conversation={chat}").text
    carla.post("/calendar/new", key=str(uuid4()), conversation=str(chat), **{**FORM, "birth_date": ""})

    assert "Anna Prova scrive qui" in shown
    assert [row.contact_id for row in sqlite_desk.rows(appointment)] == [contact]


def test_whom_a_number_booked_for_before_is_offered_to_staff(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    contact, chat = contact_of(sqlite_desk)
    booking = sqlite_desk.house.booking
    assert booking is not None
    assert booking.people is not None
    booking.people.remember(contact, ANNA)

    shown = carla.get(f"/calendar/new?conversation={chat}").text
    (known,) = re.findall(r'name="known" value="([^"]+)"', shown)
    form = {**FORM, "first_name": "", "birth_date": "", "known": known, "conversation": str(chat)}
    carla.post("/calendar/new", key=str(uuid4()), **form)

    (row,) = sqlite_desk.rows(appointment)
    assert sqlite_desk.built.reception.appointment(row.id).patient == ANNA


def test_a_form_sent_twice_books_once(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    key = str(uuid4())

    answers = [carla.post("/calendar/new", key=key, **FORM).status_code for _ in range(3)]

    assert (answers, states(sqlite_desk)) == ([303] * 3, ["booked"])
    assert actions(sqlite_desk) == ["visit_booked"]


def test_a_time_that_is_taken_is_said_and_nothing_typed_is_lost(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    entered(sqlite_desk)

    answer = carla.post("/calendar/new", key=str(uuid4()), **FORM)

    assert (answer.status_code, states(sqlite_desk)) == (409, ["booked"])
    assert 'id="at-fault"' in answer.text
    for kept in ('value="Bruno"', 'value="1975-01-31"', 'value="15:00"', 'value="cardiology" selected'):
        assert kept in answer.text


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"first_name": ""}, "first_name"),
    ({"first_name": "x" * 41}, "first_name"),
    ({"first_name": "RSSMRA80A01H501U"}, "first_name"),
    ({"birth_date": ""}, "birth_date"),
    ({"birth_date": "2099-01-01"}, "birth_date"),
    ({"birth_date": "31/01/1975"}, "birth_date"),
    ({"service": ""}, "service"),
    ({"service": "blood_test"}, "service"),
    ({"service": "dermatology"}, "who"),
    ({"who": "nobody"}, "who"),
    ({"place": ""}, "place"),
    ({"day": "24/11/2026"}, "day"),
    ({"at": "25:00"}, "at"),
    ({"day": "2026-03-29", "at": "02:30"}, "at"),  # the clock skips it
)


def faults(answer: TestResponse) -> tuple[int, list[str]]:
    return answer.status_code, re.findall(r'class="fault" id="([a-z_]+)-fault"', answer.text)


def test_what_is_wrong_is_said_beside_its_field(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    found = [faults(carla.post("/calendar/new", key=str(uuid4()), **{**FORM, **wrong})) for wrong, _ in WRONG]

    assert found == [(422, [field]) for _, field in WRONG]
    assert sqlite_desk.rows(appointment) == []


def test_a_form_without_its_key_is_refused(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    assert [carla.post("/calendar/new", **{**FORM, "key": key}).status_code for key in ("", "x")] == [400, 400]


def test_a_person_is_found_as_by_the_search_and_the_form_stays(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    _, chat = contact_of(sqlite_desk)

    shown = carla.post("/calendar/new", key=str(uuid4()), do="search", wanted="Anna Prova", **FORM)

    assert f'value="{chat}" checked' in shown.text
    assert 'value="Bruno"' in shown.text
    assert actions(sqlite_desk) == ["search"]


def test_nobody_of_another_team_is_found_or_booked_for(sqlite_desk: DeskInProcess) -> None:
    _, chat = contact_of(sqlite_desk)
    nursing = signed_in(sqlite_desk, teams=("nursing",))

    shown = nursing.post("/calendar/new", key=str(uuid4()), do="search", wanted="Anna Prova", **FORM)
    booked = nursing.post("/calendar/new", key=str(uuid4()), conversation=str(chat), **FORM)

    assert (str(chat) in shown.text, booked.status_code, sqlite_desk.rows(appointment)) == (False, 404, [])


def test_free_times_are_offered_and_one_of_them_is_booked(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    form = {**FORM, "at": "", "who": "", "place": ""}
    shown = carla.post("/calendar/new", key=str(uuid4()), do="free", **form).text
    (first, *_) = re.findall(r'name="pick" value="([^"]+)"', shown)

    answer = carla.post("/calendar/new", key=str(uuid4()), pick=first, **form)

    assert (first, answer.status_code, states(sqlite_desk)) == (f"neri|centro|{TUESDAY}|14:00", 303, ["booked"])


# ------------------------------------------------------------------------------------------------------------- the limits


def test_what_patients_are_not_offered_is_refused_with_why(sqlite_desk: DeskInProcess) -> None:
    expected: dict[str, set[Limit]] = {
        f"{TUESDAY}T15:00": set(),
        f"{TUESDAY}T16:05": {Limit.GRID},
        f"{TUESDAY}T12:00": {Limit.HOURS},
        f"{TUESDAY}T18:45": {Limit.HOURS},
        "2026-11-23T10:15": {Limit.NOTICE},
        "2026-11-23T08:00": {Limit.NOTICE, Limit.HOURS},
        "2027-03-01T09:00": {Limit.HORIZON},
        "2026-12-25T09:00": {Limit.HOURS},
    }

    def limits(at: str) -> frozenset[Limit]:
        try:
            entered(sqlite_desk, at)
        except OutsideLimits as refused:
            return refused.limits
        return frozenset()

    assert {at: limits(at) for at in expected} == expected


def test_a_full_day_is_full(sqlite_desk: DeskInProcess) -> None:
    for at in ("08:30", "09:00"):
        entered(sqlite_desk, f"2026-11-25T{at}", service="holter")

    with pytest.raises(OutsideLimits) as refused:
        entered(sqlite_desk, "2026-11-25T09:30", service="holter")

    assert refused.value.limits == {Limit.PER_DAY}


WEDNESDAY = "2026-11-25"


def seen(desk: DeskInProcess, made: Appointment) -> None:
    desk.built.reception.settle(CARLA, made.id, made.revision, AppointmentStatus.FULFILLED, uuid4())


def test_who_was_seen_already_counts_for_the_day(desk: DeskInProcess) -> None:
    made = [entered(desk, f"{WEDNESDAY}T{at}", service="holter") for at in ("08:30", "09:00")]
    desk.clock.move(clock(f"{WEDNESDAY}T09:40") - desk.clock.now())
    for one in made:
        seen(desk, one)

    with pytest.raises(OutsideLimits) as refused:
        entered(desk, f"{WEDNESDAY}T12:30", service="holter")

    assert Limit.PER_DAY in refused.value.limits


def test_the_time_of_a_visit_that_ended_early_is_its_own_as_the_day_shows(desk: DeskInProcess) -> None:
    made = entered(desk, f"{WEDNESDAY}T10:00")
    desk.clock.move(clock(f"{WEDNESDAY}T10:05") - desk.clock.now())
    seen(desk, made)

    with pytest.raises(SlotTaken):
        entered(desk, f"{WEDNESDAY}T10:15", override="walk_in")

    assert "10:10–13:00" not in signed_in(desk).get(f"/calendar?day={WEDNESDAY}&who=neri").text


def test_what_is_free_passes_no_limit_and_what_is_not_free_passes_one(sqlite_desk: DeskInProcess) -> None:
    """The limits staff meet are those by which patients are offered times: every five minutes of a week."""
    reception, since = sqlite_desk.built.reception, clock("2026-11-23T00:00")
    offered = {
        slot.start for slot in reception.free(Wanted("cardiology", since, since + timedelta(days=7), "centro"), 999)
    }

    for n in range(7 * 24 * 12):
        start = since + n * minutes(5)
        judge = reception._judge(Wished("cardiology", "neri", "centro", start), reception._offering("cardiology"))
        try:
            assert judge((), ()) == frozenset()
            is_offered = True
        except OutsideLimits:
            is_offered = False
        assert is_offered == (start in offered), start


def test_a_limit_is_set_aside_with_a_reason_that_is_audited(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    form, key = {**FORM, "at": "13:05"}, str(uuid4())

    refused = carla.post("/calendar/new", key=key, **form)
    nonsense = carla.post("/calendar/new", key=key, **form, override="because")
    taken = carla.post("/calendar/new", key=key, **form, override="urgent")

    assert [one.status_code for one in (refused, nonsense, taken)] == [422, 422, 303]
    assert "fuori dall&#39;orario di lavoro" in refused.text
    assert 'value="Bruno"' in refused.text
    assert changes(sqlite_desk) == [("booked", "staff", "urgent", "grid,hours")]
    (row,) = (row for row in audited(sqlite_desk) if row.action == "override_rule")
    assert carla.member is not None
    assert (row.actor, row.counts) == (carla.member.actor, '{"grid": 1, "hours": 1}')


@pytest.mark.parametrize("at", ["15:00", "15:10", "14:40", "15:35"])  # ten minutes are kept free after the visit
def test_nobody_sees_two_at_once_whatever_the_reason(desk: DeskInProcess, at: str) -> None:
    entered(desk)

    with pytest.raises(SlotTaken):
        entered(desk, f"{TUESDAY}T{at}", override="urgent")

    assert states(desk) == ["booked"]


def test_what_a_patient_holds_is_not_given_away(desk: DeskInProcess) -> None:
    contact, _ = contact_of(desk)
    calendar = desk.built.reception
    slot = calendar.free(Wanted("cardiology", clock(f"{TUESDAY}T00:00"), clock(f"{TUESDAY}T23:00")), 1)[0]
    calendar.hold(slot, contact, uuid4(), 300)

    with pytest.raises(SlotTaken):
        entered(desk, f"{TUESDAY}T14:00", override="urgent")
    desk.clock.move(minutes(5))

    assert entered(desk, f"{TUESDAY}T14:00").start == slot.start


def test_staff_who_book_for_somebody_leave_alone_what_that_person_holds(desk: DeskInProcess) -> None:
    contact, _ = contact_of(desk)
    calendar = desk.built.reception
    slot = calendar.free(Wanted("cardiology", clock(f"{TUESDAY}T00:00"), clock(f"{TUESDAY}T23:00")), 1)[0]
    calendar.hold(slot, contact, uuid4(), 300)

    entered(desk, f"{TUESDAY}T16:00", contact)

    assert states(desk) == ["booked", "hold"]


def test_of_many_who_book_one_time_at_once_one_does(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()

    def book(_: int) -> str:
        try:
            return entered(desk, override="urgent").status.value
        except SlotTaken:
            return "taken"

    assert sorted(together(8, book)) == ["booked", *["taken"] * 7]


# --------------------------------------------------------------------------------------------------- moving and ending


def test_staff_move_and_the_patient_is_to_be_told(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    contact, _ = contact_of(sqlite_desk)
    made = entered(sqlite_desk, contact=contact)
    sqlite_desk.built.reception.confirm(made.id, made.revision)

    form = {"who": "neri", "place": "centro", "day": TUESDAY, "at": "15:15", "revision": "1"}
    answer = carla.post(f"/calendar/visits/{made.id}/move", key=str(uuid4()), **form)

    moved = sqlite_desk.built.reception.appointment(made.id)
    assert (answer.status_code, moved.start, moved.revision, moved.confirmed_at) == (
        303,
        clock(f"{TUESDAY}T15:15"),
        2,
        None,
    )
    assert changes(sqlite_desk)[-1] == ("moved", "staff", None, None)
    assert actions(sqlite_desk)[-1] == "visit_moved"


def test_a_move_over_a_colleagues_is_told_and_nothing_typed_is_lost(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    made = entered(sqlite_desk)
    sqlite_desk.built.reception.shift(CARLA, made.id, 1, wished(f"{TUESDAY}T16:00"), uuid4())

    form = {"who": "neri", "place": "centro", "day": "2026-11-25", "at": "09:30", "revision": "1"}
    answer = carla.post(f"/calendar/visits/{made.id}/move", key=str(uuid4()), **form)

    assert answer.status_code == 409
    assert "Nel frattempo un collega ha cambiato" in answer.text
    for kept in ('value="2026-11-25"', 'value="09:30"', 'name="revision" value="2"'):
        assert kept in answer.text
    assert sqlite_desk.built.reception.appointment(made.id).start == clock(f"{TUESDAY}T16:00")


def test_a_move_sent_twice_moves_once(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    form = {"who": "neri", "place": "centro", "day": TUESDAY, "at": "16:00", "revision": "1", "key": str(uuid4())}

    answers = [carla.post(f"/calendar/visits/{made.id}/move", **form).status_code for _ in range(2)]

    assert (answers, sqlite_desk.built.reception.appointment(made.id).revision) == ([303, 303], 2)


def test_a_visit_is_not_moved_onto_another(desk: DeskInProcess) -> None:
    entered(desk, f"{TUESDAY}T15:00")
    other = entered(desk, f"{TUESDAY}T16:00")

    with pytest.raises(SlotTaken):
        desk.built.reception.shift(CARLA, other.id, 1, wished(f"{TUESDAY}T15:15", "urgent"), uuid4())

    assert desk.built.reception.appointment(other.id).start == clock(f"{TUESDAY}T16:00")


def test_a_visit_is_not_moved_to_a_colleague_who_sees_somebody_at_that_very_time(desk: DeskInProcess) -> None:
    standing = entered(desk, NOON, service="general_visit", override="urgent")
    other = entered(desk, NOON, service="general_visit", practitioner="bianchi", override="urgent")

    with pytest.raises(SlotTaken):
        desk.built.reception.shift(CARLA, other.id, 1, wished(NOON, "urgent", service="general_visit"), uuid4())

    assert [desk.built.reception.appointment(one.id).practitioner for one in (standing, other)] == ["neri", "bianchi"]


def test_a_visit_is_moved_by_a_little_although_its_old_time_overlaps(desk: DeskInProcess) -> None:
    made = entered(desk)

    moved = desk.built.reception.shift(CARLA, made.id, 1, wished(f"{TUESDAY}T15:15"), uuid4())

    assert (moved.start, states(desk)) == (clock(f"{TUESDAY}T15:15"), ["booked"])


def test_staff_cancel_for_the_patient(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    form = {"key": str(uuid4()), "revision": "1", "reason": "away"}

    answers = [carla.post(f"/calendar/visits/{made.id}/cancel", **form).status_code for _ in range(2)]

    assert (answers, states(sqlite_desk)) == ([303, 303], ["cancelled"])
    assert changes(sqlite_desk)[-1] == ("cancelled", "staff", "away", None)
    assert actions(sqlite_desk) == ["visit_booked", "visit_cancelled"]
    assert "Disdetti: 1" in carla.get(f"/calendar?day={TUESDAY}").text


@pytest.mark.parametrize(
    ("reason", "said"),
    [("other_plans", "dal paziente: ha un impegno"), ("elsewhere", "dal paziente: va altrove"), (None, "dal paziente")],
)
def test_why_a_patient_cancelled_is_shown_where_staff_look(
    sqlite_desk: DeskInProcess, carla: AtConsole, reason: str | None, said: str
) -> None:
    made = entered(sqlite_desk)
    sqlite_desk.built.reception.cancel(made.id, uuid4(), reason)

    pages = [carla.get(path).text for path in (f"/calendar?day={TUESDAY}", f"/calendar/visits/{made.id}")]

    assert [re.findall(f"{said}(?=<)", page) for page in pages] == [[said], [said]]


def test_every_reason_a_patient_may_give_has_its_words() -> None:
    words = load_texts()

    keys = [f"calendar.cancel_{reason}" for reason in (*REASONS, *CANCELS) if reason]
    assert [key for key in keys for language in ("it", "en") if key not in words.by_language[language]] == []


def test_a_cancelled_time_can_be_had_again(desk: DeskInProcess) -> None:
    made = entered(desk)
    desk.built.reception.settle(CARLA, made.id, 1, AppointmentStatus.CANCELLED, uuid4(), "asked")

    assert entered(desk).start == made.start


def mark(carla: AtConsole, made: Appointment, status: str, revision: int) -> int:
    path = f"/calendar/visits/{made.id}/mark"
    return carla.post(path, key=str(uuid4()), revision=str(revision), status=status).status_code


def test_who_came_is_noted_and_a_slip_taken_back(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    sqlite_desk.clock.move(timedelta(days=1, hours=5))
    carla = signed_in(sqlite_desk)

    for revision, status in enumerate(("arrived", "booked", "noshow", "arrived", "fulfilled"), start=1):
        assert mark(carla, made, status, revision) == 303

    assert states(sqlite_desk) == ["fulfilled"]
    assert [action for action, *_ in changes(sqlite_desk)] == [
        "booked",
        "arrived",
        "reopened",  # no second "booked": nobody is told of it
        "noshow",
        "arrived",
        "fulfilled",
    ]


def test_nobody_has_come_before_their_day(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)

    answers = [mark(carla, made, status, 1) for status in ("arrived", "fulfilled", "noshow")]

    assert (answers, states(sqlite_desk)) == ([303] * 3, ["booked"])
    assert "/mark" not in carla.get(f"/calendar/visits/{made.id}").text


def test_what_is_no_mark_is_refused(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)

    assert [mark(carla, made, status, 1) for status in ("cancelled", "hold", "", "BOOKED")] == [400] * 4


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    sqlite_desk.clock.move(timedelta(days=1, hours=5))
    carla = signed_in(sqlite_desk)
    sqlite_desk.built.reception.settle(CARLA, made.id, 1, AppointmentStatus.ARRIVED, uuid4())

    answer = mark(carla, made, "noshow", 1)

    assert (answer, states(sqlite_desk)) == (303, ["arrived"])
    assert "un collega ha cambiato" in carla.get(f"/calendar/visits/{made.id}").text


def test_a_no_show_whose_time_was_given_away_does_not_arrive_after_all(desk: DeskInProcess) -> None:
    made = entered(desk)
    desk.built.reception.settle(CARLA, made.id, 1, AppointmentStatus.NOSHOW, uuid4())
    entered(desk, f"{TUESDAY}T15:15")

    with pytest.raises(SlotTaken):
        desk.built.reception.settle(CARLA, made.id, 2, AppointmentStatus.ARRIVED, uuid4())

    assert states(desk) == ["booked", "noshow"]


def test_a_cancelled_visit_does_not_come_back(desk: DeskInProcess) -> None:
    made = entered(desk)
    desk.built.reception.settle(CARLA, made.id, 1, AppointmentStatus.CANCELLED, uuid4())

    with pytest.raises(Changed):
        desk.built.reception.settle(CARLA, made.id, 2, AppointmentStatus.ARRIVED, uuid4())


def test_two_who_mark_one_visit_at_once_do_not_overwrite_each_other(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    made = entered(desk)

    def settle(n: int) -> str:
        status = (AppointmentStatus.ARRIVED, AppointmentStatus.NOSHOW)[n % 2]
        try:
            return desk.built.reception.settle(CARLA, made.id, 1, status, uuid4()).status.value
        except Changed:
            return "changed"

    done = together(6, settle)

    assert (done.count("changed"), desk.built.reception.appointment(made.id).revision) == (5, 2)


# ----------------------------------------------------------------------------------------------------------------- blocks


BLOCK = {"who": "neri", "day": TUESDAY, "at": "14:00", "last_day": TUESDAY, "until": "16:00", "reason": "meeting"}


def test_a_blocked_time_is_offered_to_nobody_until_it_is_removed(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    def first() -> Slot:
        wanted = Wanted("cardiology", clock(f"{TUESDAY}T00:00"), clock(f"{TUESDAY}T23:00"))
        return sqlite_desk.built.reception.free(wanted, 1)[0]

    carla.post("/calendar/block", key=str(uuid4()), **BLOCK)
    blocked = first().start
    (row,) = sqlite_desk.rows(agenda_block)
    shown = carla.get(f"/calendar?day={TUESDAY}").text
    carla.post(f"/calendar/blocks/{row.id}")

    assert (blocked, first().start) == (clock(f"{TUESDAY}T16:00"), clock(f"{TUESDAY}T14:00"))
    assert "Riunione" in shown
    assert actions(sqlite_desk) == ["block_time", "unblock_time"]


def test_a_block_sent_twice_is_one_and_removed_twice_is_removed_once(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    key = str(uuid4())

    made = [carla.post("/calendar/block", key=key, **BLOCK).status_code for _ in range(2)]
    count = len(sqlite_desk.rows(agenda_block))
    removed = [carla.post(f"/calendar/blocks/{key}").status_code for _ in range(2)]

    assert (made, count, removed) == ([303, 303], 1, [303, 303])
    assert actions(sqlite_desk) == ["block_time", "unblock_time"]


def test_what_stands_in_a_blocked_time_stays_and_is_told_of(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    entered(sqlite_desk)

    carla.post("/calendar/block", key=str(uuid4()), **BLOCK)

    assert "Appuntamenti che restano dentro: 1" in carla.get(f"/calendar?day={TUESDAY}").text
    assert states(sqlite_desk) == ["booked"]


def test_nobody_is_booked_into_a_block(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    carla.post("/calendar/block", key=str(uuid4()), **BLOCK)

    with pytest.raises(SlotTaken):
        entered(sqlite_desk, f"{TUESDAY}T15:00", override="urgent")


def test_a_busy_time_of_another_calendar_is_not_removed_here(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    key = uuid4()
    sqlite_desk.built.daybook.block(CARLA, key, "neri", Span(MONDAY, MONDAY + minutes(30)), "other")
    with sqlite_desk.built.database.begin() as connection:
        connection.execute(update(agenda_block).values(source="ics", reason=None))

    answers = [carla.get(f"/calendar/blocks/{key}").status_code, carla.post(f"/calendar/blocks/{key}").status_code]

    assert (answers, len(sqlite_desk.rows(agenda_block))) == ([404, 303], 1)
    assert "Impegno (altro calendario)" in carla.get("/calendar").text


def test_what_is_wrong_with_a_block_is_said_beside_its_field(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"who": ""}, "who"),
        ({"reason": "tired"}, "reason"),
        ({"day": ""}, "day"),
        ({"at": "x"}, "at"),
        ({"until": "13:00"}, "until"),
        ({"last_day": "2027-11-24"}, "until"),
    )

    found = [faults(carla.post("/calendar/block", key=str(uuid4()), **{**BLOCK, **one})) for one, _ in wrong]

    assert found == [(422, [field]) for _, field in wrong]
    assert sqlite_desk.rows(agenda_block) == []


# ------------------------------------------------------------------------------------------------------------ extra hours

SATURDAY = "2026-11-28"
HOURS = {"who": "neri", "place": "centro", "day": SATURDAY, "at": "15:00", "until": "17:00"}


def offered_on(desk: DeskInProcess, day: str = SATURDAY, service: str = "cardiology") -> list[str]:
    wanted = Wanted(service, clock(f"{day}T00:00"), clock(f"{day}T23:59"))
    return [
        f"{slot.start.astimezone(ROME):%H:%M} {slot.practitioner}"
        for slot in desk.built.reception.free(wanted, 500)
        if slot.practitioner == HOURS["who"]
    ]


def opened(carla: AtConsole, **other: str) -> str:
    """Open extra hours; return their id."""
    key = str(uuid4())
    assert carla.post("/calendar/hours", key=key, **{**HOURS, **other}).status_code == 303
    return key


def test_extra_hours_are_offered_and_booked_and_shown_until_they_are_taken_back(
    desk: DeskInProcess,
) -> None:
    carla, before = signed_in(desk), offered_on(desk)
    hours = opened(carla)
    during = offered_on(desk)
    wanted = Wanted("cardiology", clock(f"{SATURDAY}T00:00"), clock(f"{SATURDAY}T23:59"))
    contact, _ = contact_of(desk)
    held = desk.built.reception.hold(desk.built.reception.free(wanted, 1)[0], contact, uuid4(), 300)
    booked = desk.built.reception.book(held.id, ANNA, uuid4())
    shown = [
        carla.get(f"/calendar{page}&day={SATURDAY}").text for page in ("?who=neri", "/week?who=neri", "?place=centro")
    ]
    carla.post(f"/calendar/hours/{hours}")

    assert (before, during[0], during[-1]) == ([], "15:00 neri", "16:30 neri")
    assert booked.start == clock(f"{SATURDAY}T15:00")
    assert ["Ore in più: 15:00–17:00" in one and f"/calendar/hours/{hours}" in one for one in shown] == [True] * 3
    assert offered_on(desk) == []
    assert "Appuntamenti che restano dentro: 1" in carla.get(f"/calendar?day={SATURDAY}").text
    assert "Ore in più: 15:00–17:00" not in carla.get(f"/calendar?day={SATURDAY}&who=neri").text
    assert [row.action for row in audited(desk) if row.action.endswith("_hours")] == ["open_hours", "close_hours"]
    assert states(desk) == ["booked"]


def test_extra_hours_are_for_what_was_chosen(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    opened(carla, services="holter")

    assert [bool(offered_on(sqlite_desk, service=one)) for one in ("holter", "cardiology")] == [True, False]


def test_extra_hours_are_for_what_somebody_does_at_that_place(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    form = {**HOURS, "who": "conti", "place": "fiera", "key": str(uuid4())}
    carla.post("/calendar/hours", **form)

    wanted = [
        Wanted(one, clock(f"{SATURDAY}T00:00"), clock(f"{SATURDAY}T23:59"))
        for one in ("abdominal_ultrasound", "chest_x_ray")
    ]
    assert [bool(sqlite_desk.built.reception.free(one, 1)) for one in wanted] == [True, False]


def test_staff_book_into_extra_hours_without_setting_a_rule_aside(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    opened(carla)

    assert entered(sqlite_desk, f"{SATURDAY}T15:30").start == clock(f"{SATURDAY}T15:30")
    assert changes(sqlite_desk) == [("booked", "staff", None, None)]


def test_extra_hours_sent_twice_are_opened_once_and_what_was_taken_back_stays_so(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    form = {**HOURS, "key": str(uuid4())}

    made = [carla.post("/calendar/hours", **form).status_code for _ in range(2)]
    removed = [carla.post(f"/calendar/hours/{form['key']}").status_code for _ in range(2)]
    carla.post("/calendar/hours", **form)

    assert (made, removed, offered_on(sqlite_desk)) == ([303, 303], [303, 303], [])
    assert [row.action for row in audited(sqlite_desk) if row.action.endswith("_hours")] == [
        "open_hours",
        "close_hours",
    ]
    assert carla.get(f"/calendar/hours/{form['key']}").status_code == 404


def test_a_hold_that_has_ended_is_no_way_into_hours_that_were_taken_back(desk: DeskInProcess) -> None:
    hours, reception = opened(signed_in(desk)), desk.built.reception
    contact, _ = contact_of(desk)
    wanted = Wanted("cardiology", clock(f"{SATURDAY}T00:00"), clock(f"{SATURDAY}T23:59"))
    held = reception.hold(reception.free(wanted, 1)[0], contact, uuid4(), 300)
    desk.built.daybook.withdraw(CARLA, UUID(hours))
    desk.clock.move(minutes(6))

    with pytest.raises(SlotTaken):
        reception.book(held.id, ANNA, uuid4())

    assert states(desk) == ["hold"]


def test_the_version_changes_with_extra_hours(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    def version() -> str:
        return str(carla.get(f"/calendar/version?day={SATURDAY}", Accept="application/json").json["version"])

    found = [version()]
    hours = opened(carla)
    found.append(version())
    carla.post(f"/calendar/hours/{hours}")
    found.append(version())

    assert (found[0] == found[1], found[0] == found[2]) == (False, True)


def test_what_is_wrong_with_extra_hours_is_said_beside_its_field(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"who": ""}, "who"),
        ({"place": "fiera"}, "place"),
        ({"place": ""}, "place"),
        ({"services": "dermatology"}, "services"),
        ({"day": ""}, "day"),
        ({"day": "2026-11-22"}, "day"),
        ({"at": "25:00"}, "at"),
        ({"day": "2027-03-28", "at": "02:30", "until": "05:00"}, "at"),  # the clock skips it
        ({"until": "15:00"}, "until"),
        ({"until": ""}, "until"),
    )

    found = [faults(carla.post("/calendar/hours", key=str(uuid4()), **{**HOURS, **one})) for one, _ in wrong]

    assert found == [(422, [field]) for _, field in wrong]
    assert sqlite_desk.rows(agenda_exception) == []


def test_the_form_of_extra_hours_offers_what_its_practitioner_gives(carla: AtConsole) -> None:
    shown = carla.get(f"/calendar/hours?who=neri&day={SATURDAY}").text

    assert re.findall(r'name="services" value="(\w+)"', shown) == ["general_visit", "cardiology", "holter"]
    assert ('value="centro" selected' in shown, f'value="{SATURDAY}"' in shown) == (True, True)


@pytest.mark.parametrize("role", [Role.NURSE, Role.CLINICIAN, Role.AUDITOR])
def test_who_may_not_change_the_calendar_opens_no_hours(sqlite_desk: DeskInProcess, role: Role) -> None:
    hours = opened(signed_in(sqlite_desk))
    one = signed_in(sqlite_desk, role)

    found = [one.get(path).status_code for path in ("/calendar/hours", f"/calendar/hours/{hours}")]
    found += [
        one.post(path, key=str(uuid4()), **HOURS).status_code
        for path in ("/calendar/hours", f"/calendar/hours/{hours}")
    ]

    assert (found, len(offered_on(sqlite_desk)) > 0) == ([404] * 4, True)


# ---------------------------------------------------------------------------------------------------- a calendar elsewhere


def test_a_calendar_kept_elsewhere_is_only_looked_at(sqlite_desk: DeskInProcess, carla: AtConsole) -> None:
    made = entered(sqlite_desk)
    console = sqlite_desk.app.extensions["console"]
    object.__setattr__(console, "reception", None)

    shown = carla.get(f"/calendar?day={TUESDAY}").text
    opened = [carla.get(path).status_code for path in ("/calendar/new", "/calendar/block", "/calendar/hours")]
    posted = [
        carla.post(path, key=str(uuid4()), revision="1", status="booked", reason="asked").status_code
        for path in ("/calendar/new", "/calendar/block", f"/calendar/visits/{made.id}/cancel")
    ]

    assert "è nel sistema della clinica" in shown
    assert (opened, posted, states(sqlite_desk)) == ([404] * 3, [404] * 3, ["booked"])


# ------------------------------------------------------------------------------------------------ beside a conversation


def test_a_conversation_shows_what_its_person_has_booked_next_first(
    sqlite_desk: DeskInProcess, carla: AtConsole
) -> None:
    contact, chat = contact_of(sqlite_desk)
    for at in ("16:00", "15:00"):
        entered(sqlite_desk, f"{TUESDAY}T{at}", contact)

    shown = carla.get(f"/conversations/{chat}").text

    assert re.findall(r"/calendar/visits/[^>]*>([^<]+)<", shown) == ["24 nov 2026, 15:00", "24 nov 2026, 16:00"]
    assert f"/console/calendar?day={TUESDAY}&amp;place=centro" in shown
    assert f"/console/calendar/new?conversation={chat}" in shown


def test_whoever_may_not_see_the_calendar_sees_none_beside_a_conversation(sqlite_desk: DeskInProcess) -> None:
    contact, chat = contact_of(sqlite_desk)
    entered(sqlite_desk, contact=contact)
    nurse = signed_in(sqlite_desk, Role.NURSE, permissions={Permission.READ, Permission.REPLY})

    assert "/calendar" not in nurse.get(f"/conversations/{chat}").text
