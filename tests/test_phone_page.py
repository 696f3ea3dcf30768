"""The phone page in a real browser with the whole desk behind it: what a person sees, taps and reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.desks import MONDAY
from tests.processes import System, system
from tests.servers import Postgres

WAIT_MS = 15_000


@dataclass
class Phone:
    """One phone on the page."""

    page: Page
    box: Locator

    def writes(self, words: str) -> None:
        """Type a message and send it."""
        self.box.get_by_role("textbox").fill(words)
        self.box.get_by_role("button", name="Invia").click()

    @property
    def chat(self) -> Locator:
        """The conversation."""
        return self.box.get_by_role("log")

    @property
    def bubbles(self) -> Locator:
        """What the clinic wrote, oldest first."""
        return self.chat.locator("article:not(.mine)")

    def reads(self, words: str | re.Pattern[str]) -> Locator:
        """Wait until the last message of the clinic says this; return it."""
        last = self.bubbles.last
        expect(last).to_contain_text(words, timeout=WAIT_MS)
        return last

    def opens_list(self) -> Locator:
        """Open the list of the last message that has one."""
        self.chat.locator("button[data-list]").last.click()
        return self.box.get_by_role("dialog")

    def chooses(self, title: str) -> None:
        """Open the last list, choose a row by its title and send it."""
        sheet = self.opens_list()
        sheet.locator("label").filter(has_text=title).first.click()
        sheet.get_by_role("button", name="Invia").click()

    def chooses_id(self, option: str) -> None:
        """Choose a row of the last list by its id: what stands in the main menu is worded anew now and then."""
        sheet = self.opens_list()
        sheet.locator(f"label[data-choice='{option}']").click()
        sheet.get_by_role("button", name="Invia").click()

    def taps(self, title: str) -> None:
        """Tap a reply button of the last message, or a row of its list."""
        if self.bubbles.last.locator("button[data-list]").count():
            self.chooses(title)
        else:
            self.bubbles.last.get_by_role("button", name=title).click()

    @property
    def blue(self) -> str:
        """The colour of ticks that say `read`."""
        colour: str = self.box.evaluate(BLUE)
        return colour


BLUE = """box => {
    const probe = document.createElement("i");
    probe.style.color = "var(--blue)";
    box.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
}"""
OpenPhone = Callable[..., Phone]


@pytest.fixture
def desk(environ: dict[str, str], postgres: Postgres, redis_url: str, tmp_path: Path) -> Iterator[System]:
    """The whole desk on a Monday morning, when everything is open."""
    with system(environ, postgres, redis_url, tmp_path, moved=True) as running:
        running.control.move_clock((MONDAY - datetime.now(UTC)).total_seconds())
        yield running


@pytest.fixture
def open_phone(desk: System, page: Page, tmp_path: Path) -> Iterator[OpenPhone]:
    """Open the page with somebody's phone on it; a picture of its end is kept."""

    def opened(name: str, shape: str = "both") -> Phone:
        person = desk.control.add_person(name, shape)
        if page.url == "about:blank":
            page.goto(desk.url)
        return Phone(page, page.locator(f"[data-person='{person.key}']"))

    yield opened
    page.screenshot(path=tmp_path / "phones.png")


# ----------------------------------------------------------------------------------------------------------- one person


def test_a_greeting_shows_who_answers_and_the_menu_in_one_message(open_phone: OpenPhone) -> None:
    phone = open_phone("Anna Prova")

    phone.writes("ciao")

    phone.reads("Le risponde un programma, non una persona.")
    phone.reads("Come posso aiutarLa?")
    expect(phone.bubbles).to_have_count(1)
    sheet = phone.opens_list()
    for option in ("main/menu/info", "main/menu/person"):
        expect(sheet.locator(f"label[data-choice='{option}']")).to_be_visible()


def test_a_person_walks_to_todays_hours_of_a_place(open_phone: OpenPhone) -> None:
    phone = open_phone("Anna Prova")

    phone.writes("ciao")
    phone.reads("Come posso aiutarLa?")
    phone.chooses_id("main/menu/info")
    phone.reads("Quale sede Le interessa?")
    phone.taps("Sede Centro")
    phone.reads("Che cosa desidera sapere di Sede Centro?")
    phone.chooses("Orari")
    phone.reads("Per quale giorno desidera sapere gli orari?")
    phone.chooses("Oggi")

    answer = phone.reads("Sede Centro, lunedì 23 novembre")
    expect(answer).to_contain_text(re.compile(r"Aperto: .*8[:.]00.*19[:.]30"))
    expect(answer).to_contain_text("Desidera sapere altro di Sede Centro?")


