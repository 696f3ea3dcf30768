"""The counter in a real browser: a patient asks, staff take over, talk and close; two claim at once; without a script too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.staff import Role
from bot.store import tables
from tests.consoles import hired, served, sign_in
from tests.desks import DeskInProcess, Patient, minutes

WAIT_MS = 15_000


@pytest.fixture
def counter(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    """A desk that real browsers reach."""
    with served(environ, f"sqlite:///{tmp_path}/desk.sqlite") as desk:
        yield desk


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(counter: DeskInProcess, browser: Browser) -> Iterator[OpenAs]:
    """Open a page as a new member of the reception, in a window of their own."""
    opened: list[BrowserContext] = []

    def open_one(path: str, first_name: str = "Carla", width: int = 1280, script: bool = True) -> Page:
        cookie = sign_in(counter, hired(counter, Role.RECEPTIONIST, ("reception",), first_name)).cookie
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


@pytest.fixture
def anna(counter: DeskInProcess) -> Patient:
    """A patient who has not asked for anybody yet."""
    return counter.patient(name="Anna Prova")


def asks(person: Patient) -> None:
    """Ask for the reception."""
    person.writes("vorrei parlare con una persona")
    person.taps("person/which/reception", "Accettazione")
    person.reads_all()


def path_of(counter: DeskInProcess) -> str:
    """Return the path of the one conversation."""
    (row,) = counter.rows(tables.conversation)
    return f"/conversations/{UUID(str(row.id))}"


def test_a_patient_asks_staff_talk_and_close_and_the_assistant_goes_on(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    page = open_as("/queue")
    expect(page.get_by_text("Non c'è nessuno in attesa.")).to_be_visible()

    asks(anna)
    page.get_by_role("button", name="Prendi: Anna Prova").click(timeout=WAIT_MS)  # the queue changed by itself
    expect(page.get_by_text("Questa conversazione è Sua.")).to_be_visible()
    page.get_by_label("Scriva al paziente").fill("Buongiorno, sono Carla. Mi dica.")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("log")).to_contain_text("Buongiorno, sono Carla. Mi dica.")
    page.get_by_label("Scriva al paziente").fill("una frase a metà")
    anna.writes("Vorrei la mia fattura di ottobre")
    expect(page.get_by_role("log")).to_contain_text("Vorrei la mia fattura di ottobre", timeout=WAIT_MS)
    expect(page.get_by_label("Scriva al paziente")).to_have_value("una frase a metà")
    read = [sent.body for sent in anna.reads_all()]
    page.get_by_role("button", name="Chiudi la conversazione").click()
    expect(page.get_by_text("La conversazione è chiusa")).to_be_visible()
    anna.writes("menu")

    assert ["Le scrive Carla" in read[0], read[1:]] == [True, ["Buongiorno, sono Carla. Mi dica."]]
    assert "Come posso aiutarLa?" in anna.reads_all()[-1].body


def test_two_claim_at_once_one_wins_and_the_other_is_told(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    asks(anna)
    carla, dora = (open_as("/queue", name) for name in ("Carla", "Dora"))
    buttons = [page.get_by_role("button", name="Prendi: Anna Prova") for page in (carla, dora)]
    for button in buttons:
        expect(button).to_be_visible()
    for page in (carla, dora):
        page.evaluate("window.stop()")  # neither hears of the other before they press

    forms = [page.evaluate_handle("document.querySelector('form.person-take')") for page in (carla, dora)]
    for page, form in zip((carla, dora), forms, strict=True):
        page.evaluate("form => { form.submit(); }", form)

    expect(carla.get_by_text("Questa conversazione è Sua.").or_(carla.get_by_role("alert"))).to_be_visible()
    expect(dora.get_by_text("Questa conversazione è Sua.").or_(dora.get_by_role("alert"))).to_be_visible()
    (row,) = counter.rows(tables.handoff)
    won = [page.get_by_text("Questa conversazione è Sua.").count() for page in (carla, dora)]
    assert (sorted(won), row.state) == ([0, 1], "claimed")
    loser, winner = ((carla, "Dora"), (dora, "Carla"))[won.index(1) == 0]
    expect(loser.get_by_role("alert")).to_contain_text(f"La conversazione ce l'ha già {winner}.")
    assert len([sent for sent in anna.reads_all() if "Da questo momento" in sent.body]) == 1


def test_the_page_says_at_once_that_a_colleague_has_taken_it(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    asks(anna)
    carla = open_as(path_of(counter), "Carla")
    dora = open_as(path_of(counter), "Dora")

    carla.get_by_role("button", name="Prendi la conversazione").click()

    expect(dora.get_by_text("Ce l'ha Carla.")).to_be_visible(timeout=WAIT_MS)


def test_words_for_a_chat_a_colleague_took_meanwhile_are_not_lost(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    asks(anna)
    carla = open_as(path_of(counter), "Carla")
    dora = open_as(path_of(counter), "Dora")
    dora.get_by_label("Scriva al paziente").fill("Eccomi, sono Dora")
    carla.get_by_role("button", name="Prendi la conversazione").click()
    expect(carla.get_by_text("Questa conversazione è Sua.")).to_be_visible()

    dora.get_by_role("button", name="Invia").click()

    expect(dora.get_by_role("alert").first).to_contain_text("Non inviato: la conversazione ce l'ha Carla.")
    expect(dora.get_by_label("Scriva al paziente")).to_have_value("Eccomi, sono Dora")
    assert [sent for sent in anna.reads_all() if "Dora" in sent.body] == []


def test_everything_works_without_a_script(counter: DeskInProcess, open_as: OpenAs, anna: Patient) -> None:
    asks(anna)
    page = open_as("/queue", script=False)

    page.get_by_role("button", name="Prendi: Anna Prova").click()
    page.get_by_label("Scriva al paziente").fill("Buongiorno")
    page.get_by_role("button", name="Invia").click()

    expect(page.get_by_role("log")).to_contain_text("Buongiorno")
    assert anna.reads_all()[-1].body == "Buongiorno"


def test_a_request_is_taken_and_answered_by_the_keyboard_alone(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    asks(anna)
    page = open_as("/queue")
    page.get_by_role("button", name="Prendi: Anna Prova").focus()

    page.keyboard.press("Enter")
    expect(page.get_by_text("Questa conversazione è Sua.")).to_be_visible()
    page.get_by_label("Scriva al paziente").focus()
    page.keyboard.type("Buongiorno")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("log")).to_contain_text("Buongiorno")
    assert anna.reads_all()[-1].body == "Buongiorno"


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_is_wider_than_a_phone(counter: DeskInProcess, open_as: OpenAs, anna: Patient, width: int) -> None:
    asks(anna)
    anna.writes("https://www.example.org/" + "a" * 300)
    counter.clock.move(minutes(12))
    for path in ("/queue", path_of(counter), "/search", "/spam"):
        page = open_as(path, width=width)

        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_field_and_button_has_a_name_and_is_large_enough(
    counter: DeskInProcess, open_as: OpenAs, anna: Patient
) -> None:
    asks(anna)
    for path in ("/queue", path_of(counter), "/search"):
        page = open_as(path, width=390)
        small = page.evaluate(SMALL)
        unnamed = [
            one
            for one in page.locator("main").aria_snapshot().splitlines()
            if re.search(r"- (button|textbox|combobox|link)\s*:?$", one)
        ]

        assert (small, unnamed) == ([], []), path


# WCAG 2.2, 2.5.8: a target is at least 24 by 24 CSS pixels; links within a sentence are excepted.
SMALL = """() => [...document.querySelectorAll('main button, main select, main input:not([type=hidden]), main a')]
  .filter(it => it.checkVisibility()).map(it => [it.textContent.trim(), it.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
