"""The calendar in a real browser: block, book, move, cancel and arrive by clicking; from a phone booked to the day view; on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.agenda import Patient
from bot.app import create_app
from bot.clock import MovedClock
from bot.counter import Staff
from bot.credentials import new_token
from bot.daybook import Wished
from bot.staff import ALL_TEAMS, Person, Post, Role, Stage
from bot.store.agenda_tables import appointment, appointment_change
from bot.wiring import build
from tests.consoles import hired, served, sign_in
from tests.desks import MONDAY, DeskInProcess
from tests.processes import System, system
from tests.servers import Postgres
from tests.test_console_browser import SMALL
from tests.test_phone_page import Phone

ROME = ZoneInfo("Europe/Rome")
TUESDAY = "2026-11-24"
CARLA = Staff("carla", "Carla")
ALL = frozenset({ALL_TEAMS})


@pytest.fixture
def counter(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    """A desk that real browsers reach."""
    with served(environ, f"sqlite:///{tmp_path}/desk.sqlite") as desk:
        yield desk


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(counter: DeskInProcess, browser: Browser) -> Iterator[OpenAs]:
    """Open a page as a new member of the staff, in a window of their own."""
    opened: list[BrowserContext] = []

    def open_one(path: str, width: int = 1280, script: bool = True, role: Role = Role.RECEPTIONIST) -> Page:
        cookie = sign_in(counter, hired(counter, role)).cookie
        assert cookie is not None
        url = counter.settings.public_url
        window = browser.new_context(
            viewport={"width": width, "height": 900}, locale="it-IT", java_script_enabled=script
        )
        window.add_cookies([{"name": "sportello", "value": cookie, "url": url}])
        opened.append(window)
        page = window.new_page()
        page.goto(f"{url}/console{path}")
        return page

    yield open_one
    for window in opened:
        window.close()


def booked(counter: DeskInProcess, clock: str, name: str = "Anna") -> str:
    start = datetime.fromisoformat(f"{TUESDAY}T{clock}").replace(tzinfo=ROME).astimezone(UTC)
    wished = Wished("cardiology", "neri", "centro", start)
    made = counter.built.reception.enter(CARLA, wished, Patient(None, name, date(1980, 5, 3)), None, uuid4())
    return made.code


def actions(counter: DeskInProcess) -> list[str]:
    return [row.action for row in sorted(counter.rows(appointment_change), key=lambda row: row.id)]


def test_block_book_move_arrive_and_cancel_by_clicking(counter: DeskInProcess, open_as: OpenAs) -> None:
    page = open_as(f"/calendar?day={TUESDAY}&who=neri")

    page.get_by_role("link", name="Blocca un orario").click()
    page.get_by_label("Dalle").fill("14:00")
    page.get_by_label("Alle", exact=True).fill("15:00")
    page.get_by_label("Motivo").select_option(label="Riunione")
    page.get_by_role("button", name="Blocca").click()
    expect(page.get_by_text("L'orario è bloccato.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Riunione")).to_be_visible()

    page.get_by_role("link", name=re.compile("15:00–19:00 libero")).click()
    page.get_by_label("Prestazione").select_option(label="Visita cardiologica")
    page.get_by_label("Nome", exact=True).fill("Bruno")
    page.get_by_label("Data di nascita").fill("1975-01-31")
    page.get_by_role("button", name="Prenota", exact=True).last.click()
    expect(page.get_by_text(re.compile("Prenotato: martedì 24 novembre 2026, 15:00"))).to_be_visible()

    page.get_by_role("link", name=re.compile("15:00–15:30 Bruno da confermare")).click()
    page.get_by_role("link", name="Sposta").click()
    page.get_by_label("Ora").fill("16:00")
    page.get_by_role("button", name="Sposta").last.click()
    expect(page.get_by_text(re.compile("Spostato: martedì 24 novembre 2026, 16:00"))).to_be_visible()

    counter.clock.move(timedelta(days=1))
    page = open_as(f"/calendar?day={TUESDAY}&place=centro")
    page.get_by_role("link", name=re.compile("16:00–16:30 Bruno")).click()
    page.get_by_role("button", name="È arrivato").click()
    expect(page.get_by_text("Segnato.")).to_be_visible()
    page.get_by_text("Disdici").first.click()
    page.get_by_role("button", name="Sì, disdici").click()
    expect(page.get_by_text("L'appuntamento è disdetto.")).to_be_visible()

    assert actions(counter) == ["booked", "moved", "arrived", "cancelled"]
    assert [row.state for row in counter.rows(appointment)] == ["cancelled"]


def test_a_time_beyond_the_rules_is_booked_with_a_reason_and_without_a_script(
    counter: DeskInProcess, open_as: OpenAs
) -> None:
    page = open_as(f"/calendar/new?day={TUESDAY}&who=neri&place=centro&at=12:00", script=False)
    page.get_by_label("Prestazione").select_option(label="Visita cardiologica")
    page.get_by_label("Nome", exact=True).fill("Bruno")
    page.get_by_label("Data di nascita").fill("1975-01-31")

    page.get_by_role("button", name="Prenota", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("fuori dall'orario di lavoro")
    page.get_by_label("Prenotare lo stesso?").select_option(label="Sì, è urgente")
    page.get_by_role("button", name="Prenota", exact=True).last.click()

    expect(page.get_by_text(re.compile("Prenotato: martedì 24 novembre 2026, 12:00"))).to_be_visible()


def test_the_calendar_is_walked_by_the_keyboard_alone(counter: DeskInProcess, open_as: OpenAs) -> None:
    code = booked(counter, "15:00")
    page = open_as(f"/calendar?day={TUESDAY}&place=centro")

    page.get_by_role("link", name=re.compile("15:00–15:30 Anna")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(code)).to_be_visible()
    page.get_by_role("link", name="Sposta").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Ora").focus()
    page.keyboard.type("1730")
    page.keyboard.press("Enter")

    expect(page.get_by_text(re.compile("Spostato: martedì 24 novembre 2026, 17:30"))).to_be_visible()


def test_what_others_book_appears_by_itself(counter: DeskInProcess, open_as: OpenAs) -> None:
    page = open_as(f"/calendar?day={TUESDAY}&place=centro")
    expect(page.get_by_role("heading", name="Dott.ssa Ada Neri")).to_be_visible()

    code = booked(counter, "15:00")

    expect(page.get_by_role("link", name=re.compile(f"15:00–15:30 Anna .*{code}"))).to_be_visible(timeout=15_000)


def test_things_stand_where_the_clock_says(counter: DeskInProcess, open_as: OpenAs) -> None:
    """Two hours apart are two hours of the axis apart: the classes and the style sheet agree."""
    for clock in ("15:00", "17:00"):
        booked(counter, clock)
    page = open_as(f"/calendar?day={TUESDAY}&place=centro")

    tops = [
        page.locator(".slip.visit", has_text=words).first.evaluate("it => it.getBoundingClientRect().top")
        for words in ("15:00", "17:00")
    ]
    hours = page.locator(".sheet-hour").evaluate_all("all => all.map(it => it.getBoundingClientRect().top)")

    assert round(tops[1] - tops[0]) == round(hours[9] - hours[7])


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_is_wider_than_a_phone_and_everything_can_be_touched(
    counter: DeskInProcess, open_as: OpenAs, width: int
) -> None:
    booked(counter, "15:00", "Massimiliano-Alessandro")
    (row,) = counter.rows(appointment)
    paths = (
        f"/calendar?day={TUESDAY}",
        f"/calendar/week?day={TUESDAY}&who=neri",
        f"/calendar/visits/{row.id}",
        f"/calendar/new?day={TUESDAY}&who=neri",
        "/calendar/block",
        "/calendar/hours",
        "/calendar/feeds",
    )
    page = open_as(paths[0], width, role=Role.MANAGER)

    for path in paths:
        page.goto(f"{counter.settings.public_url}/console{path}")
        unnamed = re.findall(r"- (?:button|textbox|combobox|link)\s*:?$", page.locator("main").aria_snapshot(), re.M)

        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert (page.evaluate(SMALL), unnamed) == ([], []), path


TOPS = "all => [...new Set(all.map(one => Math.round(one.getBoundingClientRect().top)))].length"


def test_extra_hours_are_opened_and_taken_back_and_every_column_begins_as_high_as_the_others(
    counter: DeskInProcess, open_as: OpenAs
) -> None:
    page = open_as(f"/calendar?day={TUESDAY}&place=centro")

    page.get_by_role("link", name="Ore in più", exact=True).click()
    page.get_by_label("Medico").select_option("neri")
    page.get_by_label("Sede").select_option("centro")
    page.get_by_label("Dalle").fill("20:00")
    page.get_by_label("Alle", exact=True).fill("21:00")
    page.get_by_label("Visita cardiologica").check()
    page.get_by_role("button", name="Apri", exact=True).click()
    expect(page.get_by_text("Le ore sono aperte.")).to_be_visible()
    page.goto(f"{counter.settings.public_url}/console/calendar?day={TUESDAY}&place=centro")
    expect(page.get_by_text("Ore in più: 20:00–21:00")).to_be_visible()
    aligned = page.locator(".sheet-body").evaluate_all(TOPS)
    page.get_by_text("Ore in più: 20:00–21:00").get_by_role("link", name="Togli").click()
    page.get_by_role("button", name="Togli queste ore").click()

    expect(page.get_by_text("Le ore in più sono tolte.")).to_be_visible()
    assert aligned == 1


def test_on_paper_there_is_a_list_without_buttons(counter: DeskInProcess, open_as: OpenAs) -> None:
    booked(counter, "15:00")
    page = open_as(f"/calendar?day={TUESDAY}&who=neri")

    page.emulate_media(media="print")

    expect(page.locator(".slip.visit").first).to_be_visible()
    seen = [page.locator(one).first.is_visible() for one in (".sheet-axis", ".calendar-nav", ".calendar-acts", ".free")]
    assert seen == [False] * 4
    assert page.locator(".slip.visit").first.evaluate("it => getComputedStyle(it).position") == "static"


# ------------------------------------------------------------------------------------------- from the phone to the counter


@pytest.fixture
def whole(environ: dict[str, str], postgres: Postgres, redis_url: str, tmp_path: Path) -> Iterator[System]:
    """The whole desk as it runs, on a Monday morning, its console within reach of a browser."""
    with system(environ, postgres, redis_url, tmp_path, moved=True, console=True) as running:
        running.control.move_clock((MONDAY - datetime.now(UTC)).total_seconds())
        yield running


@pytest.fixture
def let_in(whole: System) -> Iterator[str]:
    """Return the cookie of a new member of the reception."""
    built = build(whole.settings, MovedClock(whole.clock))
    row = built.book.add(
        "a test", Person("Carla Prova", "Carla", "carla@example.org"), Post(Role.RECEPTIONIST, ALL, "it")
    )
    token = new_token()
    assert built.sessions.open(row, Stage.FULL, token, datetime.now(UTC) + timedelta(hours=12), None)
    yield token
    built.redis.close()
    built.database.close()


def test_what_is_booked_on_the_phone_is_seen_at_the_counter_reminded_of_and_confirmed(
    whole: System, let_in: str, browser: Browser, page: Page
) -> None:
    push_templates(whole)
    person = whole.control.add_person("Anna Prova")
    page.goto(whole.url)
    phone = Phone(page, page.locator(f"[data-person='{person.key}']"))
    counter = browser.new_context(viewport={"width": 1280, "height": 900}, locale="it-IT").new_page()
    counter.context.add_cookies([{"name": "sportello", "value": let_in, "url": whole.settings.public_url}])

    chosen = books_on_friday(phone)
    ((code, start),) = whole.ask("SELECT code, starts_at FROM appointment WHERE state = 'booked'")
    day = f"{whole.settings.public_url}/console/calendar?place=all&day={start.astimezone(ROME).date()}"
    counter.goto(day)
    slip = counter.get_by_role("link", name=re.compile(f"Anna da confermare Visita cardiologica · {code}"))
    expect(slip).to_contain_text(chosen.rjust(5, "0"))

    moves_clock(page, start - timedelta(days=1) - MONDAY)
    reminder = phone.bubbles.filter(has_text="Le ricordiamo")
    expect(reminder).to_contain_text(code, timeout=45_000)  # who looks for what is due does so each 15 s
    assert whole.ask("SELECT template FROM outbox WHERE author = 'notice'") == [("reminder_24h",)]
    phone.taps("Confermo")
    phone.reads("ho segnato che viene: venerdì 27 novembre")

    counter.goto(day)
    counter.get_by_role("link", name=re.compile(f"Anna confermato Visita cardiologica · {code}")).click()
    counter.get_by_role("link", name="Apri la conversazione").click()
    expect(counter.get_by_role("log")).to_contain_text("ho segnato che viene")
    counter.context.close()


def push_templates(whole: System) -> None:
    """Have the stand-in review the message templates, as who deploys the desk does."""
    app = create_app(whole.settings)
    assert app.test_cli_runner().invoke(args=["templates", "push"]).exit_code == 0
    app.extensions["sportello"].stop()


def books_on_friday(phone: Phone) -> str:
    """Book the first time of Friday for Anna; return its hour, as it is shown."""
    phone.writes("prenotare")
    phone.reads("Che cosa desidera prenotare?")
    phone.chooses("Visite")
    phone.reads("Quale, in particolare?")
    phone.chooses("Visita cardiologica")
    phone.reads("quando preferisce?")
    phone.writes("venerdì")
    phone.reads("quando preferisce?")
    expect(phone.bubbles).to_have_count(4)
    sheet = phone.opens_list()
    shown = re.search(r"ven.*?(\d{1,2}:\d\d)", sheet.locator("label").first.inner_text())
    assert shown is not None
    sheet.locator("label").first.click()
    sheet.get_by_role("button", name="Invia").click()
    phone.reads("Come si chiama chi viene?")
    phone.writes("Anna")
    phone.reads("Qual è la data di nascita di Anna?")
    phone.writes("03/05/1980")
    phone.reads("Conferma?")
    phone.taps("Confermo")
    phone.reads("Prenotato, per Anna")
    return shown.group(1)


def moves_clock(page: Page, span: timedelta) -> None:
    """Move the clock of the desk and the phones by the buttons of the page, by at least so much."""
    hours = -(-span // timedelta(hours=1))
    for name, times in (("+1 giorno", hours // 24), ("+1 ora", hours % 24)):
        for _ in range(times):
            with page.expect_response(re.compile("/clock$")):
                page.get_by_role("button", name=name).click()