def test_an_address_comes_with_a_place_on_the_map(open_phone: OpenPhone) -> None:
    phone = open_phone("Anna Prova")

    phone.writes("orari e sedi")
    phone.reads("Quale sede Le interessa?")
    phone.taps("Sede Fiera")
    phone.reads("Che cosa desidera sapere di Sede Fiera?")
    phone.chooses("Indirizzo e mappa")

    phone.reads("Viale della Prova 120")
    place = phone.bubbles.nth(-2).locator("[data-card='location']")
    expect(place).to_contain_text("Sede Fiera")
    expect(place.get_by_role("link", name="Apri la mappa")).to_have_attribute("href", re.compile(r"mlat=44\.51"))


def test_whoever_wants_a_person_reads_when_one_will_answer(open_phone: OpenPhone) -> None:
    phone = open_phone("Anna Prova")

    phone.writes("ciao")
    phone.reads("Come posso aiutarLa?")
    phone.chooses_id("main/menu/person")
    phone.reads("Con chi desidera parlare?")
    phone.chooses("Accettazione")

    phone.reads("La Sua richiesta è arrivata (Accettazione): una persona Le risponderà qui, in questa chat")


def test_in_english_after_the_language_is_chosen(open_phone: OpenPhone) -> None:
    phone = open_phone("Mary Sample")

    phone.writes("ciao")
    phone.reads("Come posso aiutarLa?")
    phone.writes("language")
    phone.reads("Which language would you like to use?")
    phone.taps("English")
    phone.reads("All right, we will continue in English.")
    phone.chooses_id("main/menu/info")
    phone.reads("Which place would you like to know about?")
    phone.taps("Sede Centro")
    phone.reads("What would you like to know about Sede Centro?")
    phone.chooses("Opening hours")
    phone.reads("Which day would you like the opening hours for?")
    phone.chooses("Today")
    phone.reads("Sede Centro, Monday")
    phone.chooses("Talk to someone")
    phone.reads("Who would you like to talk to?")
    phone.chooses("Reception")

    phone.reads("Your request has arrived (Reception): a person will answer here, in this chat")


def test_the_ticks_of_an_answered_message_turn_blue(open_phone: OpenPhone) -> None:
    phone = open_phone("Anna Prova")

    phone.writes("ciao")

    ticks = phone.chat.locator("article.mine .ticks")
    expect(phone.chat.locator("article.mine")).to_have_attribute("data-state", "read", timeout=WAIT_MS)
    assert ticks.evaluate("each => getComputedStyle(each).stroke") == phone.blue


# ---------------------------------------------------------------------------------------------------------- two persons


def test_two_people_side_by_side_read_each_only_their_own(open_phone: OpenPhone) -> None:
    anna, bruno = open_phone("Anna Prova"), open_phone("Bruno Prova", "phone")

    anna.writes("orari e sedi")
    bruno.writes("persona")

    anna.reads("Quale sede Le interessa?")
    bruno.reads("Con chi desidera parlare?")
    anna.taps("Sede Fiera")
    bruno.chooses("Amministrazione")
    anna.reads("Che cosa desidera sapere di Sede Fiera?")
    bruno.reads("La Sua richiesta è arrivata (Amministrazione)")
    expect(anna.chat).not_to_contain_text("Amministrazione")
    expect(bruno.chat).not_to_contain_text("Sede")
    assert (anna.bubbles.count(), bruno.bubbles.count()) == (2, 2)


def test_a_person_without_a_number_is_answered_like_everybody(open_phone: OpenPhone) -> None:
    phone = open_phone("Persona Riservata", "bsuid")

    phone.writes("ciao")
    phone.reads("Come posso aiutarLa?")
    phone.chooses_id("main/menu/info")

    phone.reads("Quale sede Le interessa?")
    expect(phone.box.locator(".owner-id")).to_contain_text("@")
